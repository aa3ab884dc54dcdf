import { isRequestError } from '../../kaltura/api/errors.js';
import type { Http } from '../../kaltura/api/http.js';
import { planRevoke, revokeKey } from '../../kaltura/sessions/end.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import type { KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { abortOnSignal } from '../../operations/abort.js';
import { OPTIONAL_REQUEST_TIMEOUT } from '../../operations/timeouts.js';
import type { Profile } from '../../profiles/profile.js';
import { specForProfile } from '../answers/spec-from-flags.js';
import { findProfileSecret } from '../secrets/profile-secret.js';
import type { SourceAccess } from '../secrets/source-access.js';
import type { CommandRun } from '../shared/command-call.js';
import { CommandError } from '../shared/exit-codes.js';
import { makeFromSpec } from './make-from-spec.js';

/** Seconds until the key expires. */
const KEY_LIFETIME = 300;

export interface ShortKeyDeps extends CommandRun {
  readonly http: Http;
  readonly access: SourceAccess;
  /** The profile's server. */
  readonly serviceUrl: string;
  /** The practice server that the command already uses: `makeFromSpec` creates the key there. */
  readonly practiceUrl: string | null;
}

/**
 * Creates an ADMIN key from a profile's request for one operation, and revokes it afterwards.
 * @throws {CommandError} if the profile creates only USER keys
 * @throws {MakeKeyError}
 */
export async function withShortAdminKey<T>(
  profile: Profile,
  deps: ShortKeyDeps,
  work: (made: MadeKey) => Promise<T>,
): Promise<T> {
  const own = specForProfile(profile);
  const { secret } = await findProfileSecret(profile, deps, deps.access);
  // The key needs no user and no role, because a narrow role would limit it.
  const short: KeySpec = { ...own, type: 'ADMIN', userId: '', privileges: '', lifetime: KEY_LIFETIME };
  const { made } = await makeFromSpec(short, secret, deps);
  if (made.facts.type === 'USER') throw new CommandError(onlyUserKeys(profile), 'no-admin-key');
  deps.report.say(`Created an ADMIN key for five minutes with the sign-in of profile “${profile.name}”.`);
  try {
    return await work(made);
  } finally {
    await endShortKey(made, profile, deps);
  }
}

function onlyUserKeys({ name, method }: Profile): string {
  const why = method === 'login' ? 'its login is not an administrator' : 'its app token creates no ADMIN keys';
  return `Profile “${name}” creates only USER keys: ${why}. This command needs an ADMIN key: name another profile.`;
}

/**
 * Checks whether the key may be revoked. A key of a group, such as an app token's, may not: all other keys would end too
 * (docs/kaltura-facts.md 5.5, 5.8).
 */
function canEndSafely({ facts, confirmedBy }: MadeKey, { method }: Profile): boolean {
  // A key that can't be read here may contain what is stored with the user (docs/kaltura-facts.md 4.3).
  if (confirmedBy === null && method === 'login') return false;
  return planRevoke(facts, 0).endsWith.kind === 'alone';
}

async function endShortKey(made: MadeKey, profile: Profile, deps: ShortKeyDeps): Promise<void> {
  const { http, serviceUrl, report, runtime } = deps;
  if (!canEndSafely(made, profile)) {
    report.say(
      'The ADMIN key expires within five minutes. It was not revoked, because that could revoke other keys too.',
    );
    return;
  }
  const failed = 'caution: the ADMIN key may not be revoked. It may still work until it expires within five minutes.';
  try {
    const { outcome } = await abortOnSignal(runtime, (signal) => {
      const either = AbortSignal.any([signal, AbortSignal.timeout(OPTIONAL_REQUEST_TIMEOUT)]);
      return revokeKey({ serviceUrl, ks: made.ks, http, signal: either });
    });
    report.say(outcome === 'ended' || outcome === 'already-ended' ? 'Revoked the five-minute ADMIN key.' : failed);
  } catch (error) {
    if (!isRequestError(error)) throw error;
    report.say(failed);
  }
}
