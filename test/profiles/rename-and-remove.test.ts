import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { removeWithSecrets, renameWithSecrets } from '../../source/profiles/change-profile.js';
import type { Profile } from '../../source/profiles/profile.js';
import { openProfileSecrets } from '../../source/profiles/profile-secrets.js';
import { saveWithSecrets } from '../../source/profiles/save.js';
import { ProfileStoreError } from '../../source/profiles/store.js';
import type { SecretSource } from '../../source/secrets/source.js';
import { tempStore } from '../platform/profiles/temp-store.js';
import { locked, memoryKeeper, memoryStorage } from './memory-storage.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

const KEYCHAIN: SecretSource = { kind: 'keychain' };
const ASK: SecretSource = { kind: 'ask' };

const profile = (name: string, secretSource: SecretSource = KEYCHAIN, changes: Partial<Profile> = {}): Profile =>
  sampleProfile({ name, secretSource, ...changes });

describe('profiles on a real disk', () => {
  function realStorage() {
    const { store } = tempStore();
    const lock = { isLocked: false };
    const { entries, keeper } = memoryKeeper((step) => {
      if (lock.isLocked && !step.startsWith('remove')) throw locked();
    });
    const deps = {
      store,
      secrets: openProfileSecrets(
        async () => keeper,
        async () => null,
      ),
    };
    const save = (wanted: Profile, secret: string | null, replace = false) =>
      saveWithSecrets({ profile: wanted, replace, secret: secret === null ? null : new Secret(secret) }, deps);
    const names = async () => (await store.load()).profiles.map(({ name }) => name);
    return { store, entries, lock, deps, save, names };
  }

  test('a profile that another program saved in the meantime keeps its secret', async () => {
    const { entries, save, store } = realStorage();
    await save(profile('prod'), 'theirs');
    await expect(save(profile('prod'), 'ours')).rejects.toThrow(ProfileStoreError);
    expect([...entries.values()]).toEqual(['theirs']);
    expect((await store.load()).profiles).toHaveLength(1);
  });

  test('replacing a profile deletes its stored secret, also with another case of the name', async () => {
    const { entries, save } = realStorage();
    await save(profile('prod'), 'old');
    await save(profile('Prod', ASK), null, true);
    expect([...entries]).toEqual([]);
  });

  test('no profile is saved if the keychain is locked', async () => {
    const { lock, save, names, store } = realStorage();
    lock.isLocked = true;
    await expect(save(profile('new'), 'secret')).rejects.toThrow('locked');
    expect(await names()).toEqual([]);
    await save(profile('old', ASK), null);
    await expect(save(profile('old'), 'secret', true)).rejects.toThrow('locked');
    expect((await store.load()).profiles[0]?.secretSource).toEqual(ASK);
  });

  test('renaming needs no keychain, and deleting also deletes the secret', async () => {
    const { entries, lock, save, deps, names } = realStorage();
    await save(profile('prod'), 'secret');
    lock.isLocked = true;
    await renameWithSecrets('prod', 'production', deps);
    lock.isLocked = false;
    expect(await names()).toEqual(['production']);
    expect([...entries.values()]).toEqual(['secret']);
    expect(await removeWithSecrets('production', deps)).toBe(true);
    expect([...entries]).toEqual([]);
    expect(await names()).toEqual([]);
  });

  test('the secret is kept while another profile refers to it, as after an interrupted rename', async () => {
    const { entries, save, deps, store } = realStorage();
    await save(profile('prod'), 'secret');
    const [saved] = (await store.load()).profiles;
    await store.save({ ...(saved as Profile), name: 'production' });
    await removeWithSecrets('prod', deps);
    expect([...entries.values()]).toEqual(['secret']);
    await removeWithSecrets('production', deps);
    expect([...entries]).toEqual([]);
  });

  test('entries of version 0.1.0 move to entries with IDs when the profile is renamed', async () => {
    const { entries, lock, deps, store, names } = realStorage();
    await store.save(profile('prod'));
    entries.set('keychain/secret:prod', 'secret');
    lock.isLocked = true;
    await expect(renameWithSecrets('prod', 'production', deps)).rejects.toThrow('locked');
    expect([await names(), [...entries]]).toEqual([['prod'], [['keychain/secret:prod', 'secret']]]);
    lock.isLocked = false;
    await renameWithSecrets('prod', 'production', deps);
    const [renamed] = (await store.load()).profiles;
    expect(renamed?.secretSource).toMatchObject({
      kind: 'keychain',
      secretEntry: expect.any(String),
      keyEntry: null,
    });
    expect([...entries.values()]).toEqual(['secret']);
    expect(entries.has('keychain/secret:prod')).toBe(false);
  });
});

/** Two profiles with a secret and a saved key each. */
function twoProfiles() {
  const storage = memoryStorage();
  const key = { ...savedKeyWith(ksWith('Kept'), NOW + 3600), ks: null };
  for (const name of ['one', 'two']) {
    storage.disk.set(name, profile(name, KEYCHAIN, { savedKey: key }));
    storage.entries.set(`keychain/secret:${name}`, `secret of ${name}`);
    storage.entries.set(`keychain/key:${name}`, ksWith(name));
  }
  return storage;
}

describe('renaming', () => {
  test('to a name in use changes nothing', async () => {
    const storage = twoProfiles();
    await expect(renameWithSecrets('one', 'two', storage)).rejects.toMatchObject({ fault: 'exists' });
    expect(storage.entries).toEqual(twoProfiles().entries);
  });

  test('to another case of the name does not move the secrets', async () => {
    const { store } = tempStore();
    const { entries, keeper } = memoryKeeper();
    const deps = {
      store,
      secrets: openProfileSecrets(
        async () => keeper,
        async () => null,
      ),
    };
    await saveWithSecrets({ profile: profile('one'), replace: false, secret: new Secret('text') }, deps);
    await renameWithSecrets('one', 'ONE', deps);
    expect((await store.load()).profiles[0]?.name).toBe('ONE');
    expect([...entries.values()]).toEqual(['text']);
  });

  test('that fails leaves the profile and its secrets unchanged', async () => {
    for (const failing of ['copy keychain/secret:one', 'copy keychain/key:one', 'save one']) {
      const storage = twoProfiles();
      storage.hook.step = (step) => {
        if (step.startsWith(failing)) throw locked();
      };
      await expect(renameWithSecrets('one', 'three', storage)).rejects.toThrow('locked');
      expect(Object.fromEntries(storage.disk)).toEqual(Object.fromEntries(twoProfiles().disk));
      expect(Object.fromEntries(storage.entries)).toEqual(Object.fromEntries(twoProfiles().entries));
    }
  });

  test('does not use what an earlier profile with the new name left behind', async () => {
    const storage = twoProfiles();
    storage.entries.delete('keychain/secret:one');
    storage.entries.set('keychain/secret:three', 'left behind');
    await renameWithSecrets('one', 'three', storage);
    const renamed = storage.disk.get('three') as Profile;
    await expect(storage.secrets.read(renamed, 'secret')).rejects.toMatchObject({ fault: 'absent' });
    expect((await storage.secrets.read(renamed, 'key')).reveal()).toBe(ksWith('one'));
  });
});

describe('removing', () => {
  test('returns whether anything was stored, and changes no other profile', async () => {
    const storage = twoProfiles();
    expect(await removeWithSecrets('ONE', storage)).toBe(true);
    expect([...storage.disk.keys()]).toEqual(['two']);
    expect([...storage.entries.keys()]).toEqual(['keychain/secret:two', 'keychain/key:two']);
    expect(await removeWithSecrets('one', storage)).toBe(false);
  });

  test('keeps the profile if its secret can’t be deleted', async () => {
    const storage = twoProfiles();
    storage.hook.step = (step) => {
      if (step.startsWith('remove')) throw locked();
    };
    await expect(removeWithSecrets('one', storage)).rejects.toThrow('locked');
    expect([...storage.disk.keys()].toSorted()).toEqual(['one', 'two']);
  });

  test('keeps a profile that another program saved in the meantime', async () => {
    const storage = twoProfiles();
    storage.hook.step = (step) => {
      if (step.startsWith('delete')) storage.disk.set('one', profile('one', { kind: 'file' }));
    };
    await expect(removeWithSecrets('one', storage)).rejects.toMatchObject({ fault: 'changed' });
    expect(storage.disk.get('one')?.secretSource.kind).toBe('file');
  });
});

test.each(['file', 'keychain'] as const)(
  'a save fails if another program deletes its secret in the %s at the same time',
  async (kind) => {
    const { store, configFolder } = tempStore();
    const storage = memoryKeeper((step) => {
      if (!step.startsWith('write')) return;
      // `forget` deletes first the entries, then the folder.
      rmSync(configFolder, { recursive: true });
    });
    const secrets = openProfileSecrets(
      async () => storage.keeper,
      async () => new Secret('correct horse battery staple'),
    );
    const wanted = profile('prod', { kind }, { savedKey: null });
    const saving = saveWithSecrets(
      {
        profile: wanted,
        replace: true,
        secret: new Secret('s'),
      },
      { store, secrets },
    );
    await expect(saving).rejects.toThrow('Another program deleted files');
    expect((await store.load()).profiles).toEqual([]);
  },
);
