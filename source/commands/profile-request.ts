import type { KeyRequest } from '../kaltura/key-request.js';
import type { Profile } from '../profiles/profile.js';
import { draftOf } from '../wizard/profile-draft.js';
import { requestOf } from '../wizard/reading.js';
import type { Flags } from './command-call.js';
import type { CommandRuntime } from './command-runtime.js';
import { createPlaceAccess } from './place-access.js';
import { PRETEND_ACCOUNT } from './pretend-account.js';
import { secretOfProfile } from './profile-secret.js';
import type { Report } from './report.js';
import { findSecret, secretFieldOf } from './secret-source.js';

/**
 * The request that a profile makes keys from, with its secret: from a variable, its place, or a question.
 *
 * @param practiceUrl where the practice server answers, if it is that one
 * @throws {UsageError} where the secret is missing and cannot be asked
 */
export async function profileRequest(
  profile: Profile | null,
  practiceUrl: string | null,
  flags: Flags,
  runtime: CommandRuntime,
  report: Report,
): Promise<KeyRequest | null> {
  if (profile === null) return null;
  const draft = draftOf(profile, PRETEND_ACCOUNT);
  const access = createPlaceAccess(flags, runtime, report);
  const found = await findSecret(draft, flags, runtime, report, () => secretOfProfile(profile, access, report));
  return requestOf({ ...draft, [secretFieldOf(draft)]: found.secret }, practiceUrl);
}
