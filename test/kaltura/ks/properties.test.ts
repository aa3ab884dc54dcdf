import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KsError } from '../../../source/kaltura/ks/fields.js';
import { openKs } from '../../../source/kaltura/ks/open.js';
import { peekKs } from '../../../source/kaltura/ks/peek.js';
import { signKsV1 } from '../../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { anyCharacter } from '../../any-character.js';
import { runs } from '../../sizes.js';

/** Texts that break encoders: separators of every layer, texts that look encoded, and unusual characters. */
const PIECES =
  'sview|edit:0_abcdefgh|all:*|*|0|:|::|/|,|,,|, | ,|%|%2C|%00|%e2|+|&|=|&_e=1&|_t=2|?|#|~|\'|"|<b>|\\|zoë|Łukasz|日本語|👩‍👩‍👧|\u202e|\u00a0|\ufeff|\u0000|\n|\r\n|\t|.|..|-|_|v2'
    .split('|')
    .concat('|', ' ', '  ', '');

const hostile = (also: readonly string[]) =>
  fc.oneof(
    fc.array(fc.constantFrom(...PIECES, ...also), { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.string({ unit: anyCharacter, maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );

const numbers = {
  partnerId: fc.integer({ min: 1, max: 2147483647 }),
  type: fc.constantFrom(0, 2),
  expiresAt: fc.integer({ min: 0, max: 4294967295 }),
};
const adminSecret = fc.stringMatching(/^[0-9a-f]{32}$/);

const phpTrim = (text: string) => {
  const blank = ' \t\n\r\0\v';
  let [start, end] = [0, text.length];
  while (start < end && blank.includes(text.charAt(start))) start++;
  while (end > start && blank.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
};

/** The written names and values according to docs/kaltura-facts.md 1.4. This code is independent of the code under test. */
function written(privileges: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const part of privileges.split(',')) {
    const text = phpTrim(part);
    if (text === '' || text === '0') continue;
    const [name = '', ...values] = (text === '*' ? 'all:*' : text).split(':');
    pairs.push([name, values.join(':')]);
  }
  return pairs;
}

/** The last of equal names wins, at the position of the first. */
function merged(pairs: [string, string][]): [string, string][] {
  const names = [...new Set(pairs.map(([name]) => name))];
  return names.map((name) => [name, pairs.filter(([other]) => other === name).at(-1)?.[1] ?? '']);
}

/** The privileges as PHP reads them: merged as written, names changed by `parse_str`, merged again. */
function readBack(privileges: string): string {
  const altered = merged(written(privileges))
    .map(([name, value]): [string, string] => [name.replaceAll('.', '_').replaceAll(' ', '_'), value])
    .filter(([name]) => name !== '');
  const text = merged(altered)
    .map(([name, value]) => (value === '' ? name : `${name}:${value}`))
    .join(',');
  return text === 'all:*' ? '*' : text;
}

/** Brackets and NULs crash the server, and reserved names (`.e` becomes one) belong to the key itself. */
const hasForbiddenName = (privileges: string) => written(privileges).some(([name]) => /[[\]\0]|^[._ ]/.test(name));

test('6,000 version 2 keys with hostile users and privileges are read back as PHP reads them', () => {
  fc.assert(
    fc.property(
      fc.record({
        ...numbers,
        userId: fc.option(hostile([';', '[', ']', '_u', 'a;b']), { nil: null }),
        privileges: hostile([';', 'genie.id:1', 'a b:c']).filter((text) => !hasForbiddenName(text)),
      }),
      adminSecret,
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (fields, text, random) => {
        const ks = signKsV2(fields, new Secret(text), random);
        expect(ks).toMatch(/^djJ8[A-Za-z0-9_-]+=*$/);
        expect(peekKs(ks)).toEqual({ version: 2, partnerId: fields.partnerId });
        expect(openKs(ks, [new Secret(text)])).toMatchObject({
          ...fields,
          version: 2,
          privileges: readBack(fields.privileges),
          random: Buffer.from(random).toString('hex'),
        });
        expect(() => openKs(ks, [new Secret(`${text}x`)])).toThrow(KsError);
      },
    ),
    { numRuns: runs(6000) },
  );
});

test('4,000 version 1 keys with hostile users and privileges are read back unchanged', () => {
  const unsplit = hostile(['[', ']', '_e:1', 'genie.id']).map((text) => text.replaceAll(';', ''));
  fc.assert(
    fc.property(
      fc.record({ ...numbers, userId: unsplit, privileges: unsplit }),
      adminSecret,
      unsplit,
      (fields, text, random) => {
        const ks = signKsV1(fields, new Secret(text), random);
        expect(ks).toMatch(/^[A-Za-z0-9+/]+=*$/);
        expect(peekKs(ks)).toEqual({ version: 1, partnerId: fields.partnerId });
        expect(openKs(ks, [new Secret(text)])).toMatchObject({ ...fields, version: 1, random });
        expect(() => openKs(ks, [new Secret(`${text}x`)])).toThrow(KsError);
      },
    ),
    { numRuns: runs(4000) },
  );
});

test('refuses to sign a ; in a version 1 key, and a reserved name in a version 2 key', () => {
  const secret = new Secret('0123456789abcdef0123456789abcdef');
  const fields = { partnerId: 102, type: 0, expiresAt: 1893456000, userId: 'jane', privileges: '' };
  fc.assert(
    fc.property(hostile([]), hostile([]), (before, after) => {
      const broken = `${before};${after}`;
      expect(() => signKsV1({ ...fields, userId: broken }, secret, '1')).toThrow(RangeError);
      expect(() => signKsV1({ ...fields, privileges: broken }, secret, '1')).toThrow(RangeError);
    }),
  );
  for (const name of ['_e', '_t', '_u', '_m', '_d', '_x']) {
    const privileges = `list:*, ${name}:1`;
    expect(() => signKsV2({ ...fields, privileges }, secret, new Uint8Array(16))).toThrow(RangeError);
  }
});
