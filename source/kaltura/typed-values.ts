import { characterProblem, unreadableProblem, withoutInvisible } from './invisible-characters.js';
import type { Secret } from './secret.js';
import type { SignInMethod } from './sign-in/key-spec.js';
import { passwordWarning, secretInLines, wrappedSecret } from './wrapped-secret.js';

/** A value typed or pasted into a sign-in field, after cleaning and validation. */
export interface TypedValue {
  /** The cleaned text. */
  readonly text: string;
  /** Why it is invalid; null if it is valid. */
  readonly problem: string | null;
  /** What is unusual about a valid value. */
  readonly warning: string | null;
  /** The value that was probably meant. */
  readonly suggestion: string | null;
}

const ZERO_WIDTH = /[\u200B-\u200F\u2060\uFEFF\u00AD]/g;
const AROUND = /^[\s\u00A0]+|[\s\u00A0]+$/g;
const LINE_END = /[\r\n\u2028\u2029]/;

/** Returns the reading of a valid value. */
export const fine = (text: string): TypedValue => ({ text, problem: null, warning: null, suggestion: null });

/** Removes spaces and line ends around a text, and zero-width characters everywhere. */
export const cleanText = (typed: string): string => typed.replaceAll(ZERO_WIDTH, '').replaceAll(AROUND, '');

export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Describes the position of a line end inside a text; null if there is none. */
function lineBreakIn(text: string, noun: string): string | null {
  const index = text.search(LINE_END);
  if (index === -1) return null;
  return `The ${noun} has a line break inside, after ${countOf([...text.slice(0, index)].length, 'character')}.`;
}

/** Removes spaces and line ends around a text. */
export const trimText = (typed: string): string => typed.replaceAll(AROUND, '');

/** Cleans a value and requires one line. */
export function oneLine(typed: string, noun: string, missing: string, clean = cleanText): TypedValue {
  const text = clean(typed);
  if (text === '') return { ...fine(text), problem: missing };
  const lineBreak = lineBreakIn(text, noun);
  const problem = lineBreak === null ? unreadableProblem(text, noun) : `${lineBreak} Paste it again as one line.`;
  return { ...fine(text), problem };
}

/**
 * Rejects invisible characters in an ID: two IDs that look the same would name two users. Suggests the ID without
 * them.
 */
function refuseInvisible(value: TypedValue, noun: string): TypedValue {
  const problem = value.problem === null ? characterProblem(value.text, noun) : null;
  if (problem === null) return value;
  const seen = withoutInvisible(value.text).trim();
  const isMeant = seen !== '' && seen !== value.text;
  return { ...value, problem, suggestion: isMeant ? seen : null };
}

/** Validates an ID on one line and removes the spaces around it. */
const oneId = (typed: string, noun: string, missing: string): TypedValue =>
  refuseInvisible(oneLine(typed, noun, missing, trimText), noun);

const HEX_32 = /^[0-9a-f]{32}$/;

/** A word of hex digits, a key, or base64: long enough to be a secret or most of one. */
const SECRET_WORD = /^(?:(?=.*\d)(?=.*[a-f])[0-9a-f]{12,}|djJ8\S*|(?=.*\d)(?=.*[a-z])[A-Za-z0-9+/]{40,}=*)$/i;

/** Checks whether a text in a visible field is probably a secret, which must not be shown. */
export function looksLikeSecret(typed: string): boolean {
  const text = cleanText(typed);
  return SECRET_WORD.test(wrappedSecret(text)?.secret ?? text);
}

/** Returns the text of a field that is usually visible, and is hidden because it looks like a secret. */
export const visibleText = (hidden: Secret): string => hidden.reveal();

/**
 * Validates an account secret or an app token value. Both usually have 32 hex digits (docs/kaltura-facts.md 7); other
 * values get a warning.
 */
export function readSecret(typed: string, noun: string): TypedValue {
  const value = oneLine(typed, noun, `The ${noun} is missing.`);
  const isWhole = value.problem === null && HEX_32.test(value.text);
  const wrapped = isWhole ? null : (wrappedSecret(value.text) ?? secretInLines(value.text));
  if (wrapped !== null && HEX_32.test(wrapped.secret)) {
    return { ...fine(wrapped.secret), warning: `The ${noun} ${wrapped.what}: only the 32 characters are used.` };
  }
  if (value.problem !== null || isWhole) return value;
  if (HEX_32.test(value.text.toLowerCase())) {
    return {
      ...value,
      warning: `The ${noun} has capital letters. Kaltura uses lowercase letters only, and the difference matters.`,
    };
  }
  const count = [...value.text].length;
  const what =
    count === 32
      ? 'has characters that are not hex digits (0-9, a-f)'
      : `has ${countOf(count, 'character')}; usually it has 32`;
  return { ...value, warning: `The ${noun} ${what}. Make sure that you copied all of it and nothing else.` };
}

/** Validates a login ID, an email address. */
export function readLoginId(typed: string): TypedValue {
  const missing = 'The login is missing: the email address that you sign in to KMC with.';
  const value = oneId(typed, 'login', missing);
  if (value.problem !== null || /^[^@\s]+@[^@\s]+$/.test(value.text)) return value;
  if (looksLikeSecret(value.text)) return { ...value, warning: 'This looks like a secret, not a login.' };
  return { ...value, warning: 'A login is usually an email address.' };
}

/** Validates a password. Removes only the line end that pasting adds. */
export function readPassword(typed: string): TypedValue {
  const text = typed.replace(/(\r\n|\r|\n)$/, '');
  if (text === '') return { ...fine(text), problem: 'The password is missing.' };
  const lineBreak = lineBreakIn(text, 'password');
  const problem = lineBreak === null ? null : `${lineBreak} A file must have only the password, on one line.`;
  return { ...fine(text), problem: problem ?? unreadableProblem(text, 'password'), warning: passwordWarning(text) };
}

/** Validates an app token ID, which has the form of an entry ID (docs/kaltura-facts.md 7). */
export function readTokenId(typed: string): TypedValue {
  const value = oneId(typed, 'app token ID', 'The app token ID is missing.');
  if (value.problem !== null || /^\d+_[0-9a-z]{8,10}$/.test(value.text)) return value;
  if (HEX_32.test(value.text))
    return { ...value, warning: 'This looks like the token’s value; the ID is short, such as 0_ab12cd34.' };
  return { ...value, warning: 'An app token ID usually looks like 0_ab12cd34.' };
}

/**
 * Validates a one-time code. Keeps it as text because of leading zeros, and removes the spaces that apps show in it.
 */
export function readCode(typed: Secret): TypedValue {
  const text = cleanText(typed.reveal()).replaceAll(/[\s-]/g, '');
  return text === '' ? { ...fine(text), problem: 'The code is missing: your authenticator app shows it.' } : fine(text);
}

/** The name of each method's secret, for sentences. */
export const SECRET_NOUNS: Readonly<Record<SignInMethod, string>> = {
  server: 'account secret',
  local: 'Administrator Secret',
  login: 'password',
  'app-token': 'app token',
};

/** Characters; far above any real secret. */
export const LONGEST_SECRET = 4_096;

/** Validates the secret of a sign-in method: an account secret, a password, or the value of an app token. */
export function readSecretFor(method: SignInMethod, typed: Secret): TypedValue {
  const noun = SECRET_NOUNS[method];
  if (typed.length > LONGEST_SECRET) {
    const limit = LONGEST_SECRET.toLocaleString('en-US');
    return { ...fine(''), problem: `The ${noun} can have at most ${limit} characters. Paste only the ${noun}.` };
  }
  return method === 'login' ? readPassword(typed.reveal()) : readSecret(typed.reveal(), noun);
}

/** The longest user ID that the server can store (docs/kaltura-facts.md 5.4). */
const LONGEST_USER_ID = 320;

/**
 * Validates a user ID; '' means no user. A `;` would shift the fields of a version 1 key (docs/kaltura-facts.md 0.11).
 */
export function readUserId(typed: string, isSurelyV2: boolean): TypedValue {
  const text = trimText(typed);
  const value = refuseInvisible({ ...fine(text), problem: lineBreakIn(text, 'user ID') }, 'user ID');
  if (value.problem !== null) return value;
  if (text.includes(';') && !isSurelyV2) {
    return {
      ...value,
      problem: 'A ; in the user ID breaks a version 1 key, and the server may create such a key. Leave the ; out.',
    };
  }
  if ([...text].length > LONGEST_USER_ID)
    return { ...value, problem: `A user ID has at most ${LONGEST_USER_ID} characters.` };
  if (text === '*') return { ...value, warning: 'The user * means any user.' };
  // A user's ID can contain a comma (docs/kaltura-facts.md 5.4).
  if (text.includes(',')) return { ...value, warning: 'This is one user ID: the comma is part of it.' };
  return value;
}
