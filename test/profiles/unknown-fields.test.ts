import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { MadeKey } from '../../source/kaltura/sign-in/key-request.js';
import { renameWithSecrets, saveKey } from '../../source/profiles/change-profile.js';
import { confirmSource } from '../../source/profiles/confirm-source.js';
import { dropRevokedKeys } from '../../source/profiles/drop-revoked-keys.js';
import { openProfileSecrets } from '../../source/profiles/profile-secrets.js';
import { saveWithSecrets } from '../../source/profiles/save.js';
import { tempStore } from '../platform/profiles/temp-store.js';
import { memoryKeeper } from './memory-storage.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

type Fields = Record<string, Record<string, unknown>>;

/** A store with a profile whose record has fields of a newer version. */
async function withNewerFields() {
  const { store, clock } = tempStore();
  const { keeper } = memoryKeeper();
  const secrets = openProfileSecrets(
    async () => keeper,
    async () => null,
  );
  const profile = sampleProfile({ name: 'prod', savedKey: savedKeyWith(ksWith('Kept'), NOW + 60) });
  await store.save(profile);
  const readRecord = (name: string) => JSON.parse(readFileSync(store.fileOf(name), 'utf8')) as Fields;
  const record = readRecord('prod');
  const newer = {
    ...record,
    color: 'green',
    secretPlace: { ...record['secretPlace'], hint: 'in the vault' },
    keptKey: {
      ...record['keptKey'],
      note: 'made at noon',
      facts: { ...(record['keptKey']?.['facts'] as object), id: 7 },
    },
  };
  writeFileSync(store.fileOf('prod'), JSON.stringify(newer));
  return { store, clock, deps: { store, secrets }, profile, readRecord, newer };
}

test('a new name, also with another case, keeps the fields of a newer version', async () => {
  const { deps, readRecord, newer } = await withNewerFields();
  await renameWithSecrets('prod', 'PROD', deps);
  expect(readRecord('prod')).toEqual({ ...newer, name: 'PROD' });
  await renameWithSecrets('PROD', 'production', deps);
  expect(readRecord('production')).toEqual({ ...newer, name: 'production' });
});

test('removing a key keeps the fields of a newer version, except those of the key', async () => {
  const { store, clock, readRecord, newer } = await withNewerFields();
  clock.now = NOW + 61;
  await store.sweep();
  expect(readRecord('prod')).toEqual({ ...newer, keptKey: null, lastKeyEndedAt: NOW + 60 });

  const other = await withNewerFields();
  const revoked = {
    ks: null,
    fromProfile: 'prod',
    sessionId: null,
    partnerId: null,
    serviceUrl: '',
    isPractice: false,
  };
  expect(await dropRevokedKeys(revoked, NOW + 5, other.deps)).toEqual(['prod']);
  expect(other.readRecord('prod')).toEqual({ ...other.newer, keptKey: null, lastKeyEndedAt: NOW + 5 });
});

test('a new saved key keeps the fields of a newer version, except those of the former key', async () => {
  const { deps, profile, readRecord, newer } = await withNewerFields();
  const made = savedKeyWith(ksWith('Next'), NOW + 600) as MadeKey;
  expect(await saveKey(profile, made, NOW + 1, deps)).toBe(true);
  const record = readRecord('prod');
  expect(record).toMatchObject({ color: 'green', secretPlace: newer.secretPlace, savedAt: NOW + 1 });
  expect(JSON.stringify(record['keptKey'])).not.toMatch(/note|"id"/);
});

test('a profile that replaces another does not keep the fields of a newer version', async () => {
  const { deps, readRecord } = await withNewerFields();
  await saveWithSecrets({ profile: sampleProfile({ name: 'prod' }), replace: true, secret: null }, deps);
  expect(JSON.stringify(readRecord('prod'))).not.toMatch(/color|hint/);
});

test('a confirmed command keeps the fields of a newer version', async () => {
  const { store } = tempStore();
  const secretSource = { kind: 'command', command: ['true'], usesShell: false, isConfirmed: false } as const;
  const profile = sampleProfile({ name: 'prod', secretSource });
  await store.save(profile);
  const file = store.fileOf('prod');
  const record = JSON.parse(readFileSync(file, 'utf8')) as Fields;
  const newer = { ...record, color: 'green', secretPlace: { ...record['secretPlace'], hint: 'in the vault' } };
  writeFileSync(file, JSON.stringify(newer));
  await confirmSource(profile, store);
  const confirmed = { ...newer, secretPlace: { ...newer.secretPlace, isConfirmed: true } };
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(confirmed);
});
