import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { removeWithSecrets, renameWithSecrets } from '../../source/profiles/change-profile.js';
import type { Profile } from '../../source/profiles/profile.js';
import { openProfileSecrets } from '../../source/profiles/profile-secrets.js';
import { readProfile, writeProfile } from '../../source/profiles/record.js';
import { saveWithSecrets } from '../../source/profiles/save.js';
import { savedProfileNamed } from '../../source/profiles/store.js';
import { secretNameOf } from '../../source/secrets/source.js';
import { tempStore } from '../platform/profiles/temp-store.js';
import { entryOf, locked, memoryKeeper } from './memory-storage.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

const unusable = sampleProfile({
  name: 'Evil',
  region: 'us',
  serviceUrl: 'https://evil.example',
  savedKey: savedKeyWith(ksWith('planted'), NOW + 60),
});

/** A store with this record, as another program or version 0.1.0 wrote it. */
async function storeWith(profile: Profile) {
  const temp = tempStore();
  await temp.store.save(sampleProfile({ name: 'Good' }));
  writeFileSync(temp.store.fileOf(profile.name), JSON.stringify(writeProfile(profile)), { mode: 0o600 });
  return temp;
}

const CASES: readonly [what: string, changes: Partial<Profile>, why: RegExp][] = [
  [
    'us with another host',
    { region: 'us', serviceUrl: 'https://evil.example' },
    /region is US .* https:\/\/evil\.example/,
  ],
  ['eu with the host of us', { region: 'eu', serviceUrl: 'https://www.kaltura.com' }, /region is EU/],
  ['us with another port', { region: 'us', serviceUrl: 'https://www.kaltura.com:8443' }, /region is US/],
  ['us with a path', { region: 'us', serviceUrl: 'https://www.kaltura.com/x' }, /region is US/],
  ['us with a host that starts the same', { region: 'us', serviceUrl: 'https://www.kaltura.com.evil.example' }, /US/],
  ['us with plain http', { region: 'us', serviceUrl: 'http://www.kaltura.com' }, /region is US/],
  [
    'practice with another computer',
    { region: 'practice', serviceUrl: 'https://evil.example' },
    /not on this computer/,
  ],
  ['practice with plain http elsewhere', { region: 'practice', serviceUrl: 'http://evil.example' }, /not on this/],
  ['a self-hosted server with plain http', { region: 'own', serviceUrl: 'http://video.example.com' }, /plain http/],
  ['a zero-width name', { name: 'go\u200Bod' }, /name has .* position 3: U\+200B \(zero width space\)/],
  ['a word joiner in the user ID', { userId: 'ja\u2060ne' }, /user ID has .* position 3: U\+2060/],
  ['tag characters in the login', { method: 'login', loginId: 'a\u{E0041}@b.c' }, /login has .* position 2: U\+E0041/],
  ['a soft hyphen in the token ID', { method: 'app-token', tokenId: '0_\u00AD' }, /app token ID has/],
  ['a filler in the privileges', { privileges: 'a:\u3164' }, /privileges has/],
];

for (const [what, changes, why] of CASES) {
  test(`${what}: the profile is listed with the reason, not loaded and not quarantined`, async () => {
    const profile = sampleProfile({ name: 'Odd', ...changes });
    const { store } = await storeWith(profile);
    for (const loaded of [await store.load(), await store.load()]) {
      expect(loaded.profiles.map(({ name }) => name)).toEqual(['Good']);
      expect(loaded.troubles).toEqual([
        {
          kind: 'unusable',
          profile,
          file: store.fileOf(profile.name),
          why: expect.stringMatching(why),
          fix: expect.stringContaining('kaltura-ks profiles'),
        },
      ]);
    }
    expect(readdirSync(store.folder)).not.toContain('damaged');
    await expect(store.save(profile, { replace: true })).rejects.toMatchObject({ fault: 'bad-profile' });
  });
}

test.each<Partial<Profile>>([
  { region: 'us', serviceUrl: 'https://www.kaltura.com' },
  { region: 'us', serviceUrl: 'https://www.kaltura.com/' },
  { region: 'practice', serviceUrl: 'http://127.0.0.1:50123' },
  { region: 'own', serviceUrl: 'https://video.example.com:8443/kaltura' },
  { region: 'own', serviceUrl: 'http://127.0.0.1:8080' },
  { region: 'own', serviceUrl: 'http://video.example.com', method: 'local' },
])('%j can be used', (changes) => {
  expect(readProfile(writeProfile(sampleProfile(changes))).kind).toBe('profile');
});

test('the fix never contains text that a shell would run', async () => {
  const { store } = await storeWith(sampleProfile({ name: '$(id)`id`\u200B', userId: 'x' }));
  const [trouble] = (await store.load()).troubles;
  expect(trouble).toMatchObject({ fix: 'Rename it: kaltura-ks profiles rename NAME NEW-NAME' });
});

/** The store with secrets in memory. */
function withSecrets(store: Awaited<ReturnType<typeof storeWith>>['store']) {
  const hook = { step: (_step: string): void => {} };
  const { entries, keeper } = memoryKeeper((step) => hook.step(step));
  const secrets = openProfileSecrets(
    async () => keeper,
    async () => new Secret('passphrase'),
  );
  return { entries, hook, deps: { store, secrets } };
}

test('an unusable profile can be renamed, and keeps its secret', async () => {
  const profile = sampleProfile({ name: 'go\u200Bod', secretSource: { kind: 'keychain' } });
  const { store } = await storeWith(profile);
  const { entries, deps } = withSecrets(store);
  entries.set(entryOf(profile.secretSource, { profile: profile.name, what: 'secret' }), 'the secret');
  await renameWithSecrets(profile.name, 'Better', deps);
  expect((await store.load()).profiles.map(({ name }) => name)).toEqual(['Better', 'Good']);
  const renamed = (await savedProfileNamed('Better', store)) as Profile;
  expect(entries.get(entryOf(renamed.secretSource, secretNameOf(renamed, 'secret')))).toBe('the secret');
});

test('a profile keeps its refused name when its secret cannot be copied', async () => {
  const profile = sampleProfile({ name: 'go\u200Bod', secretSource: { kind: 'keychain' } });
  const { store } = await storeWith(profile);
  const { entries, hook, deps } = withSecrets(store);
  const entry = entryOf(profile.secretSource, { profile: profile.name, what: 'secret' });
  entries.set(entry, 'the secret');
  hook.step = (step) => {
    if (step.startsWith('copy')) throw locked();
  };
  await expect(renameWithSecrets(profile.name, 'Better', deps)).rejects.toMatchObject({ fault: 'locked' });
  expect(await savedProfileNamed(profile.name, store)).toEqual(profile);
  expect(entries.get(entry)).toBe('the secret');
});

test('a profile whose region and URL contradict each other is still unusable after renaming', async () => {
  const { store } = await storeWith(unusable);
  await store.rename('evil', 'Evil two');
  await store.rename('Evil two', 'EVIL TWO');
  expect((await store.load()).troubles).toMatchObject([{ kind: 'unusable', profile: { name: 'EVIL TWO' } }]);
});

test('an unusable profile can be replaced and removed, with its stored secret', async () => {
  const profile = { ...unusable, secretSource: { kind: 'keychain' } as const, savedKey: null };
  const { store } = await storeWith(profile);
  const { entries, deps } = withSecrets(store);
  const entry = entryOf(profile.secretSource, { profile: profile.name, what: 'secret' });
  entries.set(entry, 'the secret of another server');
  await expect(
    saveWithSecrets({ profile: sampleProfile({ name: 'Evil' }), replace: false, secret: null }, deps),
  ).rejects.toThrow();
  await saveWithSecrets({ profile: sampleProfile({ name: 'Evil' }), replace: true, secret: null }, deps);
  expect(entries.size).toBe(0);
  expect((await store.load()).troubles).toEqual([]);
  writeFileSync(store.fileOf('Evil'), JSON.stringify(writeProfile(profile)));
  entries.set(entry, 'the secret of another server');
  expect(await removeWithSecrets('evil', deps)).toBe(true);
  expect(entries.size).toBe(0);
  expect((await store.load()).profiles.map(({ name }) => name)).toEqual(['Good']);
});

test('an expired key is removed from an unusable profile', async () => {
  const { store, clock } = await storeWith(unusable);
  clock.now = NOW + 61;
  expect((await store.load()).troubles).toMatchObject([{ profile: { savedKey: null, lastKeyEndedAt: NOW + 60 } }]);
  await store.sweep();
  expect(readFileSync(store.fileOf('Evil'), 'utf8')).not.toContain('planted');
});

test.each(['a\tb', 'a\u00a0b', 'a\u2800b', 'a\u200bb'])(
  'a stored command with a hidden character (%j) makes the profile unusable, but does not delete it',
  async (word) => {
    const secretSource = { kind: 'command', command: ['echo', word], usesShell: false, isConfirmed: true } as const;
    const { store } = await storeWith(sampleProfile({ name: 'Odd', secretSource }));
    const { troubles } = await store.load();
    expect(troubles).toMatchObject([{ kind: 'unusable', profile: { name: 'Odd' } }]);
    expect(troubles).toMatchObject([{ why: expect.stringMatching(/^The command contains/) }]);
  },
);
