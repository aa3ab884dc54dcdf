import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeptKey, Profile } from '../../source/profiles/profile.js';
import { ProfileStoreError } from '../../source/profiles/profile-store.js';
import type { ProfileWish } from '../../source/profiles/save-plan.js';
import { isWritable, type SecretPlace } from '../../source/profiles/secret-place.js';
import { SecretPlaceError } from '../../source/profiles/secret-place-error.js';
import { entryOf, full, locked, memoryWorld } from './memory-world.js';
import { keptKey, ksWith, NOW, sampleProfile } from './sample-profile.js';

const ASK: SecretPlace = { kind: 'ask' };
const KEYCHAIN: SecretPlace = { kind: 'keychain' };
const FILE: SecretPlace = { kind: 'file' };
const VARIABLE: SecretPlace = { kind: 'variable', name: 'MY_SECRET', isConfirmed: true };

const END = NOW + 3600;
const STORED_KEY: KeptKey = { ...keptKey(ksWith('Stored'), END), ks: null };
const NEW_KEY = keptKey(ksWith('New'), END + 60);

/** A secret that says whose it is. */
const secretOf = ({ partnerId }: Profile): string => `secret of ${partnerId}`;

const profile = (secretPlace: SecretPlace, changes: Partial<Profile> = {}): Profile =>
  sampleProfile({ name: 'prod', secretPlace, ...changes });

type World = ReturnType<typeof memoryWorld>;

/** A world that has the profile, with all that it says it has. */
function worldWith(before: Profile | null): World {
  const world = memoryWorld();
  if (before === null) return world;
  world.disk.set('prod', before);
  const { secretPlace } = before;
  if (!isWritable(secretPlace)) return world;
  world.entries.set(entryOf(secretPlace, { profile: 'prod', what: 'secret' }), secretOf(before));
  if (before.keptKey !== null) world.entries.set(entryOf(secretPlace, { profile: 'prod', what: 'key' }), 'key');
  return world;
}

/** What must hold at each moment, for other programs may look at any. */
function expectSafe({ disk, entries }: World): void {
  const now = disk.get('prod');
  if (now === undefined) return;
  const secret = entries.get(entryOf(now.secretPlace, { profile: 'prod', what: 'secret' }));
  if (secret !== undefined) expect(secret, 'the secret of another account would be sent').toBe(secretOf(now));
  if (now.keptKey?.ks !== null) return;
  const key = entryOf(now.secretPlace, { profile: 'prod', what: 'key' });
  expect([...entries.keys()], 'a key is said to be there that is not').toContain(key);
}

interface Case {
  readonly before: Profile | null;
  readonly wish: ProfileWish;
}

/** Each former profile with each new one. */
function cases(): Case[] {
  const befores: (Profile | null)[] = [
    null,
    profile(ASK),
    profile(VARIABLE),
    ...[KEYCHAIN, FILE].flatMap((place) => [profile(place), profile(place, { keptKey: STORED_KEY })]),
  ];
  return befores.flatMap((before) =>
    [ASK, VARIABLE, KEYCHAIN, FILE].flatMap((place) =>
      [1234567, 7654321].flatMap((partnerId) =>
        [null, STORED_KEY, NEW_KEY].flatMap((key) => {
          const after = profile(place, { partnerId, keptKey: key, savedAt: NOW + 1 });
          const secrets = [null, 'present', new Secret(secretOf(after))] as const;
          return secrets.map((secret) => ({ before, wish: { profile: after, replace: true, secret } }));
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
async function attempt({ before, wish }: Case, failing: Failing | null) {
  const world = worldWith(before);
  let count = 0;
  world.hook.step = (step) => {
    expectSafe(world);
    const isLater = failing !== null && count > failing.at;
    const failsToo = isLater && (failing.afterwards === 'all' || (failing.afterwards === 'places' && !isOfDisk(step)));
    const isFailing = count === failing?.at || failsToo;
    count += 1;
    if (isFailing) throw isOfDisk(step) ? full() : locked();
  };
  const error = await world.kept.save(wish).then(
    () => null,
    (reason: unknown) => reason,
  );
  expectSafe(world);
  return { world, error, failed: failing === null ? undefined : world.steps[failing.at] };
}

describe('saving a profile in the place of another', () => {
  test('leaves the one that was wanted, and nothing of the former', async () => {
    for (const one of cases()) {
      const { world, error } = await attempt(one, null);
      expect(error).toBeNull();
      const { profile: wanted, secret } = one.wish;
      const saved = world.disk.get('prod');
      expect(saved).toEqual({ ...wanted, keptKey: saved?.keptKey });
      const own = entryOf(wanted.secretPlace, { profile: 'prod', what: 'secret' });
      const key = entryOf(wanted.secretPlace, { profile: 'prod', what: 'key' });
      const isStored = isWritable(wanted.secretPlace);
      if (isStored && secret instanceof Secret) expect(world.entries.get(own)).toBe(secretOf(wanted));
      if (isStored && wanted.keptKey === NEW_KEY) expect(world.entries.get(key)).toBe(NEW_KEY.ks?.reveal());
      const isThere = saved?.keptKey?.ks === null;
      expect([...world.entries.keys()].filter((name) => name !== own)).toEqual(isThere ? [key] : []);
    }
  });

  test('that fails at any step leaves all as it was, or a profile that asks', async () => {
    let failures = 0;
    for (const one of cases()) {
      for (let at = 0; ; at += 1) {
        const { world, error, failed } = await attempt(one, { at, afterwards: 'nothing' });
        if (failed === undefined) break;
        expect(error, failed).not.toBeNull();
        failures += 1;
        const now = world.disk.get('prod') ?? null;
        const { before } = one;
        if (failed.startsWith('remove')) {
          expect(now?.savedAt).toBe(NOW + 1);
          continue;
        }
        const hasLost = before?.keptKey?.ks === null && !world.entries.has(`${before.secretPlace.kind}/key:prod`);
        expect(now, failed).toEqual(hasLost ? { ...before, keptKey: null, lastKeyEndedAt: NOW + 1 } : before);
        // The place was tried, and nothing was touched.
        if (failed.startsWith('check')) expect(world.entries).toEqual(worldWith(before).entries);
        // What lies elsewhere was not touched yet.
        const isElsewhere = before?.secretPlace.kind !== one.wish.profile.secretPlace.kind;
        if (failed.startsWith('write') && isElsewhere) expect(world.entries).toEqual(worldWith(before).entries);
      }
    }
    expect(failures).toBeGreaterThan(500);
  });

  test.each(['places', 'all'] as const)('is safe even where from some step on %s fail', async (afterwards) => {
    for (const one of cases()) {
      for (let at = 0; ; at += 1) {
        const { failed } = await attempt(one, { at, afterwards });
        if (failed === undefined) break;
      }
    }
  });

  test('leaves that alone where the place takes nothing', async () => {
    for (const before of [null, profile(ASK), profile(FILE), profile(KEYCHAIN)]) {
      const world = worldWith(before);
      const had = [...world.entries];
      world.hook.step = (step) => {
        if (step.includes('keychain/') || step === 'check keychain') throw locked();
      };
      const after = profile(KEYCHAIN, { partnerId: 7654321 });
      const saving = world.kept.save({ profile: after, replace: true, secret: new Secret('ours') });
      await expect(saving).rejects.toThrow('locked');
      expect(world.disk.get('prod') ?? null).toEqual(before);
      expect([...world.entries]).toEqual(had);
    }
  });

  test('gives back the former one where the new secret lies elsewhere and cannot be taken back', async () => {
    const before = profile(KEYCHAIN);
    const world = worldWith(before);
    world.hook.step = (step) => {
      if (step === 'write file/key:prod' || step.startsWith('remove file/')) throw locked();
    };
    const after = profile(FILE, { keptKey: NEW_KEY });
    const saving = world.kept.save({ profile: after, replace: true, secret: new Secret('ours') });
    await expect(saving).rejects.toThrow('locked');
    expect(world.disk.get('prod')).toEqual(before);
    expect(world.entries.get('keychain/secret:prod')).toBe(secretOf(before));
  });

  test('leaves the new secret of the same account to the former one, where its key is too long to be kept', async () => {
    const before = profile(KEYCHAIN);
    const world = worldWith(before);
    world.hook.step = (step) => {
      if (step === 'write keychain/key:prod') throw locked();
    };
    const after = profile(KEYCHAIN, { keptKey: NEW_KEY });
    const saving = world.kept.save({ profile: after, replace: true, secret: new Secret('newest') });
    await expect(saving).rejects.toThrow('locked');
    expect(world.disk.get('prod')).toEqual(before);
    expect([...world.entries]).toEqual([['keychain/secret:prod', 'newest']]);
  });

  test('takes back also what may have been written', async () => {
    const world = worldWith(null);
    world.hook.step = (step) => {
      if (!step.startsWith('write')) return;
      world.entries.set('keychain/secret:prod', 'ours');
      throw locked();
    };
    const saving = world.kept.save({ profile: profile(KEYCHAIN), replace: false, secret: new Secret('ours') });
    await expect(saving).rejects.toThrow('locked');
    expect([...world.disk, ...world.entries]).toEqual([]);
  });

  test('once more, after a removal that failed, sends nothing of the former either', async () => {
    const after = profile(KEYCHAIN, { partnerId: 7654321 });
    const world = worldWith(profile(KEYCHAIN));
    world.hook.step = (step) => {
      if (step.startsWith('remove')) throw locked();
    };
    const wish: ProfileWish = { profile: after, replace: true, secret: null };
    await expect(world.kept.save(wish)).rejects.toThrow('locked');
    expect(world.disk.get('prod')?.secretPlace).toEqual(ASK);
    world.hook.step = () => {};
    await world.kept.save(wish);
    expect(world.disk.get('prod')?.secretPlace).toEqual(KEYCHAIN);
    expect([...world.entries]).toEqual([]);
  });
});

test('a secret that is there stays for a profile of the same account, and its key for the same request', async () => {
  const before = profile(KEYCHAIN, { keptKey: STORED_KEY });
  const world = worldWith(before);
  const after = { ...before, holder: 'me', savedAt: NOW + 1 };
  await world.kept.save({ profile: after, replace: true, secret: 'present' });
  expect(world.disk.get('prod')).toEqual(after);
  expect([...world.entries.values()]).toEqual([secretOf(before), 'key']);
});

test.each<[before: Profile | null, place: SecretPlace]>([
  [null, KEYCHAIN],
  [profile(ASK), ASK],
])(
  'a profile that names a place which this computer lacks is saved where no profile gives way to it: %#',
  async (before, place) => {
    const world = worldWith(before);
    world.hook.step = (step) => {
      if (step.startsWith('remove'))
        throw new SecretPlaceError('unavailable', 'keychain', 'There is none.', 'Get one.');
    };
    const saving = world.kept.save({ profile: profile(KEYCHAIN), replace: true, secret: null });
    if (before === null) await saving;
    else await expect(saving).rejects.toThrow('There is none.');
    expect(world.disk.get('prod')?.secretPlace).toEqual(place);
  },
);

test('what was left behind under a free name is not used', async () => {
  const world = memoryWorld();
  world.entries.set('keychain/secret:prod', 'left behind');
  await world.kept.save({ profile: profile(KEYCHAIN), replace: false, secret: null });
  expect([...world.entries]).toEqual([]);
});

test('a passphrase that is mistyped or not given costs nothing that was there', async () => {
  for (const ask of [async () => null, async () => Promise.reject(new Error('the two passphrases differ'))]) {
    const world = memoryWorld(ask);
    world.disk.set('prod', profile(FILE));
    world.entries.set('file/secret:prod', 'theirs');
    const wish: ProfileWish = { profile: profile(FILE), replace: true, secret: new Secret('ours') };
    await expect(world.kept.save(wish)).rejects.toThrow('passphrase');
    expect([...world.disk.values()]).toEqual([profile(FILE)]);
    expect([...world.entries.values()]).toEqual(['theirs']);
  }
});

describe('another program', () => {
  const wish: ProfileWish = { profile: profile(KEYCHAIN), replace: false, secret: new Secret('ours') };

  test('that took the name first keeps it, and its secret', async () => {
    const world = worldWith(profile(KEYCHAIN));
    await expect(world.kept.save(wish)).rejects.toMatchObject({ fault: 'exists' });
    expect([...world.entries.values()]).toEqual([secretOf(profile(KEYCHAIN))]);
  });

  test.each<[what: string, theirs: Profile | null]>([
    ['replaced it', profile(VARIABLE, { partnerId: 7654321 })],
    ['gave it the same place', profile(KEYCHAIN, { partnerId: 7654321 })],
    ['removed it', null],
  ])('that %s meanwhile is not overruled, and does not get our secret', async (_what, theirs) => {
    for (const before of [null, profile(KEYCHAIN), profile(ASK)]) {
      const world = worldWith(before);
      world.hook.step = (step) => {
        if (!step.startsWith('write')) return;
        world.disk.delete('prod');
        if (theirs !== null) world.disk.set('prod', theirs);
      };
      const error = await world.kept.save({ ...wish, replace: true }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ProfileStoreError);
      expect(error).toMatchObject({ fault: 'changed' });
      expect(world.disk.get('prod') ?? null).toEqual(theirs);
      expect([...world.entries]).toEqual([]);
    }
  });
});
