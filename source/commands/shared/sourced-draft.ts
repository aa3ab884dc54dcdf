import { holderOf } from '../../kaltura/holders.js';
import { LIFETIMES, readLifetime } from '../../kaltura/lifetime.js';
import { findPrivilege } from '../../kaltura/privileges/catalogue.js';
import { checkPrivileges } from '../../kaltura/privileges/privileges.js';
import { sanitizeText } from '../../kaltura/redact.js';
import type { Profile } from '../../profiles/profile.js';
import { changeForm, EMPTY_FORM, type FormState } from '../../wizard/form/form.js';
import { type PracticeAccount, withPracticeAccount } from '../../wizard/form/practice.js';
import { formOf } from '../../wizard/form/profile.js';
import { certainVersion } from '../../wizard/form/reading.js';
import { ANSWER_FLAGS, type AnswerFlag, type AnswerName, flagOf, variableOf } from './answer-flags.js';
import type { Flags } from './command-call.js';
import { UsageError } from './exit-codes.js';

/** Shorter than this, a word is no secret, and blotting it out would make the sentence unreadable. */
const MIN_MASKED_LENGTH = 6;

/** A sentence about a value without the words of that value: it may be a secret that was given in the wrong place. */
export function withoutEcho(sentence: string, value: string): string {
  const words = value
    .split(/[\s,:;/]+/)
    .filter((word) => word.length >= MIN_MASKED_LENGTH && findPrivilege(word) === undefined);
  const blotted = words
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, '…'), sentence);
  return sanitizeText(blotted, [], 300);
}

/** An answer that was given, and by what: `--type`, `KALTURA_TYPE`. */
export interface Given {
  readonly text: string;
  readonly source: string;
  readonly isFlag: boolean;
}

export type GivenAnswers = Partial<Readonly<Record<AnswerName, Given>>>;

/** The wizard's own draft, filled without it, and where each answer came from. */
export interface SourcedForm {
  readonly draft: FormState;
  /** `--type`, `KALTURA_TYPE`, `the profile`, `as usual`. */
  readonly sources: Readonly<Record<AnswerName, string>>;
  readonly given: GivenAnswers;
}

const FROM_PROFILE = 'the profile';
const BY_DEFAULT = 'as usual';

function givenBy({ name, choices }: AnswerFlag, flags: Flags, env: Env): Given | undefined {
  const typed = flags[name];
  const [flag, variable] = [Array.isArray(typed) ? typed.join(',') : typed, env[variableOf(name)]];
  const isFlag = typeof flag === 'string';
  // An empty variable is one that was not set; an empty flag says: none.
  const text = isFlag ? flag : variable === '' ? undefined : variable;
  if (text === undefined) return undefined;
  const source = isFlag ? flagOf(name) : variableOf(name);
  if (choices === undefined) return { text, source, isFlag };
  const choice = text.trim().toLowerCase();
  if (!choices.includes(choice)) throw new UsageError(`${source} takes one of ${choices.join(', ')}.`);
  return { text: choice, source, isFlag };
}

type Env = Readonly<Record<string, string | undefined>>;

/** What flags and variables say; the flag where both do. @throws {UsageError} */
function givenAnswers(flags: Flags, env: Env): GivenAnswers {
  const given: Partial<Record<AnswerName, Given>> = {};
  for (const flag of ANSWER_FLAGS) {
    const found = givenBy(flag, flags, env);
    if (found !== undefined) given[flag.name] = found;
  }
  const { region, url } = given;
  if (region !== undefined && url !== undefined) {
    if (region.isFlag === url.isFlag)
      throw new UsageError(`${region.source} and ${url.source} exclude each other.`, 'conflicting-options');
    // Where the account lives is one answer: the flag wins, whichever of the two it is.
    delete given[region.isFlag ? 'url' : 'region'];
  }
  return given;
}

/** The method that the IDs point to, where none was named. */
function impliedMethod(given: GivenAnswers, profile: Profile | null): FormState['method'] | undefined {
  if (given.method !== undefined) return given.method.text as FormState['method'];
  const [login, token] = [given['login-id'], given['app-token-id']];
  if (login !== undefined && token !== undefined && login.isFlag === token.isFlag) {
    throw new UsageError(
      `${login.source} and ${token.source} belong to different ways to sign in: say --method.`,
      'conflicting-options',
    );
  }
  // A variable that lies about does not turn a profile into another way to sign in.
  const weighs = (one: Given | undefined): boolean => one !== undefined && (one.isFlag || profile === null);
  if (weighs(login) && (login?.isFlag === true || !token?.isFlag)) return 'login';
  return weighs(token) ? 'app-token' : undefined;
}

function lifetimeChange({ text, source }: Given): Partial<FormState> {
  const reading = readLifetime(text);
  // The wizard's sentence may repeat a part of what was typed.
  if (!reading.ok)
    throw new UsageError(`${source}: give a length of time such as 90m, 8h, 7d, or seconds; at most 10 years.`);
  return lifetimeOf(reading.seconds);
}

/** As the wizard would hold it: one of its presets where it is one, so that what was accepted for it still counts. */
const lifetimeOf = (seconds: number): Partial<FormState> =>
  LIFETIMES.some((preset) => preset === seconds)
    ? { lifetime: String(seconds), otherLifetime: '' }
    : { lifetime: 'other', otherLifetime: `${seconds}s` };

/** What each answer comes to in the draft. */
const CHANGES: Readonly<Record<AnswerName, (given: Given) => Partial<FormState>>> = {
  region: ({ text }) => ({ region: text as FormState['region'], address: '' }),
  url: ({ text }) => ({ region: 'own', address: text }),
  method: () => ({}),
  partner: ({ text }) => ({ partnerId: text }),
  'login-id': ({ text }) => ({ loginId: text }),
  'app-token-id': ({ text }) => ({ tokenId: text }),
  'ks-version': ({ text }) => ({ ksVersion: text as FormState['ksVersion'] }),
  holder: ({ text }) => ({ holder: text as FormState['holder'] }),
  type: ({ text }) => ({ type: text === 'admin' ? 'ADMIN' : 'USER' }),
  user: ({ text }) => ({ userId: text }),
  expiry: lifetimeChange,
  privilege: ({ text }) => ({ privileges: text, task: text === '' ? 'nothing' : 'write' }),
};

/** The privileges as the wizard would put them into the key. @throws {UsageError} */
function withCheckedPrivileges(draft: FormState, given: Given | undefined): FormState {
  const outcome = checkPrivileges(draft.privileges, { ksVersion: certainVersion(draft) });
  if (!outcome.ok) {
    const source = given === undefined ? 'the profile’s privileges' : given.source;
    throw new UsageError(`${source}: ${withoutEcho(outcome.problem, draft.privileges)}`);
  }
  return changeForm(draft, { privileges: outcome.privileges });
}

/**
 * Fills the wizard's draft: flag before variable before profile. What was accepted with the profile falls away where an answer that a
 * risk hangs on is another.
 *
 * @throws {UsageError}
 */
export function fillForm(profile: Profile | null, flags: Flags, env: Env, pretend: PracticeAccount): SourcedForm {
  const given = givenAnswers(flags, env);
  // Without anyone to confirm it, ADMIN is never what one gets for saying nothing.
  let draft: FormState = profile === null ? { ...EMPTY_FORM, type: 'USER' } : formOf(profile, pretend);
  const method = impliedMethod(given, profile);
  if (method !== undefined) draft = changeForm(draft, { method });
  const holder = given.holder?.text as FormState['holder'] | undefined;
  if (holder !== undefined && holder !== draft.holder) {
    draft = changeForm(draft, lifetimeOf(holderOf(holder).suggests.lifetime));
  }
  for (const { name } of ANSWER_FLAGS) {
    const answer = given[name];
    if (answer !== undefined) draft = changeForm(draft, CHANGES[name](answer));
    // What is only pretended comes and goes with practice; what follows is said by the person.
    if (name === 'url' && (draft.region === 'practice' || profile?.region === 'practice')) {
      draft = withPracticeAccount(draft, pretend);
    }
  }
  draft = withCheckedPrivileges(draft, given.privilege);
  // A login is asked for no type: without a wish for one, whatever it gives is right.
  if (draft.method === 'login' && given.type === undefined && profile === null) draft = { ...draft, type: 'ADMIN' };
  const rest = profile === null ? BY_DEFAULT : FROM_PROFILE;
  const sources = Object.fromEntries(ANSWER_FLAGS.map(({ name }) => [name, given[name]?.source ?? rest]));
  return { draft, given, sources: sources as SourcedForm['sources'] };
}
