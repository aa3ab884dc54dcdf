import { NotKalturaError } from '../api/errors.js';
import { ksNumber } from '../ks/bytes.js';
import { sessionTypeOf, wholeSeconds } from '../ks/facts.js';
import type { SessionType } from '../ks/fields.js';
import { containsSecret, sanitizeText } from '../redact.js';
import { Secret } from '../secret.js';

/** What the server tells of an app token (docs/kaltura-facts.md 3.3), without its value. All texts are fit to be shown. */
export interface AppToken {
  readonly id: string;
  /** What it is for; '' where nobody said so. */
  readonly description: string;
  /** The type of its keys; null where each request chooses. */
  readonly type: SessionType | null;
  /** The user that its keys name; null where each request chooses. */
  readonly userId: string | null;
  readonly privileges: string;
  /** How long a key lives at most, in seconds; null: as long as the account allows. */
  readonly duration: number | null;
  /** Epoch seconds; null: never. */
  readonly expiresAt: number | null;
  /** `SHA256`… */
  readonly hash: string;
  readonly status: 'active' | 'disabled' | 'deleted';
  /** Epoch seconds. */
  readonly createdAt: number | null;
}

export interface MadeAppToken {
  readonly token: AppToken;
  /** What keys are made with. */
  readonly value: Secret;
}

// Says nothing of what came: the value of a token is in it.
const wrongShape = (): NotKalturaError => new NotKalturaError({ what: 'wrong-shape', status: 200 });

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(answer: unknown): Fields {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw wrongShape();
  return answer as Fields;
}

/** null where the field is left out, as those that are null are (docs/kaltura-facts.md 3.3). */
function numberIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'number' || typeof value === 'string' ? ksNumber(String(value)) : null;
  if (number === null) throw wrongShape();
  return number;
}

const STATUSES: Readonly<Record<number, AppToken['status']>> = { 1: 'disabled', 2: 'active', 3: 'deleted' };

/** The values that are told along, of all tokens: each is used to hide it wherever it may stand, and dropped. */
const tokenValuesOf = (answers: readonly unknown[]): Secret[] =>
  answers.flatMap((answer) => {
    const value = fieldsOf(answer)['token'];
    return typeof value === 'string' && value !== '' ? [new Secret(value)] : [];
  });

/** @param secrets none of them is in what comes back, whoever wrote it there */
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

/** More than any of them has. */
const MAX_TEXT_LENGTH = 2000;

/** What is handed on whole: the ID of a user may well look like a secret, as a hash does. But it is none of those that are known. */
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

/** As a rule 32 hex digits (docs/kaltura-facts.md 7). It will be handed on, so nothing but what can be seen may be in it. */
const TOKEN_VALUE = /^[\x21-\x7e]{8,256}$/;

/**
 * A new token with its value.
 *
 * @param sent the secrets that went out with the request: a server that sends one back must not have it taken for the value
 * @throws {NotKalturaError} `wrong-shape`
 */
export function parseMadeToken(answer: unknown, sent: readonly Secret[]): MadeAppToken {
  const value = fieldsOf(answer)['token'];
  if (typeof value !== 'string' || !TOKEN_VALUE.test(value) || containsSecret(value, sent)) throw wrongShape();
  const secret = new Secret(value);
  return { token: parseToken(answer, [...sent, secret]), value: secret };
}
