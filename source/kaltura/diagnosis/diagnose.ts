import { ApiError, NotKalturaError } from '../api/client.js';
import { ConnectionError } from '../api/http.js';
import { codeRepeatsSecret, redact } from '../redact.js';
import type { Secret } from '../secret.js';
import { UnsuitableRequestError } from '../sign-in/key-request.js';
import type { SignInMethod } from '../sign-in/key-spec.js';
import { onAccount } from './account.js';
import {
  type Advice,
  type AdviceBody,
  type AdviceByCode,
  type AdviceContext,
  backToReview,
  type FailedCall,
  makingCall,
  retry,
  secretsOf,
} from './advice.js';
import { onAppToken } from './app-token.js';
import { onConnection } from './connection.js';
import { onNotKalturaAnswer } from './foreign-answer.js';
import { onLogin } from './login.js';
import { onRequest, onUnsuitable } from './request.js';
import { onSecret } from './secret.js';
import { onUse } from './use.js';
import { toAdviceBody, type UseContext, usingCall } from './use-context.js';

export type { Advice, AdviceContext, Remedy, RemedyTarget } from './advice.js';
export type { UseContext } from './use-context.js';

/** The advice of a sign-in method takes precedence over the general advice. */
const BY_METHOD: Readonly<Record<SignInMethod, AdviceByCode>> = {
  server: onSecret,
  local: onSecret,
  login: onLogin,
  'app-token': onAppToken,
};

const BY_CODE: AdviceByCode = { ...onAppToken, ...onLogin, ...onSecret, ...onRequest, ...onAccount };

/**
 * Explains why a key could not be made, and what to do about it. Sources: docs/kaltura-facts.md 4, and the recorded
 * answers.
 *
 * @param failure the error that `makeKey` threw
 */
export function adviseOn(failure: unknown, context: AdviceContext): Advice {
  const secrets = secretsOf(context.request);
  if (failure instanceof UnsuitableRequestError)
    return {
      ...onUnsuitable[failure.fault],
      code: `unsuitable-${failure.fault}`,
      serverAnswer: null,
      isAnswerHelpful: false,
    };
  return adviceOf(failure, secrets, makingCall(context), (error) => {
    const table = BY_METHOD[context.request.signIn.method];
    const find = entryOf(table, error.code) ?? entryOf(BY_CODE, error.code);
    return find?.(error, context) ?? onUnknownCode(error, secrets, [retry, backToReview]);
  });
}

/**
 * Explains why a call that uses a key failed: checking or revoking the key, reading content, managing app tokens. The
 * explanation
 * contains the next step. The only remedy is to try again, for calls that can be sent twice.
 *
 * @param failure the error that the call threw
 */
export function adviseOnUse(failure: unknown, context: UseContext): Advice {
  const { secrets } = context;
  return adviceOf(failure, secrets, usingCall(context), (error) => {
    const find = entryOf(onUse, error.code);
    return find === undefined ? onUnknownCode(error, secrets, []) : toAdviceBody(find(error, context));
  });
}

function adviceOf(
  failure: unknown,
  secrets: readonly Secret[],
  call: FailedCall,
  onCode: (error: ApiError) => AdviceBody,
): Advice {
  if (failure instanceof ApiError) {
    const counsel = onCode(failure);
    // Every known code has causes.
    const isAnswerHelpful = counsel.causes.length === 0;
    const code = isAnswerHelpful ? unknownCode(failure, secrets) : failure.code;
    const headline = code === '' ? counsel.headline : `${counsel.headline} (${code})`;
    return {
      ...counsel,
      code: code || 'server-error',
      headline,
      serverAnswer: redact(failure.answer, secrets),
      isAnswerHelpful,
    };
  }
  if (failure instanceof NotKalturaError) {
    return {
      ...onNotKalturaAnswer(failure, call),
      code: `not-kaltura-${failure.what}`,
      serverAnswer: redact(failure.answer, secrets),
      isAnswerHelpful: failure.what !== 'wrong-shape',
    };
  }
  if (failure instanceof ConnectionError) {
    const counsel = onConnection(failure, call);
    const detail = failure.fault === 'aborted' ? '' : ` (${failure.detail})`;
    const code = failure.fault === 'aborted' ? 'cancelled' : `connection-${failure.fault}`;
    return { ...counsel, code, headline: `${counsel.headline}${detail}`, serverAnswer: null, isAnswerHelpful: false };
  }
  const remedies = [...call.again, ...call.review];
  return { ...onAnythingElse, code: 'internal-error', remedies, serverAnswer: null, isAnswerHelpful: false };
}

/** The code comes from outside, and may be a name that every object has, such as `constructor`. */
const entryOf = <Entry>(table: Readonly<Record<string, Entry>>, code: string): Entry | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

/** A known code can contain a simple password by chance (`USER_WRONG_PASSWORD`); an unknown one is not shown then. */
const unknownCode = ({ code }: ApiError, secrets: readonly Secret[]): string =>
  codeRepeatsSecret(code, secrets) ? '' : code;

/** The server's message is not a part of it: it can repeat what was sent, in any encoding. */
function onUnknownCode(error: ApiError, secrets: readonly Secret[], remedies: AdviceBody['remedies']): AdviceBody {
  const { supportReference } = error;
  const code = unknownCode(error, secrets);
  const known = code === '' ? 'The error has no code that could be looked up.' : 'kaltura-ks does not know this error.';
  const quote = supportReference === null ? '' : ` and quote X-Kaltura-Session ${supportReference}`;
  return {
    headline:
      code === '' ? 'The server returned an error without a usable code' : 'The server returned an unknown error',
    explanation: `${known} If it happens again, contact Kaltura support${quote}. The server’s message is not shown, because it can contain what was sent.`,
    causes: [],
    remedies,
  };
}

/** A fault of this program. Its message is not shown, because it can contain anything. */
const onAnythingElse: Omit<AdviceBody, 'remedies'> = {
  headline: 'An error occurred in kaltura-ks',
  explanation: 'Your account is not the cause. Please report what you did.',
  causes: [],
};
