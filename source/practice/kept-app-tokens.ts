import { type Call, sessionOf } from './action.js';
import { ApiError } from './api-error.js';
import type { AppToken } from './world.js';

export const appTokenError = (code: string, id: string, what: string): ApiError =>
  new ApiError(code, `Application token id "${id}" ${what}`, { ID: id });

/** @throws {ApiError} where there is none, where it was deleted, and where it is another account's: all one answer (facts 4.4) */
export function findAppToken(call: Call, id: string): AppToken {
  const token = call.world.memory.appTokens.get(id);
  if (token === undefined || token.partnerId !== sessionOf(call).account.partnerId) {
    throw appTokenError('APP_TOKEN_ID_NOT_FOUND', id, 'not found');
  }
  return token;
}
