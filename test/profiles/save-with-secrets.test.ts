import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { entriesOf } from '../../source/profiles/change-entries.js';
import type { Profile, SavedKey } from '../../source/profiles/profile.js';
import { isSameProfile } from '../../source/profiles/same-profile.js';
import { type ProfileToSave, saveWithSecrets } from '../../source/profiles/save.js';
import { ProfileStoreError } from '../../source/profiles/store.js';
import { isWritable, type SecretSource, secretNameOf, withoutEntries } from '../../source/secrets/source.js';
import { SIZES } from '../sizes.js';
import { entryOf, full, idOf, locked, memoryWorld } from './memory-world.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

const ASK: SecretSource = { kind: 'ask' };
const KEYCHAIN: SecretSource = { kind: 'keychain' };
const FILE: SecretSource = { kind: 'file' };
const VARIABLE: SecretSource = { kind: 'variable', name: 'MY_SECRET', isConfirmed: true };

const END = NOW + 3600;
const STORED_KEY: SavedKey = { ...savedKeyWith(ksWith('Stored'), END), ks: null };
const NEW_KEY = savedKeyWith(ksWith('New'), END + 60);

/** A secret that says whose it is. */
const secretOf = ({ partnerId }: Profile): string => `secret of ${partnerId}`;

const profile = (secretSource: SecretSource, changes: Partial<Profile> = {}): Profile =>
  sampleProfile({ name: 'prod', secretSource, ...changes });

type World = ReturnType<typeof memoryWorld>;

/** The place of the former profile: as version 0.1.0 left it, and with entry IDs. */
const FORMER_PLACES = (['keychain', 'file'] as const).flatMap((kind) => [
  { kind },
  { kind, secretEntry: 'a'.repeat(32), keyEntry: 'b'.repeat(32) },
]);

const entryIn = (one: Profile, what: 'secret' | 'key'): string | null => {
  const of = secretNameOf(one, what);
  return of.entry === null ? null : entryOf(one.secretSource, of);
};

/** A world that has the profile, with all that it says it has. */
function worldWith(before: Profile | null): World {
  const world = memoryWorld();
  if (before === null) return world;
  world.disk.set('prod', before);
  if (!isWritable(before.secretSource)) return world;
  world.entries.set(entryIn(before, 'secret') ?? '', secretOf(before));
  if (before.savedKey !== null) world.entries.set(entryIn(before, 'key') ?? '', 'key');
  return world;
}

/** What must hold at each moment, for other programs may look, and the program may be killed, at any. */
function expectSafe({ disk, entries }: World, { before, newToken }: Case): void {
  const now = disk.get('prod') ?? null;
  if (before !== null) expect(now, 'there is no profile').not.toBeNull();
  if (now === null || !isWritable(now.secretSource)) return;
  const hadSecret = before !== null && isWritable(before.secretSource) && isSameProfile(now, before);
  const name = entryIn(now, 'secret');
  const secret = name === null ? undefined : entries.get(name);
  if (secret !== undefined) expect(secret, 'the secret of another account would be sent').toBe(secretOf(now));
  if (hadSecret || (newToken.secret instanceof Secret && !hadSecret))
    expect(secret, 'the secret is lost').toBeDefined();
  if (now.savedKey?.ks !== null) return;
  expect([...entries.keys()], 'a key is said to be there that is not').toContain(entryIn(now, 'key'));
}

/** No entry may be there that neither a record nor a note leads to. */
function expectFindable({ disk, entries, notes }: World): void {
  const named = [...disk.values()].flatMap((one) => entriesOf(one));
  const noted = [...notes].flat();
  const known = new Set([...named, ...noted].map(({ place, of }) => entryOf({ kind: place }, of)));
  expect([...entries.keys()].filter((name) => !known.has(name))).toEqual([]);
}

interface Case {
  readonly before: Profile | null;
  readonly newToken: ProfileToSave;
}

/** Each former profile with each new one; each few of them in the small setting. */
const cases = (): Case[] => allCases().filter((_case, index) => index % SIZES.savedCases === 0);

function allCases(): Case[] {
  const befores: (Profile | null)[] = [
    null,
    profile(ASK),
    profile(VARIABLE),
    ...FORMER_PLACES.flatMap((place) => [profile(place), profile(place, { savedKey: STORED_KEY })]),
  ];
  return befores.flatMap((before) =>
    [ASK, VARIABLE, KEYCHAIN, FILE].flatMap((place) =>
      [1234567, 7654321].flatMap((partnerId) =>
        [null, STORED_KEY, NEW_KEY].flatMap((key) => {
          const after = profile(place, { partnerId, savedKey: key, savedAt: NOW + 1 });
          const secrets = [null, 'present', new Secret(secretOf(after))] as const;
          return secrets.map((secret) => ({ before, newToken: { profile: after, replace: true, secret } }));
        }),
      ),
    ),
  );
}

const isOfDisk = (step: string): boolean => /^(save|delete)/.test(step);

interface Failing {
  /** The number of the step that fails. */
  readonly at: number;
  /** What fails after it too. */
  readonly afterwards: 'nothing' | 'places' | 'all';
}

/** Saves, and looks before each step and after the last. */
async function attempt(one: Case, failing: Failing | null) {
  const world = worldWith(one.before);
  let count = 0;
  world.hook.step = (step) => {
    expectSafe(world, one);
    expectFindable(world);
    const isLater = failing !== null && count > failing.at;
    const failsToo = isLater && (failing.afterwards === 'all' || (failing.afterwards === 'places' && !isOfDisk(step)));
    const isFailing = count === failing?.at || failsToo;
    count += 1;
    if (isFailing) throw isOfDisk(step) ? full() : locked();
  };
  const outcome = await saveWithSecrets(one.newToken, world).then(
    ({ notDeleted }) => ({ error: null, notDeleted }),
    (error: unknown) => ({ error, notDeleted: null }),
  );
  expectSafe(world, one);
  expectFindable(world);
  return { world, ...outcome, failed: failing === null ? undefined : world.steps[failing.at] };
}

describe('saving a profile in the place of another', () => {
  test('leaves the one that was wanted, and nothing of the former', async () => {
    for (const one of cases()) {
      const { world, error } = await attempt(one, null);
      expect(error).toBeNull();
      const { profile: wanted, secret } = one.newToken;
      const saved = world.disk.get('prod') as Profile;
      expect({ ...saved, secretSource: withoutEntries(saved.secretSource) }).toEqual({
        ...wanted,
        savedKey: saved.savedKey,
      });
      const own = entryIn(saved, 'secret') ?? '';
      const key = entryIn(saved, 'key') ?? '';
      const isStored = isWritable(wanted.secretSource);
      if (isStored && secret instanceof Secret) expect(world.entries.get(own)).toBe(secretOf(wanted));
      if (isStored && wanted.savedKey === NEW_KEY) expect(world.entries.get(key)).toBe(NEW_KEY.ks?.reveal());
      const isThere = saved.savedKey?.ks === null;
      expect([...world.entries.keys()].filter((name) => name !== own)).toEqual(isThere ? [key] : []);
      expect(world.notes.size).toBe(0);
    }
  });

  test('that fails before the record is saved leaves all as it was', async () => {
    let failures = 0;
    for (const one of cases()) {
      for (let at = 0; ; at += 1) {
        const { world, error, notDeleted, failed } = await attempt(one, { at, afterwards: 'nothing' });
        if (failed === undefined) break;
        failures += 1;
        if (failed.startsWith('remove')) {
          // The new record is there, and the old entry is found again later.
          expect([error, notDeleted]).toEqual([null, locked()]);
          expect(world.disk.get('prod')?.savedAt).toBe(NOW + 1);
          expect(world.notes.size).toBe(1);
          world.hook.step = () => {};
          world.hook.isMuchLater = true;
          await saveWithSecrets({ profile: profile(KEYCHAIN), replace: true, secret: null }, world);
          expect([...world.entries]).toEqual([]);
          continue;
        }
        expect(error, failed).not.toBeNull();
        expect(world.disk.get('prod') ?? null, failed).toEqual(one.before);
        expect(world.entries).toEqual(worldWith(one.before).entries);
      }
    }
    expect(failures).toBeGreaterThan(500 / SIZES.savedCases);
  });

  test.each(['places', 'all'] as const)('is safe even where from some step on %s fail', async (afterwards) => {
    for (const one of cases()) {
      for (let at = 0; ; at += 1) {
        const { failed } = await attempt(one, { at, afterwards });
        if (failed === undefined) break;
      }
    }
  });

  test('deletes also what may have been written', async () => {
    const world = worldWith(null);
    world.hook.step = (step) => {
      if (!step.startsWith('write')) return;
      world.entries.set(`keychain/id:${idOf(1)}`, 'ours');
      throw locked();
    };
    const saving = saveWithSecrets({ profile: profile(KEYCHAIN), replace: false, secret: new Secret('ours') }, world);
    await expect(saving).rejects.toThrow('locked');
    expect([...world.disk, ...world.entries]).toEqual([]);
  });
});

test('a secret that is there stays for a profile of the same account, and its key for the same request', async () => {
  for (const place of FORMER_PLACES) {
    const before = profile(place, { savedKey: STORED_KEY });
    const world = worldWith(before);
    const after = { ...before, secretSource: withoutEntries(place), holder: 'me', savedAt: NOW + 1 };
    await saveWithSecrets({ profile: after, replace: true, secret: 'present' }, world);
    expect(world.disk.get('prod')).toEqual({ ...after, secretSource: place });
    expect([...world.entries.values()]).toEqual([secretOf(before), 'key']);
  }
});

test('entries that the profile to be saved names are not believed', async () => {
  const world = worldWith(null);
  const place = { kind: 'keychain', secretEntry: 'a'.repeat(32), keyEntry: 'b'.repeat(32) } as const;
  for (const secret of [null, 'present'] as const) {
    await saveWithSecrets({ profile: profile(place, { savedKey: STORED_KEY }), replace: true, secret }, world);
    const saved = world.disk.get('prod');
    expect(saved?.secretSource).toEqual({ kind: 'keychain', secretEntry: null, keyEntry: null });
    expect(saved?.savedKey).toBeNull();
    world.disk.clear();
  }
});

test('a profile that names a place which this computer lacks is saved, and what was left behind is not used', async () => {
  const world = memoryWorld();
  world.entries.set('keychain/secret:prod', 'left behind');
  world.hook.step = (step) => {
    if (step.includes('keychain/')) throw locked();
  };
  await saveWithSecrets({ profile: profile(KEYCHAIN), replace: false, secret: null }, world);
  const saved = world.disk.get('prod') as Profile;
  await expect(world.secrets.read(saved, 'secret')).rejects.toMatchObject({ fault: 'absent' });
});

test('a passphrase that is mistyped or not given costs nothing that was there', async () => {
  for (const ask of [async () => null, async () => Promise.reject(new Error('the two passphrases differ'))]) {
    const world = memoryWorld(ask);
    world.disk.set('prod', profile(FILE));
    world.entries.set('file/secret:prod', 'theirs');
    const newToken: ProfileToSave = { profile: profile(FILE), replace: true, secret: new Secret('ours') };
    await expect(saveWithSecrets(newToken, world)).rejects.toThrow('passphrase');
    expect([...world.disk.values()]).toEqual([profile(FILE)]);
    expect([...world.entries.values()]).toEqual(['theirs']);
  }
});

describe('another program', () => {
  const newToken: ProfileToSave = { profile: profile(KEYCHAIN), replace: false, secret: new Secret('ours') };

  test('that took the name first keeps it, and its secret', async () => {
    const world = worldWith(profile(KEYCHAIN));
    await expect(saveWithSecrets(newToken, world)).rejects.toMatchObject({ fault: 'exists' });
    expect([...world.entries.values()]).toEqual([secretOf(profile(KEYCHAIN))]);
  });

  test.each<[what: string, theirs: Profile | null]>([
    ['replaced it', profile(VARIABLE, { partnerId: 7654321 })],
    ['gave it the same place', profile(KEYCHAIN, { partnerId: 7654321 })],
    ['removed it', null],
  ])('that %s meanwhile is not overruled, and does not get our secret', async (_what, theirs) => {
    for (const before of [null, profile(KEYCHAIN), profile(ASK)]) {
      if (before === theirs) continue;
      const world = worldWith(before);
      const had = [...world.entries];
      world.hook.step = (step) => {
        if (!step.startsWith('write')) return;
        world.disk.delete('prod');
        if (theirs !== null) world.disk.set('prod', theirs);
      };
      const error = await saveWithSecrets({ ...newToken, replace: true }, world).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ProfileStoreError);
      expect(error).toMatchObject({ fault: 'changed' });
      expect(world.disk.get('prod') ?? null).toEqual(theirs);
      expect([...world.entries]).toEqual(had);
    }
  });

  test('that kept a key meanwhile, or sweeps the record in the last moment, does not stop it', async () => {
    const before = profile(KEYCHAIN, { savedKey: STORED_KEY });
    const world = worldWith(before);
    const theirKey = `keychain/id:${'c'.repeat(32)}`;
    let isFirst = true;
    world.hook.step = (step) => {
      if (!step.startsWith('save') || !isFirst) return;
      isFirst = false;
      world.disk.set('prod', {
        ...before,
        secretSource: { kind: 'keychain', keyEntry: 'c'.repeat(32) },
        savedAt: NOW + 5,
      });
      world.entries.delete('keychain/key:prod');
      world.entries.set(theirKey, 'their key');
    };
    await saveWithSecrets({ ...newToken, replace: true }, world);
    expect([...world.entries.values()]).toEqual(['ours']);
    expect(world.notes.size).toBe(0);
  });
});
