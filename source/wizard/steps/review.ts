import { regionLabel } from '../../kaltura/accounts/regions.js';
import { type PlannedCall, plannedCalls } from '../../kaltura/api/planned-calls.js';
import { formatLifetime, formatTime } from '../../kaltura/lifetime.js';
import { listsNothing } from '../../kaltura/privileges/reach.js';
import { LOOK_AROUND } from '../../kaltura/privileges/tasks.js';
import { acknowledgementKey, confirmationWord, type Risk, risksOf } from '../../kaltura/risks/risks.js';
import { Secret } from '../../kaltura/secret.js';
import { ENTITLEMENT_TEXT } from '../../messages/entitlement.js';
import { type Fact, masked, type Paragraph, riskText, upperFirst } from '../../messages/paragraph.js';
import { privilegeWarnings } from '../../messages/privilege-mistakes.js';
import { sourceText } from '../../secrets/describe.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import { openDetour, type State, type StepId, stay } from '../engine/state.js';
import { answersFromEnv, type EnvAnswer } from '../form/env-account.js';
import { changeForm, type FormState } from '../form/form.js';
import { suggestedName } from '../form/profile.js';
import { lastStepOf, neededKey, recipeOf, valuesOf } from '../form/purpose.js';
import {
  CREDENTIALS,
  type CredentialName,
  credentialsFor,
  isUnsafeServer,
  lifetimeInSeconds,
  partnerIdOf,
  requestOf,
  serviceUrlOf,
  specOf,
} from '../form/reading.js';
import { listsNothingText, sessionGroupText, withoutSessionGroup } from '../form/session-group.js';
import { openSave } from '../profiles/save.js';
import { unfit } from './fit.js';

const valueText = (value: string | Secret | { readonly comesFrom: string }): string => {
  if (value instanceof Secret) return masked(value);
  return typeof value === 'string' ? value : `(${value.comesFrom})`;
};

const callText = (call: PlannedCall): string =>
  `POST ${call.url} ${call.purpose}. ${call.parameters.map(({ name, value }) => `${name}=${valueText(value)}`).join('  ')}`;

/** Describes every call that creating the key sends, with its values; one paragraph each. */
function whatIsSent(state: State): string[] {
  if (serviceUrlOf(state.form, state.practiceUrl) === '') return [];
  const calls = plannedCalls(requestOf(state.form, state.practiceUrl));
  if (calls.length === 0) return ['Nothing is sent: the key is created and signed on this computer.'];
  return ['What is sent, and where (secrets are shortened here, and are never part of a URL):', ...calls.map(callText)];
}

/** Says in one line which calls go to which server. @param later the calls that follow with the key */
export function whereItGoes(state: State, later: readonly string[] = []): Fact {
  if (serviceUrlOf(state.form, state.practiceUrl) === '')
    return { label: 'Requests', value: 'none yet, because the address is missing' };
  const host = serviceUrlOf(state.form, state.practiceUrl).replace(/^https?:\/\//, '');
  const actions = [...plannedCalls(requestOf(state.form, state.practiceUrl)).map(({ action }) => action), ...later];
  if (actions.length === 0) return { label: 'Requests', value: 'none, because the key is signed on this computer' };
  const count = actions.length === 1 ? 'one request' : `${actions.length} requests`;
  return { label: `This sends ${count} to ${host}`, value: actions.join(', ') };
}

const SIGN_IN: Readonly<Record<FormState['method'], string>> = {
  server: 'account secret, sent to the server',
  local: 'account secret, signed on this computer',
  login: 'email and password',
  'app-token': 'app token',
};

const looksAround = ({ type, privileges }: FormState): boolean =>
  type === 'USER' && withoutSessionGroup(privileges) === LOOK_AROUND;

/** Checks whether it is the key that practice suggests: Enter is enough to create it, because no content is at risk. */
const isPracticeKey = (form: FormState): boolean => form.region === 'practice' && looksAround(form);

/** Returns the word that the user must type; null if none is needed, or these risks were accepted before. */
function requiredWord(form: FormState): string | null {
  const plan = specOf(form);
  const isAccepted = acknowledgementKey(plan).every((risk) => form.acceptedRisks.includes(risk));
  return isAccepted || isPracticeKey(form) ? null : confirmationWord(plan);
}

const MISSING: Readonly<Record<CredentialName, string>> = {
  partnerId: 'partner ID',
  secret: 'secret',
  loginId: 'email',
  password: 'password',
  tokenId: 'token ID',
  token: 'token',
};

const brokenIn = (form: FormState): CredentialName[] =>
  credentialsFor(form).filter((name) => CREDENTIALS[name](form).problem !== null);

const joined = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** Names what is missing. A value can be there and be invalid, as in a profile that was edited by hand. */
function missingText(form: FormState): string {
  const broken = brokenIn(form);
  const isEmpty = broken.every((name) => CREDENTIALS[name](form).text === '');
  const names = joined(broken.map((name) => `the ${MISSING[name]}`));
  return `${upperFirst(names)} ${broken.length === 1 ? 'is' : 'are'} ${isEmpty ? 'missing' : 'missing or invalid'}`;
}

function accountText(form: FormState): string {
  const partnerId = partnerIdOf(form);
  const broken = brokenIn(form);
  if (broken.length > 0) return `missing: ${broken.map((name) => MISSING[name]).join(', ')}`;
  const partner = partnerId === null ? 'the account used last' : `partner ${partnerId}`;
  switch (form.method) {
    case 'server':
    case 'local':
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
  return userId === '' ? 'no user' : `“${userId}”`;
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

/** `, for: Express Recorder`. */
const purposeSuffix = (form: FormState): string => {
  const title = recipeOf(form)?.title;
  return title === undefined ? '' : `, for: ${title}`;
};

interface StepOption extends Fact {
  readonly leadsTo: StepId;
}

function stepOptions({ form, now, practiceUrl }: State): StepOption[] {
  const seconds = now / 1000;
  const lifetime = lifetimeInSeconds(form);
  const version = form.method === 'local' ? `, version ${form.ksVersion}` : '';
  const forced = isUnsafeServer(form) ? ' (the address uses http)' : '';
  const fromEnv = answersFromEnv(form);
  const source = (answer: EnvAnswer): string => (fromEnv.includes(answer) ? ` (from ${form.envAccount?.path})` : '');
  const rows: readonly (readonly [string, string, StepId])[] = [
    ['Region', `${regionLabel(form.region)}  ${serviceUrlOf(form, practiceUrl)}${source('region')}`, 'region'],
    ['Sign-in', `${SIGN_IN[form.method]}${version}${forced}`, 'sign-in'],
    ['Account', `${accountText(form)}${source('account')}`, 'credentials'],
    ['Purpose', purposeText(form), 'purpose'],
    ['Type', typeText(form), 'type'],
    [
      'User',
      `${userText(form)}${source('user')}, ${formatLifetime(lifetime)}, until ${formatTime(seconds + lifetime, seconds)}`,
      'user',
    ],
    ['Privileges', form.privileges === '' ? '(none)' : `${form.privileges}${source('privileges')}`, 'privileges'],
  ];
  return rows.map(([label, value, leadsTo], index) => ({ number: index + 1, label, value, leadsTo }));
}

/** Lists the risks to show. Leaves out the general ADMIN risk if a specific one explains it. */
function shownRisks(form: FormState): Risk[] {
  const risks = risksOf({ ...specOf(form), needed: neededKey(form) });
  const isDangerous = risks.some((risk) => risk.weight === 'danger');
  return risks.filter((risk) => !(isDangerous && risk.id === 'admin'));
}

/** Warns about a key that can list nothing, with the shortcuts that fix it. */
function nothingToList(form: FormState): Paragraph[] {
  const { type, privileges } = form;
  if (form.method === 'login' || !listsNothing({ type, privileges, userId: form.userId.trim() })) return [];
  const text = `${listsNothingText(privileges)} Press 6 to add a user, or 7 to add a privilege.`;
  return [{ tone: 'caution', text }];
}

/** Warns about valid credentials that look wrong. */
const oddities = (form: FormState): Paragraph[] =>
  credentialsFor(form).flatMap((name): Paragraph[] => {
    const { warning, problem } = CREDENTIALS[name](form);
    return warning === null || problem !== null ? [] : [{ tone: 'caution', text: warning }];
  });

/** Warns again about privileges that were written as text and don't work as written. */
const writtenMistakes = ({ task, privileges }: FormState): Paragraph[] =>
  task === 'write' ? privilegeWarnings(privileges).map((text): Paragraph => ({ tone: 'caution', text })) : [];

const riskParagraph = (risk: Risk): Paragraph => ({
  tone: risk.weight === 'note' ? 'plain' : risk.weight,
  text: riskText(risk),
});

/** Explains the key that practice suggests, with the terms that a first key needs. There is nothing to be alarmed about. */
const PRACTICE_KEY: readonly Paragraph[] = [
  'USER keys act as one user, or as none. ADMIN keys can do everything.',
  'Privileges extend or limit that: list:* lists all entries, sview:* plays them.',
  'The account can hide categories and their entries from keys (entitlement).',
  'Harmless here. In a real account, such a key shows the content of all users.',
].map((text) => ({ tone: 'plain', text }));

/** Returns what a profile requires and the form lacks: the sign-in without its secrets. */
const missingForProfile = (form: FormState): string | undefined =>
  credentialsFor(form).find((name) => typeof form[name] === 'string' && CREDENTIALS[name](form).problem !== null);

const wordMatches = (form: FormState, word: string): boolean => form.riskWord.trim().toLowerCase() === word;

/** Names the profile that is being changed, and its secret source. */
function introOf({ profileName, profiles }: State): { readonly lead?: string } {
  if (profileName === null) return {};
  const place = profiles.find(({ name }) => name === profileName)?.secretSource;
  const source =
    place === undefined || place.kind === 'ask' ? '' : `. The secret comes from the ${sourceText(place, true)}`;
  return { lead: `Profile “${profileName}”${source}` };
}

/** Asks for a typed word if a risk requires it. */
function wordFields({ form }: State): Field[] {
  const word = requiredWord(form);
  if (word === null) return [];
  return [
    textField({
      id: 'riskWord',
      label: `To create it, type “${word}”`,
      value: form.riskWord,
      problem: wordMatches(form, word) ? null : `Type the word “${word}” to create this key.`,
    }),
  ];
}

export const review = form({
  step: { id: 'review', number: 7, isNeeded: (typed) => lastStepOf(typed) === 'review', isComplete: () => false },
  fields: wordFields,
  view: (state) => {
    const typed = state.form;
    const risks = shownRisks(typed);
    const warned = risks.filter((risk) => risk.weight !== 'note').map(riskParagraph);
    const isWhole = brokenIn(typed).length === 0;
    return {
      ...introOf(state),
      question: `${isWhole ? 'Ready to create this key' : missingText(typed)}${purposeSuffix(typed)}`,
      facts: stepOptions(state),
      warnings: [
        ...nothingToList(typed),
        ...unfit(typed),
        ...oddities(typed),
        ...writtenMistakes(typed),
        ...(isPracticeKey(typed) ? PRACTICE_KEY : warned),
        ...sessionGroupText(typed.privileges, state.profileName),
      ],
      standing: whereItGoes(state),
      advice: risks.filter((risk) => risk.weight === 'note').map(riskParagraph),
      help: [
        'A number opens the step of that line. Press Enter there to come back here, or to go to the next missing answer.',
        ...(typed.method === 'login'
          ? ['There is no user ID, because a login creates a key for the user who signs in.']
          : []),
        ...(isUnsafeServer(typed)
          ? ['The key can only be signed on this computer: the address uses http, so nothing secret can be sent to it.']
          : []),
        ...(isPracticeKey(typed) ? [] : warned.map(({ text }) => text)),
        ...whatIsSent(state),
        ENTITLEMENT_TEXT,
      ],
      actions: [
        ...stepOptions(state).map(({ number, leadsTo }) => ({ key: String(number), id: leadsTo, label: '' })),
        { key: 'ctrl+s', id: 'save', label: 'save as a profile' },
      ],
      enter: isWhole ? 'create the key' : 'enter what is missing',
    };
  },
  act: (state, action) => {
    if (action !== 'save') return stay(openDetour(state, action as StepId));
    const missing = missingForProfile(state.form);
    if (missing !== undefined) return stay(openDetour(state, 'credentials', missing));
    const newName = state.profileName ?? suggestedName(state.form);
    return openSave({ ...state, returnTo: 'review', profileFlow: { ...state.profileFlow, newName } });
  },
  submit: (state) => {
    const plan = specOf(state.form);
    const accepted = confirmationWord(plan) === null ? {} : { acceptedRisks: acknowledgementKey(plan) };
    return stay({ ...state, form: changeForm(state.form, accepted) });
  },
});
