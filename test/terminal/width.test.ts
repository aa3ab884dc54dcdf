import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { widthOf, wrapText } from '../../source/terminal/width.js';

test('returns the same width as string-width for each character up to U+27FF', () => {
  const isWrong = (text: string): boolean => widthOf(text) !== stringWidth(text);
  const characters = Array.from({ length: 0x2800 }, (_, code) => String.fromCharCode(code));
  expect(characters.filter(isWrong)).toEqual([]);
});

test.each([
  ['an accent that combines', 'e\u0301', 1],
  ['a wide character', '日本', 4],
  ['a symbol that becomes an emoji', '↔️', 2],
  ['typographic punctuation', '“Can’t” – 2 · 3 …', 17],
])('measures %s', (_, text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test.each([
  ['a text without spaces breaks after commas', 'sview:0_a,setrole:X,list:*', 20, ['sview:0_a,setrole:X,', 'list:*']],
  ['a part that is too long breaks anywhere', 'ab,0123456789,c', 8, ['ab,', '01234567', '89,', 'c']],
  ['a text with spaces breaks between words', 'one, two,three four', 12, ['one,', 'two,three', 'four']],
])('%s', (_, text, width, rows) => {
  expect(wrapText(text, width)).toEqual(rows);
});
