import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Code in other languages, for users to run. */
const CODE = /^source\/kaltura\/snippets\//;

const FILES = ['cli.tsx', ...readdirSync('source', { recursive: true }).map((name) => `source/${name}`)].filter(
  (file) => /\.tsx?$/.test(file) && !CODE.test(file),
);

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm;

test('texts use the apostrophe ’, which ASCII terminals show as a straight one', () => {
  const wrong = FILES.flatMap((file) =>
    readFileSync(file, 'utf8')
      .replaceAll(COMMENTS, '')
      .split('\n')
      .filter((line) => /[a-z]'(t|s|re|ll|ve|d|m)\b/i.test(line))
      .map((line) => `${file}: ${line}`),
  );
  expect(wrong).toEqual([]);
});
