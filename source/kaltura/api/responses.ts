import { ksBytes, ksMoment, ksNumber } from '../ks/bytes.js';
import { sessionTypeOf, wholeSeconds } from '../ks/facts.js';
import { isKsText } from '../ks/peek.js';
import { containsSecret, sanitizeText } from '../redact.js';
import { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { wrongShape } from './errors.js';

/** Longer than any user ID or privilege list that a person reads, in characters. */
const MAX_TEXT_LENGTH = 2000;

/**
 * Returns the facts about a key in a form that is safe to print. A server can send anything as a user ID, including
 * control characters and the secret that it just received.
 *
 * @param secrets the secrets sent with the request, and the key
 * @param limit maximum length of each text, in characters
 */
export const printableFacts = (facts: KeyFacts, secrets: readonly Secret[], limit = MAX_TEXT_LENGTH): KeyFacts => ({
  ...facts,
  userId: facts.userId === null ? null : sanitizeText(facts.userId, secrets, limit),
  privileges: facts.privileges === null ? null : sanitizeText(facts.privileges, secrets, limit),
});

/** Returns whether the facts about a key contain one of the secrets. */
export const factsContainSecret = ({ userId, privileges }: KeyFacts, secrets: readonly Secret[]): boolean =>
  [userId, privileges].some((text) => text !== null && containsSecret(text, secrets));

/** `KalturaSessionInfo` (docs/kaltura-facts.md 3.3). */
export interface SessionInfo {
  /** null in the answer of `session.get`, which contains no key. */
  readonly ks: Secret | null;
  readonly facts: KeyFacts;
}

function fieldsOf(answer: unknown): Record<string, unknown> {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw wrongShape();
  return answer as Record<string, unknown>;
}

/**
 * Returns whether a version 1 key contains a secret. Everyone who has the key can read its fields
 * (docs/kaltura-facts.md 1.3).
 */
const isReadableInKey = (ks: string, secrets: readonly Secret[]): boolean =>
  containsSecret(ksBytes(ks).toString('utf8'), secrets);

/**
 * Parses the KS in the answer of `session.start` or `user.loginByLoginId`. The KS is shown and copied, so a KS that
 * equals or visibly contains a sent secret is rejected.
 *
 * @param sent the secrets sent with the request
 * @throws {NotKalturaError} `wrong-shape`
 */
export function parseKs(answer: unknown, sent: readonly Secret[]): Secret {
  if (typeof answer !== 'string' || !isKsText(answer)) throw wrongShape();
  if (containsSecret(answer, sent) || isReadableInKey(answer, sent)) throw wrongShape();
  return new Secret(answer);
}

/**
 * Parses the KS in a `KalturaStartWidgetSessionResponse`. No secret is sent for it.
 *
 * @throws {NotKalturaError} `wrong-shape`
 */
export function parseWidgetKs(answer: unknown): Secret {
  return parseKs(fieldsOf(answer)['ks'], []);
}

/**
 * Parses a number. `appToken.startSession` sends numbers, `session.get` sends text (docs/kaltura-facts.md 3.3).
 * Returns null for an impossible value.
 */
function numberIn(value: unknown, read = ksNumber): number | null {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^[-+.\deE]+$/.test(value));
  if (!isNumeric) throw wrongShape();
  return read(String(value));
}

/** Returns a text field. The server omits fields that are null (docs/kaltura-facts.md 3.3). */
function textIn(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw wrongShape();
}

/**
 * @param sent the secrets sent with the request. User ID and privileges that contain one of them or the key are
 *   rejected
 * @throws {NotKalturaError} `wrong-shape`
 */
export function parseSessionInfo(answer: unknown, sent: readonly Secret[]): SessionInfo {
  const { ks, sessionType, partnerId, userId, expiry, privileges } = fieldsOf(answer);
  const key = ks === undefined || ks === null || ks === '' ? null : parseKs(ks, sent);
  const facts: KeyFacts = {
    partnerId: numberIn(partnerId),
    userId: textIn(userId),
    type: sessionTypeOf(numberIn(sessionType)),
    privileges: textIn(privileges),
    expiresAt: wholeSeconds(numberIn(expiry, ksMoment)),
  };
  if (factsContainSecret(facts, key === null ? sent : [...sent, key])) throw wrongShape();
  return { ks: key, facts };
}
