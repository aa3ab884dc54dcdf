import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeProfile } from '../../../source/profiles/record.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from '../../profiles/sample-profile.js';
import { everythingIn, modeOf, tempStore } from './temp-store.js';

test('a saved key is available until it expires, and then only its expiry is kept', async () => {
  const { store, configFolder, clock } = tempStore();
  await store.save(sampleProfile({ savedKey: savedKeyWith(ksWith('planted'), NOW + 60) }));
  clock.now = NOW + 59;
  expect((await store.load()).profiles[0]?.savedKey?.ks?.reveal()).toBe(ksWith('planted'));
  clock.now = NOW + 60;
  expect((await store.load()).profiles).toEqual([sampleProfile({ lastKeyEndedAt: NOW + 60 })]);
  await store.sweep();
  expect(everythingIn(configFolder)).not.toContain('planted');
  expect((await store.load()).profiles).toEqual([sampleProfile({ lastKeyEndedAt: NOW + 60 })]);
});

test('a key with an unknown expiry is valid for the requested lifetime', async () => {
  const { store, clock } = tempStore();
  await store.save(sampleProfile({ lifetime: 100, savedKey: savedKeyWith(ksWith(''), null) }));
  clock.now = NOW + 99;
  expect((await store.load()).profiles[0]?.savedKey).not.toBeNull();
  clock.now = NOW + 100;
  expect((await store.load()).profiles[0]).toMatchObject({ savedKey: null, lastKeyEndedAt: NOW + 100 });
});

test('does not save an expired key', async () => {
  const { store, configFolder } = tempStore();
  await store.save(sampleProfile({ savedKey: savedKeyWith(ksWith('planted'), NOW - 1) }));
  expect(everythingIn(configFolder)).not.toContain('planted');
});

test('a sweep rewrites only records with expired keys', async () => {
  const { store, clock } = tempStore();
  await store.save(sampleProfile({ name: 'lives', savedKey: savedKeyWith(ksWith('lives'), NOW + 600) }));
  await store.save(sampleProfile({ name: 'plain' }));
  await store.save(sampleProfile({ name: 'ends', savedKey: savedKeyWith(ksWith('ends'), NOW + 60) }));
  const stamps = () =>
    ['lives', 'plain'].map((name) => [statSync(store.fileOf(name)).ino, readFileSync(store.fileOf(name), 'utf8')]);
  const before = stamps();
  clock.now = NOW + 61;
  await store.sweep();
  expect(stamps()).toEqual(before);
  expect(readFileSync(store.fileOf('ends'), 'utf8')).not.toContain(ksWith('ends'));
  expect(modeOf(store.fileOf('ends'))).toBe('600');
});

test('a sweep removes files of a killed save, but not of a running one', async () => {
  const { store } = tempStore();
  await store.save(sampleProfile());
  const saving = join(store.folder, '.saving');
  for (const name of ['save-old', 'save-new']) {
    mkdirSync(join(saving, name));
    writeFileSync(join(saving, name, 'profile.json.tmp-1234567890abcdef'), '{');
  }
  utimesSync(join(saving, 'save-old'), NOW - 3600, NOW - 3600);
  utimesSync(join(saving, 'save-new'), NOW - 1, NOW - 1);
  expect((await store.load()).profiles).toHaveLength(1);
  await store.sweep();
  expect(readdirSync(saving)).toEqual(['save-new']);
});

/** Quarantines this as a damaged record, and returns its path. */
async function quarantine({ store }: ReturnType<typeof tempStore>, record: unknown): Promise<string> {
  await store.save(sampleProfile(), { replace: true });
  writeFileSync(store.fileOf('hurt'), JSON.stringify(record));
  const [trouble] = (await store.load()).troubles;
  return trouble?.kind === 'damaged' ? (trouble.movedTo ?? '') : '';
}

const recordWith = (changes: object) => ({
  ...writeProfile(sampleProfile({ name: 'Hurt', savedKey: savedKeyWith(ksWith('planted'), NOW + 60) })),
  ...changes,
});

test.each<[string, object, number]>([
  ['has expired', { region: 'moon' }, NOW + 60],
  [
    'has expired by the lifetime in the record',
    { region: 'moon', lifetime: 5, keptKey: { ks: ksWith('planted') } },
    NOW + 5,
  ],
  ['has an unknown expiry', { savedAt: null, keptKey: { ks: ksWith('planted'), facts: 7 } }, NOW],
  ['is not a key', { savedAt: null, keptKey: 'planted' }, NOW],
  ['is in a copied file', { name: 'another' }, NOW + 60],
])('removes only the key that %s from a quarantined record', async (_, changes, then) => {
  const temp = tempStore();
  const record = recordWith({ ...changes, ours: 'stays' });
  const file = await quarantine(temp, record);
  expect(readFileSync(file, 'utf8')).toContain('planted');
  temp.clock.now = then;
  await temp.store.sweep();
  expect(everythingIn(temp.configFolder)).not.toContain('planted');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    ...record,
    keptKey: null,
    lastKeyEndedAt: then === NOW ? null : then,
  });
  expect(modeOf(file)).toBe('600');
});

test('does not change a quarantined record with a valid key, without a key, or that is not JSON', async () => {
  const temp = tempStore();
  const withValidKey = await quarantine(temp, recordWith({ region: 'moon' }));
  const withoutKey = await quarantine(temp, recordWith({ region: 'moon', savedKey: null }));
  const elsewhere = await quarantine(temp, recordWith({ region: 'moon', keptKey: { ks: null, facts: {} } }));
  const half = `${withValidKey}.json`;
  copyFileSync(withValidKey, half);
  truncateSync(half, 100);
  const files = [withValidKey, withoutKey, elsewhere, half];
  const look = () => files.map((file) => [statSync(file).ino, readFileSync(file, 'utf8')]);
  const before = look();
  temp.clock.now = NOW + 59;
  await temp.store.sweep();
  expect(look()).toEqual(before);
});
