import {
  type Advice,
  type AdviceContext,
  backToReview,
  type Counsel,
  type CounselByCode,
  type FailedCall,
  makingCall,
  retry,
  secretsOf,
} from './advice/advice.js';
import { onAccount } from './advice/on-account.js';
import { onAppToken } from './advice/on-app-token.js';
import { onConnection } from './advice/on-connection.js';
import { onForeignAnswer } from './advice/on-foreign-answer.js';
import { onLogin } from './advice/on-login.js';
import { onRequest } from './advice/on-request.js';
import { onSecret } from './advice/on-secret.js';
import { onUnsuitable } from './advice/on-unsuitable.js';
import { onUse } from './advice/on-use.js';
import { serverAnswerOf } from './advice/server-answer.js';
import { asCounsel, type UseContext, usingCall } from './advice/use.js';
import { ApiError, NotKalturaError } from './api-client.js';
import { ConnectionError } from './http.js';
import type { SignInMethod } from './key-request.js';
import { UnsuitableRequestError } from './making.js';
import { asShown } from './redact.js';
import type { Secret } from './secret.js';

export type { Advice, AdviceContext, Remedy, RemedyTarget } from './advice/advice.js';
export type { UseContext } from './advice/use.js';

/** What a way to sign in has to say of a code comes before what all have to say. */
const BY_METHOD: Readonly<Record<SignInMethod, CounselByCode>> = {
  server: onSecret,
  local: onSecret,
  login: onLogin,
  'app-token': onAppToken,
};

const BY_CODE: CounselByCode = { ...onAppToken, ...onLogin, ...onSecret, ...onRequest, ...onAccount };

/**
 * Diagnoses a failure of making a key: what it means for this very request, and the ways out. Sources: facts 4, and the recorded answers.
 *
 * @param failure whatever `makeKey` threw
 */
export function adviseOn(failure: unknown, context: AdviceContext): Advice {
  const secrets = secretsOf(context.request);
  if (failure instanceof UnsuitableRequestError) return { ...onUnsuitable[failure.fault], serverAnswer: null };
  return adviceOf(failure, secrets, makingCall(context), (error) => {
    const table = BY_METHOD[context.request.signIn.method];
    const find = entryOf(table, error.code) ?? entryOf(BY_CODE, error.code);
    return find?.(error, context) ?? onUnknownCode(error, secrets, [retry, backToReview]);
  });
}

/**
 * Diagnoses a failure of anything that is done with a key that is there already: asking what it is, ending it, looking at content,
 * managing app tokens. Its next step stands in the explanation; it has a remedy only where the same call may simply be sent again.
 *
 * @param failure whatever the call threw
 */
export function adviseOnUse(failure: unknown, context: UseContext): Advice {
  const { secrets } = context;
  return adviceOf(failure, secrets, usingCall(context), (error) => {
    const find = entryOf(onUse, error.code);
    return find === undefined ? onUnknownCode(error, secrets, []) : asCounsel(find(error, context));
  });
}

function adviceOf(
  failure: unknown,
  secrets: readonly Secret[],
  call: FailedCall,
  onCode: (error: ApiError) => Counsel,
): Advice {
  if (failure instanceof ApiError) {
    const counsel = onCode(failure);
    const headline = `${counsel.headline} (${failure.code})`;
    return { ...counsel, headline, serverAnswer: serverAnswerOf(failure, secrets) };
  }
  if (failure instanceof NotKalturaError) {
    return { ...onForeignAnswer(failure, call), serverAnswer: serverAnswerOf(failure, secrets) };
  }
  if (failure instanceof ConnectionError) {
    const counsel = onConnection(failure, call);
    const detail = failure.fault === 'aborted' ? '' : ` (${asShown(failure.detail, [], 80)})`;
    return { ...counsel, headline: `${counsel.headline}${detail}`, serverAnswer: null };
  }
  return { ...onAnythingElse, remedies: [...call.again, ...call.review], serverAnswer: null };
}

/** A code comes from outside, and may be a name that every object has. */
const entryOf = <Entry>(table: Readonly<Record<string, Entry>>, code: string): Entry | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

/** Shown as it came, shortened, with what Kaltura's support can look it up by. */
function onUnknownCode(error: ApiError, secrets: readonly Secret[], remedies: Counsel['remedies']): Counsel {
  const shown = (text: string): string => asShown(text, secrets, 300);
  const reference =
    error.supportReference === null
      ? ''
      : ` If it stays, ask Kaltura’s support, and name X-Kaltura-Session ${shown(error.supportReference)}.`;
  return {
    headline: 'The server said no',
    explanation: `This answer is not known here. The server’s own words: ${shown(error.message)}${reference}`,
    causes: [],
    remedies,
  };
}

/** A fault of this program: its words may hold anything, so they are not shown. */
const onAnythingElse: Omit<Counsel, 'remedies'> = {
  headline: 'Something went wrong in this program',
  explanation: 'It is not a matter of your account. Please report what you did.',
  causes: [],
};
