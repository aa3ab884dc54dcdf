import type { Secret } from '../secret.js';
import type { KeyFacts, KeyRequest } from '../sign-in/key-request.js';
import type { ParsedKs, SessionType } from './fields.js';
import { openKs } from './open.js';
import { peekKs, tryPeekKs } from './peek.js';
import { readKsV1 } from './v1.js';

/**
 * Returns the session type. 1 and above count as ADMIN (docs/kaltura-facts.md 1.7). A missing number gives null, never
 * the weaker type.
 */
export function sessionTypeOf(type: number | null): SessionType | null {
  if (type === null || Number.isNaN(type)) return null;
  return type >= 1 ? 'ADMIN' : 'USER';
}

/**
 * Reads the facts in a new key. Everyone can read a version 1 key, and only the Administrator Secret opens a version 2 key
 * (docs/kaltura-facts.md 1.3, 1.4).
 *
 * @param secrets the available secrets. A user secret opens no key (docs/kaltura-facts.md 0.1)
 * @returns null if the key cannot be read
 */
export function factsInKey(ks: Secret, secrets: readonly Secret[]): KeyFacts | null {
  try {
    const text = ks.reveal();
    return factsOf(peekKs(text).version === 1 ? readKsV1(text) : openKs(text, secrets));
  } catch {
    return null;
  }
}

/** Rounds down, so that a key never appears to last longer than it does. */
export const wholeSeconds = (moment: number | null): number | null =>
  moment === null || Number.isNaN(moment) ? null : Math.floor(moment);

/** Returns the facts in an opened key. */
export function factsOf(parsed: ParsedKs): KeyFacts {
  return {
    partnerId: parsed.partnerId,
    userId: parsed.userId ?? '',
    type: sessionTypeOf(parsed.type),
    privileges: parsed.privileges,
    expiresAt: wholeSeconds(parsed.expiresAt),
  };
}

/**
 * Returns the requested facts, for a key that cannot be read. Only the account can be read in every key
 * (docs/kaltura-facts.md 1.1).
 */
export function factsAsRequested(request: KeyRequest, ks: Secret, now: number): KeyFacts {
  const isLogin = request.signIn.method === 'login';
  return {
    partnerId: tryPeekKs(ks).partnerId ?? request.signIn.partnerId,
    // With a login, the server chooses the user and the type from the user who logs in (docs/kaltura-facts.md 4.3).
    userId: isLogin ? null : request.userId,
    type: isLogin ? null : request.type,
    privileges: request.privileges,
    expiresAt: expiryOf(request, now),
  };
}

/**
 * Returns the expiry of the requested key in epoch seconds.
 *
 * @param now in epoch milliseconds
 */
export function expiryOf(request: KeyRequest, now: number): number {
  return Math.floor(now / 1000) + request.lifetime;
}
