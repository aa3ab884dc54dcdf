import { resolve } from 'node:path';
import { build } from 'esbuild';
import realStringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { isNarrow, LateSegmenter } from '../../scripts/bundled/late-unicode.js';

const { dependencyPatches } = await import(resolve('scripts/dependency-patches.js'));

/** Returns the package string-width with the patches of the build. */
async function patchedStringWidth(): Promise<typeof realStringWidth> {
  const { outputFiles } = await build({
    stdin: { contents: "export { default } from 'string-width';", resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [dependencyPatches(['string-width/index.js'])],
  });
  const [file] = outputFiles;
  const source = `data:text/javascript;base64,${Buffer.from(file?.contents ?? '').toString('base64')}`;
  return ((await import(source)) as { default: typeof realStringWidth }).default;
}

const stringWidth = await patchedStringWidth();
const real = new Intl.Segmenter();
const late = new LateSegmenter();

const narrow = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter(isNarrow);

test('narrow characters are one cell wide in string-width', () => {
  expect(narrow.length).toBeGreaterThan(500);
  expect(narrow.filter((character) => realStringWidth(character) !== 1)).toEqual([]);
});

test('narrow characters do not combine with their neighbors', () => {
  const joining = narrow.filter((character) => [...real.segment(`a${character}${character}a`)].length !== 4);
  expect(joining).toEqual([]);
});

describe.each([
  ['letters and symbols', '❯ Création “d’été” · 3 → 4 … ✔ ▸ ⏎'],
  ['colors', '\x1B[1m\x1B[38;5;12mStep 1\x1B[39m\x1B[22m · region'],
  ['several lines', 'one\ntwo\r\nthree\tfour'],
  ['combining marks', 'e\u0301te\u0301 n\u0303'],
  ['wide letters', '東京 の カギ'],
  ['Hangul syllables made of letters', '\u1112\u1161\u11AB 한국어'],
  ['Devanagari', 'नमस्ते'],
  ['invisible characters', 'a\u200Bb\u00ADc\uFEFF'],
  ['emoji', '👩‍👩‍👧 🇪🇺 ✔\uFE0F 1\uFE0F\u20E3 🔑'],
  ['an unpaired surrogate', 'a\uD83Db'],
  ['a link and other sequences', '\x1B]8;;https://example.com\x07link\x1B]8;;\x07 \x1B[2Kx'],
  ['nothing', ''],
])('a text of %s', (_name, text) => {
  test('is as wide as in the original string-width', () => {
    for (const options of [{}, { countAnsiEscapeCodes: true }, { ambiguousIsNarrow: false }])
      expect(stringWidth(text, options)).toBe(realStringWidth(text, options));
  });

  test('is split into the same characters as by Intl.Segmenter', () => {
    const plain = (segments: Iterable<Intl.SegmentData>): unknown[] =>
      Array.from(segments, ({ segment, index, input }) => ({ segment, index, input }));
    expect(plain(late.segment(text))).toEqual(plain(real.segment(text)));
    for (let index = -1; index <= text.length; index++) {
      const [found, expected] = [late, real].map((segmenter) => segmenter.segment(text).containing(index));
      expect([found?.segment, found?.index]).toEqual([expected?.segment, expected?.index]);
    }
  });
});
