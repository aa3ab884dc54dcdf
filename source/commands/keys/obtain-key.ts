import { clockAdvice, clockDifference } from '../../kaltura/api/clock.js';
import { formatDuration } from '../../kaltura/lifetime.js';
import { risksOf } from '../../kaltura/risks/risks.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import { differencesFromAsked } from '../../messages/differences.js';
import type { Making } from '../../operations/make-key.js';
import type { Runtime } from '../../operations/runtime.js';
import { OPTIONAL_REQUEST_TIMEOUT } from '../../operations/timeouts.js';
import { type Profile, savesKeys } from '../../profiles/profile.js';
import type { ProfileStore } from '../../profiles/store.js';
import type { FormState } from '../../wizard/form/form.js';
import { formOf } from '../../wizard/form/profile.js';
import { isUnsafeServer, planOf } from '../../wizard/form/reading.js';
import { PROFILE_VARIABLE } from '../shared/answer-flags.js';
import { assertAccepted, assertComplete, inputWarnings } from '../shared/check-draft.js';
import type { Flags } from '../shared/command-call.js';
import { timeoutOf } from '../shared/duration-flags.js';
import { findProfile } from '../shared/find-profile.js';
import { PRACTICE_ACCOUNT } from '../shared/practice-account.js';
import { secretOfProfile } from '../shared/profile-secret.js';
import { createReport, type Report } from '../shared/report.js';
import { findSecret, secretFieldOf, secretLabel } from '../shared/secret-source.js';
import { createSourceAccess } from '../shared/source-access.js';
import { fillForm, type SourcedForm } from '../shared/sourced-draft.js';
import { makeFromForm } from './make-from-draft.js';
import { isSameAccount, isSameRequest, minTtlOf, savedKeyOf, saveNewKey } from './saved-key.js';

export interface ObtainedKey {
  readonly made: MadeKey;
  readonly serviceUrl: string;
  readonly profile: Profile | null;
}

export const acceptedRiskIds = (flags: Flags): readonly string[] => {
  const ids = flags['accept-risk'];
  return Array.isArray(ids) ? ids : [];
};

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

/** Only a key that is signed here depends on the clock of this computer. Where the server cannot be asked, nothing is said. */
async function warnOfClock(
  draft: FormState,
  { request }: Making,
  timeout: number,
  runtime: Runtime,
  report: Report,
): Promise<void> {
  if (draft.method !== 'local' || draft.region === 'practice' || isUnsafeServer(draft)) return;
  const http = runtime.httpWithin(Math.min(timeout, OPTIONAL_REQUEST_TIMEOUT));
  const difference = await clockDifference(http, request.serviceUrl, runtime.now);
  if (difference === null)
    report.detail('When it ends is reckoned from this computer’s clock: the server could not be asked.');
  const advice = difference === null ? null : clockAdvice(difference);
  if (advice !== null) report.say(`caution: ${advice}`);
}

/** Where each answer came from, and what there is to say of the key. */
async function reportDetails(sourced: SourcedForm, report: Report): Promise<void> {
  const { sourceTexts } = await import('./verbose-text.js');
  for (const text of sourceTexts(sourced)) report.detail(text);
  for (const { weight, acknowledge, message } of risksOf(planOf(sourced.draft))) {
    report.detail(`${weight === 'note' ? '' : `${weight}: `}${message}${acknowledge ? ' (accepted)' : ''}`);
  }
}

/**
 * A key for a command: the one that the profile keeps while it lives long enough, else a new one.
 *
 * @throws {UsageError}
 * @throws {CommandError}
 * @throws {MakingFailed}
 */
export async function obtainKey(names: readonly string[], flags: Flags, runtime: Runtime): Promise<ObtainedKey> {
  const report = createReport(runtime.stderr, flags['verbose'] === true);
  const minTtl = minTtlOf(flags['min-ttl']);
  const timeout = timeoutOf(flags);
  const http = runtime.httpWithin(timeout);
  const named = await namedProfile(names, runtime, report);
  const profile = named?.profile ?? null;
  const sourced = fillForm(profile, flags, runtime.env, PRACTICE_ACCOUNT);
  const own = profile === null ? null : formOf(profile, PRACTICE_ACCOUNT);
  const isOwn = own !== null && isSameRequest(sourced.draft, own);
  const mayKeep = isOwn && flags['cache'] !== false;

  const access = createSourceAccess(flags, runtime, report);

  if (profile !== null && mayKeep) {
    const kept = await savedKeyOf(profile, minTtl, runtime.now() / 1000, access, report);
    if (kept !== null) return { made: kept, serviceUrl: profile.serviceUrl, profile };
  }

  assertComplete(sourced, profile);
  assertAccepted(sourced.draft, acceptedRiskIds(flags));
  for (const text of inputWarnings(sourced)) report.say(text);
  if (flags['verbose'] === true) await reportDetails(sourced, report);
  const field = secretFieldOf(sourced.draft);
  const found = await findSecret(sourced.draft, flags, runtime, report, async () => {
    if (profile === null || own === null) return null;
    if (isSameAccount(sourced.draft, own)) return secretOfProfile(profile, access, report);
    report.detail('The profile’s own secret is not used: this is another account, server or way to sign in.');
    return null;
  });
  report.detail(`${secretLabel(sourced.draft)} (${found.source})`);
  const making = await makeFromForm({ ...sourced.draft, [field]: found.secret }, { runtime, http, report, flags });

  for (const { text } of differencesFromAsked(making.request, making.made, making.askedAt)) report.say(text);
  if (making.made.confirmedBy === null)
    report.detail('What the key is, is as asked, not confirmed: it cannot be read here.');
  if (flags['clock-check'] !== false) await warnOfClock(sourced.draft, making, timeout, runtime, report);
  const end = making.made.facts.expiresAt;
  const lives = end === null ? null : end - runtime.now() / 1000;
  if (lives !== null && flags['min-ttl'] !== undefined && lives <= minTtl) {
    report.say(`caution: the new key lives no longer than --min-ttl asks for (${formatDuration(Math.max(0, lives))}).`);
  }
  if (named !== null && profile !== null && mayKeep && savesKeys(profile)) {
    await saveNewKey(profile, making.made, Math.floor(runtime.now() / 1000), named.store, access, report);
  }
  return { made: making.made, serviceUrl: making.request.serviceUrl, profile };
}
