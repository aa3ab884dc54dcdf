import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { MadeKey } from '../../source/kaltura/sign-in/key-request.js';
import { saveKey } from '../../source/profiles/change-profile.js';
import { dropRevokedKeys, type RevokedKey } from '../../source/profiles/drop-revoked-keys.js';
import type { Profile } from '../../source/profiles/profile.js';
import { diskFull, idOf, locked, memoryStorage } from './memory-storage.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

const KS = ksWith('Made');
const MADE = savedKeyWith(KS, NOW + 3600) as MadeKey;

const profile = (changes: Partial<Profile> = {}): Profile =>
  sampleProfile({ name: 'prod', secretSource: { kind: 'keychain' }, lastKeyEndedAt: NOW - 1, ...changes });

function storageWith(...profiles: Profile[]) {
  const storage = memoryStorage();
  for (const one of profiles) storage.disk.set(one.name, one);
  return storage;
}

describe('saving a key', () => {
  test('writes the key before the record that refers to it', async () => {
    const storage = storageWith(profile());
    expect(await saveKey(profile(), MADE, NOW, storage)).toBe(true);
    expect(storage.steps).toEqual([
      `write keychain/id:${idOf(1)}`,
      'save prod with keychain',
      // An entry that version 0.1.0 may have left.
      'remove keychain/key:prod',
    ]);
    const secretSource = { kind: 'keychain', keyEntry: idOf(1) } as const;
    expect(storage.disk.get('prod')).toEqual(profile({ secretSource, savedKey: { ...MADE, ks: null }, savedAt: NOW }));
    expect([...storage.entries]).toEqual([[`keychain/id:${idOf(1)}`, KS]]);
    expect(storage.notes.size).toBe(0);
  });

  test('deletes the key again if the record can’t be saved', async () => {
    const storage = storageWith(profile());
    storage.hook.step = (step) => {
      if (step.startsWith('save')) throw diskFull();
    };
    await expect(saveKey(profile(), MADE, NOW, storage)).rejects.toThrow('full');
    expect([...storage.entries]).toEqual([]);
    expect(storage.disk.get('prod')).toEqual(profile());
  });

  test.each<[what: string, changes: Partial<Profile>]>([
    ['asks for another key', { privileges: 'sview:*' }],
    ['is for another account', { partnerId: 5 }],
    ['has another server', { serviceUrl: 'https://kaltura.example' }],
    ['signs locally now', { method: 'local' }],
    ['no longer has a saved key', { lastKeyEndedAt: null }],
    ['has another secret source', { secretSource: { kind: 'file' } }],
  ])('does not change a profile that %s', async (_what, changes) => {
    const storage = storageWith(profile(changes));
    expect(await saveKey(profile(), MADE, NOW, storage)).toBe(false);
    expect(storage.steps).toEqual([]);
  });

  test('keeps other changes that were made in the meantime', async () => {
    const now = profile({ holder: 'me', acceptedRisks: [] });
    const storage = storageWith(now);
    expect(await saveKey(profile(), MADE, NOW, storage)).toBe(true);
    const secretSource = { kind: 'keychain', keyEntry: idOf(1) } as const;
    expect(storage.disk.get('prod')).toEqual({ ...now, secretSource, savedKey: { ...MADE, ks: null }, savedAt: NOW });
  });

  test('at the same time as another program leaves only one of the keys', async () => {
    const storage = storageWith(profile());
    const theirs = { kind: 'keychain', keyEntry: 'c'.repeat(32) } as const;
    let isFirst = true;
    storage.hook.step = (step) => {
      if (!step.startsWith('save') || !isFirst) return;
      isFirst = false;
      storage.entries.set(`keychain/id:${theirs.keyEntry}`, ksWith('Theirs'));
      storage.disk.set('prod', profile({ secretSource: theirs, savedKey: { ...MADE, ks: null } }));
    };
    expect(await saveKey(profile(), MADE, NOW, storage)).toBe(true);
    expect([...storage.entries]).toEqual([[`keychain/id:${idOf(1)}`, KS]]);
  });
});

describe('removing revoked keys', () => {
  const withSavedKey = (name: string, ks: string, changes: Partial<Profile> = {}): Profile =>
    profile({ name, secretSource: { kind: 'ask' }, savedKey: savedKeyWith(ks, NOW + 3600), ...changes });
  const revoked: RevokedKey = {
    ks: new Secret(KS),
    fromProfile: null,
    sessionId: null,
    partnerId: 1234567,
    serviceUrl: 'https://api.eu.kaltura.com',
    isPractice: false,
  };
  const inKeychain = withSavedKey('elsewhere', KS, {
    secretSource: { kind: 'keychain' },
    savedKey: { ...savedKeyWith(KS, NOW + 3600), ks: null },
  });

  test('removes the key from each profile that has it saved', async () => {
    const other = withSavedKey('other', ksWith('Other'));
    const storage = storageWith(withSavedKey('here', KS), inKeychain, other);
    storage.entries.set('keychain/key:elsewhere', KS);
    expect(await dropRevokedKeys(revoked, NOW, storage)).toEqual(['here', 'elsewhere']);
    expect([...storage.entries]).toEqual([]);
    const left = { savedKey: null, lastKeyEndedAt: NOW };
    const secretSource = { kind: 'keychain', keyEntry: null } as const;
    const dropped = { ...inKeychain, ...left, secretSource };
    expect([...storage.disk.values()]).toEqual([{ ...withSavedKey('here', KS), ...left }, dropped, other]);
  });

  test('reports profiles whose key can’t be read, and continues', async () => {
    const storage = storageWith(inKeychain, withSavedKey('here', KS));
    const unread: string[] = [];
    const dropped = await dropRevokedKeys(revoked, NOW, storage, { onUnread: (name) => void unread.push(name) });
    expect([unread, dropped]).toEqual([['elsewhere'], ['here']]);
    expect(storage.disk.get('elsewhere')).toEqual(inKeychain);
  });

  test('reports a key that can’t be deleted, and removes it from the profile', async () => {
    const storage = storageWith(inKeychain);
    storage.entries.set('keychain/key:elsewhere', KS);
    storage.hook.step = (step) => {
      if (step.startsWith('remove')) throw locked();
    };
    await expect(dropRevokedKeys(revoked, NOW, storage)).rejects.toThrow('locked');
    expect(storage.disk.get('elsewhere')?.savedKey).toBeNull();
    // The note refers to the entry, so it can be deleted later.
    expect(storage.notes.size).toBe(1);
  });

  test('does not change a profile that has another key in the meantime', async () => {
    const renewed: Profile = {
      ...inKeychain,
      secretSource: { kind: 'keychain', keyEntry: 'c'.repeat(32) },
      savedKey: { ...savedKeyWith(KS, NOW + 3600), ks: null },
    };
    const storage = storageWith(inKeychain);
    storage.entries.set('keychain/key:elsewhere', KS);
    storage.hook.step = (step) => {
      if (step.startsWith('save')) storage.disk.set('elsewhere', renewed);
    };
    expect(await dropRevokedKeys(revoked, NOW, storage)).toEqual([]);
    expect(storage.disk.get('elsewhere')).toEqual(renewed);
  });

  test('keeps other changes of the profile in the meantime', async () => {
    const storage = storageWith({ ...inKeychain, name: 'closed' }, inKeychain);
    storage.entries.set('keychain/key:elsewhere', KS);
    storage.hook.step = (step) => {
      if (step.startsWith('save')) storage.disk.set('elsewhere', { ...inKeychain, userId: 'jo' });
    };
    expect(await dropRevokedKeys(revoked, NOW, storage)).toEqual(['elsewhere']);
    expect(storage.disk.get('elsewhere')).toMatchObject({ userId: 'jo', savedKey: null, lastKeyEndedAt: NOW });
    expect(storage.entries.has('keychain/key:elsewhere')).toBe(false);
  });

  test('does not remove a newer key that another program saved', async () => {
    const renewed: Profile = { ...inKeychain, savedKey: { ...savedKeyWith(KS, NOW + 7200), ks: null } };
    const storage = storageWith({ ...inKeychain, name: 'closed' }, inKeychain);
    const onUnread = () => {
      storage.disk.set('elsewhere', renewed);
      storage.entries.set('keychain/key:elsewhere', 'their new key');
    };
    expect(await dropRevokedKeys({ ...revoked, fromProfile: 'elsewhere' }, NOW, storage, { onUnread })).toEqual([]);
    expect(storage.steps).toEqual([]);
  });
});
