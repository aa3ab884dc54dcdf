import { isPracticeKey } from '../../kaltura/ks/explain.js';
import type { KsVersion } from '../../kaltura/ks/fields.js';
import { tryPeekKs } from '../../kaltura/ks/peek.js';
import { PLACEHOLDERS } from '../../kaltura/recipes/placeholders.js';
import type { Secret } from '../../kaltura/secret.js';
import type { KeyFacts, KeyRequest } from '../../kaltura/sign-in/key-request.js';
import { type Runtime, replaceParts } from '../../operations/runtime.js';
import { shownName } from '../../profiles/name.js';
import type { Profile } from '../../profiles/profile.js';
import { profileFor } from '../../profiles/profile-spec.js';
import { KEY_VARIABLE } from '../../secrets/variables.js';
import { ANSWER_FLAGS, PROFILE_VARIABLE, variableOf } from '../answers/answer-flags.js';
import type { SetBy } from '../answers/check-spec.js';
import { InputProblems } from '../answers/input-problems.js';
import { specFrom } from '../answers/spec-from-flags.js';
import { askHidden, canAsk } from '../secrets/hidden-prompt.js';
import { profileRequest } from '../secrets/profile-secret.js';
import { secretInVariables } from '../secrets/secret-variables.js';
import { createSourceAccess } from '../secrets/source-access.js';
import { type CommandRun, type Flags, hasKeyFlag } from '../shared/command-call.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import { findProfile } from '../shared/find-profile.js';
import {
  type KeyServer,
  missingKey,
  NO_PRACTICE,
  namedServer,
  openKeyServer,
  practiceKeyAdvice,
  refuseServerFlags,
} from './key-server.js';
import { type FoundKey, findKey, readGivenText } from './key-text.js';
import { obtainKey } from './obtain-key.js';
import { savedKeyOf, secondsLeft } from './saved-key.js';

/** The key for a command, and what is known about it. */
export interface GivenKey extends Pick<KeyServer, 'serviceUrl' | 'regionLabel' | 'isJoinedPractice'> {
  readonly ks: Secret;
  /** The profile that saved the key, or whose server and credentials belong to it. */
  readonly profile: Profile | null;
  /** Returns the profile or, without one, the account that variables name with its secret, as a profile that is not saved; null without both. */
  readonly account: () => Profile | null;
  /** null if unknown. */
  readonly version: KsVersion | null;
  /** The facts that can be read locally; null if it can't be read. */
  readonly facts: KeyFacts | null;
  /** The source in words: `the saved key of the profile`, `KALTURA_KS`… */
  readonly source: string;
  /** Whether it was created for this command. */
  readonly isNew: boolean;
  /** Why the server is unknown; null if it is known. Only a caller that can do without gets this: then nothing may be sent to `serviceUrl`. */
  readonly missingServer: UsageError | null;
  /** Returns the request of the account, with its secret read or asked for; null without an account. */
  readonly credentials: () => Promise<KeyRequest | null>;
}

interface GivenKeyOptions<T> {
  /** Whether to create a key if the profile has no valid saved one. */
  readonly mayMake: boolean;
  /** For a key that is created from environment variables: the answers that the command sets in place of flags, and a note for the user. */
  readonly newKey?: { readonly setBy: SetBy; readonly note: string };
  /** Whether to create a key of the practice account, which is public, if variables name no account. Default: false. */
  readonly isPracticeAccount?: boolean;
  /** Whether the command needs an ADMIN key. Default: false. */
  readonly needsAdmin?: boolean;
  /** Whether `work` can do without the server. Default: false. */
  readonly mayLackServer?: boolean;
  /** What is wrong with the flags that the command has read already. An invalid region is reported with it. */
  readonly problems?: InputProblems;
  /** Runs instead of `work` if the profile has no valid saved key. */
  readonly withoutKey?: ((profile: Profile) => T | Promise<T>) | undefined;
}

/**
 * Finds the key for a command, and its server. In this order: `--ks-stdin` or `--ks-file`, the named profile, KALTURA_KS, the profile of
 * KALTURA_PROFILE, a pipe, a prompt.
 * @param work runs with the key; the practice server runs until it returns
 * @throws {UsageError} if there is no key, or the server is unknown
 * @throws {CommandError} if the given text contains no key
 */
export async function withGivenKey<T>(
  run: CommandRun,
  {
    mayMake,
    needsAdmin = false,
    mayLackServer = false,
    isPracticeAccount = false,
    withoutKey,
    newKey,
    problems,
  }: GivenKeyOptions<T>,
  work: (key: GivenKey) => Promise<T>,
): Promise<T> {
  const { names, flags, runtime, report } = run;
  if (problems?.isEmpty === false) problems.collect(() => namedServer(flags, null, runtime.env), null);
  problems?.assertNone();
  const isGiven = hasKeyFlag(flags);
  const fallback = isGiven || runtime.secretVariables.has(KEY_VARIABLE) ? undefined : runtime.env[PROFILE_VARIABLE];
  const name = names[0] ?? (typeof flags['profile'] === 'string' ? flags['profile'] : undefined) ?? fallback;
  const profile = name === undefined || name === '' ? null : await findProfile(name, await runtime.openStore(), report);
  if (!isGiven && profile !== null) {
    refuseServerFlags(flags);
    const isOver = (secondsLeft(profile, runtime.now() / 1000) ?? 0) <= 0;
    if (isOver && withoutKey !== undefined) return withoutKey(profile);
  }
  const answered = { ...run, flags: { ...flags, ...newKey?.setBy.answers } };
  const hasProfile = profile !== null;
  const needs = { mayMake, needsAdmin, mayLackServer, isPracticeAccount, hasProfile, setBy: newKey?.setBy };
  const found =
    isGiven || profile === null ? await typedKey(answered, needs) : await keyOfProfile(profile, mayMake, run);
  if (found.isNew && profile !== null) report.say('The profile has no valid saved key. Created a new one.');
  if (found.isNew && profile === null) report.say(newKey?.note ?? newKeyNote(flags));
  report.detail(`key: ${found.source}`);

  const { partnerId, version } = tryPeekKs(found.ks);
  if (isGiven && profile !== null) assertOwnAccount(partnerId, profile, flags);
  let missingServer: UsageError | null = null;
  const isOfPractice = isPracticeKey(found.ks);
  const key = { profile, partnerId, mayJoinPractice: isOfPractice, isPracticeKey: isOfPractice };
  const server = await openKeyServer(key, run).catch((error): KeyServer => {
    if (!mayLackServer || !(error instanceof UsageError) || error.code !== 'missing-input') throw error;
    missingServer = error;
    return NO_SERVER;
  });
  try {
    const account = () => profile ?? accountInVariables(run);
    const credentials = () => profileRequest(account(), server.practiceUrl, run);
    return await work({ ...found, ...server, missingServer, version, profile, account, credentials });
  } finally {
    await server.close();
  }
}

/** Returns the saved key of a profile, or a new one. */
async function keyOfProfile(profile: Profile, mayMake: boolean, run: CommandRun): Promise<FoundKey> {
  const { flags, runtime } = run;
  const saved = await savedKeyOf(profile, 0, createSourceAccess(run), run);
  if (saved !== null) return { ks: saved.ks, facts: saved.facts, source: 'the saved key of the profile', isNew: false };
  if (!mayMake) throw new CommandError(noValidKeyError(profile, runtime.now() / 1000), 'no-saved-key');
  const own = { ...run, names: [profile.name], flags: withoutRecipe(flags), runtime: withoutAnswers(runtime) };
  const { made } = await obtainKey(own, { isInternal: true });
  return { ks: made.ks, facts: made.facts, source: 'a new key of the profile', isNew: true };
}

const newKeyNote = (flags: Flags): string =>
  `No key was given. Created a new one with the account in variables${flags['dotenv'] === undefined ? '' : ' or in the .env file'}.`;

/**
 * Refuses to send a given key to the server of a profile of another account, unless a flag names the server.
 * @param partnerId the account of the key; null if the key can't be read
 * @throws {UsageError}
 */
function assertOwnAccount(partnerId: number | null, profile: Profile, { region, url }: Flags): void {
  // A login profile can leave the account to the server. A key that it saved names the account.
  const own = profile.partnerId ?? profile.savedKey?.facts.partnerId ?? null;
  if (partnerId === null || partnerId === own || region !== undefined || url !== undefined) return;
  const ofProfile = own === null ? 'doesn’t name its account' : `is for partner ${own}`;
  throw new UsageError(
    `The key is for partner ${partnerId}, but profile “${shownName(profile.name)}” ${ofProfile}, so the key was not sent to the server of the profile. Leave out the profile, and name the server of the key with --region or --url.`,
    'conflicting-options',
  );
}

/** Nothing is sent to it: it only lets a check be planned. */
const NO_SERVER: KeyServer = {
  serviceUrl: 'https://unknown.invalid',
  regionLabel: '',
  ...NO_PRACTICE,
};

const OF_ANSWERS = ANSWER_FLAGS.map(({ name }) => variableOf(name));

/**
 * Removes answer variables, because a key that is created from the profile alone belongs to the profile's server. Keeps secret variables.
 */
function withoutAnswers(runtime: Runtime): Runtime {
  const env = Object.fromEntries(Object.entries(runtime.env).filter(([name]) => !OF_ANSWERS.includes(name)));
  return replaceParts(runtime, { env });
}

/** Removes flags that are named like a recipe's values: here they mean something else, such as `check --entry`. */
const withoutRecipe = (flags: Flags): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => name !== 'recipe' && !(name in PLACEHOLDERS)));

function noValidKeyError(profile: Profile, now: number): string {
  const left = secondsLeft(profile, now);
  return left === null
    ? 'This profile has no saved key. Give the key with --ks-stdin, --ks-file or KALTURA_KS.'
    : 'The saved key of this profile has expired.';
}

/** Finds a given key. Without one, creates a key of the account in variables or of the practice account, else asks for a key. */
async function typedKey(
  run: CommandRun,
  {
    mayMake,
    hasProfile,
    isPracticeAccount,
    setBy,
    ...needs
  }: Record<'mayMake' | 'needsAdmin' | 'mayLackServer' | 'isPracticeAccount' | 'hasProfile', boolean> & {
    readonly setBy: SetBy | undefined;
  },
): Promise<FoundKey> {
  const { flags, runtime, report } = run;
  const text = await readGivenText(run);
  const isSecretGiven = typeof flags['secret-file'] === 'string';
  if (isSecretGiven && !hasProfile && (text !== null || !mayMake)) throw idleSecret();
  if (text !== null) return findKey(text);
  const isOfVariables = hasAccount(runtime, isSecretGiven);
  if (mayMake && (isOfVariables || (isPracticeAccount && !isSecretGiven))) {
    const own = flags['recipe'] === undefined ? withoutRecipe(flags) : flags;
    const { made } = await obtainKey({ ...run, names: [], flags: own }, { isInternal: true, setBy });
    const account = isOfVariables ? 'account in variables' : 'practice account';
    return { ks: made.ks, facts: made.facts, source: `a new key of the ${account}`, isNew: true };
  }
  if (isSecretGiven && !hasProfile) throw idleSecret();
  if (!canAsk(run)) throw missingKey(flags, runtime.env, needs);
  const advice = practiceKeyAdvice(namedServer(flags, null, runtime.env));
  if (advice !== '') report.say(advice);
  const question = `${needs.needsAdmin ? 'An ADMIN key' : 'The key'} (KS), not shown`;
  return findKey({ text: await askHidden(question, runtime), source: 'The input' });
}

/** Returns the error for a secret whose account and sign-in method are unknown. */
const idleSecret = (): UsageError =>
  new UsageError(
    '--secret-file needs the profile of the account, or its KALTURA_PARTNER_ID and no other key.',
    'conflicting-options',
  );

/** Checks whether variables name an account, and they or a flag its secret. */
function hasAccount(runtime: Runtime, isSecretGiven: boolean): boolean {
  const { signIn } = specFrom(null, {}, runtime.env, new InputProblems()).spec;
  return signIn.partnerId !== null && (isSecretGiven || secretInVariables(signIn, runtime) !== null);
}

/** Returns the account that variables name with its secret and its server, which a flag can replace. Its secret goes nowhere else. */
function accountInVariables({ flags: { region, url }, runtime }: CommandRun): Profile | null {
  if (!hasAccount(runtime, false)) return null;
  const { spec, hasServer } = specFrom(null, { region, url }, runtime.env, new InputProblems());
  return hasServer
    ? profileFor(spec, { name: '', acceptedRisks: [], secretSource: { kind: 'ask' }, savedAt: 0 })
    : null;
}
