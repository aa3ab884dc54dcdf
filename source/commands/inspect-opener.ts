import { explainKs, type KsReading } from '../kaltura/explain-ks.js';
import { Secret } from '../kaltura/secret.js';
import type { Profile } from '../profiles/profile.js';
import { type Draft, EMPTY_DRAFT } from '../wizard/draft.js';
import { draftOf } from '../wizard/profile-draft.js';
import { CREDENTIALS } from '../wizard/reading.js';
import { SECRET_VARIABLES } from './answer-flags.js';
import type { Flags } from './command-line.js';
import type { CommandRuntime } from './command-runtime.js';
import { createPlaceAccess } from './place-access.js';
import { PRETEND_ACCOUNT } from './pretend-account.js';
import { secretOfProfile } from './profile-secret.js';
import type { Report } from './report.js';
import { findSecret } from './secret-source.js';

/** What opens keys, if the profile has it: the account's secret. A password or an app token opens none. */
function openerOf(profile: Profile | null, partnerId: number, report: Report): Profile | null {
  if (profile === null) return null;
  if (profile.method !== 'server' && profile.method !== 'local') {
    report.say('the profile signs in with something else than the account’s secret, which alone opens a key.');
    return null;
  }
  if (profile.partnerId === partnerId) return profile;
  report.say(
    `the key is of partner ${partnerId}, the profile of partner ${profile.partnerId}: its secret is not tried.`,
  );
  return null;
}

/** null where nobody has given one, and none can be asked for. */
async function secretFor(
  partnerId: number,
  profile: Profile | null,
  flags: Flags,
  runtime: CommandRuntime,
  report: Report,
): Promise<Secret | null> {
  const isGiven = flags['secret-stdin'] === true || flags['secret-file'] !== undefined;
  const opener = isGiven ? null : openerOf(profile, partnerId, report);
  const access = createPlaceAccess(flags, runtime, report);
  const draft: Draft = {
    ...(opener === null ? { ...EMPTY_DRAFT, partnerId: String(partnerId) } : draftOf(opener, PRETEND_ACCOUNT)),
    method: 'local',
  };
  const fromPlace = opener === null ? null : await secretOfProfile(opener, access, report);
  const isSet = (runtime.env[SECRET_VARIABLES.secret] ?? '') !== '';
  const canBeHad = isGiven || isSet || (opener !== null && (opener.region === 'practice' || access.mayAsk()));
  if (fromPlace === null && !canBeHad) {
    if (opener !== null) report.say('the profile’s secret is asked each time, and cannot be asked here.');
    return null;
  }
  const found = fromPlace ?? (await findSecret(draft, flags, runtime, report, async () => null));
  report.detail(`admin secret (${found.source})`);
  return new Secret(CREDENTIALS.secret({ ...draft, secret: found.secret }).text);
}

export interface OpenedKs {
  readonly reading: KsReading;
  /** Opened by the secret of the pretended account, which is none. */
  readonly isPractice: boolean;
}

/**
 * Reads a key with whatever secret is given or belongs to the profile: without one, as far as anyone can.
 *
 * @throws {UsageError} where a flag gives no secret
 * @throws {SecretPlaceError}
 */
export async function openedKs(
  ks: Secret,
  profile: Profile | null,
  flags: Flags,
  runtime: CommandRuntime,
  report: Report,
): Promise<OpenedKs> {
  const sealed = explainKs(ks, []);
  const partnerId = sealed.readable ? sealed.explanation.partnerId : sealed.partnerId;
  if (partnerId === null) return { reading: sealed, isPractice: false };
  const practice = explainKs(ks, [PRETEND_ACCOUNT.secret]);
  if (practice.readable && practice.explanation.signature === 'valid') return { reading: practice, isPractice: true };
  const secret = await secretFor(partnerId, profile, flags, runtime, report);
  return { reading: secret === null ? sealed : explainKs(ks, [secret]), isPractice: false };
}
