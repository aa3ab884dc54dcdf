import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeRepeatsSecret, containsSecret, redact, sanitizeText } from '../../source/kaltura/redact.js';
import { Secret } from '../../source/kaltura/secret.js';
import { anyCharacter } from '../any-character.js';

test('masks every exact occurrence, as typed and as a form sends it', () => {
  const secret = new Secret('p@ss word!');
  expect(redact('<p@ss word!> <p%40ss+word%21>', [secret])).toBe('<••••> <••••>');
  expect(redact('p&#64;ss word!', [secret])).toBe('p&#64;ss word!');
});

test('masks the longest secret first', () => {
  expect(redact('hunter2-and-more', [new Secret('hunter2'), new Secret('hunter2-and-more')])).toBe('••••');
});

test('masks nothing for an empty secret', () => {
  expect(redact('text', [new Secret('')])).toBe('text');
});

test('never shows the exact form of a secret', () => {
  const secrets = fc.string({ unit: anyCharacter, minLength: 2, maxLength: 40 }).filter((text) => !text.includes('•'));
  fc.assert(
    fc.property(secrets, fc.string({ unit: anyCharacter }), (secret, text) => {
      const shown = sanitizeText(`${text}${secret}${text}`, [new Secret(secret)], 1000);
      expect(shown).not.toContain(secret);
    }),
  );
});

test('shows a text on one line, without characters that move the cursor', () => {
  const text = 'a\u001B[2J\nb\u202Ec\u0007  d\u200B';
  expect(sanitizeText(text, [], 100)).toBe('a[2J bc d');
  expect(sanitizeText('x'.repeat(50), [], 10)).toBe(`${'x'.repeat(9)}…`);
});

test('masks a secret before it cuts the text', () => {
  expect(sanitizeText(`12345${'f'.repeat(32)}`, [new Secret('f'.repeat(32))], 8)).toBe('12345••…');
});

test.each(['\u200B', '\u00AD', '\u2060', '\uFEFF', '\u202E', '\u0000', '\u001B', '\uD800'])(
  'does not put a secret together when it removes the invisible character %j',
  (invisible) => {
    const secret = '0123456789abcdef0123456789abcdef';
    expect(sanitizeText(`<${secret.split('').join(invisible)}>`, [new Secret(secret)], 100)).toBe('<••••>');
  },
);

test('does not put a secret together when it turns line ends into spaces', () => {
  expect(sanitizeText('<correct\r\nhorse>', [new Secret('correct horse')], 100)).toBe('<••••>');
});

test('shows names that only look like a secret', () => {
  const hash = 'fedcba98'.repeat(4);
  expect(sanitizeText(`user ${hash}`, [new Secret('0123456789abcdef')], 100)).toBe(`user ${hash}`);
});

test('finds a secret in a text, and a short one only if it is the whole text', () => {
  const secret = new Secret('pass phrase & more');
  expect(containsSecret('xpass phrase & morex', [secret])).toBe(true);
  expect(containsSecret('pass+phrase+%26+more', [secret])).toBe(true);
  expect(containsSecret('pass phrase and more', [secret])).toBe(false);
  expect(containsSecret('123456', [new Secret('123456')])).toBe(true);
  expect(containsSecret('x123456', [new Secret('123456')])).toBe(false);
});

test.each([
  ['the complete secret in capitals', 'E_0F1E2D3C4B5A69788796A5B4C3D2E1F0'],
  ['its characters, separated', 'E_0F_1E_2D_3C_4B_5A_69_78'],
  ['the end of it', 'ERROR_C3D2E1F0'],
])('finds %s in an error code', (_what, code) => {
  expect(codeRepeatsSecret(code, [new Secret('0f1e2d3c4b5a69788796a5b4c3d2e1f0')])).toBe(true);
});

test('finds a password and a one-time code in an error code, and no short text', () => {
  expect(codeRepeatsSecret('E_SUNSHINE_DAY', [new Secret('sunshine-day')])).toBe(true);
  expect(codeRepeatsSecret('E_123456', [new Secret('123456')])).toBe(true);
  expect(codeRepeatsSecret('INVALID_KS', [new Secret('ks'), new Secret('')])).toBe(false);
  expect(codeRepeatsSecret('START_SESSION_ERROR', [new Secret('0f1e2d3c4b5a69788796a5b4c3d2e1f0')])).toBe(false);
});
