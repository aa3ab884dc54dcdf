import type { Secret } from './secret.js';

const HIDDEN = '••••';

/** A run of base64 of either alphabet, also percent-encoded or with the slashes that JSON escapes. */
const BASE64_RUN = /(?:[A-Za-z0-9+/_-]|%2[BF]|\\\/)+(?:=|%3D)*/gi;
const V2_START = /djJ8/;
/** Forty hex digits and a bar, which begin every version 1 KS (facts 1.3), are 56 characters in base64. */
const V1_START_LENGTH = 56;
const HEX_RUN = /[0-9a-f]{32,}/gi;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** What the eye does not see and a terminal may heed: control and format characters (zero-width ones, those that turn the text), half letters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** Those of them that part words, and their kin. */
const LINE_END = '\\t\\n\\v\\f\\r\\u0085\\u2028\\u2029';
const LINE_ENDS = new RegExp(`[${LINE_END}]+`, 'g');
const KEPT_FOR_NOW = new RegExp(`[${LINE_END}]`);

/** Without what is unseen, but for the line ends: `a<zero-width space>b` is `ab`, and is found as that. */
const withoutUnseen = (text: string): string =>
  text.replaceAll(UNSEEN, (character) => (KEPT_FOR_NOW.test(character) ? character : ''));

/** How HTML writes `&`, `<` and `>`: by name, by number, by number in hex. */
const HTML_SIGNS: readonly (readonly [string, string, string])[] = [
  ['&amp;', '&lt;', '&gt;'],
  ['&#38;', '&#60;', '&#62;'],
  ['&#x26;', '&#x3c;', '&#x3e;'],
  ['&#x26;', '&#x3C;', '&#x3E;'],
];

/** In HTML, with each of the ways to write a sign that languages have by default. */
const htmlForms = (text: string): string[] =>
  HTML_SIGNS.flatMap(([and, less, more]) =>
    withQuotes(text.replaceAll('&', and).replaceAll('<', less).replaceAll('>', more)),
  );

function withQuotes(html: string): string[] {
  return ['"', '&quot;', '&#34;', '&#x22;'].flatMap((double) =>
    ["'", '&#039;', '&#39;', '&#x27;', '&apos;'].map((single) => html.replaceAll('"', double).replaceAll("'", single)),
  );
}

/** The forms in which a server may send a text back: bare, percent-encoded, form-encoded, in JSON, in HTML. */
function formsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const forms = [
    text,
    // By way of UTF-8, for a lone half of a surrogate pair cannot be percent-encoded.
    encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8')),
    new URLSearchParams([['', text]]).toString().slice(1),
    json,
    json.replaceAll('/', '\\/'),
    ...htmlForms(text),
  ];
  // Percent-encoding is written in capitals or in small letters. No other case is folded: a masked piece of an ordinary word would
  // give a short secret away.
  const cased = [...forms, ...forms.map((form) => form.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
  return [...cased, ...cased.map(withoutUnseen)];
}

interface Sought {
  /** Of all secrets, the longest first, so that a secret which begins another one leaves no rest behind. */
  readonly forms: readonly string[];
  /** null where there is nothing to look for. */
  readonly pattern: RegExp | null;
}

/** A list of app tokens has hundreds of secrets, which hundreds of texts are searched for. */
const known = new WeakMap<readonly Secret[], Sought>();

function soughtOf(secrets: readonly Secret[]): Sought {
  const found = known.get(secrets);
  if (found !== undefined) return found;
  const all = new Set(secrets.flatMap((secret) => formsOf(secret.reveal())).filter((form) => form !== ''));
  const forms = [...all].sort((a, b) => b.length - a.length);
  const sought = { forms, pattern: forms.length === 0 ? null : new RegExp(forms.map(patternOf).join('|'), 'g') };
  known.set(secrets, sought);
  return sought;
}

/** Finds a form also where line ends were put into it, as where a long line is broken. */
function patternOf(form: string): string {
  const characters = form.replaceAll(LINE_ENDS, '');
  if (characters === '' || characters.length > LONGEST_BROKEN) return escaped(form);
  return characters.split('').map(escaped).join(`[${LINE_END}]*`);
}

/** A longer one is looked for as it is: broken anywhere, it would make a pattern that no engine takes. */
const LONGEST_BROKEN = 1024;

/** Fewer characters of a secret than these may stand anywhere by chance, and masking them would say that they are its beginning. */
const SHORTEST_PIECE = 6;

/** Without the beginning of a secret at the end of the text, and the end of one at its beginning: an answer may break off within it. */
function withoutPieces(text: string, forms: readonly string[]): string {
  const head = longestOf(forms, (form) => tailAt(form, text));
  const rest = text.slice(head);
  const half = longestOf(forms, (form) => halfOf(form, rest));
  const isHead = head >= SHORTEST_PIECE;
  const isHalf = half >= SHORTEST_PIECE;
  const kept = isHead ? rest : text;
  return `${isHead ? HIDDEN : ''}${isHalf ? `${kept.slice(0, kept.length - half)}${HIDDEN}` : kept}`;
}

const longestOf = (forms: readonly string[], lengthIn: (form: string) => number): number =>
  forms.reduce((longest, form) => Math.max(longest, lengthIn(form)), 0);

/** How much of the end of a form the text begins with. */
function tailAt(form: string, text: string): number {
  for (let length = Math.min(form.length, text.length); length > 0; length -= 1) {
    if (text.startsWith(form.slice(-length))) return length;
  }
  return 0;
}

const withoutForms = (text: string, { pattern }: Sought): string =>
  pattern === null ? text : text.replaceAll(pattern, HIDDEN);

/** A secret shorter than this may be a part of anything by chance. */
const SURELY_NO_CHANCE = 8;

export const isSecret = (text: string, secrets: readonly Secret[]): boolean =>
  secrets.some((secret) => secret.reveal() === text);

/** Whether a text is one of the secrets, or has one in it, in whatever form and with whatever unseen between its characters. */
export function holdsSecret(text: string, secrets: readonly Secret[]): boolean {
  const seen = withoutUnseen(text);
  if (isSecret(text, secrets) || isSecret(seen.replaceAll(LINE_ENDS, ''), secrets)) return true;
  return seen !== withoutForms(seen, soughtOf(secrets.filter(({ length }) => length >= SURELY_NO_CHANCE)));
}

/** Where a KS begins within a run of base64 (a path like `/ks/djJ8…` is one run), or -1. */
function startOfKs(run: string): number {
  const v2 = run.search(V2_START);
  if (v2 !== -1) return v2;
  for (let start = 0; start + V1_START_LENGTH <= run.length; start++) {
    const bytes = Buffer.from(run.slice(start, start + V1_START_LENGTH), 'base64').toString('latin1');
    if (/^[0-9a-f]{40}\|/.test(bytes)) return start;
  }
  return -1;
}

function shortenedKs(run: string): string {
  const plain = run.replaceAll('\\/', '/').replaceAll(/%2B/gi, '+').replaceAll(/%2F/gi, '/').replaceAll(/%3D/gi, '=');
  const start = startOfKs(plain);
  if (start === -1) return run;
  const ks = plain.slice(start);
  return `${plain.slice(0, start)}${ks.slice(0, 6)}…${ks.length > 20 ? ks.slice(-4) : ''}`;
}

const withoutKeys = (text: string): string => text.replaceAll(BASE64_RUN, shortenedKs);

const withoutShapes = (text: string): string =>
  withoutKeys(text).replaceAll(HEX_RUN, (hex) => `${HIDDEN}${hex.slice(-4)}`);

/**
 * A text with its secrets shortened, fit to be shown: the given ones wholly, in whatever form a server may send them back;
 * whatever looks like a KS by its first six and last four characters; whatever looks like a permanent secret, a token or a hash (32
 * hex digits and more) by its last four.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  const sought = soughtOf(secrets);
  return withoutShapes(withoutPieces(withoutForms(text, sought), sought.forms));
}

/** More than is ever shown; a server may send a thousand times as much, and the search for secrets takes its time. */
const MOST_READ = 4096;

/** How much of a form the text ends with: a cut may have gone through it. */
function halfOf(form: string, text: string): number {
  for (let length = Math.min(form.length, text.length); length > 0; length -= 1) {
    if (text.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}

/** Shortens what looks like a secret, without knowing any. */
type Shortening = (text: string) => string;

/** The beginning of a long text, redacted; without what the cut may have made unrecognisable at its end. */
function redactedBeginning(text: string, sought: Sought, shorten: Shortening): string {
  const begun = text.slice(0, MOST_READ);
  const half = longestOf(sought.forms, (form) => halfOf(form, begun));
  const bare = withoutForms(begun.slice(0, begun.length - half), sought);
  return `${shorten(bare.replace(/[A-Za-z0-9+/_=%-]{1,512}$/, ''))}…`;
}

function onOneLine(text: string, secrets: readonly Secret[], limit: number, shorten: Shortening): string {
  const sought = soughtOf(secrets);
  const seen = withoutUnseen(text);
  const redacted =
    seen.length > MOST_READ
      ? redactedBeginning(seen, sought, shorten)
      : shorten(withoutPieces(withoutForms(seen, sought), sought.forms));
  const line = withoutUnseen(redacted).replaceAll(LINE_ENDS, ' ').replaceAll(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}

/**
 * What a server sent, fit for a terminal: on one line, without control characters and without those that change the direction of
 * writing (a server must not be able to move the cursor or to rewrite what stands beside its words), redacted, then cut. What is unseen
 * goes first, for it could stand inside a secret and hide it from the search.
 */
export const asShown = (text: string, secrets: readonly Secret[], limit: number): string =>
  onOneLine(text, secrets, limit, withoutShapes);

/**
 * A name that a server or a key tells, as `asShown`, but for runs of hex: the ID of a user or the value of a privilege may well be one,
 * and must be told whole. So the secrets that went out with the request have to be given.
 */
export const asNamed = (text: string, secrets: readonly Secret[], limit: number): string =>
  onOneLine(text, secrets, limit, withoutKeys);
