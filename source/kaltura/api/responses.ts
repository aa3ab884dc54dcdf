import { ksBytes, ksMoment, ksNumber } from '../ks/bytes.js';
import { sessionTypeOf, wholeSeconds } from '../ks/facts.js';
import { isKsText } from '../ks/open.js';
import { containsSecret, sanitizeText } from '../redact.js';
import { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { NotKalturaError } from './errors.js';

/** More than any user or list of privileges that is read by a person, in characters. */
const MAX_TEXT_LENGTH = 2000;

/**
 * What a key or a server says of a key, fit to be shown: a server may name whatever it likes as the user, control characters and the
 * secret that it was just sent included.
 *
 * @param secrets those that went out with the request, and the key
 * @param limit for each text, in characters
 */
export const printableFacts = (facts: KeyFacts, secrets: readonly Secret[], limit = MAX_TEXT_LENGTH): KeyFacts => ({
  ...facts,
  userId: facts.userId === null ? null : sanitizeText(facts.userId, secrets, limit),
  privileges: facts.privileges === null ? null : sanitizeText(facts.privileges, secrets, limit),
});

/** Whether one of the secrets stands in what is said of a key. */
export const factsContainSecret = ({ userId, privileges }: KeyFacts, secrets: readonly Secret[]): boolean =>
  [userId, privileges].some((text) => text !== null && containsSecret(text, secrets));

/** `KalturaSessionInfo` (docs/kaltura-facts.md 3.3). */
export interface SessionInfo {
  /** null in the answer of `session.get`, which holds no key. */
  readonly ks: Secret | null;
  readonly facts: KeyFacts;
}

// Says nothing of what came: a text of an unknown shape may be a key, or hold one.
const wrongShape = (): NotKalturaError => new NotKalturaError({ what: 'wrong-shape', status: 200 });

function fieldsOf(answer: unknown): Record<string, unknown> {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw wrongShape();
  return answer as Record<string, unknown>;
}

/** A key of version 1 is readable by anyone (docs/kaltura-facts.md 1.3): what stands in it is told to whoever gets the key. */
const isReadableInKey = (ks: string, secrets: readonly Secret[]): boolean =>
  containsSecret(ksBytes(ks).toString('utf8'), secrets);

/**
 * The KS that `session.start` and `user.loginByLoginId` answer with. It will be shown and handed on, so a server that sends back what
 * it was sent must not have that taken for a key, nor have it stand readable in one.
 *
 * @param sent the secrets that went out with the request
 * @throws {NotKalturaError} `wrong-shape`
 */
export function parseKs(answer: unknown, sent: readonly Secret[]): Secret {
  if (typeof answer !== 'string' || !isKsText(answer)) throw wrongShape();
  if (containsSecret(answer, sent) || isReadableInKey(answer, sent)) throw wrongShape();
  return new Secret(answer);
}

/** The KS in a `KalturaStartWidgetSessionResponse`; nothing secret is sent for it. @throws {NotKalturaError} `wrong-shape` */
export function parseWidgetKs(answer: unknown): Secret {
  return parseKs(fieldsOf(answer)['ks'], []);
}

/** Numbers come as numbers from `appToken.startSession` and as text from `session.get` (docs/kaltura-facts.md 3.3). One that nothing can be is not known. */
function numberIn(value: unknown, read = ksNumber): number | null {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^[-+.\deE]+$/.test(value));
  if (!isNumeric) throw wrongShape();
  return read(String(value));
}

/** Fields that are null are left out (docs/kaltura-facts.md 3.3). */
function textIn(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw wrongShape();
}

/**
 * @param sent the secrets that went out with the request: none of them, nor the key, is taken for the name of a user or a privilege
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
