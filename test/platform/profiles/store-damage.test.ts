import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { troubleText } from '../../../source/messages/profile-troubles.js';
import { writeProfile } from '../../../source/profiles/record.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from '../../profiles/sample-profile.js';
import { everythingIn, tempStore } from './temp-store.js';

const good = [sampleProfile({ name: 'First' }), sampleProfile({ name: 'Last' })];

async function storeWith(name: string, content: string | Buffer) {
  const temp = tempStore();
  for (const profile of good) await temp.store.save(profile);
  writeFileSync(temp.store.fileOf(name), content);
  return { ...temp, file: temp.store.fileOf(name) };
}

const record = JSON.stringify(
  writeProfile(sampleProfile({ name: 'Hurt', savedKey: savedKeyWith(ksWith('planted'), NOW + 60) })),
);

const damages: readonly [what: string, content: string | Buffer][] = [
  ['an empty file', ''],
  ['half a record', record.slice(0, record.length / 2)],
  ['zeroes, as after a power cut', Buffer.alloc(400)],
  ['a list', '[]'],
  ['an invalid field', record.replace('"eu"', '"moon"')],
  ['no version', record.replace('schemaVersion', 'version')],
];

for (const [what, content] of damages) {
  test(`${what} is quarantined unchanged, and the other profiles load`, async () => {
    const { store, file } = await storeWith('Hurt', content);
    const { profiles, troubles } = await store.load();
    expect(profiles).toEqual(good);
    const movedTo = join(store.folder, 'damaged', 'hurt.2027-01-15T080000.000Z.json');
    expect(troubles).toEqual([{ kind: 'damaged', file, movedTo, stays: null, why: expect.any(String) }]);
    expect(readFileSync(movedTo)).toEqual(Buffer.from(content));
    expect(troubles.map(troubleText).join()).toContain(movedTo);
    expect(troubles.map(troubleText).join()).not.toContain('planted');
    expect(await store.load()).toEqual({ profiles: good, troubles: [] });
  });
}

test('keeps both files that are quarantined at the same time', async () => {
  const { store, file } = await storeWith('Hurt', 'once');
  await store.load();
  writeFileSync(file, 'twice');
  await store.load();
  const quarantinedFiles = readdirSync(join(store.folder, 'damaged')).map((name) =>
    readFileSync(join(store.folder, 'damaged', name), 'utf8'),
  );
  expect(quarantinedFiles.toSorted()).toEqual(['once', 'twice']);
});

test('saving under the name of a damaged profile quarantines the damaged file first', async () => {
  const { store } = await storeWith('Hurt', record.slice(9));
  await store.save(sampleProfile({ name: 'Hurt' }));
  expect((await store.load()).profiles).toHaveLength(3);
  expect(readdirSync(join(store.folder, 'damaged'))).toHaveLength(1);
});

test('reports a damaged file that can’t be quarantined, and does not overwrite it', async () => {
  const { store, file } = await storeWith('Hurt', 'precious');
  writeFileSync(join(store.folder, 'damaged'), 'a file in the way');
  const { profiles, troubles } = await store.load();
  expect(profiles).toEqual(good);
  expect(troubles).toMatchObject([
    { kind: 'damaged', file, movedTo: null, stays: expect.stringContaining(join(store.folder, 'damaged')) },
  ]);
  expect(troubles.map(troubleText).join()).toContain('left unchanged');
  await expect(store.save(sampleProfile({ name: 'Hurt' }), { replace: true })).rejects.toMatchObject({
    fault: 'damaged',
    path: file,
  });
  expect(readFileSync(file, 'utf8')).toBe('precious');
});

test('does not change a record of a newer version, and does not reuse its name', async () => {
  const content = JSON.stringify({ schemaVersion: 3, name: 'Future', anything: true });
  const { store, file } = await storeWith('Future', content);
  const { profiles, troubles } = await store.load();
  expect(profiles).toEqual(good);
  expect(troubles).toEqual([{ kind: 'newer', name: 'Future', file }]);
  expect(troubles.map(troubleText).join()).toContain('newer version');
  await expect(store.save(sampleProfile({ name: 'future' }), { replace: true })).rejects.toMatchObject({
    fault: 'newer',
    path: file,
  });
  await expect(store.rename('First', 'Future')).rejects.toMatchObject({ fault: 'newer' });
  await expect(store.rename('Future', 'Past')).rejects.toMatchObject({ fault: 'newer' });
  await expect(store.remove('Future')).rejects.toMatchObject({ fault: 'newer' });
  await store.sweep();
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('a copied file does not hide the original profile', async () => {
  const { store, file } = await storeWith('copy', '');
  copyFileSync(store.fileOf('First'), file);
  const { profiles, troubles } = await store.load();
  expect(profiles).toEqual(good);
  expect(troubles).toMatchObject([{ kind: 'damaged', file, why: expect.stringContaining('another name') }]);
});

test('ignores files that do not have the name of a profile', async () => {
  const { store, configFolder } = await storeWith('First', JSON.stringify(writeProfile(good[0] as never)));
  const otherFiles = ['README', 'first.json.tmp-1234567890abcdef', '.first.json', 'first.json~'];
  for (const name of otherFiles) writeFileSync(join(store.folder, name), 'not ours');
  expect(await store.load()).toEqual({ profiles: good, troubles: [] });
  expect(everythingIn(configFolder).match(/not ours/g)).toHaveLength(otherFiles.length);
});

test('a missing file affects only its own profile', async () => {
  const { store, file } = await storeWith('Hurt', record);
  rmSync(file);
  expect(await store.load()).toEqual({ profiles: good, troubles: [] });
  await expect(store.rename('Hurt', 'Healed')).rejects.toMatchObject({ fault: 'missing', path: file });
});
