import { createHash } from 'node:crypto';
import { findPrivilege } from '../kaltura/privileges/catalogue.js';
import { joinPairs, type PrivilegePair, splitPair } from '../kaltura/privileges/item.js';
import { type Action, type Call, secondsNow, sessionOf } from './action.js';
import { ApiError } from './api-error.js';
import { makeKey } from './make-key.js';
import { SESSION_TYPES } from './parameters.js';
import type { AppToken } from './world.js';

const appTokenError = (code: string, id: string, what: string): ApiError =>
  new ApiError(code, `Application token id "${id}" ${what}`, { ID: id });

/**
 * @throws {ApiError} if the token is missing, deleted, or belongs to another account. All give the same answer
 *   (docs/kaltura-facts.md 4.4)
 */
export function findAppToken(call: Call, id: string): AppToken {
  const token = call.data.memory.appTokens.get(id);
  if (token === undefined || token.partnerId !== sessionOf(call).account.partnerId) {
    throw appTokenError('APP_TOKEN_ID_NOT_FOUND', id, 'not found');
  }
  return token;
}

/**
 * Returns whether the server knows the name. The two marks of widget sessions are not such names
 * (docs/kaltura-facts.md 2.3).
 */
const isServerPrivilege = (name: string): boolean =>
  name !== 'view' && name !== 'widget' && findPrivilege(name) !== undefined;

/**
 * Creates a token's key from a base key. The request contains only a hash of base key and token, never the token
 * (docs/kaltura-facts.md 5.8).
 */
export const appTokenStartSession: Action = {
  reach: 'content',
  prepare(parameters) {
    const id = parameters.text('id');
    const tokenHash = parameters.text('tokenHash');
    const askedUserId = parameters.text('userId', '');
    const askedType = parameters.choice('type', SESSION_TYPES) ?? 0;
    const askedLifetime = parameters.integer('expiry', 0);
    const askedPrivileges = parameters.text('sessionPrivileges', '');
    return (call) => {
      const { ks: baseKs, account } = sessionOf(call);
      const token = findAppToken(call, id);
      if (!token.isActive) throw appTokenError('APP_TOKEN_NOT_ACTIVE', id, 'not active');
      const rightHash = createHash(token.hashType).update(`${baseKs}${token.token.reveal()}`).digest('hex');
      if (tokenHash !== rightHash) throw new ApiError('INVALID_APP_TOKEN_HASH', 'Invalid application token hash');
      const longest = longestLifetime(token, secondsNow(call));
      if (longest < 0 && token.expiresAt !== null) throw appTokenError('APP_TOKEN_EXPIRED', id, 'expired');
      const type = token.sessionType ?? askedType;
      const userId = token.userId ?? askedUserId;
      const privileges = tokenPrivileges(token, askedPrivileges);
      const lifetime = Math.min(askedLifetime || longest, longest);
      const { ks, expiresAt } = makeKey({ account, type, userId, privileges, lifetime }, call);
      return {
        ks,
        sessionType: type,
        partnerId: String(account.partnerId),
        userId,
        expiry: expiresAt,
        privileges,
        objectType: 'KalturaSessionInfo',
      };
    };
  },
};

/**
 * Returns how long a key of the token can last, in seconds; negative after the token's expiry. Without a duration, the
 * token never expires, but its keys do so at once (docs/kaltura-facts.md 5.8).
 *
 * @param now epoch seconds
 */
function longestLifetime({ duration, expiresAt }: AppToken, now: number): number {
  if (duration === null) return 0;
  return expiresAt === null ? duration : Math.min(duration, expiresAt - now);
}

/** Splits privileges. A `*` stays one: only a version 2 key turns it into `all:*` (docs/kaltura-facts.md 1.4). */
const pairsOf = (privileges: string): PrivilegePair[] =>
  privileges
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '0')
    .map(splitPair);

/**
 * Combines privileges. The server's own privileges come only from the token. A request can add other ones that the
 * token leaves open and can narrow a `*` of the token; everything else is silently dropped.
 */
function tokenPrivileges(token: AppToken, asked: string): string {
  const granted = new Map([
    ['sessionid', token.id],
    ['apptoken', token.id],
  ]);
  for (const [name, value] of pairsOf(token.privileges ?? '')) {
    const before = granted.get(name);
    granted.set(name, before === undefined ? value : `${before}/${value}`);
  }
  for (const [name, value] of pairsOf(asked)) {
    const isOpen = !granted.has(name) && !isServerPrivilege(name);
    if (isOpen || granted.get(name) === '*') granted.set(name, value);
  }
  return joinPairs([...granted]);
}
