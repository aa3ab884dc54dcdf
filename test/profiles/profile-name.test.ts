import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName, fileNameOf, nameKey, nameProblem, nameWarnings } from '../../source/profiles/name.js';
import { anyCharacter } from '../any-character.js';

const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 64 }),
  fc.string({ unit: anyCharacter, maxLength: 64 }),
  fc.stringMatching(/^[./\\%~ :*?"<>|a-zA-Z]{1,64}$/),
);

test('a file name is safe on every system: no path, dot file or device name, and short', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      expect(fileNameOf(name)).toMatch(/^[a-z0-9_%~-]*\.json$/);
      expect(fileNameOf(name).length).toBeLessThan(110);
    }),
  );
  expect(fileNameOf('../../etc/passwd')).toBe('%2e%2e%2f%2e%2e%2fetc%2fpasswd.json');
  expect(fileNameOf('__proto__')).toBe('__proto__.json');
  expect(fileNameOf('NUL')).toBe('%6eul.json');
  expect(fileNameOf('Acme production')).toBe('acme%20production.json');
});

test('two names share a file exactly when they are the same name', () => {
  fc.assert(
    fc.property(anyName, anyName, (a, b) => {
      fc.pre(nameProblem(cleanName(a)) === null && nameProblem(cleanName(b)) === null);
      expect(fileNameOf(a) === fileNameOf(b)).toBe(nameKey(a) === nameKey(b));
    }),
  );
});

test.each([
  ['Acme', 'ACME'],
  ['Café', 'Cafe\u0301'],
  ['Straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['👩‍👩‍👧'.repeat(8), ` ${'👩‍👩‍👧'.repeat(8)} `],
])('%s and %s are the same name', (a, b) => {
  expect(fileNameOf(a)).toBe(fileNameOf(b));
});

test('a long name has its own file, which starts like the name', () => {
  const [a, b] = [`${'é'.repeat(60)}a`, `${'é'.repeat(60)}b`];
  expect(fileNameOf(a)).not.toBe(fileNameOf(b));
  expect(fileNameOf(a)).toMatch(/^(%c3%a9)+(%c3)?~[0-9a-f]{32}\.json$/);
});

test('the key of a name is the same for all cases', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      expect(nameKey(nameKey(name))).toBe(nameKey(name));
      expect(nameKey(name.toUpperCase())).toBe(nameKey(name));
    }),
    { examples: [['ẞ'], ['ß'], ['ς']] },
  );
});

test('refuses names that are ambiguous or invisible', () => {
  for (const name of [
    '',
    '  ',
    ' a',
    'a\n',
    'a\u0000b',
    'a\u202eb',
    'a\u2028b',
    '\ud800',
    'x'.repeat(65),
    'Cafe\u0301',
    'a\u200bb',
    'a\u2060b',
    'a\u{E0062}',
    'a\ufe0f',
    'a\u3164',
    '\u2800',
    '👩‍👩‍👧',
  ]) {
    expect(nameProblem(name), JSON.stringify(name)).not.toBeNull();
  }
  for (const name of ['a', 'x'.repeat(64), '😀'.repeat(64), '..', '__proto__', 'a/b'])
    expect(nameProblem(name), name).toBeNull();
});

test('names the invalid character and its position', () => {
  expect(nameProblem('ba\u200Bnk')).toBe(
    'The name has an invisible character at position 3: U+200B (zero width space). Remove it.',
  );
});

test.each([
  ['pаypal', 'The name mixes Latin with Cyrillic: “а” (U+0430) at position 2 can look like another letter.'],
  ['οwn', 'The name mixes Greek with Latin: “w” (U+0077) at position 2 can look like another letter.'],
  ['acmeꓮ', 'The name mixes Latin with another script: “ꓮ” (U+A4EE) at position 5 can look like another letter.'],
])('%s mixes scripts and gets a warning', (name, warning) => {
  expect(nameWarnings(name, [])).toEqual([warning]);
  expect(nameProblem(name)).toBeNull();
});

test.each([
  'Acme 2',
  'Кабинет 7',
  'Ωmega'.slice(0, 1),
  '東京スタジオ ABC',
  'ひらがなとカタカナー',
  '한국 Kaltura 漢字',
  '臺灣ㄅ ABC',
  'ทดสอบ-1',
  'Müller 😀',
])('%s is in one language and gets no warning', (name) => {
  expect(nameWarnings(name, [])).toEqual([]);
});

test.each([
  ['раураl-1', 'paypal-1'],
  ['еее', 'eee'],
  ['prod1', 'prodl'],
  ['prodI', 'prodl'],
  ['c0rn', 'com'],
  ['a\u00A0b', 'a b'],
  ['ｆｕｌｌ', 'full'],
  ['bank', 'ba\u200Bnk'],
])('%s looks like %s and gets a warning', (name, other) => {
  expect(nameWarnings(name, ['something else', other]).join()).toContain('looks like the name of the saved profile');
  expect(nameWarnings(name, ['something else', name]).join()).not.toContain('looks like');
});
