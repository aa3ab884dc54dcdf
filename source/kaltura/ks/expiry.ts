import type { FieldProblem, JoinedExpiry } from './problem.js';

/** 2001-09-09, in epoch seconds: a smaller number is a lifetime. No key of Kaltura is that old. */
const EARLIEST = 1_000_000_000;

/** The year 5138, in epoch seconds: a larger number has another unit. */
const LATEST = 100_000_000_000;

const NUMBER = /^-?\d+(\.\d*)?$/;

/** Milliseconds, microseconds and nanoseconds. */
const UNITS = [1e3, 1e6, 1e9] as const;

/** 9.007e18, just below the largest 64-bit integer: larger numbers are limits of a language, not times in nanoseconds. */
const LARGEST_WITH_UNIT = Number.MAX_SAFE_INTEGER * 1000;

function unitOf(number: number): (typeof UNITS)[number] | null {
  return UNITS.find((unit) => number / unit >= EARLIEST && number / unit < LATEST / 10) ?? null;
}

/** Ticks of 100 nanoseconds until 1970: of .NET since the year 1, and of a Windows FILETIME since 1601. */
const TICKS_TO_1970 = [621_355_968e9, 116_444_736e9];

function ticksIn(number: number): number | null {
  const times = TICKS_TO_1970.map((start) => Math.floor((number - start) / 1e7));
  return times.find((time) => time >= EARLIEST && time < LATEST / 10) ?? null;
}

const WITH_TIME_ZONE = /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)\b/i;

/** Reads a date that code wrote in place of epoch seconds; null for any other text. Without a time zone it is UTC. */
function dateIn(text: string): number | null {
  if (/^[+-]/.test(text) || !/\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2}/.test(text) || text.length > 64) return null;
  const moment = Date.parse(WITH_TIME_ZONE.test(text) || !/:/.test(text) ? text : `${text}Z`);
  const time = Number.isNaN(moment) ? Date.parse(text) : moment;
  return Number.isNaN(time) ? null : Math.floor(time / 1000);
}

const DATE_IN_DIGITS = /^(20\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/;

/** Reads a date that was written in digits only, as UTC; null for any other number. */
function dateInDigits(text: string): number | null {
  const match = DATE_IN_DIGITS.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : time / 1000;
}

/** Reads epoch seconds that were formatted for people, or as source text: with separators, quotes, a suffix or other digits. */
function formattedNumberIn(text: string): number | null {
  // The last digit of these code points in hex is the value.
  const digits = text.replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/g, (one) => String((one.codePointAt(0) ?? 0) & 15));
  const bare = digits.trim().replaceAll(/^["']|["']$|[lLnuU]+$/g, '');
  if (!/^\d{1,3}([,.'’ \u00A0\u202F]\d{3})+$|^\d+$/.test(bare)) return null;
  const number = Number(bare.replaceAll(/\D/g, ''));
  return number >= EARLIEST && number < LATEST ? number : null;
}

/** Reads a number with an exponent, as languages print large numbers: `1.8e+09`; null for any other text. */
function exponentIn(text: string): number | null {
  const number = /^\d+(\.\d+)?e\+?\d{1,2}$/i.test(text) ? Math.floor(Number(text)) : 0;
  return number >= EARLIEST && number < LATEST ? number : null;
}

/** Finds a lifetime of 1000 seconds or more that code joined to a time, as JavaScript does with text. */
function joinedIn(text: string): JoinedExpiry | null {
  const [, time, lifetime] = /^(1\d{9})([1-9]\d{3,7})$/.exec(text) ?? [];
  return time === undefined || lifetime === undefined ? null : { time, lifetime };
}

/**
 * Finds what cannot be right in the expiry of a key: it has to be in epoch seconds (docs/kaltura-facts.md 1.3, 1.4, 5.3).
 *
 * @param text null if the key has no such field
 */
export function expiryProblem(text: string | null): FieldProblem | null {
  if (text === null || text.trim() === '') return { code: 'expiry-missing' };
  if (!NUMBER.test(text.trim()))
    return {
      code: 'expiry-is-not-a-number',
      text,
      expiresAt: formattedNumberIn(text) ?? exponentIn(text) ?? dateIn(text),
    };
  const number = Number(text);
  if (number <= 0) return { code: 'expiry-is-zero-or-less', text };
  const date = dateInDigits(text.trim());
  if (date !== null) return { code: 'expiry-is-a-date', text: text.trim(), expiresAt: date };
  if (number < EARLIEST) return { code: 'expiry-is-a-lifetime', seconds: number };
  const ticks = ticksIn(number);
  if (ticks !== null) return { code: 'expiry-in-milliseconds', expiresAt: ticks, unit: 1e7 };
  if (number < LATEST) return null;
  const unit = number > LARGEST_WITH_UNIT ? null : unitOf(number);
  return unit === null
    ? { code: 'expiry-too-late', text: text.trim(), joined: joinedIn(text.trim()) }
    : { code: 'expiry-in-milliseconds', expiresAt: Math.floor(number / unit), unit };
}

/** Returns the expiry that a server reads, in epoch seconds; null if it is not a number. */
export const expiryIn = (text: string | null): number | null =>
  text !== null && NUMBER.test(text.trim()) ? Math.floor(Number(text)) : null;
