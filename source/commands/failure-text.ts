import { adviseOn } from '../kaltura/error-advice.js';
import { regionLabel } from '../kaltura/regions.js';
import { ProfileStoreError } from '../profiles/profile-store.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import { CancelledError, CommandError, EXIT, UsageError } from './exit-codes.js';
import { isGivenUp, MakingFailed } from './make-from-draft.js';

/** How a command ends that could not be carried out. */
export interface Failure {
  readonly code: number;
  /** What to say, a line each; nothing to someone who gave up. */
  readonly lines: readonly string[];
}

function adviceLines({ reason, request, draft }: MakingFailed): string[] {
  const { headline, explanation, causes } = adviseOn(reason, { request, regionLabel: regionLabel(draft.region) });
  return [`${headline}.`.replace(/([.!?])\.$/, '$1'), explanation, ...causes.map((cause) => `  · ${cause}`)];
}

/** What went wrong, in plain words: never a stack trace, and never the message of an error that nobody foresaw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { code: EXIT.usage, lines: [error.message] };
  if (error instanceof CancelledError || isGivenUp(error)) return { code: EXIT.cancelled, lines: [] };
  if (error instanceof MakingFailed) return { code: EXIT.failure, lines: adviceLines(error) };
  if (error instanceof CommandError || error instanceof ProfileStoreError) {
    return { code: EXIT.failure, lines: [error.message] };
  }
  if (error instanceof SecretPlaceError) {
    if (error.fault === 'cancelled') return { code: EXIT.cancelled, lines: [] };
    return { code: EXIT.failure, lines: [error.message, error.remedy] };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return {
    code: EXIT.failure,
    lines: [`an unexpected fault of this program (${name}). Please report it with the command, without its secrets.`],
  };
}
