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
import { locked, memoryKeeper, memoryWorld } from './memory-world.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

const KEYCHAIN: SecretSource = { kind: 'keychain' };
const ASK: SecretSource = { kind: 'ask' };

const profile = (name: string, secretSource: SecretSource = KEYCHAIN, changes: Partial<Profile> = {}): Profile =>
  sampleProfile({ name, secretSource, ...changes });

describe('on a real disk', () => {
  function setUp() {
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

  test('a name that another program has taken meanwhile keeps its secret', async () => {
    const { entries, save, store } = setUp();
    await save(profile('prod'), 'theirs');
    await expect(save(profile('prod'), 'ours')).rejects.toThrow(ProfileStoreError);
    expect([...entries.values()]).toEqual(['theirs']);
    expect((await store.load()).profiles).toHaveLength(1);
  });

  test('replacing a profile, in another spelling of its name too, takes what it had stored', async () => {
    const { entries, save } = setUp();
    await save(profile('prod'), 'old');
    await save(profile('Prod', ASK), null, true);
    expect([...entries]).toEqual([]);
  });

  test('a keychain that takes nothing leaves no profile behind that counts on it', async () => {
    const { lock, save, names, store } = setUp();
    lock.isLocked = true;
    await expect(save(profile('new'), 'secret')).rejects.toThrow('locked');
    expect(await names()).toEqual([]);
    await save(profile('old', ASK), null);
    await expect(save(profile('old'), 'secret', true)).rejects.toThrow('locked');
    expect((await store.load()).profiles[0]?.secretSource).toEqual(ASK);
  });

  test('a new name needs no keychain, and deleting takes the secret along', async () => {
    const { entries, lock, save, deps, names } = setUp();
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

  test('the secret stays while another profile names it, as after a rename that was killed', async () => {
    const { entries, save, deps, store } = setUp();
    await save(profile('prod'), 'secret');
    const [saved] = (await store.load()).profiles;
    await store.save({ ...(saved as Profile), name: 'production' });
    await removeWithSecrets('prod', deps);
    expect([...entries.values()]).toEqual(['secret']);
    await removeWithSecrets('production', deps);
    expect([...entries]).toEqual([]);
  });

  test('what version 0.1.0 has stored moves to entries with IDs when the profile is renamed', async () => {
    const { entries, lock, deps, store, names } = setUp();
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

/** Two profiles with all that they may have. */
function full() {
  const world = memoryWorld();
  const key = { ...savedKeyWith(ksWith('Kept'), NOW + 3600), ks: null };
  for (const name of ['one', 'two']) {
    world.disk.set(name, profile(name, KEYCHAIN, { savedKey: key }));
    world.entries.set(`keychain/secret:${name}`, `secret of ${name}`);
    world.entries.set(`keychain/key:${name}`, ksWith(name));
  }
  return world;
}

describe('renaming', () => {
  test('to a name that is taken moves nothing', async () => {
    const world = full();
    await expect(renameWithSecrets('one', 'two', world)).rejects.toMatchObject({ fault: 'exists' });
    expect(world.entries).toEqual(full().entries);
  });

  test('in another spelling leaves the secrets where they are', async () => {
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

  test('that fails half-way leaves the profile and its secrets as they were', async () => {
    for (const failing of ['copy keychain/secret:one', 'copy keychain/key:one', 'save one']) {
      const world = full();
      world.hook.step = (step) => {
        if (step.startsWith(failing)) throw locked();
      };
      await expect(renameWithSecrets('one', 'three', world)).rejects.toThrow('locked');
      expect(Object.fromEntries(world.disk)).toEqual(Object.fromEntries(full().disk));
      expect(Object.fromEntries(world.entries)).toEqual(Object.fromEntries(full().entries));
    }
  });

  test('does not come into what a former profile of the new name has left behind', async () => {
    const world = full();
    world.entries.delete('keychain/secret:one');
    world.entries.set('keychain/secret:three', 'left behind');
    await renameWithSecrets('one', 'three', world);
    const renamed = world.disk.get('three') as Profile;
    await expect(world.secrets.read(renamed, 'secret')).rejects.toMatchObject({ fault: 'absent' });
    expect((await world.secrets.read(renamed, 'key')).reveal()).toBe(ksWith('one'));
  });
});

describe('removing', () => {
  test('tells whether anything was stored, and takes nothing from other profiles', async () => {
    const world = full();
    expect(await removeWithSecrets('ONE', world)).toBe(true);
    expect([...world.disk.keys()]).toEqual(['two']);
    expect([...world.entries.keys()]).toEqual(['keychain/secret:two', 'keychain/key:two']);
    expect(await removeWithSecrets('one', world)).toBe(false);
  });

  test('keeps the profile while its secret is there: nothing else leads to it', async () => {
    const world = full();
    world.hook.step = (step) => {
      if (step.startsWith('remove')) throw locked();
    };
    await expect(removeWithSecrets('one', world)).rejects.toThrow('locked');
    expect([...world.disk.keys()].toSorted()).toEqual(['one', 'two']);
  });

  test('leaves a profile that another program saved meanwhile', async () => {
    const world = full();
    world.hook.step = (step) => {
      if (step.startsWith('delete')) world.disk.set('one', profile('one', { kind: 'file' }));
    };
    await expect(removeWithSecrets('one', world)).rejects.toMatchObject({ fault: 'changed' });
    expect(world.disk.get('one')?.secretSource.kind).toBe('file');
  });
});

test.each(['file', 'keychain'] as const)(
  'a save whose secret in the %s another program deleted meanwhile is not reported as done, and leaves no profile',
  async (kind) => {
    const { store, configFolder } = tempStore();
    const world = memoryKeeper((step) => {
      if (!step.startsWith('write')) return;
      // As `forget` does: first the entries, then the folder.
      rmSync(configFolder, { recursive: true });
    });
    const secrets = openProfileSecrets(
      async () => world.keeper,
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
