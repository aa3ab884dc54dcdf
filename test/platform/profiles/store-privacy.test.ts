import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ksWith, NOW, sampleProfile, savedKeyWith } from '../../profiles/sample-profile.js';
import { everythingIn, modeOf, tempFolder, tempStore } from './temp-store.js';

describe.skipIf(process.platform === 'win32')('permissions', () => {
  test('folders are 0700 and files 0600 with any umask', async () => {
    const umask = process.umask(0);
    onTestFinished(() => void process.umask(umask));
    const { store, configFolder } = tempStore();
    await store.save(sampleProfile());
    await store.save(sampleProfile(), { replace: true });
    await store.rename('Acme production', 'Acme');
    writeFileSync(store.fileOf('broken'), '{');
    await store.load();
    for (const folder of [configFolder, store.folder, join(store.folder, '.saving'), join(store.folder, 'damaged')]) {
      expect(modeOf(folder), folder).toBe('700');
    }
    expect(modeOf(store.fileOf('Acme'))).toBe('600');
  });

  test('each start removes permissions of other users, and reports that', async () => {
    const { store, configFolder } = tempStore();
    await store.save(sampleProfile());
    const file = store.fileOf('Acme production');
    chmodSync(configFolder, 0o755);
    chmodSync(store.folder, 0o777);
    chmodSync(file, 0o644);
    const { profiles, troubles } = await store.load();
    expect(profiles).toHaveLength(1);
    expect(troubles).toEqual([{ kind: 'exposed', places: [configFolder, store.folder, file], isClosed: true }]);
    expect([configFolder, store.folder, file].map(modeOf)).toEqual(['700', '700', '600']);
    expect((await store.load()).troubles).toEqual([]);
  });

  test('a readable file in a private folder is not reported', async () => {
    const { store } = tempStore();
    await store.save(sampleProfile());
    chmodSync(store.fileOf('Acme production'), 0o666);
    expect((await store.load()).troubles).toEqual([]);
    expect(modeOf(store.fileOf('Acme production'))).toBe('600');
  });

  test('a quarantined file is private', async () => {
    const { store } = tempStore();
    await store.save(sampleProfile());
    writeFileSync(store.fileOf('broken'), '{', { mode: 0o644 });
    const [trouble] = (await store.load()).troubles;
    expect(trouble?.kind === 'damaged' && trouble.movedTo !== null && modeOf(trouble.movedTo)).toBe('600');
  });

  test('does not follow a link in place of a profile', async () => {
    const { store } = tempStore();
    await store.save(sampleProfile());
    const target = join(tempFolder(), 'elsewhere.json');
    renameSync(store.fileOf('Acme production'), target);
    const before = readFileSync(target, 'utf8');
    symlinkSync(target, store.fileOf('Acme production'));
    const { profiles, troubles } = await store.load();
    expect(profiles).toEqual([]);
    expect(troubles).toMatchObject([
      { kind: 'refused', file: store.fileOf('Acme production'), why: expect.stringContaining('link') },
    ]);
    const refused = { fault: 'refused', message: expect.stringContaining('link') };
    await expect(store.save(sampleProfile({ lifetime: 1 }), { replace: true })).rejects.toMatchObject(refused);
    await expect(store.rename('Acme production', 'New')).rejects.toMatchObject(refused);
    await expect(store.remove('Acme production')).rejects.toMatchObject(refused);
    expect(readFileSync(target, 'utf8')).toBe(before);
    expect(lstatSync(store.fileOf('Acme production')).isSymbolicLink()).toBe(true);
  });

  for (const which of ['config folder', 'folder of the profiles', 'staging folder'] as const) {
    test(`a ${which} that is a link is refused`, async () => {
      const { store, configFolder } = tempStore();
      const elsewhere = tempFolder();
      const link = {
        'config folder': configFolder,
        'folder of the profiles': store.folder,
        'staging folder': join(store.folder, '.saving'),
      }[which];
      mkdirSync(dirname(link), { recursive: true, mode: 0o700 });
      symlinkSync(elsewhere, link);
      await expect(store.save(sampleProfile())).rejects.toMatchObject({
        fault: 'refused',
        path: link,
        message: expect.stringContaining('link'),
      });
      if (which !== 'staging folder')
        await expect(store.load()).rejects.toMatchObject({ fault: 'refused', path: link });
      expect(everythingIn(elsewhere)).toBe('');
      expect(modeOf(elsewhere)).toBe('700');
    });
  }

  test('a folder or a broken link in place of a profile affects no other profile', async () => {
    const { store } = tempStore();
    await store.save(sampleProfile());
    mkdirSync(store.fileOf('a folder'));
    symlinkSync('/nowhere/at/all', store.fileOf('a link'));
    const { profiles, troubles } = await store.load();
    expect(profiles).toHaveLength(1);
    expect(troubles.map((trouble) => trouble.kind)).toEqual(['refused', 'refused']);
  });
});

test('no secret is on the disk, and a saved key only in its own file until it is removed', async () => {
  const { store, configFolder } = tempStore();
  const withExtraFields = {
    ...sampleProfile({ name: 'Careless' }),
    secret: 'planted',
    signIn: { password: 'planted', token: 'planted' },
  };
  await store.save(withExtraFields);
  await store.save(sampleProfile({ name: 'Keeper', savedKey: savedKeyWith(ksWith('planted'), NOW + 60) }));
  expect(everythingIn(configFolder).match(/planted/g)).toHaveLength(1);
  await store.rename('Keeper', 'Keeper 2');
  expect(everythingIn(configFolder).match(/planted/g)).toHaveLength(1);
  expect(readFileSync(store.fileOf('Keeper 2'), 'utf8')).toContain(ksWith('planted'));
  await store.remove('Keeper 2');
  expect(everythingIn(configFolder)).not.toContain('planted');
  expect(existsSync(store.fileOf('Careless'))).toBe(true);
});
