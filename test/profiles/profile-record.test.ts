import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REGION_IDS } from '../../source/kaltura/accounts/regions.js';
import { invisibleCharacter } from '../../source/kaltura/invisible-characters.js';
import { Secret } from '../../source/kaltura/secret.js';
import { cleanName, nameProblem } from '../../source/profiles/name.js';
import type { Profile } from '../../source/profiles/profile.js';
import { readProfile, readProfileBytes, writeProfile } from '../../source/profiles/record.js';
import type { SecretSource } from '../../source/secrets/source.js';
import { anyCharacter } from '../any-character.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

const hostile = [
  '__proto__',
  'constructor',
  'toJSON',
  '../../etc/passwd',
  'a.b.c',
  '\\\\server\\c$',
  '%2e%2e',
  '👩‍👩‍👧 Müller',
  'zero\u200Bwidth',
  '"',
  '{',
];
const anyText = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: anyCharacter }).filter((text) => invisibleCharacter(text) === null),
  fc.string({ minLength: 5000, maxLength: 9000 }),
);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const anyKey = fc.record({
  ks: orNull(fc.stringMatching(/^[A-Za-z0-9]{0,300}$/).map((text) => new Secret(ksWith(text)))),
  facts: fc.record({
    partnerId: orNull(fc.nat()),
    userId: orNull(anyText),
    type: fc.constantFrom('USER' as const, 'ADMIN' as const, null),
    privileges: orNull(anyText),
    expiresAt: orNull(fc.nat()),
  }),
  confirmedBy: fc.constantFrom('key' as const, 'server' as const, null),
});

const anyProfile: fc.Arbitrary<Profile> = fc.record({
  name: fc
    .oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 20 }))
    .map(cleanName)
    .filter((name) => nameProblem(name) === null),
  region: fc.constantFrom(...REGION_IDS),
  serviceUrl: fc.constantFrom(
    'https://www.kaltura.com',
    'http://127.0.0.1:8080',
    'http://localhost:1',
    'https://video.example.com:8443/kaltura',
  ),
  method: fc.constantFrom('server', 'local', 'login', 'app-token'),
  ksVersion: fc.constantFrom(1, 2),
  partnerId: fc.nat(),
  loginId: anyText,
  tokenId: anyText,
  holder: fc.constantFrom('me', 'server', 'browser', 'vendor', null),
  type: fc.constantFrom('USER', 'ADMIN'),
  userId: anyText,
  lifetime: fc.integer({ min: 1 }),
  privileges: anyText,
  recipe: orNull(
    fc.record({ id: anyText, values: fc.record({ entry: anyText, context: anyText }, { requiredKeys: [] }) }),
  ),
  acceptedRisks: fc.array(fc.stringMatching(/^[a-z0-9:-]{1,40}$/)),
  secretSource: fc.constantFrom<SecretSource>(
    { kind: 'ask' },
    { kind: 'keychain' },
    { kind: 'file' },
    { kind: 'variable', name: 'KALTURA_ADMIN_SECRET', isConfirmed: true },
    { kind: 'command', command: ['pass', 'show', "it's here"], usesShell: false, isConfirmed: true },
    { kind: 'command', command: ['pass show a | head -1'], usesShell: true, isConfirmed: true },
  ),
  savedKey: orNull(anyKey),
  lastKeyEndedAt: orNull(fc.nat()),
  savedAt: fc.nat(),
});

const comparable = (profile: Profile) => ({
  ...profile,
  savedKey: profile.savedKey && { ...profile.savedKey, ks: profile.savedKey.ks?.reveal() ?? null },
});

test('reads every field as it was written', () => {
  fc.assert(
    fc.property(anyProfile, (profile) => {
      const reading = readProfileBytes(Buffer.from(JSON.stringify(writeProfile(profile))));
      expect('profile' in reading ? comparable(reading.profile) : reading).toEqual(comparable(profile));
    }),
  );
});

test('neither reads nor writes unknown fields', () => {
  const withExtraFields = { ...sampleProfile(), secret: 'planted', password: 'planted', token: 'planted' };
  expect(JSON.stringify(writeProfile(withExtraFields))).not.toContain('planted');
  const reading = readProfile({ ...writeProfile(sampleProfile()), secret: 'planted' });
  expect(reading).toEqual({ kind: 'profile', profile: sampleProfile() });
});

test('a saved key is readable only in the record', () => {
  const profile = sampleProfile({ savedKey: savedKeyWith(ksWith('theKey'), NOW + 60) });
  expect(JSON.stringify(profile)).not.toContain(ksWith('theKey'));
  expect(JSON.stringify(writeProfile(profile))).toContain(ksWith('theKey'));
});

const FACTS = { partnerId: 1, userId: 'a', type: 'USER', privileges: '', expiresAt: NOW + 60 };
const savedKeyRecord = (ks: string) => ({ ks, facts: FACTS, confirmedBy: 'key' });

test('reads a valid saved key', () => {
  const reading = readProfile({ ...writeProfile(sampleProfile()), keptKey: savedKeyRecord(ksWith('planted')) });
  expect(reading.kind === 'profile' && reading.profile.savedKey?.ks?.reveal()).toBe(ksWith('planted'));
});

const DAMAGED_FIELDS: readonly [field: string, value: unknown][] = [
  ['schemaVersion', 0],
  ['schemaVersion', '1'],
  ['name', ''],
  ['name', 'two\nlines'],
  ['region', 'moon'],
  ['region', 'constructor'],
  ['serviceUrl', 'https://name:planted@www.kaltura.com'],
  ['serviceUrl', 'https://www.kaltura.com?secret=planted'],
  ['serviceUrl', 'file:///etc/passwd'],
  ['method', 'magic'],
  ['ksVersion', 3],
  ['partnerId', null],
  ['partnerId', 1.5],
  ['type', 'ROOT'],
  ['userId', null],
  ['lifetime', 0],
  ['lifetime', 9007199254740991],
  ['lifetime', Number.NaN],
  ['privileges', ['list:*']],
  ['acceptedRisks', 'all'],
  ['acceptedRisks', [1]],
  ['acceptedRisks', ['two words']],
  ['keptKey', 'planted'],
  ['keptKey', { ks: '', facts: {}, confirmedBy: null }],
  ['keptKey', { ks: ksWith('planted'), facts: {}, confirmedBy: null }],
  ['keptKey', savedKeyRecord('planted')],
  ['keptKey', savedKeyRecord(`${ksWith('planted')}\u001B[2J`)],
  ['keptKey', savedKeyRecord(`${ksWith('planted')}\n`)],
  ['keptKey', savedKeyRecord(` ${ksWith('planted')}`)],
  ['keptKey', savedKeyRecord('djJ8planted')],
  ['keptKey', savedKeyRecord(ksWith('planted'.repeat(2000)))],
  ['keptKey', { ...savedKeyRecord(ksWith('')), facts: { ...FACTS, userId: 'planted\u202E' } }],
  ['keptKey', { ...savedKeyRecord(ksWith('')), facts: { ...FACTS, privileges: 'planted\u001B[2J' } }],
  ['userId', 'planted\u001B[2J'],
  ['userId', 'planted\u202Etnalp'],
  ['privileges', 'list:*\nplanted'],
  ['privileges', 'planted\u2028'],
  ['holder', 'planted\u0007'],
  ['loginId', 'planted\uD800'],
  ['tokenId', 'planted\u009B2J'],
  ['serviceUrl', 'https://www.kal\ntura.com'],
  ['keptKey', { ks: 'planted', facts: null, confirmedBy: null }],
  ['savedAt', -1],
  ['savedAt', 9007199254740991],
  ['lastKeyEndedAt', 9007199254740991],
  ['keptKey', { ...savedKeyRecord(ksWith('')), facts: { ...FACTS, expiresAt: 9007199254740991 } }],
];

for (const [field, value] of DAMAGED_FIELDS) {
  test(`${field}: ${JSON.stringify(value)} makes the record damaged, and is not quoted`, () => {
    const reading = readProfile({ ...writeProfile(sampleProfile()), [field]: value });
    expect(reading.kind).toBe('damaged');
    expect(JSON.stringify(reading)).not.toContain('planted');
  });
}

test('a missing field makes the record damaged', () => {
  for (const field of Object.keys(writeProfile(sampleProfile()))) {
    const { [field]: _, ...rest } = writeProfile(sampleProfile());
    expect(readProfile(rest), field).toMatchObject({ kind: 'damaged', why: expect.stringContaining(field) });
  }
});

test('only a login needs no partner ID, and it needs a login ID', () => {
  expect(readProfile(writeProfile(sampleProfile({ method: 'login', partnerId: null, loginId: 'a@b.c' }))).kind).toBe(
    'profile',
  );
  expect(readProfile(writeProfile(sampleProfile({ method: 'login', loginId: null }))).kind).toBe('damaged');
  expect(readProfile(writeProfile(sampleProfile({ method: 'app-token', tokenId: null }))).kind).toBe('damaged');
});

test('tells a newer record from a damaged one', () => {
  expect(readProfile({ schemaVersion: 3, name: 'Acme' })).toEqual({ kind: 'newer', name: 'Acme' });
  expect(readProfile({ schemaVersion: 3, name: ['Acme'], region: 'moon' })).toEqual({ kind: 'newer', name: null });
});

test('reads any bytes without an exception, and does not quote them', () => {
  const whole = Buffer.from(
    JSON.stringify(writeProfile(sampleProfile({ savedKey: savedKeyWith(ksWith('planted'), NOW) }))),
  );
  for (let length = 0; length < whole.length; length += 1) {
    const reading = readProfileBytes(whole.subarray(0, length));
    expect(reading.kind).toBe('damaged');
    expect(JSON.stringify(reading)).not.toContain('planted');
  }
  fc.assert(fc.property(fc.uint8Array(), (bytes) => readProfileBytes(bytes).kind === 'damaged'));
  fc.assert(fc.property(fc.jsonValue(), (value) => readProfile(value).kind === 'damaged'));
  expect(readProfileBytes(Buffer.concat([whole, Buffer.from([0xff])])).kind).toBe('damaged');
});
