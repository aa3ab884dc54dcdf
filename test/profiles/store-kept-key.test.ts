import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptKey, ksWith, NOW, sampleProfile } from './sample-profile.js';
import { everythingIn, modeOf, tempStore } from './temp-store.js';

test('a kept key is offered until it ends, then forgotten, and its end is remembered', async () => {
  const { store, configFolder, clock } = tempStore();
  await store.save(sampleProfile({ keptKey: keptKey(ksWith('planted'), NOW + 60) }));
  clock.now = NOW + 59;
  expect((await store.load()).profiles[0]?.keptKey?.ks?.reveal()).toBe(ksWith('planted'));
  clock.now = NOW + 60;
  expect((await store.load()).profiles).toEqual([sampleProfile({ lastKeyEndedAt: NOW + 60 })]);
  await store.sweep();
  expect(everythingIn(configFolder)).not.toContain('planted');
  expect((await store.load()).profiles).toEqual([sampleProfile({ lastKeyEndedAt: NOW + 60 })]);
});

test('a key whose end is unknown lives as long as was asked for', async () => {
  const { store, clock } = tempStore();
  await store.save(sampleProfile({ lifetime: 100, keptKey: keptKey(ksWith(''), null) }));
  clock.now = NOW + 99;
  expect((await store.load()).profiles[0]?.keptKey).not.toBeNull();
  clock.now = NOW + 100;
  expect((await store.load()).profiles[0]).toMatchObject({ keptKey: null, lastKeyEndedAt: NOW + 100 });
});

test('a key that has ended already is not written', async () => {
  const { store, configFolder } = tempStore();
  await store.save(sampleProfile({ keptKey: keptKey(ksWith('planted'), NOW - 1) }));
  expect(everythingIn(configFolder)).not.toContain('planted');
});

test('a sweep rewrites only what has ended', async () => {
  const { store, clock } = tempStore();
  await store.save(sampleProfile({ name: 'lives', keptKey: keptKey(ksWith('lives'), NOW + 600) }));
  await store.save(sampleProfile({ name: 'plain' }));
  await store.save(sampleProfile({ name: 'ends', keptKey: keptKey(ksWith('ends'), NOW + 60) }));
  const stamps = () =>
    ['lives', 'plain'].map((name) => [statSync(store.fileOf(name)).ino, readFileSync(store.fileOf(name), 'utf8')]);
  const before = stamps();
  clock.now = NOW + 61;
  await store.sweep();
  expect(stamps()).toEqual(before);
  expect(readFileSync(store.fileOf('ends'), 'utf8')).not.toContain(ksWith('ends'));
  expect(modeOf(store.fileOf('ends'))).toBe('600');
});

test('a sweep clears what a killed save left behind, but not a save that is under way', async () => {
  const { store } = tempStore();
  await store.save(sampleProfile());
  const saving = join(store.folder, '.saving');
  for (const name of ['save-old', 'save-new']) {
    mkdirSync(join(saving, name));
    writeFileSync(join(saving, name, 'profile.json.tmp-1234567890abcdef'), '{');
  }
  utimesSync(join(saving, 'save-old'), NOW - 3600, NOW - 3600);
  utimesSync(join(saving, 'save-new'), NOW - 1, NOW - 1);
  expect((await store.load()).profiles).toHaveLength(1);
  await store.sweep();
  expect(readdirSync(saving)).toEqual(['save-new']);
});
