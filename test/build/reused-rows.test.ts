import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

const { dependencyPatches } = await import(resolve('scripts/dependency-patches.js'));

interface Row {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface Output {
  write(x: number, y: number, text: string, options: { readonly transformers: readonly [] }): void;
  get(): { readonly output: string };
}

type OutputClass = new (size: { readonly width: number; readonly height: number }) => Output;

/** Returns Ink's class that writes a frame, with the patches of the build. */
async function patchedOutput(): Promise<OutputClass> {
  const { outputFiles } = await build({
    stdin: { contents: "export { default } from './node_modules/ink/build/output.js';", resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [
      dependencyPatches(['ink/build/output.js', 'string-width/index.js', '@alcalzone/ansi-tokenize/build/tokenize.js']),
    ],
  });
  const source = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? '').toString('base64')}`;
  return ((await import(source)) as { default: OutputClass }).default;
}

const Patched = await patchedOutput();
const { default: Real } = (await import(pathToFileURL(resolve('node_modules/ink/build/output.js')).href)) as {
  default: OutputClass;
};

function draw(Class: OutputClass, rows: readonly Row[]): string {
  const output = new Class({ width: 30, height: 4 });
  for (const { x, y, text } of rows) output.write(x, y, text, { transformers: [] });
  return output.get().output;
}

const list = (marked: number): Row[] =>
  ['region', 'sign-in', 'account'].map((text, y) => ({
    x: 0,
    y,
    text: y === marked ? `\x1B[36m❯ ${text}\x1B[39m` : `  ${text}`,
  }));

describe.each<[string, readonly (readonly Row[])[]]>([
  ['a list with a moving mark', [list(0), list(1), list(2), list(1), list(0)]],
  ['the same frame again', [list(1), list(1), list(1)]],
  [
    'rows that cover each other',
    [
      [
        { x: 0, y: 0, text: '東京 の カギ' },
        { x: 1, y: 0, text: '\x1B[1mab\x1B[22m' },
      ],
      [{ x: 0, y: 0, text: '東京 の カギ' }],
      [
        { x: 0, y: 0, text: '東京 の カギ' },
        { x: 3, y: 0, text: '👩‍👩‍👧' },
      ],
      [{ x: 0, y: 0, text: '東京 の カギ' }],
    ],
  ],
  ['a row in another style', [[{ x: 0, y: 0, text: '\x1B[2mkey\x1B[22m' }], [{ x: 0, y: 0, text: 'key' }]]],
])('%s', (_name, frames) => {
  test('is drawn in the same way as by the original Ink', () => {
    expect(frames.map((rows) => draw(Patched, rows))).toEqual(frames.map((rows) => draw(Real, rows)));
  });
});
