import { regionLabel, serviceUrlAt } from '../../kaltura/accounts/regions.js';
import { formatLifetime, formatTime } from '../../kaltura/lifetime.js';
import { Secret } from '../../kaltura/secret.js';
import { type Fact, joinWithAnd, masked, upperFirst } from '../../messages/paragraph.js';
import { looksAround } from '../../messages/practice-key.js';
import type { StepId } from '../engine/screen-id.js';
import type { State } from '../engine/state.js';
import { answersFromEnv, type EnvAnswer } from '../form/env-account.js';
import type { FormState } from '../form/form.js';
import { isOwnChoice, recipeOf, valuesOf } from '../form/purpose.js';
import {
  CREDENTIALS,
  type CredentialName,
  credentialsFor,
  isUnsafeServer,
  lifetimeInSeconds,
  partnerIdOf,
  secretFieldOf,
} from '../form/reading.js';
import { profileWithSecret } from '../profiles/fetch-secret.js';

const SIGN_IN: Readonly<Record<FormState['method'], string>> = {
  server: 'account secret, sent to the server',
  local: 'account secret, used on this computer',
  login: 'email and password',
  'app-token': 'app token',
};

const MISSING: Readonly<Record<CredentialName, string>> = {
  partnerId: 'partner ID',
  secret: 'secret',
  loginId: 'email',
  password: 'password',
  tokenId: 'token ID',
  token: 'token value',
};

/** Returns the credentials that are missing or invalid. The secret of a profile is not missing if it is read from its source. */
export function missingIn(state: State): CredentialName[] {
  const { form } = state;
  const broken = credentialsFor(form).filter((name) => CREDENTIALS[name](form).problem !== null);
  const isStored = profileWithSecret(state) !== undefined;
  return broken.filter((name) => !isStored || name !== secretFieldOf(form));
}

/** Names what is missing. A value can be there and be invalid, as in a profile that was edited by hand. */
export function missingText(state: State): string {
  const { form } = state;
  const broken = missingIn(state);
  const isEmpty = broken.every((name) => CREDENTIALS[name](form).text === '');
  const names = joinWithAnd(broken.map((name) => `the ${MISSING[name]}`));
  return `${upperFirst(names)} ${broken.length === 1 ? 'is' : 'are'} ${isEmpty ? 'missing' : 'missing or invalid'}`;
}

function accountText(state: State): string {
  const { form } = state;
  const partnerId = partnerIdOf(form);
  const broken = missingIn(state);
  if (broken.length > 0) return `missing: ${broken.map((name) => MISSING[name]).join(', ')}`;
  const partner = partnerId === null ? 'the account used last' : `partner ${partnerId}`;
  switch (form.method) {
    case 'server':
    case 'local':
      if (form.secret.length === 0) return `${partner}, secret not read yet`;
      return `${partner}, secret ${masked(new Secret(CREDENTIALS.secret(form).text))}`;
    case 'login':
      return `${partner}, ${form.loginId.trim()}`;
    case 'app-token':
      return `${partner}, app token ${form.tokenId.trim()}`;
  }
}

const HELD_BY: Readonly<Record<FormState['holder'], string>> = {
  me: '',
  server: ', for a server or script',
  browser: ', for a browser or app',
  vendor: ', for a vendor or another team',
};

function typeText(form: FormState): string {
  if (form.method === 'login') return 'decided by the login: ADMIN for an administrator, otherwise USER';
  return `${form.type}${HELD_BY[form.holder]}`;
}

function userText(form: FormState): string {
  if (form.method === 'login') return 'the user who signs in';
  const userId = form.userId.trim();
  return userId === '' ? 'no user' : userId;
}

/** Names the use case, with its values. */
function purposeText(form: FormState): string {
  const recipe = recipeOf(form);
  if (recipe !== undefined) {
    const given = Object.entries(valuesOf(form, recipe)).map(([id, value]) => `${id.replace('-', ' ')} ${value}`);
    return [recipe.title, ...given].join(', ');
  }
  return looksAround(form) ? 'look around' : 'no use case chosen';
}

interface StepOption extends Fact {
  /** The step that the number opens; null for a line without a number. */
  readonly step: StepId | null;
}

/** Returns the step where the type can be changed with the fewest keys. */
const purposeStep = (form: FormState): StepId => (isOwnChoice(form) ? 'type' : 'purpose');

/** Returns a line for each step, with the answers given there, and one for the type. The number opens the step. */
export function stepOptions(state: State): StepOption[] {
  const { form, now, practiceUrl } = state;
  const seconds = now / 1000;
  const lifetime = lifetimeInSeconds(form);
  const version = form.method === 'local' ? `, version ${form.ksVersion}` : '';
  const forced = isUnsafeServer(form) ? ' (the URL uses http)' : '';
  const fromEnv = answersFromEnv(form);
  const source = (answer: EnvAnswer): string => (fromEnv.includes(answer) ? ` (from ${form.envAccount?.path})` : '');
  const rows: readonly (readonly [label: string, value: string, step: StepId | null])[] = [
    ['Region', `${regionLabel(form.region)}  ${serviceUrlAt(form, practiceUrl)}${source('region')}`, 'region'],
    ['Sign-in', `${SIGN_IN[form.method]}${version}${forced}`, 'sign-in'],
    ['Account', `${accountText(state)}${source('account')}`, 'credentials'],
    ['Purpose', purposeText(form), purposeStep(form)],
    ['Type', typeText(form), null],
    [
      'User',
      `${userText(form)}${source('user')}, valid for ${formatLifetime(lifetime)}, until ${formatTime(seconds + lifetime, seconds)}`,
      'user',
    ],
    ['Privileges', form.privileges === '' ? '(none)' : `${form.privileges}${source('privileges')}`, 'privileges'],
  ];
  return rows.map(([label, value, step], index) => {
    // The numbers are those of the steps: the type belongs to step 4.
    const number = index + (index < 4 ? 1 : 0);
    return { ...(step === null ? {} : { number }), label, value, step };
  });
}
