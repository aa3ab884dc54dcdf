import { isSelfHosted, type RegionId, serviceUrlAt } from '../../kaltura/accounts/regions.js';
import { type HolderId, holderOf } from '../../kaltura/holders.js';
import { DEFAULT_LIFETIME, pointAdvice, readLifetime } from '../../kaltura/lifetime.js';
import { checkPrivileges, privilegePairs } from '../../kaltura/privileges/privileges.js';
import { hasSameRisks } from '../../kaltura/risks/risks.js';
import { isGroupId } from '../../kaltura/sessions/group.js';
import { isSameKey, type KeySpec, type SignInMethod, versionOf } from '../../kaltura/sign-in/key-spec.js';
import { readUserId, type TypedValue } from '../../kaltura/typed-values.js';
import type { Env } from '../../operations/runtime.js';
import type { Profile } from '../../profiles/profile.js';
import { specOfProfile } from '../../profiles/profile-spec.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { withoutEcho } from '../shared/without-echo.js';
import { ANSWER_FLAGS, type AnswerName, variableOf } from './answer-flags.js';
import { type Given, type GivenAnswers, type ReadAnswers, readAnswers, withRecipe } from './given-answers.js';
import { impliedMethod, methodConflict, methodFrom, type ReadId, readIds, signInFrom } from './given-sign-in.js';
import { InputProblems } from './input-problems.js';
import type { ChosenRecipe } from './recipe-flags.js';

/** The key that flags, variables and a profile request, and where each answer came from. */
export interface SourcedSpec {
  readonly spec: KeySpec;
  /** The key that the profile alone requests; null without a profile. */
  readonly own: KeySpec | null;
  /** Whether a flag, a variable or the profile names the server. Without one, only a local signature is possible, and the spec's server means nothing. */
  readonly hasServer: boolean;
  /** The IDs that the sign-in method takes, in the order of the wizard. */
  readonly ids: readonly ReadId[];
  readonly userId: TypedValue;
  /** The address of a self-hosted server, as it was given. */
  readonly address: string;
  /** The risks that were accepted with the profile, if the spec has the same ones. */
  readonly acceptedRisks: readonly string[];
  /** `--type`, `KALTURA_TYPE`, `the profile`, `as usual`. */
  readonly sources: Readonly<Record<AnswerName, string>>;
  readonly given: GivenAnswers;
  /** The answers that were given and are invalid by themselves. */
  readonly invalid: ReadonlyMap<AnswerName, UsageError>;
  readonly recipe: ChosenRecipe | null;
}

const FROM_PROFILE = 'the profile';
const BY_DEFAULT = 'by default';

/** Returns the problem if the lifetime is given and invalid; null if it isn't. The reading's sentence may repeat a part of what was typed. */
const expiryProblem = ({ expiry }: GivenAnswers): UsageError | null =>
  expiry === undefined || readLifetime(expiry.text).ok
    ? null
    : new UsageError(
        `${expiry.source}: ${pointAdvice(expiry.text) ?? 'give a length of time such as 90m, 8h, 7d or a number of seconds, at most 3650d. The units are s, m, h, d and w.'}`,
      );

/** Returns the given holder if it is another one than the profile's, which brings its own lifetime; else null. */
const newHolder = ({ holder }: GivenAnswers, own: KeySpec | null): Given | null =>
  holder === undefined || holder.text === (own?.holder ?? 'me') ? null : holder;

/** Returns the lifetime in seconds. */
function lifetimeFrom(given: GivenAnswers, own: KeySpec | null): number {
  const reading = given.expiry === undefined ? null : readLifetime(given.expiry.text);
  if (reading?.ok === true) return reading.seconds;
  const holder = newHolder(given, own);
  if (holder !== null) return holderOf(holder.text as HolderId).suggests.lifetime;
  return own?.lifetime ?? DEFAULT_LIFETIME;
}

function typeFrom({ type }: GivenAnswers, method: SignInMethod, profile: Profile | null): KeySpec['type'] {
  if (type !== undefined) return type.text === 'admin' ? 'ADMIN' : 'USER';
  if (profile !== null) return profile.type;
  // A login decides the type. Otherwise, ADMIN is never the default, because it was not confirmed.
  return method === 'login' ? 'ADMIN' : 'USER';
}

/** Returns the ID of `--session-group`; null without it. @throws {UsageError} */
function groupIn(flags: Flags): string | null {
  const id = flags['session-group'];
  if (typeof id !== 'string') return null;
  if (isGroupId(id)) return id;
  throw new UsageError('--session-group needs at most 64 letters, digits, . _ and -, or “new” for a random ID.');
}

/**
 * Returns the privileges with the `sessionid` of `--session-group`.
 * @throws {UsageError} if the key can't get one, or has one already
 */
function withGroup(privileges: string, flags: Flags, method: SignInMethod): string {
  const group = groupIn(flags);
  if (group === null) return privileges;
  if (method === 'app-token') {
    throw new UsageError(
      'All keys of an app token are in the group of the token: remove --session-group.',
      'conflicting-options',
    );
  }
  if (privilegePairs(privileges).some(([name]) => name === 'sessionid')) {
    throw new UsageError(
      'The privileges already have a session group (sessionid): remove --session-group.',
      'conflicting-options',
    );
  }
  return privileges.trim() === '' ? `sessionid:${group}` : `${privileges},sessionid:${group}`;
}

/** Merges answers into the profile. Privileges that can't be parsed stay as they are. */
function merge(given: GivenAnswers, profile: Profile | null, flags: Flags, problems: InputProblems) {
  const own = profile === null ? null : specOfProfile(profile);
  const region: RegionId = given.url === undefined ? ((given.region?.text as RegionId) ?? own?.region ?? 'us') : 'own';
  const saved = given.region === undefined ? (profile?.serviceUrl ?? '') : '';
  const address = given.url?.text ?? saved;
  const method = methodFrom(given, profile);
  const serviceUrl = serviceUrlAt({ region, address }, null);
  const hasServer = own !== null || given.region !== undefined || given.url !== undefined;
  const allowsInternal = hasServer ? isSelfHosted({ region, serviceUrl }) : method === 'local';
  const ids = readIds(method, given, profile, region, { allowsInternal });
  const signIn = signInFrom(method, ids, given, profile);
  const userId = readUserId(given.user?.text ?? profile?.userId ?? '', versionOf(signIn) === 2);
  const asked = given.privilege?.text ?? profile?.privileges ?? '';
  const privileges = problems.collect(() => withGroup(asked, flags, method), asked);
  const checked = checkPrivileges(privileges, versionOf(signIn));
  const spec: KeySpec = {
    region,
    serviceUrl,
    signIn,
    type: typeFrom(given, method, profile),
    userId: userId.text,
    lifetime: lifetimeFrom(given, own),
    privileges: checked.ok ? checked.privileges : privileges,
    holder: (given.holder?.text as HolderId) ?? own?.holder ?? 'me',
  };
  return { spec, hasServer, ids, userId, address, privilegeProblem: checked.ok ? null : checked.problem };
}

/** Returns the key that a profile requests for a command: in practice, the practice account replaces missing IDs. */
export const specForProfile = (profile: Profile): KeySpec => merge({}, profile, {}, new InputProblems()).spec;

/** Reads the answers. Only a key that is signed here uses the version, so its variable can be invalid otherwise. */
function usedAnswers(profile: Profile | null, flags: Flags, env: Env): ReadAnswers {
  const hasProfile = profile !== null;
  const read = readAnswers(flags, { ...env, [variableOf('ks-version')]: undefined }, hasProfile);
  return methodFrom(read.given, profile) === 'local' ? readAnswers(flags, env, hasProfile) : read;
}

/** Finds the answers that are invalid by themselves. */
function invalidAnswers(
  { given, invalid }: ReadAnswers,
  { privilegeProblem, spec }: ReturnType<typeof merge>,
): ReadonlyMap<AnswerName, UsageError> {
  const found = new Map(invalid);
  const conflict = methodConflict(given);
  if (conflict !== null) found.set('method', conflict);
  const expiry = expiryProblem(given);
  if (expiry !== null) found.set('expiry', expiry);
  // Without the method, the version that the privileges need is unknown.
  if (privilegeProblem !== null && !found.has('method')) {
    const source = given.privilege?.source ?? 'the profile’s privileges';
    found.set('privilege', new UsageError(`${source}: ${withoutEcho(privilegeProblem, spec.privileges)}`));
  }
  return found;
}

/**
 * Returns the requested key: flags before variables before the profile. With a profile, the official names of variables don't count. The profile's accepted risks count only if everything that a risk
 * depends on is the same.
 * @param problems gets everything that is invalid
 */
export function specFrom(
  profile: Profile | null,
  flags: Flags,
  env: Env,
  problems: InputProblems,
  recipe: ChosenRecipe | null = null,
): SourcedSpec {
  const read = usedAnswers(profile, flags, env);
  const given = recipe?.answers == null ? read.given : withRecipe(read.given, recipe.answers, recipe.source);
  const { privilegeProblem, ...merged } = merge(given, profile, flags, problems);
  const { spec } = merged;
  const invalid = invalidAnswers({ ...read, given }, { privilegeProblem, ...merged });
  for (const { name } of ANSWER_FLAGS) if (invalid.has(name)) problems.add(invalid.get(name) as UsageError);
  const own = profile === null ? null : specForProfile(profile);
  const rest = profile === null ? BY_DEFAULT : FROM_PROFILE;
  const causes: Readonly<Partial<Record<AnswerName, string | undefined>>> = {
    method: impliedMethod(given, profile)?.source,
    expiry: newHolder(given, own)?.source,
  };
  const sourceOf = (name: AnswerName): string =>
    given[name]?.source ?? (causes[name] === undefined ? rest : `because of ${causes[name]}`);
  const sources = Object.fromEntries(ANSWER_FLAGS.map(({ name }) => [name, sourceOf(name)]));
  return {
    ...merged,
    own,
    acceptedRisks: profile !== null && own !== null && hasSameRisks(spec, own) ? profile.acceptedRisks : [],
    sources: sources as SourcedSpec['sources'],
    given,
    invalid,
    recipe,
  };
}

/** Returns the key that a recipe would request, with examples for the values that are missing: to judge its risks before they are given. */
export const specOfSample = (profile: Profile | null, flags: Flags, env: Env, recipe: ChosenRecipe): KeySpec =>
  specFrom(profile, flags, env, new InputProblems(), { ...recipe, answers: recipe.sample ?? recipe.answers }).spec;

/** Checks whether flags and variables left the profile's request unchanged. An invalid ID is a change. */
export const isUnchanged = ({ spec, own, ids, given, recipe }: SourcedSpec): boolean =>
  own !== null &&
  (recipe === null || recipe.missing.length === 0) &&
  isSameKey(spec, own) &&
  ids.every(({ name, reading }) => given[name] === undefined || reading.problem === null);
