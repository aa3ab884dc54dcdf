import type { ApiError } from '../api-errors.js';
import { asShown } from '../redact.js';
import { isSafeToRepeat } from '../retry.js';
import type { Secret } from '../secret.js';
import { type Counsel, type FailedCall, retry } from './advice.js';

/** A call that was made with a key, or about one; not to make one. */
export interface UseContext {
  /** The action that was called: `session.get`. An error of the API knows its own. */
  readonly action: string;
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  /** The region's name as the person chose it: `EU`. */
  readonly regionLabel: string;
  /** All that was sent along and must not be seen in what comes back. */
  readonly secrets: readonly Secret[];
}

/** What to say of a refusal. The next step is a sentence, for from here no remedy leads to a step of the wizard. */
export interface UseCounsel {
  readonly headline: string;
  /** What is known for sure. */
  readonly known: string;
  /** What to do. */
  readonly next: string;
  /** The likeliest first; each begins in lower case, to stand in a list. */
  readonly causes: readonly string[];
}

/** Counsel by error code (facts 4.2). */
export type UseCounselByCode = Readonly<Record<string, (error: ApiError, context: UseContext) => UseCounsel>>;

export const asCounsel = ({ headline, known, next, causes }: UseCounsel): Counsel => ({
  headline,
  explanation: `${known} ${next}`,
  causes,
  remedies: [],
});

/** What the server names in an error, short enough for a headline; '' where it names nothing. */
export const named = ({ args }: ApiError, name: string): string => asShown(args[name] ?? '', [], 48);

/** What a call did that changes something and got no answer. */
const MAY_BE_DONE: Readonly<Record<string, string>> = {
  'session.end': 'The key may have been ended all the same: check it, for it cannot be ended twice.',
  'apptoken.add': 'The token may have been added all the same: look at the list before you add another.',
  'apptoken.update': 'It may have been changed all the same: look at the list.',
  'apptoken.delete': 'It may have been deleted all the same: look at the list.',
};

/** The use of a key as a call that failed. */
export function usingCall({ action, serviceUrl, secrets }: UseContext): FailedCall {
  const isSecret = secrets.length > 0;
  return {
    serviceUrl,
    carries: isSecret ? 'the key' : 'the question',
    about: isSecret ? 'the key' : 'the account',
    ifNothingSent: isSecret ? 'Nothing was sent, so the key has not left this computer.' : 'Nothing was sent.',
    ifArrived: MAY_BE_DONE[action.toLowerCase()] ?? 'To ask again does no harm.',
    missed: 'Nothing was found out',
    again: isSafeToRepeat(action) ? [retry] : [],
    place: [],
    review: [],
  };
}
