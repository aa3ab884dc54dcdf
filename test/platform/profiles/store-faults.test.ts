import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { asStoreError } from '../../../source/platform/files/file-fault.js';
import { writeDefault } from '../../../source/platform/profiles/default-profile.js';
import { createProfileStore } from '../../../source/platform/profiles/profile-store.js';
import { removeWithSecrets, renameWithSecrets } from '../../../source/profiles/change-profile.js';
import { memoryStorage } from '../../profiles/memory-storage.js';
import { sampleProfile } from '../../profiles/sample-profile.js';
import { tempFolder, tempStore } from './temp-store.js';

test('reports a file in place of a folder, with its path', async () => {
  const { store, configFolder } = tempStore();
  writeFileSync(configFolder, 'in the way');
  const expectedError = {
    name: 'ProfileStoreError',
    fault: 'refused',
    path: configFolder,
    message: expect.stringContaining(configFolder),
  };
  await expect(store.load()).rejects.toMatchObject(expectedError);
  await expect(store.save(sampleProfile())).rejects.toMatchObject(expectedError);
  await expect(store.rename('a', 'b')).rejects.toMatchObject(expectedError);
  await expect(store.remove('a')).rejects.toMatchObject(expectedError);
  await expect(store.sweep()).rejects.toMatchObject(expectedError);
});

test('reports a file in place of a parent folder', async () => {
  const file = join(tempFolder(), 'in the way');
  writeFileSync(file, '');
  const store = createProfileStore({ configFolder: join(file, 'kaltura-ks'), now: () => 0 });
  const expectedError = { name: 'ProfileStoreError', fault: 'refused', message: expect.stringContaining(file) };
  await expect(store.load()).rejects.toMatchObject(expectedError);
  await expect(store.save(sampleProfile())).rejects.toMatchObject(expectedError);
});

const isRoot = process.getuid?.() === 0;

/** Runs it without write permission to the folder, as another user if the tests run as root. */
async function withReadOnly(folder: string, act: () => Promise<void>): Promise<void> {
  for (let above = folder; above !== tmpdir(); above = dirname(above)) chmodSync(above, isRoot ? 0o755 : 0o500);
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  if (isRoot) process.seteuid?.(65_534);
  try {
    await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
    for (let above = folder; above !== tmpdir(); above = dirname(above)) chmodSync(above, 0o700);
  }
}

test.skipIf(process.platform === 'win32')('errors in a read-only folder name the failed action', async () => {
  const { store } = tempStore();
  const { secrets } = memoryStorage();
  await store.save(sampleProfile({ name: 'plain' }));
  await store.save(sampleProfile({ name: 'stored', secretSource: { kind: 'keychain' } }));
  for (const inner of ['.saving', '.pending']) rmSync(join(store.folder, inner), { recursive: true, force: true });
  const deps = { store, secrets };
  await withReadOnly(store.folder, async () => {
    for (const name of ['plain', 'stored'])
      await expect(removeWithSecrets(name, deps)).rejects.toThrow(
        /^The profile can’t be deleted: you don’t have permission/,
      );
    await expect(renameWithSecrets('plain', 'other', deps)).rejects.toThrow(/^The profile can’t be renamed: /);
  });
});

test.skipIf(!isRoot)('reports a missing permission if the default in a shared folder can’t be deleted', async () => {
  const { configFolder } = tempStore();
  mkdirSync(configFolder, { recursive: true });
  writeFileSync(join(configFolder, 'default-profile.json'), '{}');
  for (let above = configFolder; above !== tmpdir(); above = dirname(above)) chmodSync(above, 0o755);
  chmodSync(configFolder, 0o1777);
  process.seteuid?.(65_534);
  try {
    await expect(writeDefault(configFolder, configFolder, null)).rejects.toMatchObject({ code: 'EPERM' });
  } finally {
    process.seteuid?.(0);
  }
});

test.each([
  ['EACCES', 'denied', 'permission'],
  ['EROFS', 'read-only', 'the disk is read-only'],
  ['ENOSPC', 'full', 'full'],
  ['ENOTDIR', 'refused', 'where a folder should be'],
  ['ELOOP', 'refused', 'link'],
  ['EIO', 'other', 'EIO'],
])('explains %s as “%s”', (code, fault, words) => {
  const error = asStoreError(Object.assign(new Error('planted'), { code }), 'The profile can’t be saved', '/a/b');
  expect(error).toMatchObject({ fault, path: '/a/b' });
  expect(error.message).toMatch(/^The profile can’t be saved: .* \(\/a\/b\)\./);
  expect(error.message).toContain(words);
  expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toContain('planted');
});
