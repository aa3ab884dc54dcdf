import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { readSealed, SCRYPT_COST, seal, unseal, writeSealed } from '../../../source/secrets/encrypted-secret.js';
import type { PassphraseQuestion } from '../../../source/secrets/keeper.js';
import { anyCharacter } from '../../any-character.js';
import { everyNth } from '../../sizes.js';
import { CHEAP, faultOf, neverAsked, PLANTED, passphrase, tempFolder, tempKeeper } from './temp-keeper.js';

const FILE = { kind: 'file' } as const;
const OF = { profile: 'Acme', what: 'secret' } as const;
const PASSPHRASE = 'correct horse battery';
const ask = passphrase(PASSPHRASE);
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** A keeper whose folder has one encrypted secret. */
async function keeperWithSecret(text = PLANTED) {
  const temp = tempKeeper();
  await temp.keeper.write(FILE, OF, new Secret(text), ask);
  return { ...temp, file: join(temp.secrets, 'acme.secret.json') };
}

test('decrypts any text only with its passphrase', async () => {
  const anyText = fc.string({ unit: anyCharacter, maxLength: 300 });
  // scrypt's HMAC takes a passphrase with NULs at its end for the one without, and no keyboard types one.
  const typed = anyText.filter((text) => !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(anyText, typed, typed, async (text, right, wrong) => {
      fc.pre(right.normalize('NFC') !== wrong.normalize('NFC'));
      const record = writeSealed(await seal(new Secret(text), new Secret(right), CHEAP, randomBytes));
      const reading = readSealed(Buffer.from(JSON.stringify(record)));
      if (reading.kind !== 'sealed') throw new Error(reading.kind);
      expect(await unseal(reading.sealed, new Secret(wrong))).toBe('wrong-passphrase');
      const opened = await unseal(reading.sealed, new Secret(right));
      expect(opened instanceof Secret && opened.reveal()).toBe(text);
    }),
  );
});

test('uses the real scrypt cost, which is in the header', async () => {
  const { keeper, secrets } = tempKeeper({ cost: SCRYPT_COST });
  await keeper.write(FILE, OF, new Secret(PLANTED), ask);
  expect((await keeper.read(FILE, OF, ask)).reveal()).toBe(PLANTED);
  const { header } = JSON.parse(readFileSync(join(secrets, 'acme.secret.json'), 'utf8'));
  expect(header).toMatchObject({ version: 1, kdf: 'scrypt', N: 131_072, r: 8, p: 1, cipher: 'aes-256-gcm' });
});

test('accepts a passphrase in any Unicode composition, and a file with another scrypt cost', async () => {
  const { keeper, configFolder } = tempKeeper();
  await keeper.write(FILE, OF, new Secret(PLANTED), passphrase('Café'));
  const other = tempKeeper({ configFolder, cost: { N: 4, r: 1, p: 1 } }).keeper;
  expect((await other.read(FILE, OF, passphrase('Cafe\u0301'))).reveal()).toBe(PLANTED);
});

test('is private, next to the profiles, and contains no readable secret', async () => {
  const { configFolder, secrets, file } = await keeperWithSecret();
  expect(readdirSync(secrets).toSorted()).toEqual(['.saving', 'acme.secret.json']);
  expect(readdirSync(join(secrets, '.saving'))).toEqual([]);
  expect([configFolder, secrets, file].map(modeOf)).toEqual(['700', '700', '600']);
  expect(readFileSync(file, 'latin1')).not.toContain(PLANTED);
  expect(readFileSync(file, 'latin1')).not.toContain(PASSPHRASE);
});

test('encrypts the same secret differently each time', async () => {
  const { keeper, file } = await keeperWithSecret();
  const before = JSON.parse(readFileSync(file, 'utf8'));
  await keeper.write(FILE, OF, new Secret(PLANTED), ask);
  const after = JSON.parse(readFileSync(file, 'utf8'));
  for (const field of ['salt', 'nonce', 'check']) expect(after.header[field]).not.toBe(before.header[field]);
  expect(after.body).not.toBe(before.body);
});

test('refuses a wrong, missing or empty passphrase', async () => {
  const { keeper } = await keeperWithSecret();
  expect((await faultOf(keeper.read(FILE, OF, passphrase('wrong')))).fault).toBe('wrong-passphrase');
  expect((await faultOf(keeper.read(FILE, OF, passphrase(null)))).fault).toBe('cancelled');
  expect((await faultOf(keeper.write(FILE, OF, new Secret(PLANTED), passphrase('')))).fault).toBe('cancelled');
  expect((await keeper.read(FILE, OF, ask)).reveal()).toBe(PLANTED);
});

test('recognizes a file with one changed byte as damaged before asking for a passphrase', async () => {
  const { keeper, file } = await keeperWithSecret();
  const whole = readFileSync(file);
  for (const at of everyNth(3, [...whole.keys()])) {
    const changed = Buffer.from(whole);
    changed[at] = (whole[at] ?? 0) ^ (1 << (at % 7));
    writeFileSync(file, changed);
    const outcome = await keeper.read(FILE, OF, neverAsked).then(
      () => 'read',
      (error: Error) => ('fault' in error ? error.fault : error.message),
    );
    // A different white space character between the fields doesn't change the content.
    const isBlank = [whole[at], changed[at]].every((byte) => [9, 10, 13, 32].includes(byte ?? 0));
    expect([at, outcome]).toEqual([at, isBlank ? 'A passphrase was asked for.' : 'damaged']);
  }
});

test('recognizes a file that is cut off at any length as damaged', async () => {
  const { keeper, file } = await keeperWithSecret();
  const whole = readFileSync(file);
  for (const length of everyNth(3, [...whole.keys()])) {
    writeFileSync(file, whole.subarray(0, length));
    expect((await faultOf(keeper.read(FILE, OF, neverAsked))).fault).toBe('damaged');
  }
});

test.each([
  ['the body', (sealed: Sealed) => ({ ...sealed, body: flipped(sealed.body) })],
  ['the nonce', (sealed: Sealed) => ({ ...sealed, header: { ...sealed.header, nonce: flipped(sealed.header.nonce) } })],
])('a file with a changed %s and a new checksum is damaged', async (_what, change) => {
  const { keeper, file } = await keeperWithSecret();
  const reading = readSealed(readFileSync(file));
  if (reading.kind !== 'sealed') throw new Error(reading.kind);
  writeFileSync(file, JSON.stringify(writeSealed(change(reading.sealed))));
  expect((await faultOf(keeper.read(FILE, OF, ask))).fault).toBe('damaged');
});

test('authenticates the header: a body can’t be decrypted with the header of another file', async () => {
  const [one, two] = await Promise.all([keeperWithSecret(), keeperWithSecret('another')]);
  const [first, second] = [one, two].map(({ file }) => readSealed(readFileSync(file)));
  if (first?.kind !== 'sealed' || second?.kind !== 'sealed') throw new Error('not sealed');
  writeFileSync(one.file, JSON.stringify(writeSealed({ header: second.sealed.header, body: first.sealed.body })));
  expect((await faultOf(one.keeper.read(FILE, OF, ask))).fault).toBe('damaged');
});

test('neither reads nor overwrites a file of a newer version', async () => {
  const { keeper, file } = await keeperWithSecret();
  const { header, body } = JSON.parse(readFileSync(file, 'utf8'));
  const newer = { ...header, version: 2, kdf: 'argon2id' };
  const checksum = createHash('sha256')
    .update(`${JSON.stringify(newer)}\n${body}`)
    .digest('hex');
  writeFileSync(file, JSON.stringify({ header: newer, body, checksum }));
  const before = readFileSync(file);
  expect((await faultOf(keeper.read(FILE, OF, neverAsked))).fault).toBe('newer');
  expect((await faultOf(keeper.write(FILE, OF, new Secret(PLANTED), neverAsked))).fault).toBe('newer');
  expect(readFileSync(file)).toEqual(before);
});

test('replaces a damaged file with a new secret, and reports a missing one', async () => {
  const { keeper, file } = await keeperWithSecret();
  writeFileSync(file, 'damaged');
  await keeper.write(FILE, OF, new Secret('new'), ask);
  expect((await keeper.read(FILE, OF, ask)).reveal()).toBe('new');
  expect(await faultOf(keeper.read(FILE, { ...OF, what: 'key' }, neverAsked))).toMatchObject({ fault: 'absent' });
});

test('follows no link, neither in place of the file nor of the folder', async () => {
  const { keeper, secrets } = tempKeeper();
  const elsewhere = join(tempFolder(), 'elsewhere.json');
  writeFileSync(elsewhere, 'precious');
  mkdirSync(secrets, { recursive: true });
  symlinkSync(elsewhere, join(secrets, 'acme.secret.json'));
  expect((await faultOf(keeper.read(FILE, OF, neverAsked))).fault).toBe('refused');
  expect((await faultOf(keeper.write(FILE, OF, new Secret(PLANTED), neverAsked))).fault).toBe('refused');
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');

  const linked = tempKeeper();
  const target = tempFolder();
  mkdirSync(linked.configFolder);
  symlinkSync(target, linked.secrets);
  for (const attempt of [
    () => linked.keeper.check(FILE),
    () => linked.keeper.remove(FILE, OF),
    () => linked.keeper.write(FILE, OF, new Secret(PLANTED), ask),
  ]) {
    expect((await faultOf(attempt())).fault).toBe('refused');
  }
  expect(readdirSync(target)).toEqual([]);
});

test('keeps the old secret if a write is killed', async () => {
  const { keeper, secrets, file } = await keeperWithSecret();
  // Such a write leaves its own folder with a part of a file.
  mkdirSync(join(secrets, '.saving', 'save-killed'), { recursive: true });
  writeFileSync(join(secrets, '.saving', 'save-killed', 'profile.json'), readFileSync(file).subarray(0, 40));
  expect((await keeper.read(FILE, OF, ask)).reveal()).toBe(PLANTED);
  await keeper.write(FILE, OF, new Secret('new'), ask);
  expect((await keeper.read(FILE, OF, ask)).reveal()).toBe('new');
});

test('copies a secret to another name without its passphrase, and deletes it', async () => {
  const { keeper, secrets } = await keeperWithSecret();
  const copied = { ...OF, entry: keeper.newEntry() };
  expect(await keeper.copy(FILE, { ...OF, profile: 'ACME' }, copied)).toBe(true);
  expect(await keeper.copy(FILE, { ...OF, what: 'key' }, { ...copied, entry: keeper.newEntry() })).toBe(false);
  expect(await keeper.remove(FILE, OF)).toBe(true);
  expect(readdirSync(secrets).toSorted()).toEqual(['.saving', `${copied.entry}.json`]);
  expect((await keeper.read(FILE, copied, ask)).reveal()).toBe(PLANTED);
  expect([await keeper.remove(FILE, copied), await keeper.remove(FILE, copied)]).toEqual([true, false]);
  expect((await faultOf(keeper.read(FILE, copied, ask))).fault).toBe('absent');
});

test('can ask for a passphrase before it writes, and refuses an empty one', async () => {
  const { keeper, secrets } = tempKeeper();
  const questions: PassphraseQuestion[] = [];
  const typed = await keeper.askToSeal(OF, async (question) => {
    questions.push(question);
    return new Secret('typed');
  });
  expect(typed.reveal()).toBe('typed');
  expect(questions).toEqual([{ file: join(secrets, 'acme.secret.json'), purpose: 'seal' }]);
  for (const given of [null, '']) {
    expect((await faultOf(keeper.askToSeal(OF, passphrase(given)))).fault).toBe('cancelled');
  }
  expect(existsSync(secrets)).toBe(false);
});

test('does not store a text that could not be decrypted unchanged', async () => {
  const { keeper, secrets } = tempKeeper();
  for (const text of ['', 'half \uD800 a pair', 'a\0b']) {
    expect((await faultOf(keeper.write(FILE, OF, new Secret(text), neverAsked))).fault).toBe('failed');
  }
  expect((await faultOf(keeper.write(FILE, OF, new Secret('x'.repeat(600_000)), neverAsked))).fault).toBe('too-long');
  expect(existsSync(secrets)).toBe(false);
});

type Sealed = Extract<ReturnType<typeof readSealed>, { kind: 'sealed' }>['sealed'];

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[0] = (copy[0] ?? 0) ^ 1;
  return copy;
}
