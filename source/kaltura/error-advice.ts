import {
  type Advice,
  type AdviceContext,
  backToReview,
  type Counsel,
  type CounselByCode,
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
import { ApiError, NotKalturaError } from './api-client.js';
import { ConnectionError } from './http.js';
import type { SignInMethod } from './key-request.js';
import { UnsuitableRequestError } from './making.js';
import { asShown } from './redact.js';

export type { Advice, AdviceContext, Remedy, RemedyTarget } from './advice/advice.js';

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
  if (failure instanceof ApiError) {
    const table = BY_METHOD[context.request.signIn.method];
    const find = counselIn(table, failure.code) ?? counselIn(BY_CODE, failure.code);
    const counsel = find?.(failure, context) ?? onUnknownCode(failure, context);
    const headline = `${counsel.headline} (${failure.code})`;
    return { ...counsel, headline, serverAnswer: answerOf(failure, context) };
  }
  if (failure instanceof NotKalturaError) {
    return { ...onForeignAnswer(failure, context), serverAnswer: foreignAnswerOf(failure, context) };
  }
  if (failure instanceof ConnectionError) {
    const counsel = onConnection(failure, context);
    const detail = failure.fault === 'aborted' ? '' : ` (${asShown(failure.detail, [], 80)})`;
    return { ...counsel, headline: `${counsel.headline}${detail}`, serverAnswer: null };
  }
  if (failure instanceof UnsuitableRequestError) return { ...onUnsuitable[failure.fault], serverAnswer: null };
  return { ...onAnythingElse, serverAnswer: null };
}

/** A code comes from outside, and may be a name that every object has. */
const counselIn = (table: CounselByCode, code: string) => (Object.hasOwn(table, code) ? table[code] : undefined);

const shown = (text: string, { request }: AdviceContext): string => asShown(text, secretsOf(request), 300);

function onUnknownCode(error: ApiError, context: AdviceContext): Counsel {
  return {
    headline: 'The server said no',
    explanation: `This answer is not known here. The server’s own words: ${shown(error.message, context)}`,
    causes: [],
    remedies: [retry, backToReview],
  };
}

/** A fault of this program: its words may hold anything, so they are not shown. */
const onAnythingElse: Counsel = {
  headline: 'Something went wrong in this program',
  explanation: 'It is not a matter of your account. Please report what you did.',
  causes: [],
  remedies: [retry, backToReview],
};

/** Kaltura's own errors have three at most; what sends more must not fill the window. */
const MOST_ARGUMENTS = 6;

/** The code and the action are words of Kaltura's, not of the person's: masking pieces of them would give a simple password away. */
function answerOf(error: ApiError, context: AdviceContext): string {
  const args = Object.entries(error.args).map(([name, value]) => `${name} = ${value}`);
  const lines = [error.message, ...args.slice(0, MOST_ARGUMENTS)].map((line) => shown(line, context));
  const more = args.length > MOST_ARGUMENTS ? [`(and ${args.length - MOST_ARGUMENTS} more)`] : [];
  return [error.code, ...lines, ...more, `action: ${error.action}`, ...reference(error, context)].join('\n');
}

function foreignAnswerOf(error: NotKalturaError, context: AdviceContext): string {
  const location = error.location === undefined ? [] : [`Location: ${error.location}`];
  const excerpt = error.excerpt === '' ? '(nothing else)' : error.excerpt;
  const lines = [...location, excerpt].map((line) => shown(line, context));
  return [`HTTP ${error.status}`, ...lines, ...reference(error, context)].join('\n');
}

/** What Kaltura's support asks for (facts 3.5). */
const reference = ({ supportReference }: ApiError | NotKalturaError, context: AdviceContext): string[] =>
  supportReference === null ? [] : [`X-Kaltura-Session: ${shown(supportReference, context)}`];
