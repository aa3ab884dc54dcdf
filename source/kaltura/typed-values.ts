import { invisibleProblem, withoutInvisible } from './invisible-characters.js';

/** What people type or paste into the fields of a sign-in, read with care: cleaned of what the eye does not see, then checked. */
export interface TypedValue {
  /** The cleaned text. */
  readonly text: string;
  /** Why it cannot be used as it is; null where it can. */
  readonly problem: string | null;
  /** What looks odd about it, though it can be used. */
  readonly warning: string | null;
  /** What was probably meant. */
  readonly suggestion: string | null;
}

const ZERO_WIDTH = /[\u200B-\u200F\u2060\uFEFF\u00AD]/g;
const AROUND = /^[\s\u00A0]+|[\s\u00A0]+$/g;
const LINE_END = /[\r\n\u2028\u2029]/;

const fine = (text: string): TypedValue => ({ text, problem: null, warning: null, suggestion: null });

/** Drops blanks and line ends around a text, and zero-width characters anywhere. */
export const cleanText = (typed: string): string => typed.replaceAll(ZERO_WIDTH, '').replaceAll(AROUND, '');

export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Where a line ends inside a text, in words; null where none does. */
function lineBreakIn(text: string, noun: string): string | null {
  const index = text.search(LINE_END);
  if (index === -1) return null;
  return `The ${noun} has a line break inside, after ${countOf([...text.slice(0, index)].length, 'character')}.`;
}

/** Removes spaces and line ends around a text. */
export const trimText = (typed: string): string => typed.replaceAll(AROUND, '');

function oneLine(typed: string, noun: string, missing: string, clean = cleanText): TypedValue {
  const text = clean(typed);
  if (text === '') return { ...fine(text), problem: missing };
  const lineBreak = lineBreakIn(text, noun);
  return { ...fine(text), problem: lineBreak === null ? null : `${lineBreak} Paste it again as one line.` };
}

/**
 * Refuses invisible characters in an ID that is shown, saved and sent: two IDs that look the same would name two users. The ID without
 * them is suggested.
 */
function refuseInvisible(value: TypedValue, noun: string): TypedValue {
  const problem = value.problem === null ? invisibleProblem(value.text, noun) : null;
  if (problem === null) return value;
  const seen = withoutInvisible(value.text).trim();
  return { ...value, problem: `${problem} Remove it.`, suggestion: seen === '' ? null : seen };
}

/** Reads an ID on one line, without the spaces around it. */
const oneId = (typed: string, noun: string, missing: string): TypedValue =>
  refuseInvisible(oneLine(typed, noun, missing, trimText), noun);

/** The largest partner ID: the column is a signed 32-bit integer (docs/kaltura-facts.md 7). */
const LARGEST_PARTNER_ID = 2_147_483_647;

/** A partner ID: a positive whole number. A Sub Partner ID (the same followed by 00, docs/kaltura-facts.md 6) is pointed out. */
export function readPartnerId(typed: string): TypedValue {
  const value = oneLine(
    typed,
    'partner ID',
    'The partner ID is missing: a number from KMC → Settings → Integration settings.',
  );
  if (value.problem !== null) return value;
  const digits = value.text.replaceAll(/^\+|[ ,.']/g, '');
  if (!/^\d+$/.test(value.text)) {
    const isGrouped = /^\d{1,3}([ ,.'])\d{3}(\1\d{3})*$/.test(value.text);
    return {
      ...value,
      problem: 'A partner ID is a positive whole number, such as 2345678.',
      suggestion: isGrouped ? digits : null,
    };
  }
  const number = Number(value.text);
  if (number === 0) return { ...value, problem: 'A partner ID is greater than zero.' };
  const isSubPartnerId = value.text.length >= 5 && value.text.endsWith('00');
  const suggestion = isSubPartnerId ? value.text.slice(0, -2) : null;
  if (number > LARGEST_PARTNER_ID)
    return { ...value, problem: 'This number is too large for a partner ID.', suggestion };
  if (!isSubPartnerId) return { ...value, text: String(number) };
  return { ...value, warning: 'Looks like a Sub Partner ID (the partner ID followed by 00).', suggestion };
}

const HEX_32 = /^[0-9a-f]{32}$/;

/** A secret of the account or the value of an app token: 32 hex digits as a rule (docs/kaltura-facts.md 7), warned about otherwise. */
export function readSecret(typed: string, noun: string): TypedValue {
  const value = oneLine(typed, noun, `The ${noun} is missing.`);
  if (value.problem !== null || HEX_32.test(value.text)) return value;
  if (HEX_32.test(value.text.toLowerCase())) {
    return { ...value, warning: `The ${noun} has capital letters; Kaltura writes it in small ones, and they differ.` };
  }
  const count = [...value.text].length;
  const what =
    count === 32
      ? 'has characters that are not hex digits (0-9, a-f)'
      : `has ${countOf(count, 'character')}, where 32 are usual`;
  return { ...value, warning: `The ${noun} ${what}. Check that all of it, and only it, was copied.` };
}

/** The login of a user: an e-mail address. */
export function readLoginId(typed: string): TypedValue {
  const missing = 'The login is missing: the e-mail address that you sign in to KMC with.';
  const value = oneId(typed, 'login', missing);
  if (value.problem !== null || /^[^@\s]+@[^@\s]+$/.test(value.text)) return value;
  return { ...value, warning: 'A login is an e-mail address as a rule.' };
}

/** A password: nothing is dropped but the line end that a paste leaves behind it. */
export function readPassword(typed: string): TypedValue {
  const text = typed.replace(/(\r\n|\r|\n)$/, '');
  if (text === '') return { ...fine(text), problem: 'The password is missing.' };
  return { ...fine(text), problem: lineBreakIn(text, 'password') };
}

/** The id of an app token: like an entry ID (docs/kaltura-facts.md 7). */
export function readTokenId(typed: string): TypedValue {
  const value = oneId(typed, 'app token ID', 'The app token ID is missing.');
  if (value.problem !== null || /^\d+_[0-9a-z]{8,10}$/.test(value.text)) return value;
  if (HEX_32.test(value.text))
    return { ...value, warning: 'This looks like the token itself; the ID is short, such as 0_ab12cd34.' };
  return { ...value, warning: 'An app token ID looks like 0_ab12cd34 as a rule.' };
}

/** A one-time code: text, for its leading zeros count; the blanks that apps show in it are dropped. */
export function readCode(typed: string): TypedValue {
  const text = cleanText(typed).replaceAll(/[\s-]/g, '');
  return text === '' ? { ...fine(text), problem: 'The code is missing: your authenticator app shows it.' } : fine(text);
}

/** The longest user ID that the server can store (docs/kaltura-facts.md 5.4). */
const LONGEST_USER_ID = 320;

/** A user ID; '' stands for nobody in particular. A `;` would shift the fields of a version 1 key (docs/kaltura-facts.md 0.11). */
export function readUserId(typed: string, isSurelyV2: boolean): TypedValue {
  const text = trimText(typed);
  const value = refuseInvisible({ ...fine(text), problem: lineBreakIn(text, 'user ID') }, 'user ID');
  if (value.problem !== null) return value;
  if (text.includes(';') && !isSurelyV2) {
    return {
      ...value,
      problem: 'A ; in the user ID breaks a version 1 key, and the server may write one. Leave it out.',
    };
  }
  if ([...text].length > LONGEST_USER_ID)
    return { ...value, problem: `A user ID has at most ${LONGEST_USER_ID} characters.` };
  if (text === '*') return { ...value, warning: 'The user * stands for any user.' };
  return value;
}
