import { ApiError, type ApiParameters, callApi, NotKalturaError } from '../api/client.js';
import { ConnectionError, type Http } from '../api/http.js';
import { SESSION_TYPE_NUMBERS, type SessionType } from '../ks/fields.js';
import type { Secret } from '../secret.js';
import { invalidKeyReason } from '../sessions/end.js';
import { type AppToken, type MadeAppToken, parseMadeToken, parseTokens } from './responses.js';

export type { AppToken, MadeAppToken } from './responses.js';

/** What a new app token is to be. */
export interface NewAppToken {
  readonly description: string;
  /** The type of its keys, whatever a request asks for. */
  readonly type: SessionType;
  /** The server demands one (recording 301). */
  readonly userId: string;
  /** All that its keys shall ever hold: what the server knows by name cannot be asked for later (docs/kaltura-facts.md 5.8). */
  readonly privileges: string;
  /** How long a key lives at most, in seconds, more than zero: a zero makes keys that are dead at once (docs/kaltura-facts.md 5.10). */
  readonly duration: number;
  /** Epoch seconds, in the future; null: never. */
  readonly expiresAt: number | null;
}

export interface AppTokenDeps {
  readonly http: Http;
  /** Told where a list was given up before its end: how many tokens the server says there are. */
  readonly onTruncated?: ((total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The most that the server gives at once. */
const PAGE_SIZE = 500;
/** A server that never comes to an end is not asked for ever. */
const MAX_PAGES = 100;

/**
 * All app tokens of the account, the newest first; of more than can be asked for, some. The server tells their values too (docs/kaltura-facts.md 5.8): they are dropped where the answer is read.
 *
 * @param ks an ADMIN key, without a narrow role
 * @throws {ApiError} SERVICE_FORBIDDEN where the key may not, INVALID_KS where it is none any more
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
 * Makes an app token. Never to be repeated: each time makes one more.
 *
 * @param ks an ADMIN key, without a narrow role
 * @throws {ApiError} INVALID_FIELD_VALUE where the server does not take the user
 * @throws {NotKalturaError}
 * @throws {ConnectionError} where `mayHaveArrived`, there may be a token whose value nobody knows
 */
export async function addAppToken(
  serviceUrl: string,
  ks: Secret,
  token: NewAppToken,
  { http, signal }: AppTokenDeps,
): Promise<MadeAppToken> {
  const answer = await callApi(http, serviceUrl, 'appToken.add', { ks, ...tokenParameters(token) }, signal);
  return parseMadeToken(answer, [ks]);
}

/** What is left out is none to the server: an `expiry` of 0 would mean now (docs/kaltura-facts.md 5.10). */
function tokenParameters(token: NewAppToken): ApiParameters {
  const undefinedIfEmpty = (text: string): string | undefined => (text === '' ? undefined : text);
  return {
    'appToken:objectType': 'KalturaAppToken',
    'appToken:hashType': 'SHA256',
    'appToken:sessionDuration': String(token.duration),
    'appToken:sessionType': String(SESSION_TYPE_NUMBERS[token.type]),
    'appToken:sessionUserId': token.userId,
    'appToken:sessionPrivileges': undefinedIfEmpty(token.privileges),
    'appToken:description': undefinedIfEmpty(token.description),
    'appToken:expiry': token.expiresAt === null ? undefined : String(token.expiresAt),
  };
}

/** What became of a token that was to be deleted. */
export type DeleteReport =
  /** The server does not list it any more. `left`: what it lists; null where the key ended with the token, which proves it too. */
  | { readonly outcome: 'deleted'; readonly left: readonly AppToken[] | null }
  /** The server took the order, and the proof could not be had. */
  | { readonly outcome: 'deleted-unproved'; readonly why: ApiError | NotKalturaError | ConnectionError }
  /** The server took the order, and lists it all the same. */
  | { readonly outcome: 'still-there'; readonly left: readonly AppToken[] }
  /** The account has no such token: it was deleted before, or is another account's (docs/kaltura-facts.md 4.4). */
  | { readonly outcome: 'absent' };

/**
 * Deletes an app token, which ends all keys that were made from it (docs/kaltura-facts.md 5.8), and looks again. Never to be repeated: where the first one
 * arrived, the second does not find it, which would read as a failure.
 *
 * @param ks an ADMIN key, without a narrow role
 * @throws {ApiError}
 * @throws {NotKalturaError}
 * @throws {ConnectionError} where `mayHaveArrived`, it may be deleted
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
    // What was not listed proves nothing.
    if (!isWhole) throw new NotKalturaError({ what: 'wrong-shape', status: 200 });
    return { outcome: 'deleted', left };
  } catch (error) {
    if (error instanceof ApiError && invalidKeyReason(error) === 'LOGOUT') return { outcome: 'deleted', left: null };
    const isForeseen =
      error instanceof ApiError || error instanceof NotKalturaError || error instanceof ConnectionError;
    if (!isForeseen) throw error;
    return { outcome: 'deleted-unproved', why: error };
  }
}
