import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invisibleCharacter } from '../../../source/kaltura/invisible-characters.js';
import { fileNameOf, nameProblem } from '../../../source/profiles/name.js';
import { anyCharacter } from '../../any-character.js';
import { sampleProfile } from '../../profiles/sample-profile.js';
import { SIZES } from '../../sizes.js';
import { tempStore } from './temp-store.js';

test('has no profiles before the first save, and loading creates no files', async () => {
  const { store, configFolder } = tempStore();
  expect(await store.load()).toEqual({ profiles: [], troubles: [] });
  await store.sweep();
  expect(store.fileOf('Acme')).toBe(join(configFolder, 'profiles', 'acme.json'));
  expect(existsSync(configFolder)).toBe(false);
});

test('loads a saved profile by name from its file', async () => {
  const { store } = tempStore();
  const profiles = ['zebra', 'Acme', 'müller', 'beta', '../../up', '__proto__', 'a.b.c', '😀'.repeat(64)].map((name) =>
    sampleProfile({ name }),
  );
  for (const profile of profiles) await store.save(profile);
  const loaded = await store.load();
  expect(loaded.troubles).toEqual([]);
  expect(loaded.profiles.map((profile) => profile.name)).toEqual([
    '../../up',
    '__proto__',
    'a.b.c',
    'Acme',
    'beta',
    'müller',
    'zebra',
    '😀'.repeat(64),
  ]);
  expect(loaded.profiles).toEqual(expect.arrayContaining(profiles));
  expect(existsSync(store.fileOf('ACME'))).toBe(true);
  expect(readdirSync(join(store.folder, '.saving'))).toEqual([]);
});

const isSeen = (text: string): boolean => invisibleCharacter(text) === null;

test('loads hostile names and privileges unchanged', async () => {
  const { store } = tempStore();
  const name = fc
    .string({ unit: anyCharacter, minLength: 1, maxLength: 64 })
    .filter((text) => nameProblem(text) === null);
  const saved = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(
      name,
      fc.string({ unit: anyCharacter, maxLength: 3000 }).filter(isSeen),
      async (text, privileges) => {
        await store.save(sampleProfile({ name: text, privileges }), { replace: true });
        saved.set(fileNameOf(text), privileges);
      },
    ),
    { numRuns: 60 },
  );
  const { profiles } = await store.load();
  expect(new Map(profiles.map((profile) => [fileNameOf(profile.name), profile.privileges]))).toEqual(saved);
});

test('replaces a profile, also with another case of the name, only on request', async () => {
  const { store } = tempStore();
  await store.save(sampleProfile({ name: 'Acme', lifetime: 1 }));
  await expect(store.save(sampleProfile({ name: 'ACME', lifetime: 2 }))).rejects.toMatchObject({
    fault: 'exists',
    path: store.fileOf('acme'),
  });
  expect((await store.load()).profiles).toEqual([sampleProfile({ name: 'Acme', lifetime: 1 })]);
  await store.save(sampleProfile({ name: 'ACME', lifetime: 3 }), { replace: true });
  expect((await store.load()).profiles).toEqual([sampleProfile({ name: 'ACME', lifetime: 3 })]);
});

test('only one of many simultaneous saves of a new name succeeds', async () => {
  const { store } = tempStore();
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((lifetime) => store.save(sampleProfile({ lifetime }))));
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  expect((await store.load()).profiles).toHaveLength(1);
});

test('renaming changes only the name', async () => {
  const { store } = tempStore();
  await store.save(sampleProfile({ name: 'Old' }));
  await store.rename('old', '  New ');
  expect((await store.load()).profiles).toEqual([sampleProfile({ name: 'New' })]);
  await store.rename('New', 'NEW');
  expect((await store.load()).profiles).toEqual([sampleProfile({ name: 'NEW' })]);
});

test('renaming never replaces another profile, and fails without a profile', async () => {
  const { store } = tempStore();
  const both = [sampleProfile({ name: 'One' }), sampleProfile({ name: 'Two' })];
  for (const profile of both) await store.save(profile);
  await expect(store.rename('One', 'TWO')).rejects.toMatchObject({ fault: 'exists' });
  await expect(store.rename('Three', 'Four')).rejects.toMatchObject({ fault: 'missing' });
  await expect(store.rename('One', ' ')).rejects.toMatchObject({ fault: 'bad-profile' });
  expect((await store.load()).profiles).toEqual(both);
});

test('removing deletes one profile, and removing it again is not an error', async () => {
  const { store } = tempStore();
  await store.save(sampleProfile({ name: 'One' }));
  await store.save(sampleProfile({ name: 'Two' }));
  await store.remove('ONE');
  await store.remove('One');
  expect((await store.load()).profiles).toEqual([sampleProfile({ name: 'Two' })]);
  expect(existsSync(store.fileOf('One'))).toBe(false);
});

test('does not save a profile that could not be loaded unchanged', async () => {
  const { store } = tempStore();
  for (const changes of [
    { name: '' },
    { name: 'a\nb' },
    { lifetime: 0.5 },
    { partnerId: null },
    { serviceUrl: 'http://example.com' },
    { privileges: 'x'.repeat(2 ** 21) },
  ]) {
    await expect(store.save(sampleProfile(changes))).rejects.toMatchObject({ fault: 'bad-profile' });
  }
  expect((await store.load()).profiles).toEqual([]);
});

test(`${SIZES.manyProfiles} profiles load`, async () => {
  const { store } = tempStore();
  for (let index = 0; index < SIZES.manyProfiles; index += 1)
    await store.save(sampleProfile({ name: `Profile ${index}` }));
  const { profiles, troubles } = await store.load();
  expect([profiles.length, troubles]).toEqual([SIZES.manyProfiles, []]);
});
