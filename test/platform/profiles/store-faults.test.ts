import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asStoreError } from '../../../source/platform/files/file-fault.js';
import { createProfileStore } from '../../../source/platform/profiles/profile-store.js';
import { sampleProfile } from '../../profiles/sample-profile.js';
import { tempFolder, tempStore } from './temp-store.js';

test('a file where a folder should be is told, with its path', async () => {
  const { store, configFolder } = tempStore();
  writeFileSync(configFolder, 'in the way');
  const told = {
    name: 'ProfileStoreError',
    fault: 'refused',
    path: configFolder,
    message: expect.stringContaining(configFolder),
  };
  await expect(store.load()).rejects.toMatchObject(told);
  await expect(store.save(sampleProfile())).rejects.toMatchObject(told);
  await expect(store.rename('a', 'b')).rejects.toMatchObject(told);
  await expect(store.remove('a')).rejects.toMatchObject(told);
  await expect(store.sweep()).rejects.toMatchObject(told);
});

test('a file further up the path is told too', async () => {
  const file = join(tempFolder(), 'in the way');
  writeFileSync(file, '');
  const store = createProfileStore({ configFolder: join(file, 'kaltura-ks'), now: () => 0 });
  const told = { name: 'ProfileStoreError', fault: 'refused', message: expect.stringContaining(file) };
  await expect(store.load()).rejects.toMatchObject(told);
  await expect(store.save(sampleProfile())).rejects.toMatchObject(told);
});

test.each([
  ['EACCES', 'denied', 'permission'],
  ['EROFS', 'read-only', 'the disk is read-only'],
  ['ENOSPC', 'full', 'full'],
  ['ENOTDIR', 'refused', 'where a folder should be'],
  ['ELOOP', 'refused', 'link'],
  ['EIO', 'other', 'EIO'],
])('%s is “%s”, in words', (code, fault, words) => {
  const error = asStoreError(Object.assign(new Error('planted'), { code }), 'The profile can’t be saved', '/a/b');
  expect(error).toMatchObject({ fault, path: '/a/b' });
  expect(error.message).toMatch(/^The profile can’t be saved: .* \(\/a\/b\)\.$/);
  expect(error.message).toContain(words);
  expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toContain('planted');
});
