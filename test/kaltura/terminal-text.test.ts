import { describe, expect, test } from 'vitest';
import {
  sanitizedStream,
  terminalLine,
  terminalText,
  unsafeCharacter,
  unsanitizedStream,
} from '../../source/terminal/text.js';

/** Characters that an attack needs. */
const ATTACKS: readonly (readonly [what: string, text: string])[] = [
  ['the escape that erases lines', '\u001B[1A\u001B[2K'],
  ['the 8-bit form of it', '\u009B2K'],
  ['an OSC sequence', '\u001B]52;c;cHduZWQ=\u0007'],
  ['a carriage return', 'a\rb'],
  ['a backspace', 'a\bb'],
  ['delete', '\u007F'],
  ['text turned around', '\u202Etxt'],
  ['an isolate', '\u2066'],
  ['zero width space', 'a\u200Bb'],
  ['word joiner', 'a\u2060b'],
  ['a tag character', '\u{E0041}'],
  ['a variation selector', 'a\u{E0100}'],
  ['a Hangul filler', '\u3164'],
  ['a line separator', '\u2028'],
  ['a lone surrogate', '\uD800'],
];

const HARMLESS = 'Ünïcode ☂ שלום مرحبا 日本語 é नमस्ते 👍 “ü” ✔';

describe('the sanitizer', () => {
  test.each(ATTACKS)('replaces %s', (_what, text) => {
    for (const sanitize of [terminalLine, terminalText]) {
      expect(sanitize(text)).toContain('\uFFFD');
      expect(unsafeCharacter(sanitize(text))).toBeNull();
    }
    expect(unsafeCharacter(text)).toMatch(/^U\+[0-9A-F]{4,6}$/);
  });

  test('keeps letters of every script, combining marks and emoji', () => {
    expect([terminalLine(HARMLESS), terminalText(HARMLESS), unsafeCharacter(HARMLESS)]).toEqual([
      HARMLESS,
      HARMLESS,
      null,
    ]);
  });

  test('keeps line breaks and tabs in text of several lines only', () => {
    expect(terminalText('a\n\tb\u001B')).toBe('a\n\tb\uFFFD');
    expect(terminalLine('a\n\tb')).toBe('a\uFFFD\uFFFDb');
  });
});

describe('a sanitized stream', () => {
  const recorder = () => {
    const written: unknown[][] = [];
    return {
      written,
      isTTY: true,
      columns: 80,
      write(...args: unknown[]): boolean {
        this.written.push(args);
        return true;
      },
      on(): unknown {
        return this;
      },
    };
  };

  test('sanitizes text and bytes, and passes the callback on', () => {
    const raw = recorder();
    const safe = sanitizedStream(raw);
    const done = (): void => {};
    safe.write('a\u001B[2Kb\n', done);
    safe.write(Buffer.from('ü\u009B'));
    expect(raw.written).toEqual([['a\uFFFD[2Kb\n', done], ['ü\uFFFD']]);
  });

  test('has all other properties of the stream', () => {
    const raw = recorder();
    const safe = sanitizedStream(raw);
    raw.columns = 40;
    expect([safe.isTTY, safe.columns, safe.on()]).toEqual([true, 40, raw]);
  });

  test('is removed only by unsanitizedStream', () => {
    const raw = recorder();
    expect(unsanitizedStream(sanitizedStream(raw))).toBe(raw);
    expect(unsanitizedStream(raw)).toBe(raw);
  });
});
