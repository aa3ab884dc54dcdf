import { isUnsafeServer } from '../../kaltura/accounts/regions.js';
import { clockAdvice, clockDifference } from '../../kaltura/api/clock.js';
import { formatDuration } from '../../kaltura/lifetime.js';
import { risksOf } from '../../kaltura/risks/risks.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import { isSameAccount, type KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { SECRET_NOUNS } from '../../kaltura/typed-values.js';
import { differencesFromAsked } from '../../messages/differences.js';
import type { Making } from '../../operations/make-key.js';
import type { Runtime } from '../../operations/runtime.js';
import { OPTIONAL_REQUEST_TIMEOUT } from '../../operations/timeouts.js';
import { type Profile, savesKeys } from '../../profiles/profile.js';
import type { ProfileStore } from '../../profiles/store.js';
import { PROFILE_VARIABLE } from '../shared/answer-flags.js';
import {
  acceptedRiskIds,
  assertAccepted,
  assertComplete,
  inputWarnings,
  openRisks,
  riskDetails,
  sourceTexts,
} from '../shared/check-spec.js';
import type { Flags } from '../shared/command-call.js';
import { timeoutOf } from '../shared/duration-flags.js';
import { findProfile } from '../shared/find-profile.js';
import { secretOfProfile } from '../shared/profile-secret.js';
import { createReport, type Report } from '../shared/report.js';
import { findSecret } from '../shared/secret-source.js';
import { createSourceAccess } from '../shared/source-access.js';
import { isUnchanged, specFrom } from '../shared/spec-from-flags.js';
import { makeFromSpec } from './make-from-draft.js';
import { minTtlOf, savedKeyOf, saveNewKey } from './saved-key.js';

export interface ObtainedKey {
  readonly made: MadeKey;
  /** null if the key was signed here and nothing names its server. */
  readonly serviceUrl: string | null;
  readonly profile: Profile | null;
}

interface Named {
  readonly profile: Profile;
  readonly store: ProfileStore;
}

async function namedProfile(names: readonly string[], runtime: Runtime, report: Report): Promise<Named | null> {
  const variable = runtime.env[PROFILE_VARIABLE];
  const name = names[0] ?? (variable === '' ? undefined : variable);
  if (name === undefined) return null;
  const store = await runtime.openStore();
  const profile = await findProfile(name, store, report);
  report.detail(`profile ${profile.name} (${names[0] === undefined ? PROFILE_VARIABLE : 'named'})`);
  return { profile, store };
}

/** Warns about a wrong clock, which matters only for a key that is signed here. Says nothing if the server doesn't respond. */
async function warnOfClock(
  spec: KeySpec,
  { request }: Making,
  timeout: number,
  runtime: Runtime,
  report: Report,
): Promise<void> {
  if (spec.signIn.method !== 'local' || spec.region === 'practice' || isUnsafeServer(spec)) return;
  const http = runtime.httpWithin(Math.min(timeout, OPTIONAL_REQUEST_TIMEOUT));
  const difference = await clockDifference(http, request.serviceUrl, runtime.now);
  if (difference === null)
    report.detail('When it ends is reckoned from this computer’s clock: the server could not be asked.');
  const advice = difference === null ? null : clockAdvice(difference);
  if (advice !== null) report.say(`caution: ${advice}`);
}

/**
 * Returns a key for a command: the profile's saved key if it is valid long enough, else a new one.
 * @throws {UsageError}
 * @throws {CommandError}
 * @throws {MakeKeyError}
 */
export async function obtainKey(names: readonly string[], flags: Flags, runtime: Runtime): Promise<ObtainedKey> {
  const report = createReport(runtime.stderr, flags['verbose'] === true);
  const minTtl = minTtlOf(flags['min-ttl']);
  const timeout = timeoutOf(flags);
  const http = runtime.httpWithin(timeout);
  const named = await namedProfile(names, runtime, report);
  const profile = named?.profile ?? null;
  const sourced = specFrom(profile, flags, runtime.env);
  const { spec, own, hasServer } = sourced;
  const mayKeep = isUnchanged(sourced) && flags['cache'] !== false;

  const access = createSourceAccess(flags, runtime, report);

  if (profile !== null && mayKeep) {
    const kept = await savedKeyOf(profile, minTtl, runtime.now() / 1000, access, report);
    if (kept !== null) return { made: kept, serviceUrl: profile.serviceUrl, profile };
  }

  assertComplete(sourced);
  assertAccepted('key', openRisks(spec, [...sourced.acceptedRisks, ...acceptedRiskIds(flags)]), spec.privileges);
  for (const text of inputWarnings(sourced)) report.say(text);
  for (const text of [...sourceTexts(sourced), ...riskDetails(risksOf(spec))]) report.detail(text);
  const found = await findSecret(spec, flags, runtime, report, async () => {
    if (profile === null || own === null) return null;
    if (isSameAccount(spec, own)) return secretOfProfile(profile, access, report);
    report.detail('The profile’s own secret is not used: this is another account, server or way to sign in.');
    return null;
  });
  report.detail(`${SECRET_NOUNS[spec.signIn.method]} (${found.source})`);
  const making = await makeFromSpec(spec, found.secret, { runtime, http, report, flags });

  for (const { text } of differencesFromAsked(making.request, making.made, making.askedAt)) report.say(text);
  if (making.made.confirmedBy === null)
    report.detail('What the key is, is as asked, not confirmed: it cannot be read here.');
  if (hasServer && flags['clock-check'] !== false) await warnOfClock(spec, making, timeout, runtime, report);
  const end = making.made.facts.expiresAt;
  const lives = end === null ? null : end - runtime.now() / 1000;
  if (lives !== null && flags['min-ttl'] !== undefined && lives <= minTtl) {
    report.say(`caution: the new key lives no longer than --min-ttl asks for (${formatDuration(Math.max(0, lives))}).`);
  }
  if (named !== null && profile !== null && mayKeep && savesKeys(profile)) {
    await saveNewKey(profile, making.made, Math.floor(runtime.now() / 1000), named.store, access, report);
  }
  return { made: making.made, serviceUrl: hasServer ? making.request.serviceUrl : null, profile };
}
