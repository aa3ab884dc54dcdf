import { isUnsafeServer } from '../../kaltura/accounts/regions.js';
import { formatRemaining } from '../../kaltura/lifetime.js';
import { hasSameRisks, risksOf } from '../../kaltura/risks/risks.js';
import { isLimitedByRole } from '../../kaltura/risks/rule.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import { isSameAccount, type KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { SECRET_NOUNS } from '../../kaltura/typed-values.js';
import { differencesFromAsked } from '../../messages/differences.js';
import { riskText } from '../../messages/paragraph.js';
import type { Making } from '../../operations/make-key.js';
import { OPTIONAL_REQUEST_TIMEOUT } from '../../operations/timeouts.js';
import { type Profile, savesKeys } from '../../profiles/profile.js';
import { type ProfileStore, ProfileStoreError } from '../../profiles/store.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import {
  acceptedRiskIds,
  acceptFlags,
  assertAccepted,
  type OpenRisk,
  openRisks,
  riskDetail,
} from '../answers/accepted-risks.js';
import { assertComplete, type SetBy, sourceTexts } from '../answers/check-spec.js';
import type { InputProblems } from '../answers/input-problems.js';
import { inputWarnings, reachWarnings } from '../answers/input-warnings.js';
import type { ChosenRecipe } from '../answers/recipe-flags.js';
import { isUnchanged, type SourcedSpec, specFrom, specOfSample } from '../answers/spec-from-flags.js';
import { secretOfProfile } from '../secrets/profile-secret.js';
import { type FoundSecret, findSecret, missingSecret } from '../secrets/secret-source.js';
import type { SourceAccess } from '../secrets/source-access.js';
import type { CommandRun } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';
import { argumentFor } from '../shared/shell-quoting.js';
import { makeFromSpec } from './make-from-spec.js';
import type { NamedProfile, ObtainedKey } from './obtain-key.js';

interface NewKeyDeps {
  readonly named: NamedProfile | null;
  readonly recipe: ChosenRecipe | null;
  /** Dangers of what the command does with the key, which are not accepted. */
  readonly dangers: readonly OpenRisk[];
  /** Whether only this program uses the key, so that the user doesn't get it. */
  readonly isInternal: boolean;
  /** The answers that the command sets itself. */
  readonly setBy: SetBy | undefined;
  /** Seconds. */
  readonly minTtl: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly access: SourceAccess;
  readonly problems: InputProblems;
}

/** Warns about a wrong clock, which matters only for a key that is signed here. Says nothing if the server doesn't respond. */
async function warnOfClock(
  spec: KeySpec,
  { request }: Making,
  timeout: number,
  { runtime, report }: CommandRun,
): Promise<void> {
  if (spec.signIn.method !== 'local' || spec.region === 'practice' || isUnsafeServer(spec)) return;
  const { clockAdvice, clockDifference } = await import('../../kaltura/api/clock.js');
  const http = runtime.httpWithin(Math.min(timeout, OPTIONAL_REQUEST_TIMEOUT));
  const difference = await clockDifference(http, request.serviceUrl, runtime.now);
  if (difference === null)
    report.detail('The expiry is based on this computer’s clock, because the server could not be asked.');
  const advice = difference === null ? null : clockAdvice(difference);
  if (advice !== null) report.say(`caution: ${advice}`);
}

/**
 * Checks that the request is complete and valid, and that its dangers are accepted.
 * @throws {UsageError} with everything that is missing or invalid
 */
function assertMayBeMade(
  sourced: SourcedSpec,
  profile: Profile | null,
  run: CommandRun,
  { recipe, dangers, problems }: NewKeyDeps,
): void {
  const { flags, runtime } = run;
  const { spec, own } = sourced;
  const acceptedRisks = problems.collect(() => acceptedRiskIds(flags), []);
  const judged = recipe?.sample == null ? spec : specOfSample(profile, flags, runtime.env, recipe);
  const assertRisks = (): void => {
    const open = openRisks(judged, [...sourced.acceptedRisks, ...acceptedRisks]);
    // A profile that was saved before the risk was confirmed doesn't remember it.
    const canRemember = profile !== null && own !== null && open.length > 0 && hasSameRisks(judged, own);
    const more = canRemember
      ? `To remember this in the profile: kaltura-ks profiles edit ${argumentFor(profile.name, runtime.env)} ${acceptFlags(open)}`
      : null;
    assertAccepted('key', [...open, ...dangers], judged.privileges, more);
  };
  assertComplete(sourced, { missingSecret: missingSecret(spec, run, profile !== null), problems, assertRisks });
  assertRisks();
}

/** Finds the secret. That of the profile is used only for the same account, server and sign-in method. */
function secretFor(
  { spec, own, hasServer }: SourcedSpec,
  profile: Profile | null,
  run: CommandRun,
  access: SourceAccess,
): Promise<FoundSecret> {
  return findSecret({ ...spec, hasServer }, run, async () => {
    if (profile === null || own === null) return null;
    if (isSameAccount(spec, own)) return secretOfProfile(profile, access, run);
    if (profile.secretSource.kind !== 'ask') {
      run.report.say(
        'The profile’s own secret was not used: the account, the server or the sign-in method is different.',
      );
    }
    return null;
  });
}

/**
 * Checks whether the user already knows that the key is an ADMIN key: saving a profile confirmed its type, and `recipes show` notes it for a
 * recipe with a role. With -v, the risk is among the details.
 * @param needed what the recipe needs
 */
const knowsAdminRisk = (
  { spec, own }: SourcedSpec,
  needed: Pick<KeySpec, 'type' | 'privileges'> | null,
  { flags }: CommandRun,
): boolean =>
  own?.type === 'ADMIN' ||
  (needed?.type === 'ADMIN' && isLimitedByRole({ ...spec, privileges: needed.privileges }) && isLimitedByRole(spec)) ||
  spec.region === 'practice' ||
  flags['verbose'] === true;

/**
 * Creates a key and saves it with its profile.
 * @throws {UsageError}
 * @throws {CommandError}
 * @throws {MakeKeyError}
 */
export async function makeNewKey(run: CommandRun, deps: NewKeyDeps): Promise<ObtainedKey> {
  const { flags, runtime, report } = run;
  const { named, recipe, isInternal, minTtl, timeout, access, problems } = deps;
  const profile = named?.profile ?? null;
  const sourced = specFrom(profile, flags, runtime.env, problems, recipe);
  const { spec, own, hasServer } = sourced;
  assertMayBeMade(sourced, profile, run, deps);
  for (const text of inputWarnings(sourced)) report.say(text);
  for (const text of sourceTexts(sourced, deps.setBy)) report.detail(text);
  // A profile has saved what its recipe needs.
  const needed = recipe?.answers ?? (profile?.recipe == null ? null : own);
  const risks = risksOf({ ...spec, needed });
  for (const risk of risks) report.detail(riskDetail(risk));
  const { secret, source } = await secretFor(sourced, profile, run, access);
  report.detail(`${SECRET_NOUNS[spec.signIn.method]} (${source})`);
  const making = await makeFromSpec(spec, secret, { ...run, http: runtime.httpWithin(timeout) });
  const { made, request, askedAt } = making;

  for (const { text } of differencesFromAsked(request, made, askedAt)) report.say(text);
  if (made.confirmedBy === null)
    report.detail(
      'The details of the key are the requested ones. They are not confirmed, because the key can’t be read here.',
    );
  if (hasServer && flags['clock-check'] !== false) await warnOfClock(spec, making, timeout, run);
  const ofAdmin = risks.find(({ id }) => id === 'admin');
  if (ofAdmin !== undefined && made.facts.type === 'ADMIN' && !isInternal && !knowsAdminRisk(sourced, needed, run)) {
    report.say(riskText(ofAdmin));
  }
  if (!isInternal) for (const text of reachWarnings(sourced, made.facts)) report.say(text);
  const end = made.facts.expiresAt;
  const secondsLeft = end === null ? null : end - runtime.now() / 1000;
  if (secondsLeft !== null && flags['min-ttl'] !== undefined && secondsLeft <= minTtl) {
    report.say(`caution: the new key is valid for ${formatRemaining(secondsLeft)}, no longer than --min-ttl.`);
  }
  const mayKeep = flags['cache'] !== false && isUnchanged(sourced);
  if (named !== null && mayKeep && savesKeys(named.profile)) {
    await saveNewKey(named.profile, made, Math.floor(runtime.now() / 1000), named.store, access, report);
  }
  return { made, serviceUrl: hasServer ? request.serviceUrl : null, profile };
}

/**
 * Saves a new key with its profile, at its secret source if that can store keys. A failure doesn't prevent printing the key. If the profile
 * was changed or removed in the meantime, it stays that way.
 */
export async function saveNewKey(
  profile: Profile,
  made: MadeKey,
  savedAt: number,
  store: ProfileStore,
  access: SourceAccess,
  report: Report,
): Promise<void> {
  try {
    const { saveKey } = await import('../../profiles/change-profile.js');
    const isSaved = await saveKey(profile, made, savedAt, { store, secrets: access });
    report.detail(
      isSaved
        ? 'Saved the key with the profile.'
        : 'The key was not saved: the profile was changed or removed at the same time.',
    );
  } catch (error) {
    const isForeseen =
      error instanceof ProfileStoreError || error instanceof SecretSourceError || error instanceof UsageError;
    if (!isForeseen) throw error;
    report.say(`caution: the key could not be saved. ${error.message}`);
  }
}
