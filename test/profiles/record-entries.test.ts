import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileNameOf } from '../../source/profiles/name.js';
import { writeProfile } from '../../source/profiles/record.js';
import { entriesIn, entryKey } from '../../source/profiles/record-entries.js';
import type { SecretSource } from '../../source/secrets/source.js';
import { anyCharacter } from '../any-character.js';
import { sampleProfile } from './sample-profile.js';

const [FIRST, SECOND] = ['a'.repeat(32), 'b'.repeat(32)];
const KEYCHAIN = { kind: 'keychain', secretEntry: FIRST, keyEntry: SECOND } as const;
const NAME = 'Acme production';
const FILE = fileNameOf(NAME);

const textOf = (secretSource: SecretSource, changes: Record<string, unknown> = {}): string =>
  JSON.stringify({ ...writeProfile(sampleProfile({ name: NAME, secretSource })), ...changes }, undefined, '\t');

const found = (file: string, text: string | null) => {
  const { entries, isCertain } = entriesIn(file, text === null ? null : Buffer.from(text));
  return { keychain: entries.filter(({ place: source }) => source === 'keychain').map(entryKey), isCertain };
};

describe('the entries of stored secrets for a file', () => {
  test('come from its record, or from the profile name in a record of version 0.1.0', () => {
    expect(found(FILE, textOf(KEYCHAIN))).toEqual({
      keychain: [`keychain id:${FIRST}`, `keychain id:${SECOND}`],
      isCertain: true,
    });
    expect(found(FILE, textOf({ ...KEYCHAIN, keyEntry: null }))).toMatchObject({ keychain: [`keychain id:${FIRST}`] });
    const named = ['keychain secret:acme production', 'keychain key:acme production'];
    expect(found(FILE, textOf({ kind: 'keychain' }, { schemaVersion: 1 }))).toEqual({
      keychain: named,
      isCertain: true,
    });
    for (const source of [{ kind: 'ask' }, { kind: 'variable', name: 'X', isConfirmed: true }] as const) {
      expect(found(FILE, textOf(source))).toEqual({ keychain: [], isCertain: true });
    }
  });

  test('are found in a record that is damaged elsewhere, also if it is quarantined', () => {
    const quarantined = FILE.replace('.json', '.2027-01-15T080000.000Z-2.json');
    for (const file of [FILE, quarantined]) {
      expect(found(file, textOf(KEYCHAIN, { region: 'moon' }))).toMatchObject({ isCertain: true });
      // The name in the record is damaged, so the file name is used.
      expect(found(file, textOf({ kind: 'keychain' }, { name: 5 })).keychain).toContain(
        'keychain secret:acme production',
      );
    }
  });

  test.each<[what: string, text: string | null]>([
    ['cut off', textOf(KEYCHAIN).slice(0, -40)],
    ['of a newer version', textOf(KEYCHAIN, { schemaVersion: 99 })],
    ['with an unknown secret source', textOf(KEYCHAIN).replace('"keychain"', '"vault"')],
    ['with an invalid entry ID', textOf(KEYCHAIN).replace(`"${SECOND}"`, '"../../x"')],
  ])('are found as far as possible, as uncertain, if it is %s', (_what, text) => {
    const { keychain, isCertain } = found(FILE, text);
    expect(isCertain).toBe(false);
    expect(keychain).toEqual(expect.arrayContaining([`keychain id:${FIRST}`, 'keychain secret:acme production']));
    expect(keychain.join()).not.toContain('..');
  });

  test.each([
    ['empty', ''],
    ['unreadable', null],
    ['not JSON', '\0\0\0'],
  ])('are guessed from the name of a file that is %s', (_what, text) => {
    expect(found(FILE, text)).toEqual({
      keychain: ['keychain secret:acme production', 'keychain key:acme production'],
      isCertain: false,
    });
  });

  test('are uncertain in a record that is cut off at any length', () => {
    const text = textOf({ ...KEYCHAIN });
    for (let length = 0; length < text.length; length += 1)
      expect(found(FILE, text.slice(0, length)).isCertain).toBe(false);
  });

  test('can be searched in any file without an exception', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.json(), fc.string({ unit: anyCharacter })), (file, text) => {
        expect(found(file, text).isCertain).toBeTypeOf('boolean');
      }),
    );
  });
});
