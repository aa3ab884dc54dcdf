import { htmlDecoded } from './character-references.js';
import { decodeBase32, withUsualAlphabet } from './other-alphabets.js';
import { characterOf } from './pieces.js';

/** What was put around a key, or changed in it, and was taken away again. */
export type Unwrapping =
  | 'alphabet'
  | 'backslashes'
  | 'base32'
  | 'base64'
  | 'byte-list'
  | 'concatenation'
  | 'hex'
  | 'html'
  | 'json'
  | 'log'
  | 'mail-quote'
  | 'percent'
  | 'punctuation'
  | 'quoted-printable'
  | 'rewritten-link'
  | 'tags'
  | 'utf-16';

/** A decoding with its name. It returns the text unchanged, or '', if it finds nothing to decode. */
export type Layer = readonly [name: Unwrapping, decode: (text: string) => string];

export const HTML: Layer = ['html', (text) => repeated(text, htmlDecoded)];

/** Applies a decoding until nothing changes, at most five times. */
function repeated(text: string, decode: (text: string) => string): string {
  let decoded = text;
  for (let times = 0; times < 5; times++) {
    const next = decode(decoded);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

/** A soft line break of a mail. When mails are quoted, the next line starts with `>`. */
const SOFT_BREAK = /=[ \t]*(?:\r\n?|\n)(?:[>|][ \t]?)*/g;

export const QUOTED_PRINTABLE: Layer = [
  'quoted-printable',
  (text) => text.replaceAll(SOFT_BREAK, '').replaceAll(/=([0-9A-F]{2})/g, characterOf),
];

/** Only mail writes an = as =3D, and breaks lines after an =. */
export const isQuotedPrintable = (text: string): boolean => text.includes('=3D') && text.search(SOFT_BREAK) !== -1;

const PERCENT: Layer = [
  'percent',
  (text) =>
    repeated(text, (once) =>
      once.replaceAll(/%u00([0-9a-f]{2})|%([0-7][0-9a-f])/gi, (_, wide, hex) => characterOf('', wide ?? hex)),
    ),
];

const JSON_ESCAPES: Layer = [
  'json',
  (text) =>
    repeated(text, (once) =>
      once
        .replaceAll(/\\{1,7}u00([0-9a-f]{2})/gi, characterOf)
        .replaceAll(/\\{1,7}x([0-9a-f]{2})/gi, characterOf)
        .replaceAll(/\\{1,7}[rn]/g, '\n')
        .replaceAll(/\\{1,7}(["'/])/g, '$1'),
    ),
];

/** Tags inside a long word, and the marks around text in XML. */
const TAGS: Layer = [
  'tags',
  (text) =>
    text
      .replaceAll(/<!\[CDATA\[|\]\]>/g, ' ')
      .replaceAll(/<(?:br|\/p|\/div|\/td|\/tr|\/li)\b[^<>]{0,200}>(?:[ \t]{0,200}(?:\r\n?|\n))?/gi, '\n')
      .replaceAll(/<\/?[a-z][^<>]{0,200}>/gi, ''),
];

const WORD_CHARACTER = /[A-Za-z0-9+/_=-]/;

/** Splits a line before its last word, which may be a part of a key. */
function splitLastWord(line: string): readonly [start: string, word: string] {
  const bare = line.replace(/[ \t"']{1,20}$/, '');
  let at = bare.length;
  while (at > 0 && WORD_CHARACTER.test(bare.charAt(at - 1))) at -= 1;
  return [bare.slice(0, at), bare.slice(at)];
}

const withoutNumbers = (text: string): string => text.replaceAll(/\d+/g, '#').trim();

/** Joins the last words of lines that start alike, but for numbers: with a time, a line number or the name of a file. */
function joinLogLines(text: string): string {
  let before: string | null = null;
  let joined = '';
  for (const line of text.split(/\r\n?|\n/)) {
    const [start, word] = splitLastWord(line);
    const prefix = withoutNumbers(start);
    const goesOn = word !== '' && prefix !== '' && before?.startsWith(prefix) === true;
    if (!goesOn) before = word === '' ? null : prefix;
    joined += goesOn ? word : `\n${line}`;
  }
  return joined.slice(1);
}

const LOG: Layer = ['log', joinLogLines];

/** A base64 word, on one line or several: a key is shorter than 40 characters in no encoding. */
const BASE64_WORD = /[A-Za-z0-9+/_-]{20,}(?:(?:\r\n?|\n)[ \t]*[A-Za-z0-9+/_-]+(?=[=\s]|$))*={0,2}/g;
const MOST_WORDS = 50;

/** Returns the texts that the base64 words encode, one per line. */
function decodeBase64(text: string): string {
  const words = (text.match(BASE64_WORD) ?? []).slice(0, MOST_WORDS);
  // What follows on the next line may be another word.
  const firstLines = words.filter((word) => /\s/.test(word)).map((word) => word.split(/\s/)[0] as string);
  return [...words, ...firstLines]
    .filter((word) => word.length >= 40)
    .map((word) => Buffer.from(word.replaceAll(/\s/g, ''), 'base64').toString('utf8').replaceAll('\0', ''))
    .filter((decoded) => !/[^\t\r\n -~]/.test(decoded))
    .join('\n');
}

const BASE64: Layer = ['base64', decodeBase64];

/** Bytes in hex, also as a dump with spaces or colons between them. */
const HEX_BYTES = /(?<![0-9a-f])(?:[0-9a-f]{2}[ :\r\n]{0,2}){40,}/gi;

const HEX: Layer = [
  'hex',
  (text) =>
    (text.match(HEX_BYTES) ?? [])
      .slice(0, MOST_WORDS)
      .map((word) => Buffer.from(word.replaceAll(/[^0-9a-f]/gi, ''), 'hex').toString('latin1'))
      .filter((decoded) => !/[^\t\r\n -~]/.test(decoded))
      .join('\n'),
];

/** Bytes in decimal, as code prints an array of them: `[100, 106, 74]`. Java has bytes below 0. */
const DECIMAL_BYTES = /-?\d{1,3}(?:[ \t\r\n]{0,10},[ \t\r\n]{0,10}-?\d{1,3}){39,}/g;

/** Returns the text of printed bytes. Bytes that are no text are those of a decoded key, which is encoded again. */
function decodeByteLists(text: string): string {
  const lists = (text.match(DECIMAL_BYTES) ?? []).slice(0, MOST_WORDS);
  return lists
    .map((list) => list.split(',').map(Number))
    .filter((numbers) => numbers.every((number) => number >= -128 && number <= 255))
    .map((numbers) => Buffer.from(numbers))
    .map((bytes) => bytes.toString(bytes.every((byte) => byte < 0x80) ? 'latin1' : 'base64'))
    .join('\n');
}

/** Markdown and some chats write a backslash before `_`, `-`, `+` and `=`. */
const BACKSLASHES: Layer = ['backslashes', (text) => text.replaceAll(/\\([_+=-])/g, '$1')];

/** String literals that code joins: `"djJ8…" + "…"`. Python needs no operator between lines. */
const CONCATENATION: Layer = [
  'concatenation',
  (text) =>
    text.replaceAll(
      /(["'`])(?:[ \t]{0,40}[+.&][ \t]{0,40}|[ \t]{0,40}(?:[+.&\\]|&[ \t]_)?[ \t]{0,40}(?:\r\n?|\n)\s{0,200}[+.&]?[ \t]{0,40})\1/g,
      '',
    ),
];

/** Word processors and chats write dashes in place of hyphens. */
const PUNCTUATION: Layer = [
  'punctuation',
  (text) =>
    text.replaceAll(/(?<=[\w+/=-])[\u2010-\u2013\u2212]/g, '-').replaceAll(/(?<=[\w+/=-])[\u2014\u2015]/g, '--'),
];

/** Links that Proofpoint (v2) rewrote in a mail: `_` for `/`, and `-2D` for the percent-encoded `-`. */
const REWRITTEN_LINK = /https:\/\/urldefense\.proofpoint\.com\/v2\/url\?u=([\w.~-]{20,8000})/gi;

const LINK: Layer = [
  'rewritten-link',
  (text) =>
    text.replaceAll(REWRITTEN_LINK, (_, link: string) =>
      link
        .replaceAll('_', '/')
        .replaceAll(/-([0-9A-F]{2})/gi, characterOf)
        .replaceAll(/%([0-9A-F]{2})/gi, characterOf),
    ),
];

/** All decodings that can yield a key, the most common first. */
export const LAYERS: readonly Layer[] = [
  LINK,
  BASE64,
  ['alphabet', withUsualAlphabet],
  QUOTED_PRINTABLE,
  LOG,
  JSON_ESCAPES,
  BACKSLASHES,
  PERCENT,
  TAGS,
  CONCATENATION,
  PUNCTUATION,
  HEX,
  ['byte-list', decodeByteLists],
  ['base32', decodeBase32],
];
