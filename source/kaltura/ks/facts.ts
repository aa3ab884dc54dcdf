import type { Secret } from '../secret.js';
import type { KeyFacts, KeyRequest } from '../sign-in/key-request.js';
import type { ParsedKs, SessionType } from './fields.js';
import { openKs, peekKs } from './open.js';
import { readKsV1 } from './v1.js';

/** Whatever is 1 or more counts as ADMIN (docs/kaltura-facts.md 1.7). What is no number is not known: it must not pass for the weaker type. */
export function sessionTypeOf(type: number | null): SessionType | null {
  if (type === null || Number.isNaN(type)) return null;
  return type >= 1 ? 'ADMIN' : 'USER';
}

/**
 * What a new key says of itself: one of version 1 to anyone, one of version 2 to the admin secret alone (docs/kaltura-facts.md 1.3, 1.4).
 *
 * @param secrets those at hand; a user secret opens nothing (docs/kaltura-facts.md 0.1)
 * @returns null where the key cannot be read
 */
export function factsInKey(ks: Secret, secrets: readonly Secret[]): KeyFacts | null {
  try {
    const text = ks.reveal();
    return factsOf(peekKs(text).version === 1 ? readKsV1(text) : openKs(text, secrets));
  } catch {
    return null;
  }
}

/** Down, so that nobody counts on a second that is not whole. */
export const wholeSeconds = (moment: number | null): number | null =>
  moment === null || Number.isNaN(moment) ? null : Math.floor(moment);

/** What an opened key says. */
export function factsOf(parsed: ParsedKs): KeyFacts {
  return {
    partnerId: parsed.partnerId,
    userId: parsed.userId ?? '',
    type: sessionTypeOf(parsed.type),
    privileges: parsed.privileges,
    expiresAt: wholeSeconds(parsed.expiresAt),
  };
}

/** What was asked for, where nobody says what was given; the account alone can be read in every key (docs/kaltura-facts.md 1.1). */
export function factsAsRequested(request: KeyRequest, ks: Secret, now: number): KeyFacts {
  const isLogin = request.signIn.method === 'login';
  return {
    partnerId: accountIn(ks) ?? request.signIn.partnerId,
    // With a login the server decides on both, by who logs in (docs/kaltura-facts.md 4.3).
    userId: isLogin ? null : request.userId,
    type: isLogin ? null : request.type,
    privileges: request.privileges,
    expiresAt: expiryOf(request, now),
  };
}

/** In epoch seconds. @param now in epoch milliseconds */
export function expiryOf(request: KeyRequest, now: number): number {
  return Math.floor(now / 1000) + request.lifetime;
}

function accountIn(ks: Secret): number | null {
  try {
    return peekKs(ks.reveal()).partnerId;
  } catch {
    return null;
  }
}
