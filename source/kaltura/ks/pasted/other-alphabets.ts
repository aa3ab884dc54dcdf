/**
 * Characters that code writes in place of `+`, `/` and `=` so that a URL can hold the text. The server reads only `-`
 * and `_` (docs/kaltura-facts.md 1.2). The usual ones first.
 */
const ALPHABETS = ['._-', '._~', '._,', '-~_', '~_-', '.-_', '!-_', '*-_', ',-_', '_-.', '*_-'];

const WORD = /(?<![\w+/=])djJ8[\w+/.~,*!=-]{60,}/g;
const SPECIAL = /[^A-Za-z0-9]/g;

/** Splits the characters that fill the last group of four from a base64 text. */
function splitPadding(word: string): readonly [letters: string, padding: string] {
  const end = word.length % 4 === 0 ? (/([^A-Za-z0-9])\1?$/.exec(word)?.[0] ?? '') : '';
  return [word.slice(0, word.length - end.length), end];
}

function usualWord(word: string): string | null {
  const [letters, padding] = splitPadding(word);
  const used = new Set(letters.match(SPECIAL));
  const fitting = ALPHABETS.find(([plus = '', slash = '', pad = '']) => {
    const isPad = padding === '' || padding.startsWith(pad) || padding.startsWith('=');
    return isPad && [...used].every((one) => one === plus || one === slash);
  });
  if (fitting === undefined) return null;
  const plus = fitting.charAt(0);
  const usual = letters.replaceAll(SPECIAL, (special) => (special === plus ? '-' : '_'));
  return `${usual}${'='.repeat(padding.length)}`;
}

/** Replaces the characters of other base64 alphabets in words that start like a version 2 key. */
export const withUsualAlphabet = (text: string): string => text.replaceAll(WORD, (word) => usualWord(word) ?? word);

const BASE32 = /(?<![\w+/=])(?:[A-Z2-7]{60,}|[a-z2-7]{60,})={0,6}(?![\w+/=])/g;
const BASE32_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32Bytes(word: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of word.toUpperCase().replaceAll('=', '')) {
    bits = ((bits << 5) | BASE32_ALPHABET.indexOf(letter)) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return Buffer.from(bytes);
}

/** Returns the keys that the base32 words encode, one per line: as text, or encoded in base64 if they were decoded before. */
export const decodeBase32 = (text: string): string =>
  (text.match(BASE32) ?? [])
    .slice(0, 50)
    .map((word) => base32Bytes(word))
    .map((bytes) =>
      /[^\t\r\n -~]/.test(bytes.toString('latin1')) ? bytes.toString('base64') : bytes.toString('latin1'),
    )
    .join('\n');
