import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { MadeKey } from '../../source/kaltura/sign-in/key-request.js';
import { saveKey } from '../../source/profiles/change-profile.js';
import { dropRevokedKeys, type RevokedKey } from '../../source/profiles/drop-revoked-keys.js';
import type { Profile } from '../../source/profiles/profile.js';
import { full, idOf, locked, memoryWorld } from './memory-world.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

const KS = ksWith('Made');
const MADE = savedKeyWith(KS, NOW + 3600) as MadeKey;

const profile = (changes: Partial<Profile> = {}): Profile =>
  sampleProfile({ name: 'prod', secretSource: { kind: 'keychain' }, lastKeyEndedAt: NOW - 1, ...changes });

function worldWith(...profiles: Profile[]) {
  const world = memoryWorld();
  for (const one of profiles) world.disk.set(one.name, one);
  return world;
}

describe('keeping a key', () => {
  test('writes it before it is said to be there', async () => {
    const world = worldWith(profile());
    expect(await saveKey(profile(), MADE, NOW, world)).toBe(true);
    expect(world.steps).toEqual([
      `write keychain/id:${idOf(1)}`,
      'save prod with keychain',
      // What version 0.1.0 may have left there.
      'remove keychain/key:prod',
    ]);
    const secretSource = { kind: 'keychain', keyEntry: idOf(1) } as const;
    expect(world.disk.get('prod')).toEqual(profile({ secretSource, savedKey: { ...MADE, ks: null }, savedAt: NOW }));
    expect([...world.entries]).toEqual([[`keychain/id:${idOf(1)}`, KS]]);
    expect(world.notes.size).toBe(0);
  });

  test('that cannot be marked takes it back', async () => {
    const world = worldWith(profile());
    world.hook.step = (step) => {
      if (step.startsWith('save')) throw full();
    };
    await expect(saveKey(profile(), MADE, NOW, world)).rejects.toThrow('full');
    expect([...world.entries]).toEqual([]);
    expect(world.disk.get('prod')).toEqual(profile());
  });

  test.each<[what: string, changes: Partial<Profile>]>([
    ['asks for another key', { privileges: 'sview:*' }],
    ['is for another account', { partnerId: 5 }],
    ['leads to another server', { serviceUrl: 'https://kaltura.example' }],
    ['signs here now', { method: 'local' }],
    ['keeps none any more', { lastKeyEndedAt: null }],
    ['has another place', { secretSource: { kind: 'file' } }],
  ])('leaves a profile that %s by now', async (_what, changes) => {
    const world = worldWith(profile(changes));
    expect(await saveKey(profile(), MADE, NOW, world)).toBe(false);
    expect(world.steps).toEqual([]);
  });

  test('keeps the other changes that were made meanwhile', async () => {
    const now = profile({ holder: 'me', acceptedRisks: [] });
    const world = worldWith(now);
    expect(await saveKey(profile(), MADE, NOW, world)).toBe(true);
    const secretSource = { kind: 'keychain', keyEntry: idOf(1) } as const;
    expect(world.disk.get('prod')).toEqual({ ...now, secretSource, savedKey: { ...MADE, ks: null }, savedAt: NOW });
  });

  test('at the same time as another program leaves the key of one of them, and nothing else', async () => {
    const world = worldWith(profile());
    const theirs = { kind: 'keychain', keyEntry: 'c'.repeat(32) } as const;
    let isFirst = true;
    world.hook.step = (step) => {
      if (!step.startsWith('save') || !isFirst) return;
      isFirst = false;
      world.entries.set(`keychain/id:${theirs.keyEntry}`, ksWith('Theirs'));
      world.disk.set('prod', profile({ secretSource: theirs, savedKey: { ...MADE, ks: null } }));
    };
    expect(await saveKey(profile(), MADE, NOW, world)).toBe(true);
    expect([...world.entries]).toEqual([[`keychain/id:${idOf(1)}`, KS]]);
  });
});

describe('dropping keys that have ended', () => {
  const kept = (name: string, ks: string, changes: Partial<Profile> = {}): Profile =>
    profile({ name, secretSource: { kind: 'ask' }, savedKey: savedKeyWith(ks, NOW + 3600), ...changes });
  const ended: RevokedKey = {
    ks: new Secret(KS),
    fromProfile: null,
    sessionId: null,
    partnerId: 1234567,
    serviceUrl: 'https://api.eu.kaltura.com',
    isPractice: false,
  };
  const elsewhere = kept('elsewhere', KS, {
    secretSource: { kind: 'keychain' },
    savedKey: { ...savedKeyWith(KS, NOW + 3600), ks: null },
  });

  test('takes it from each profile that keeps it, wherever it lies', async () => {
    const other = kept('other', ksWith('Other'));
    const world = worldWith(kept('here', KS), elsewhere, other);
    world.entries.set('keychain/key:elsewhere', KS);
    expect(await dropRevokedKeys(ended, NOW, world)).toEqual(['here', 'elsewhere']);
    expect([...world.entries]).toEqual([]);
    const left = { savedKey: null, lastKeyEndedAt: NOW };
    const secretSource = { kind: 'keychain', keyEntry: null } as const;
    const dropped = { ...elsewhere, ...left, secretSource };
    expect([...world.disk.values()]).toEqual([{ ...kept('here', KS), ...left }, dropped, other]);
  });

  test('tells which could not be looked at, and goes on', async () => {
    const world = worldWith(elsewhere, kept('here', KS));
    const unread: string[] = [];
    const dropped = await dropRevokedKeys(ended, NOW, world, { onUnread: (name) => void unread.push(name) });
    expect([unread, dropped]).toEqual([['elsewhere'], ['here']]);
    expect(world.disk.get('elsewhere')).toEqual(elsewhere);
  });

  test('tells where the key cannot be deleted, and offers it no more', async () => {
    const world = worldWith(elsewhere);
    world.entries.set('keychain/key:elsewhere', KS);
    world.hook.step = (step) => {
      if (step.startsWith('remove')) throw locked();
    };
    await expect(dropRevokedKeys(ended, NOW, world)).rejects.toThrow('locked');
    expect(world.disk.get('elsewhere')?.savedKey).toBeNull();
    // The note leads to it.
    expect(world.notes.size).toBe(1);
  });

  test('leaves a profile that keeps another key by now', async () => {
    const renewed: Profile = {
      ...elsewhere,
      secretSource: { kind: 'keychain', keyEntry: 'c'.repeat(32) },
      savedKey: { ...savedKeyWith(KS, NOW + 3600), ks: null },
    };
    const world = worldWith(elsewhere);
    world.entries.set('keychain/key:elsewhere', KS);
    world.hook.step = (step) => {
      if (step.startsWith('save')) world.disk.set('elsewhere', renewed);
    };
    expect(await dropRevokedKeys(ended, NOW, world)).toEqual([]);
    expect(world.disk.get('elsewhere')).toEqual(renewed);
  });

  test('keeps the other changes that were made to a profile meanwhile', async () => {
    const world = worldWith({ ...elsewhere, name: 'closed' }, elsewhere);
    world.entries.set('keychain/key:elsewhere', KS);
    world.hook.step = (step) => {
      if (step.startsWith('save')) world.disk.set('elsewhere', { ...elsewhere, userId: 'jo' });
    };
    expect(await dropRevokedKeys(ended, NOW, world)).toEqual(['elsewhere']);
    expect(world.disk.get('elsewhere')).toMatchObject({ userId: 'jo', savedKey: null, lastKeyEndedAt: NOW });
    expect(world.entries.has('keychain/key:elsewhere')).toBe(false);
  });

  test('does not touch a key that another program has put there before', async () => {
    const renewed: Profile = { ...elsewhere, savedKey: { ...savedKeyWith(KS, NOW + 7200), ks: null } };
    const world = worldWith({ ...elsewhere, name: 'closed' }, elsewhere);
    const onUnread = () => {
      world.disk.set('elsewhere', renewed);
      world.entries.set('keychain/key:elsewhere', 'their new key');
    };
    expect(await dropRevokedKeys({ ...ended, fromProfile: 'elsewhere' }, NOW, world, { onUnread })).toEqual([]);
    expect(world.steps).toEqual([]);
  });
});
