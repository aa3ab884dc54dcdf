import { ApiError, type ApiParameters, callApi, wrongShape } from '../api/client.js';
import { isRequestError, type RequestError } from '../api/errors.js';
import type { CallDeps } from '../api/http.js';
import { SESSION_TYPE_NUMBERS, type SessionType } from '../ks/fields.js';
import type { Secret } from '../secret.js';
import { invalidKeyReason } from '../sessions/end.js';
import { type AppToken, type MadeAppToken, parseMadeToken, parseTokens } from './responses.js';

export type { AppToken, MadeAppToken } from './responses.js';

/** The properties of an app token to create. */
export interface NewAppToken {
  readonly description: string;
  /** The session type of its keys. A sign-in request can't change it. */
  readonly type: SessionType;
  /** '' for no user, which works only in accounts that have an anonymous user (docs/kaltura-facts.md 5.8). */
  readonly userId: string;
  /**
   * All privileges that its keys can have. A sign-in request can't add privileges that the server knows by name
   * (docs/kaltura-facts.md 5.8).
   */
  readonly privileges: string;
  /**
   * Maximum lifetime of a key in seconds, greater than 0. With 0, keys expire immediately (docs/kaltura-facts.md
   * 5.10).
   */
  readonly duration: number;
  /** Expiry in epoch seconds, in the future; null for no expiry. */
  readonly expiresAt: number | null;
}

export interface AppTokenDeps extends CallDeps {
  /** Called if the list is incomplete, with the total number of tokens that the server reports. */
  readonly onTruncated?: ((total: number) => void) | undefined;
}

/** The server's maximum page size. */
const PAGE_SIZE = 500;
/** Stops a server that reports more pages forever. */
const MAX_PAGES = 100;

/**
 * Lists the account's app tokens, newest first, up to `PAGE_SIZE * MAX_PAGES`. The server also sends the tokens'
 * secret values (docs/kaltura-facts.md 5.8); the parser drops them.
 *
 * @param ks an ADMIN key without a restricted role
 * @throws {ApiError} SERVICE_FORBIDDEN if the key is not allowed to list tokens, INVALID_KS if it is not valid
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function listAppTokens(
  serviceUrl: string,
  ks: Secret,
  { http, signal, onTruncated }: AppTokenDeps,
): Promise<readonly AppToken[]> {
  const found = new Map<string, AppToken>();
  let count = 0;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const pager = { 'pager:pageSize': String(PAGE_SIZE), 'pager:pageIndex': String(page) };
    const answer = await callApi(http, serviceUrl, 'appToken.list', { ks, ...pager }, signal);
    const { tokens, total } = parseTokens(answer, [ks]);
    for (const token of tokens) found.set(token.id, token);
    count += tokens.length;
    if (tokens.length === 0 || count >= total) break;
    if (page === MAX_PAGES) onTruncated?.(total);
  }
  return [...found.values()].toSorted((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0));
}

/**
 * Creates an app token. Never retry: each call creates another token. Only a token without a user is asked for in two forms, because
 * the server refuses one of them.
 *
 * @param ks an ADMIN key without a restricted role
 * @throws {ApiError} INVALID_FIELD_VALUE if the server rejects the user ID
 * @throws {NotKalturaError}
 * @throws {ConnectionError} if `mayHaveArrived` is true, the token may exist and its value is lost
 */
export async function addAppToken(
  serviceUrl: string,
  ks: Secret,
  token: NewAppToken,
  { http, signal }: AppTokenDeps,
): Promise<MadeAppToken> {
  const add = (userId: string | undefined) =>
    callApi(http, serviceUrl, 'appToken.add', { ks, ...tokenParameters(token, userId) }, signal);
  const answer = token.userId === '' ? await addWithoutUser(add) : await add(token.userId);
  return parseMadeToken(answer, [ks]);
}

/** The anonymous user of an account has no ID or an empty one, and each form fails where the other one works (docs/kaltura-facts.md 5.8). */
async function addWithoutUser(add: (userId: string | undefined) => Promise<unknown>): Promise<unknown> {
  try {
    return await add(undefined);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'INVALID_FIELD_VALUE') throw error;
    if (error.args['FIELD_NAME'] !== 'sessionUserId') throw error;
    return add('');
  }
}

/** Omits empty fields: the server reads an `expiry` of 0 as now (docs/kaltura-facts.md 5.10). */
function tokenParameters(token: NewAppToken, userId: string | undefined): ApiParameters {
  const undefinedIfEmpty = (text: string): string | undefined => (text === '' ? undefined : text);
  return {
    'appToken:objectType': 'KalturaAppToken',
    'appToken:hashType': 'SHA256',
    'appToken:sessionDuration': String(token.duration),
    'appToken:sessionType': String(SESSION_TYPE_NUMBERS[token.type]),
    'appToken:sessionUserId': userId,
    'appToken:sessionPrivileges': undefinedIfEmpty(token.privileges),
    'appToken:description': undefinedIfEmpty(token.description),
    'appToken:expiry': token.expiresAt === null ? undefined : String(token.expiresAt),
  };
}

/** The result of deleting a token. */
export type DeleteReport =
  /**
   * The server no longer lists the token. `left` has the remaining tokens; null if the key stopped working together
   * with the token, which proves the deletion too.
   */
  | { readonly outcome: 'deleted'; readonly left: readonly AppToken[] | null }
  /** The server accepted the deletion, but it could not be verified. */
  | { readonly outcome: 'deleted-unproved'; readonly why: RequestError }
  /** The server accepted the deletion, but still lists the token. */
  | { readonly outcome: 'still-there'; readonly left: readonly AppToken[] }
  /**
   * The account has no such token: it was already deleted or belongs to another account (docs/kaltura-facts.md 4.4).
   */
  | { readonly outcome: 'absent' };

/**
 * Deletes an app token, which also ends all keys created from it (docs/kaltura-facts.md 5.8), and verifies the
 * deletion. Never retry: if the first call arrived, the second one fails with "not found".
 *
 * @param ks an ADMIN key without a restricted role
 * @throws {ApiError}
 * @throws {NotKalturaError}
 * @throws {ConnectionError} if `mayHaveArrived` is true, the token may be deleted
 */
export async function deleteAppToken(
  serviceUrl: string,
  ks: Secret,
  id: string,
  deps: AppTokenDeps,
): Promise<DeleteReport> {
  try {
    await callApi(deps.http, serviceUrl, 'appToken.delete', { ks, id }, deps.signal);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'APP_TOKEN_ID_NOT_FOUND') return { outcome: 'absent' };
    throw error;
  }
  try {
    let isWhole = true;
    const onTruncated = (): void => {
      isWhole = false;
    };
    const left = await listAppTokens(serviceUrl, ks, { ...deps, onTruncated });
    const isThere = left.some((token) => token.id === id && token.status !== 'deleted');
    if (isThere) return { outcome: 'still-there', left };
    // An incomplete list can't prove that the token is gone.
    if (!isWhole) throw wrongShape();
    return { outcome: 'deleted', left };
  } catch (error) {
    if (error instanceof ApiError && invalidKeyReason(error) === 'LOGOUT') return { outcome: 'deleted', left: null };
    if (!isRequestError(error)) throw error;
    return { outcome: 'deleted-unproved', why: error };
  }
}
