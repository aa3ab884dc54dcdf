import type { Secret } from './secret.js';

const MASK = '••••';

/** The forms of a secret to mask: as typed, and as encoded in the body of a form. */
const formsOf = (secret: string): string[] => [secret, new URLSearchParams([['', secret]]).toString().slice(1)];

/**
 * Masks every exact occurrence of the secrets. Other encodings (base64, HTML, JSON escapes…) remain, because no list
 * of them is complete. So show server texts only on request.
 */
export function redact(text: string, secrets: readonly Secret[], mask: string = MASK): string {
  const forms = secrets.flatMap((secret) => formsOf(secret.reveal())).filter((form) => form !== '');
  // The longest first, so that a secret that starts with another one leaves no part of the longer one.
  return forms.sort((a, b) => b.length - a.length).reduce((masked, form) => masked.replaceAll(form, () => mask), text);
}

/** A shorter secret can be part of an ordinary text by chance. */
const MIN_DISTINCT_LENGTH = 8;

/** Whether the text is one of the secrets, or contains one of 8 characters or more. */
export const containsSecret = (text: string, secrets: readonly Secret[]): boolean =>
  secrets.some((secret) => {
    const forms = formsOf(secret.reveal());
    return forms.includes(text) || (secret.length >= MIN_DISTINCT_LENGTH && forms.some((form) => text.includes(form)));
  });

/** Masks a secret of 8 characters or more in all texts of a value. A shorter one can be part of an ordinary text. */
export function redactTexts<T>(value: T, secret: Secret): T {
  if (secret.length < MIN_DISTINCT_LENGTH) return value;
  const masked = (part: unknown): unknown => {
    if (typeof part === 'string') return redact(part, [secret]);
    if (Array.isArray(part)) return part.map(masked);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, masked(one)]));
  };
  return masked(value) as T;
}

const lettersAndDigits = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** A shorter part of a secret can be in an ordinary code by chance. One-time codes have 6 digits. */
const [MIN_SECRET_IN_CODE, PART_IN_CODE] = [6, 8];

/**
 * Whether an error code is a secret, contains a secret of 6 characters or more, or contains 8 characters of a secret in a row. Case and separators don't
 * count: a code has capital letters only, so a server that repeats a secret in a code changes its case.
 */
export const codeRepeatsSecret = (code: string, secrets: readonly Secret[]): boolean =>
  secrets.some((secret) => {
    const [text, repeated] = [lettersAndDigits(code), lettersAndDigits(secret.reveal())];
    if (repeated.length < MIN_SECRET_IN_CODE) return repeated !== '' && repeated === text;
    const length = Math.min(repeated.length, PART_IN_CODE);
    const starts = Array.from({ length: repeated.length - length + 1 }, (_, start) => start);
    return starts.some((start) => text.includes(repeated.slice(start, start + length)));
  });

const LINE_ENDS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Control and format characters, and lone surrogates. */
const invisible = (): RegExp => /[\p{Cc}\p{Cf}\p{Cs}]/gu;

const onOneLine = (text: string): string =>
  text.replaceAll(LINE_ENDS, ' ').replaceAll(invisible(), '').replaceAll(/ +/g, ' ').trim();

/**
 * Makes a text from outside fit for a terminal: on one line, without control and invisible characters, without the secrets, and with a
 * limited length.
 *
 * @param secrets every secret that the author of the text knows
 * @param limit in characters
 */
export function sanitizeText(text: string, secrets: readonly Secret[], limit: number): string {
  // Twice: removing an invisible character can join the two halves of a secret.
  const line = redact(onOneLine(redact(text, secrets)), secrets);
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}
