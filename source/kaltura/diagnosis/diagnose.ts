import { ApiError, NotKalturaError } from '../api/errors.js';
import { ConnectionError } from '../api/http.js';
import { codeRepeatsSecret, redact } from '../redact.js';
import type { Secret } from '../secret.js';
import { secretsOf, UnsuitableRequestError } from '../sign-in/key-request.js';
import type { SignInMethod } from '../sign-in/key-spec.js';
import { type FailedCall, makingCall, onConnection, onNotKalturaAnswer, usingCall } from './connection.js';
import {
  type Diagnosis,
  diagnosisOf,
  type Entry,
  entry,
  type FixAction,
  type MakingContext,
  makingValues,
  type Values,
} from './diagnosis.js';
import { type MakingTable, onAccount, onAppToken, onRequest, onSecret, onUnsuitable } from './making.js';
import { onLogin } from './making-login.js';
import { onUse, type UseContext } from './using.js';

export type { Diagnosis, MakingContext } from './diagnosis.js';
export type { UseContext } from './using.js';

/** The table of a sign-in method takes precedence over the general ones. */
const BY_METHOD: Readonly<Record<SignInMethod, MakingTable>> = {
  server: onSecret,
  local: onSecret,
  login: onLogin,
  'app-token': onAppToken,
};

const BY_CODE: MakingTable = { ...onAppToken, ...onLogin, ...onSecret, ...onRequest, ...onAccount };

/**
 * Diagnoses why a key could not be made. Sources: docs/kaltura-facts.md 4, and the recorded answers.
 *
 * @param failure the error that `makeKey` threw
 */
export function diagnoseMaking(failure: unknown, context: MakingContext): Diagnosis {
  const values = makingValues(context);
  if (failure instanceof UnsuitableRequestError) {
    return diagnosisOf(onUnsuitable[failure.fault], `unsuitable-${failure.fault}`, values);
  }
  return diagnose(failure, secretsOf(context.request), values, makingCall(context), ['retry', 'review'], (error) =>
    (entryOf(BY_METHOD[context.request.signIn.method], error.code) ?? entryOf(BY_CODE, error.code))?.(error, context),
  );
}

/**
 * Diagnoses why a call that uses a key failed: checking or revoking the key, reading content, managing app tokens.
 *
 * @param failure the error that the call threw
 */
export function diagnoseUse(failure: unknown, context: UseContext): Diagnosis {
  const { secrets, regionLabel } = context;
  const call = usingCall(context);
  return diagnose(failure, secrets, { ...call.values, region: regionLabel }, call, [], (error) =>
    entryOf(onUse, error.code)?.(error, context),
  );
}

function diagnose(
  failure: unknown,
  secrets: readonly Secret[],
  values: Values,
  call: FailedCall,
  fixesOfUnknown: readonly FixAction[],
  find: (error: ApiError) => Entry | undefined,
): Diagnosis {
  if (failure instanceof ApiError) {
    const known = find(failure);
    // A known code can contain a simple password by chance (`USER_WRONG_PASSWORD`); an unknown one is not shown then.
    const code = known === undefined && codeRepeatsSecret(failure.code, secrets) ? '' : failure.code;
    return diagnosisOf(known ?? onUnknownCode(failure, code, fixesOfUnknown), code || 'server-error', values, {
      detail: code || null,
      serverAnswer: redact(failure.answer, secrets),
      isAnswerHelpful: known === undefined,
    });
  }
  if (failure instanceof NotKalturaError) {
    return diagnosisOf(onNotKalturaAnswer(failure, call), `not-kaltura-${failure.what}`, call.values, {
      serverAnswer: redact(failure.answer, secrets),
      isAnswerHelpful: failure.what !== 'wrong-shape',
    });
  }
  if (failure instanceof ConnectionError) {
    const isCancelled = failure.fault === 'aborted';
    const code = isCancelled ? 'cancelled' : `connection-${failure.fault}`;
    return diagnosisOf(onConnection(failure, call), code, call.values, { detail: isCancelled ? null : failure.detail });
  }
  // A fault of this program. Its message is not shown, because it can contain anything.
  return diagnosisOf(entry('internal-error', [], [...call.again, ...call.review]), 'internal-error', values);
}

/** The code comes from outside, and may be a name that every object has, such as `constructor`. */
const entryOf = <E>(table: Readonly<Record<string, E>>, code: string): E | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

/** The server's message is not a part of it: it can repeat what was sent, in any encoding. */
const onUnknownCode = ({ supportReference }: ApiError, code: string, fixes: readonly FixAction[]) =>
  entry(code === '' ? 'error-without-code' : 'unknown-error', [], fixes, { supportReference });
