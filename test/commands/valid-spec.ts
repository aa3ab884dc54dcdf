import { InputProblems } from '../../source/commands/answers/input-problems.js';
import { type SourcedSpec, specFrom } from '../../source/commands/answers/spec-from-flags.js';
import type { Flags } from '../../source/commands/shared/command-call.js';
import type { Env } from '../../source/operations/runtime.js';
import type { Profile } from '../../source/profiles/profile.js';

/**
 * Returns the key that flags, variables and a profile request.
 * @throws {UsageError} with everything that is invalid
 */
export function validSpec(profile: Profile | null, flags: Flags, env: Env): SourcedSpec {
  const problems = new InputProblems();
  const sourced = specFrom(profile, flags, env, problems);
  problems.assertNone();
  return sourced;
}
