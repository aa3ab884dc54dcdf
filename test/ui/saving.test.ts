import { expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { Profile } from '../../source/profiles/profile.js';
import { nameKey } from '../../source/profiles/profile-name.js';
import { ProfileStoreError } from '../../source/profiles/profile-store.js';
import type { SecretName, SecretPlace } from '../../source/profiles/secret-place.js';
import { SecretPlaceError } from '../../source/profiles/secret-place-error.js';
import type { SecretKeeper } from '../../source/profiles/secret-place-keeper.js';
import { createSaving } from '../../source/ui/saving.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { tempStore } from '../profiles/temp-store.js';

const KEYCHAIN: SecretPlace = { kind: 'keychain' };
const ASK: SecretPlace = { kind: 'ask' };

/** A keychain in memory, which can be locked. */
function keychain() {
  const entries = new Map<string, string>();
  const lock = { isLocked: false };
  const at = ({ profile, what }: SecretName) => `${what}:${nameKey(profile)}`;
  const open = () => {
    if (lock.isLocked) throw new SecretPlaceError('locked', 'keychain', 'The keychain is locked.', 'Unlock it.');
  };
  const keeper: SecretKeeper = {
    describe: () => '',
    check: async () => open(),
    read: async (_place, of) => new Secret(entries.get(at(of)) ?? ''),
    has: async (_place, of) => entries.has(at(of)),
    write: async (_place, of, secret) => {
      open();
      entries.set(at(of), secret.reveal());
    },
    remove: async (_place, of) => entries.delete(at(of)),
    move: async (_place, from, to) => {
      open();
      for (const what of ['secret', 'key'] as const) {
        const text = entries.get(at({ profile: from, what }));
        if (text !== undefined) entries.set(at({ profile: to, what }), text);
        entries.delete(at({ profile: from, what }));
      }
    },
    forget: async () => [],
  };
  return { entries, lock, keeper };
}

function setUp() {
  const { store } = tempStore();
  const { entries, lock, keeper } = keychain();
  const saving = createSaving({ store, openKeeper: async () => keeper, now: () => 0 });
  const save = (profile: Profile, secret: string | null, isReplacing = false) =>
    saving.save({
      do: 'save-profile',
      profile,
      isReplacing,
      secret: secret === null ? null : new Secret(secret),
      passphrase: null,
      backTo: 'home',
    });
  const names = async () => (await store.load()).profiles.map(({ name }) => name);
  return { store, entries, lock, saving, save, names };
}

test('a name that another program has taken meanwhile keeps its secret', async () => {
  const { entries, save, store } = setUp();
  await save(sampleProfile({ name: 'prod', secretPlace: KEYCHAIN }), 'theirs');
  await expect(save(sampleProfile({ name: 'prod', secretPlace: KEYCHAIN }), 'ours')).rejects.toThrow(ProfileStoreError);
  expect(entries.get('secret:prod')).toBe('theirs');
  expect((await store.load()).profiles).toHaveLength(1);
});

test('replacing a profile, in another spelling of its name too, takes what it had stored', async () => {
  const { entries, save } = setUp();
  await save(sampleProfile({ name: 'prod', secretPlace: KEYCHAIN }), 'old');
  await save(sampleProfile({ name: 'Prod', secretPlace: ASK }), null, true);
  expect([...entries]).toEqual([]);
});

test('a keychain that takes nothing leaves no profile behind that counts on it', async () => {
  const { lock, save, names, store } = setUp();
  lock.isLocked = true;
  await expect(save(sampleProfile({ name: 'new', secretPlace: KEYCHAIN }), 'secret')).rejects.toThrow('locked');
  expect(await names()).toEqual([]);
  await save(sampleProfile({ name: 'old', secretPlace: ASK }), null);
  await expect(save(sampleProfile({ name: 'old', secretPlace: KEYCHAIN }), 'secret', true)).rejects.toThrow('locked');
  expect((await store.load()).profiles[0]?.secretPlace).toEqual(ASK);
});

test('renaming and deleting take the secret along; where it cannot be moved, the name stays', async () => {
  const { entries, lock, save, saving, names } = setUp();
  await save(sampleProfile({ name: 'prod', secretPlace: KEYCHAIN }), 'secret');
  lock.isLocked = true;
  await expect(saving.rename('prod', 'production')).rejects.toThrow('locked');
  expect(await names()).toEqual(['prod']);
  lock.isLocked = false;
  await saving.rename('prod', 'production');
  expect([...entries]).toEqual([['secret:production', 'secret']]);
  await saving.remove('production');
  expect([...entries]).toEqual([]);
  expect(await names()).toEqual([]);
});
