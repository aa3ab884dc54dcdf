import { expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { Profile } from '../../source/profiles/profile.js';
import { createSaving } from '../../source/ui/saving.js';
import { tempStore } from '../platform/profiles/temp-store.js';
import { memoryKeeper } from '../profiles/memory-world.js';
import { sampleProfile } from '../profiles/sample-profile.js';

function setUp() {
  const { store } = tempStore();
  const { entries, keeper } = memoryKeeper();
  const saving = createSaving({ store, openSecretKeeper: async () => keeper, now: () => 0 });
  const save = (profile: Profile, secret: string | null, passphrase: string | null, isReplacing = false) =>
    saving.save({
      do: 'save-profile',
      profile,
      isReplacing,
      secret: secret === null ? null : new Secret(secret),
      passphrase: passphrase === null ? null : new Secret(passphrase),
      backTo: 'home',
    });
  return { entries, saving, save };
}

const KEPT = sampleProfile({ name: 'prod', secretPlace: { kind: 'file' } });

test('a secret that was not typed again stays where it is, but not for another account', async () => {
  const { entries, save } = setUp();
  await save(KEPT, 'secret', 'a phrase of some length');
  await save({ ...KEPT, privileges: 'sview:*' }, null, null, true);
  expect([...entries.values()]).toEqual(['secret']);
  await save({ ...KEPT, partnerId: 7654321 }, null, null, true);
  expect([...entries]).toEqual([]);
});

test('an encrypted file needs the passphrase that was typed', async () => {
  const { entries, save } = setUp();
  await expect(save(KEPT, 'secret', null)).rejects.toThrow('No passphrase');
  expect([...entries]).toEqual([]);
});

test('the secret of a profile is read under its name, while there is such a profile', async () => {
  const { saving, save } = setUp();
  const { signal } = new AbortController();
  await save(KEPT, 'secret', 'a phrase of some length');
  expect((await saving.secretOf('PROD', null, signal)).reveal()).toBe('secret');
  await saving.remove('prod');
  await expect(saving.secretOf('prod', null, signal)).rejects.toThrow('There is no profile “prod” any more.');
});
