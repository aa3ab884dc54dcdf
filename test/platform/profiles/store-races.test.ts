import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { stampOf } from '../../../source/platform/files/private-file.js';
import { putNewFile } from '../../../source/platform/files/put-file.js';
import { quarantine } from '../../../source/platform/profiles/quarantine.js';
import { updateProfile } from '../../../source/platform/profiles/save.js';
import { NOW, sampleProfile } from '../../profiles/sample-profile.js';
import { tempFolder, tempStore } from './temp-store.js';

// The time between two steps is too short for tests with several programs, so these tests call single steps too late.

function fileWith(content: string): string {
  const file = join(tempFolder(), 'acme.json');
  writeFileSync(file, content);
  return file;
}

test('does not overwrite a file that was created in the meantime', async () => {
  const [ours, theirs] = [fileWith('ours'), fileWith('theirs')];
  expect(await putNewFile(ours, theirs)).toBe(false);
  expect([readFileSync(ours, 'utf8'), readFileSync(theirs, 'utf8')]).toEqual(['ours', 'theirs']);
  expect(await putNewFile(ours, join(dirname(theirs), 'free.json'))).toBe(true);
  expect(readdirSync(dirname(theirs)).toSorted()).toEqual(['acme.json', 'free.json']);
  expect(readdirSync(dirname(ours))).toEqual([]);
});

test('does not quarantine a valid file that replaced a damaged one in the meantime', () => {
  const file = fileWith('damaged');
  const stamp = stampOf(lstatSync(file));
  writeFileSync(file, 'good again');
  expect(quarantine(file, stamp, NOW * 1000)).toEqual({ kind: 'changed' });
  expect(readFileSync(file, 'utf8')).toBe('good again');
  expect(readdirSync(join(dirname(file), 'damaged'))).toEqual([]);
});

test('accepts that another program quarantined a damaged file in the meantime', () => {
  const file = join(tempFolder(), 'gone.json');
  expect(quarantine(file, 'stamp', NOW * 1000)).toEqual({ kind: 'changed' });
  expect(readdirSync(join(dirname(file), 'damaged'))).toEqual([]);
});

test('does not update a profile that changed in the meantime', async () => {
  const { store } = tempStore();
  await store.save(sampleProfile({ lifetime: 1 }));
  const file = store.fileOf('Acme production');
  const former = { file, stamp: stampOf(lstatSync(file)), bytes: readFileSync(file) };
  await store.save(sampleProfile({ lifetime: 2 }), { replace: true });
  expect(await updateProfile(store.folder, sampleProfile({ lifetime: 3 }), former, NOW * 1000)).toBe(false);
  expect((await store.load()).profiles).toEqual([sampleProfile({ lifetime: 2 })]);
  expect(readdirSync(join(store.folder, '.saving'))).toEqual([]);
  const present = { file, stamp: stampOf(lstatSync(file)), bytes: readFileSync(file) };
  expect(await updateProfile(store.folder, sampleProfile({ lifetime: 3 }), present, NOW * 1000)).toBe(true);
  expect((await store.load()).profiles).toEqual([sampleProfile({ lifetime: 3 })]);
});

test('does not overwrite a folder in place of a new file', () => {
  const file = fileWith('damaged');
  const name = `acme.${new Date(NOW * 1000).toISOString().replaceAll(':', '')}.json`;
  mkdirSync(join(dirname(file), 'damaged', name), { recursive: true });
  const quarantinedFile = quarantine(file, stampOf(lstatSync(file)), NOW * 1000);
  expect(quarantinedFile).toEqual({
    kind: 'moved',
    to: join(dirname(file), 'damaged', name.replace(/\.json$/, '-2.json')),
  });
});
