import realStringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { LateSegmenter } from '../../scripts/bundled/late-segmenter.js';
import { SINGLE_CHARACTERS } from '../../scripts/bundled/single-characters.js';
import { stringWidth } from '../../scripts/bundled/string-width.js';

/** What stands in the built program for string-width and for `Intl.Segmenter` says the same as they do. */

const SINGLE = new RegExp(`^[${SINGLE_CHARACTERS}]$`);
const singles = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit)).filter((character) =>
  SINGLE.test(character),
);
const real = new Intl.Segmenter();
const late = new LateSegmenter();

test('each of the single characters takes one cell, and joins with no other', () => {
  expect(singles.length).toBeGreaterThan(500);
  expect(singles.filter((character) => realStringWidth(character) !== 1)).toEqual([]);
  const joining = singles.filter((character) => [...real.segment(`a${character}${character}a`)].length !== 4);
  expect(joining).toEqual([]);
});

describe.each([
  ['letters and signs', '❯ Création “d’été” · 3 → 4 … ✔ ▸ ⏎'],
  ['colours', '\x1B[1m\x1B[38;5;12mStep 1\x1B[39m\x1B[22m · region'],
  ['lines', 'one\ntwo\r\nthree\tfour'],
  ['letters that are put together', 'e\u0301te\u0301 n\u0303'],
  ['wide letters', '東京 の カギ'],
  ['emoji', '👩‍👩‍👧 🇪🇺 ✔\uFE0F 1\uFE0F\u20E3 🔑'],
  ['other sequences', '\x1B]8;;https://example.com\x07link\x1B]8;;\x07 \x1B[2Kx'],
  ['nothing', ''],
])('%s', (_what, text) => {
  test('are as wide', () => {
    expect(stringWidth(text)).toBe(realStringWidth(text));
    for (const options of [{ countAnsiEscapeCodes: true }, { ambiguousIsNarrow: false }])
      expect(stringWidth(text, options)).toBe(realStringWidth(text, options));
  });

  test('fall into the same characters', () => {
    const [ours, theirs] = [late.segment(text), real.segment(text)];
    const plain = (parts: Iterable<Intl.SegmentData>) =>
      Array.from(parts, ({ segment, index, input }) => ({ segment, index, input }));
    expect(plain(ours)).toEqual(plain(theirs));
    for (const at of [undefined, -1, -0.5, 0.5, ...Array.from({ length: text.length + 2 }, (_, index) => index)]) {
      const [found, real] = [ours.containing(at), theirs.containing(at)];
      expect([found?.segment, found?.index, found?.input]).toEqual([real?.segment, real?.index, real?.input]);
    }
  });
});

test('say what they are', () => {
  expect(late.resolvedOptions()).toEqual(real.resolvedOptions());
});
