import type { ApiError } from '../api/errors.js';
import { isSafeToRepeat } from '../api/retry.js';
import type { Secret } from '../secret.js';
import { type AdviceBody, type FailedCall, retry } from './advice.js';

/** A call that uses a key, or is about one. */
export interface UseContext {
  /** The action that was called, such as `session.get`. An API error has its own. */
  readonly action: string;
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  /** The region's name as the person chose it: `EU`. */
  readonly regionLabel: string;
  /** The secrets that were sent, and must not appear in anything that is shown. */
  readonly secrets: readonly Secret[];
}

/** Advice on an error. The next step is a sentence, because no step of the wizard can fix it. */
export interface UseAdvice {
  readonly headline: string;
  /** What is certain. */
  readonly known: string;
  /** What to do. */
  readonly next: string;
  /** The most likely first; each starts in lower case, as list items do. */
  readonly causes: readonly string[];
}

/** Counsel by error code (docs/kaltura-facts.md 4.2). */
export type UseAdviceByCode = Readonly<Record<string, (error: ApiError, context: UseContext) => UseAdvice>>;

export const toAdviceBody = ({ headline, known, next, causes }: UseAdvice): AdviceBody => ({
  headline,
  explanation: `${known} ${next}`,
  causes,
  remedies: [],
});

/** Returns an argument of the error; '' if there is none, or if its value was not known beforehand. */
export const argumentOf = ({ args }: ApiError, name: string): string => args[name] ?? '';

/** For calls that change something: what to check if there is no answer. */
const MAY_BE_DONE: Readonly<Record<string, string>> = {
  'session.end': 'The key may have been revoked. Check the key before you try again.',
  'apptoken.add': 'The token may have been created. Check the list of app tokens before you create another one.',
  'apptoken.update': 'The token may have been changed. Check the list of app tokens.',
  'apptoken.delete': 'The token may have been deleted. Check the list of app tokens.',
};

/** Describes a failed call that uses a key. */
export function usingCall({ action, serviceUrl, secrets }: UseContext): FailedCall {
  const isSecret = secrets.length > 0;
  return {
    serviceUrl,
    carries: isSecret ? 'the key' : 'the request',
    about: isSecret ? 'whether the key is valid' : 'whether the account exists',
    ifNothingSent: isSecret ? 'Nothing was sent, so the key has not left this computer.' : 'Nothing was sent.',
    ifArrived: MAY_BE_DONE[action.toLowerCase()] ?? 'You can safely try again.',
    missed: 'The question was not answered',
    again: isSafeToRepeat(action) ? [retry] : [],
    place: [],
    review: [],
  };
}
