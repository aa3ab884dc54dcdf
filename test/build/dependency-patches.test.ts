import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const { applyPatch } = await import(resolve('scripts/dependency-patches.js'));
const patch = { file: 'some-package/index.js', find: 'await load()', replace: 'load()', places: 1 };

test('a patch replaces the text', () => {
  expect(applyPatch('x = await load();', patch)).toBe('x = load();');
});

test.each([
  ['missing', 'x = load();'],
  ['found twice', 'await load(); await load();'],
])('a patch fails if the text is %s', (_name, text) => {
  expect(() => applyPatch(text, patch)).toThrow('some-package/index.js: expected 1 place(s) to patch');
});
