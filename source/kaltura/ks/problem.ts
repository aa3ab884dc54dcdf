import type { OddText } from '../odd-text.js';
import type { PrivilegeMistake } from '../privileges/mistakes.js';
import type { BuildMistake } from './construction/mistake.js';
import type { KsFault } from './fields.js';

/** The fields of a version 1 KS that code leaves out or adds (docs/kaltura-facts.md 1.3). */
export type FieldName = 'partner' | 'expiry' | 'type' | 'random' | 'user' | 'privileges';

/** A time and a lifetime, in seconds, that code joined as text: "1800000000" + "86400". */
export interface JoinedExpiry {
  readonly time: string;
  readonly lifetime: string;
}

/** A field of a key that cannot be right. `text` is what the key has. */
export type FieldProblem =
  | { readonly code: 'expiry-is-a-lifetime'; readonly seconds: number }
  | { readonly code: 'expiry-is-zero-or-less'; readonly text: string }
  /** `expiresAt` is the time that was probably meant, in epoch seconds. `unit` is how many of its units are a second. */
  | { readonly code: 'expiry-in-milliseconds'; readonly expiresAt: number; readonly unit: 1e3 | 1e6 | 1e7 | 1e9 }
  /** A date in digits: 20331231 or 20331231235959. */
  | { readonly code: 'expiry-is-a-date'; readonly text: string; readonly expiresAt: number }
  /** A number that is too large in every unit, such as the largest integer of a programming language. */
  | { readonly code: 'expiry-too-late'; readonly text: string; readonly joined: JoinedExpiry | null }
  | { readonly code: 'expiry-is-not-a-number'; readonly text: string; readonly expiresAt: number | null }
  | { readonly code: 'expiry-missing' }
  | { readonly code: 'type-is-not-a-number'; readonly text: string }
  | { readonly code: 'unknown-type'; readonly text: string }
  | { readonly code: 'type-missing' }
  | ({ readonly code: 'user-looks-like-a-bug'; readonly text: string } & OddText)
  /** The secret that was given is in the key, which shows it to others. */
  | { readonly code: 'user-is-the-secret' }
  /** Version 1: the fields after it are shifted. */
  | { readonly code: 'field-missing'; readonly field: FieldName }
  | { readonly code: 'field-extra'; readonly field: FieldName | null }
  /** Two fields in the place of each other. */
  | { readonly code: 'fields-swapped'; readonly fields: readonly [FieldName, FieldName] }
  /** Version 2: other characters than & between the fields. */
  | { readonly code: 'wrong-field-separator'; readonly separator: string }
  /** Version 2: a field with a name that the server takes for a privilege. */
  | { readonly code: 'wrong-field-name'; readonly name: string; readonly meant: '_e' | '_t' | '_u' | null };

/** A problem with the text of a key. */
export type TextProblem =
  | { readonly code: 'signature-invalid' }
  /** The key is decoded: it has to be encoded in base64 again. */
  | { readonly code: 'not-encoded' }
  /** Its parts are put together in a wrong way. */
  | { readonly code: 'wrong-layout' }
  /** The text is not a key, or not a whole one. */
  | { readonly code: Exclude<KsFault, 'wrong-secret'> };

type OfKind<Kind, Problem> = Problem & { readonly kind: Kind };

/** A problem in a key. `code` is a stable identifier, which `inspect --json` prints. */
export type KsProblem =
  /** The code that created the key is wrong, so that the signature can't be valid. */
  | OfKind<'build', BuildMistake>
  | OfKind<'field', FieldProblem>
  | OfKind<'privilege', PrivilegeMistake>
  | OfKind<'text', TextProblem>;

export const ofKind = <Kind extends KsProblem['kind'], Problem extends object>(
  kind: Kind,
  problem: Problem,
): OfKind<Kind, Problem> => ({ ...problem, kind });

/** Problems with which a server can accept a key. With any other, every server refuses it. */
const ACCEPTED_BY_SERVERS: readonly KsProblem['code'][] = [
  // The given secret may be the wrong one.
  'signature-invalid',
  'expiry-in-milliseconds',
  'expiry-too-late',
  'type-is-not-a-number',
  'unknown-type',
  'type-missing',
  'user-looks-like-a-bug',
  'user-is-the-secret',
  'field-missing',
  'field-extra',
  'wrong-field-name',
  'missing-random',
  'wrong-random-length',
  'wrong-field-format',
  'permission-not-privilege',
  'role-not-privilege',
  'unknown-privilege',
  'value-not-privilege',
  'wrong-value',
  'privilege-looks-like-a-bug',
  'empty-value',
  'encoded-twice',
];

/** Whether every server refuses a key with this problem. Doesn't count an expiry in the past, except a date of 8 digits, which is a time in 1970. */
export function isRefusedByServers(problem: KsProblem): boolean {
  if (problem.code === 'expiry-is-a-date') return problem.text.length === 8;
  // A type or a user ID is no time in the future.
  if (problem.code === 'fields-swapped') return problem.fields.includes('expiry');
  return !ACCEPTED_BY_SERVERS.includes(problem.code);
}
