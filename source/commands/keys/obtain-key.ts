import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import type { Runtime } from '../../operations/runtime.js';
import type { Profile } from '../../profiles/profile.js';
import type { ProfileStore } from '../../profiles/store.js';
import { PROFILE_VARIABLE } from '../shared/answer-flags.js';
import type { Flags } from '../shared/command-call.js';
import { timeoutOf } from '../shared/duration-flags.js';
import { findProfile } from '../shared/find-profile.js';
import { createReport, type Report } from '../shared/report.js';
import { createSourceAccess } from '../shared/source-access.js';
import { isUnchanged, specFrom } from '../shared/spec-from-flags.js';
import { minTtlOf, savedKeyOf } from './saved-key.js';

export interface ObtainedKey {
  readonly made: MadeKey;
  /** null if the key was signed here and nothing names its server. */
  readonly serviceUrl: string | null;
  readonly profile: Profile | null;
}

export interface NamedProfile {
  readonly profile: Profile;
  readonly store: ProfileStore;
}

async function namedProfile(names: readonly string[], runtime: Runtime, report: Report): Promise<NamedProfile | null> {
  const variable = runtime.env[PROFILE_VARIABLE];
  const name = names[0] ?? (variable === '' ? undefined : variable);
  if (name === undefined) return null;
  const store = await runtime.openStore();
  const profile = await findProfile(name, store, report);
  report.detail(`profile ${profile.name} (${names[0] === undefined ? PROFILE_VARIABLE : 'named'})`);
  return { profile, store };
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
  const named = await namedProfile(names, runtime, report);
  const profile = named?.profile ?? null;
  const sourced = specFrom(profile, flags, runtime.env);
  const mayKeep = isUnchanged(sourced) && flags['cache'] !== false;

  const access = createSourceAccess(flags, runtime, report);

  if (profile !== null && mayKeep) {
    const kept = await savedKeyOf(profile, minTtl, runtime.now() / 1000, access, report);
    if (kept !== null) return { made: kept, serviceUrl: profile.serviceUrl, profile };
  }

  // A saved key needs none of this code.
  const { makeNewKey } = await import('./make-new-key.js');
  return makeNewKey(sourced, { named, mayKeep, minTtl, timeout, flags, runtime, report, access });
}
