import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { widthOf } from '../../source/terminal/width.js';

test('the width of each character up to U+27FF is that of string-width', () => {
  const isWrong = (text: string): boolean => widthOf(text) !== stringWidth(text);
  const characters = Array.from({ length: 0x2800 }, (_, code) => String.fromCharCode(code));
  expect(characters.filter(isWrong)).toEqual([]);
});

test.each([
  ['an accent that combines', 'e\u0301', 1],
  ['a wide character', '日本', 4],
  ['a sign that becomes an emoji', '↔️', 2],
  ['a sentence with our punctuation', '“Can’t” – 2 · 3 …', 17],
])('%s', (_, text, columns) => {
  expect(widthOf(text)).toBe(columns);
});
