import { wrongShape } from '../api/errors.js';
import { ksNumber } from '../ks/bytes.js';
import { sessionTypeOf, wholeSeconds } from '../ks/facts.js';
import type { SessionType } from '../ks/fields.js';
import { containsSecret, sanitizeText } from '../redact.js';
import { Secret } from '../secret.js';

/** An app token as listed by the server (docs/kaltura-facts.md 3.3), without its value. All texts are safe to print. */
export interface AppToken {
  readonly id: string;
  /** Its purpose; '' if there is no description. */
  readonly description: string;
  /** The session type of its keys; null if each sign-in request chooses. */
  readonly type: SessionType | null;
  /** The user of its keys; null if each sign-in request chooses. */
  readonly userId: string | null;
  readonly privileges: string;
  /** Maximum lifetime of a key in seconds; null for the account's maximum. */
  readonly duration: number | null;
  /** Expiry in epoch seconds; null for no expiry. */
  readonly expiresAt: number | null;
  /** The hash function, such as `SHA256`. */
  readonly hash: string;
  readonly status: 'active' | 'disabled' | 'deleted';
  /** Creation time in epoch seconds. */
  readonly createdAt: number | null;
}

export interface MadeAppToken {
  readonly token: AppToken;
  /** The secret value that keys are created with. */
  readonly value: Secret;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(answer: unknown): Fields {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw wrongShape();
  return answer as Fields;
}

/** Returns a number field; null if the server omitted it because it is null (docs/kaltura-facts.md 3.3). */
function numberIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'number' || typeof value === 'string' ? ksNumber(String(value)) : null;
  if (number === null) throw wrongShape();
  return number;
}

const STATUSES: Readonly<Record<number, AppToken['status']>> = { 1: 'disabled', 2: 'active', 3: 'deleted' };

/** Returns the secret values of all listed tokens, so that they can be masked wherever they occur. */
const tokenValuesOf = (answers: readonly unknown[]): Secret[] =>
  answers.flatMap((answer) => {
    const value = fieldsOf(answer)['token'];
    return typeof value === 'string' && value !== '' ? [new Secret(value)] : [];
  });

/** @param secrets values to mask in every returned text */
function parseToken(answer: unknown, secrets: readonly Secret[]): AppToken {
  const fields = fieldsOf(answer);
  const id = textWithoutSecrets(fields, 'id', secrets);
  if (id === null || id === '') throw wrongShape();
  return {
    id,
    description: sanitizeText(textIn(fields, 'description') ?? '', secrets, 300),
    type: sessionTypeOf(numberIn(fields, 'sessionType')),
    userId: textWithoutSecrets(fields, 'sessionUserId', secrets),
    privileges: textWithoutSecrets(fields, 'sessionPrivileges', secrets) ?? '',
    duration: numberIn(fields, 'sessionDuration'),
    expiresAt: wholeSeconds(numberIn(fields, 'expiry')),
    hash: textWithoutSecrets(fields, 'hashType', secrets) ?? 'SHA1',
    status: STATUSES[numberIn(fields, 'status') ?? 0] ?? 'disabled',
    createdAt: numberIn(fields, 'createdAt'),
  };
}

function textIn(fields: Fields, name: string): string | null {
  const text = fields[name];
  if (text === undefined || text === null) return null;
  if (typeof text !== 'string' && typeof text !== 'number') throw wrongShape();
  return String(text);
}

/** Longer than any real value, in characters. */
const MAX_TEXT_LENGTH = 2000;

/**
 * Returns a text without known secrets. It must stay complete: a user ID can look like a secret, for example if it is
 * a hash.
 */
function textWithoutSecrets(fields: Fields, name: string, secrets: readonly Secret[]): string | null {
  const text = textIn(fields, name);
  return text === null ? null : sanitizeText(text, secrets, MAX_TEXT_LENGTH);
}

/** @throws {NotKalturaError} `wrong-shape` */
export function parseTokens(
  answer: unknown,
  sent: readonly Secret[],
): { readonly tokens: readonly AppToken[]; readonly total: number } {
  const fields = fieldsOf(answer);
  const objects = fields['objects'];
  const total = numberIn(fields, 'totalCount');
  if (!Array.isArray(objects) || total === null) throw wrongShape();
  const secrets = [...sent, ...tokenValuesOf(objects)];
  return { tokens: objects.map((object) => parseToken(object, secrets)), total };
}

/**
 * Usually 32 hex digits (docs/kaltura-facts.md 7). The value is copied later, so only visible ASCII characters are
 * accepted.
 */
const TOKEN_VALUE = /^[\x21-\x7e]{8,256}$/;

/**
 * Parses the answer that contains a new token and its value.
 *
 * @param sent the secrets sent with the request. A sent secret is never accepted as the token's value
 * @throws {NotKalturaError} `wrong-shape`
 */
export function parseMadeToken(answer: unknown, sent: readonly Secret[]): MadeAppToken {
  const value = fieldsOf(answer)['token'];
  if (typeof value !== 'string' || !TOKEN_VALUE.test(value) || containsSecret(value, sent)) throw wrongShape();
  const secret = new Secret(value);
  return { token: parseToken(answer, [...sent, secret]), value: secret };
}
