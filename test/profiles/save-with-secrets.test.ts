import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { entriesOf } from '../../source/profiles/change-entries.js';
import type { Profile, SavedKey } from '../../source/profiles/profile.js';
import { isSameProfile } from '../../source/profiles/same-profile.js';
import { type ProfileToSave, saveWithSecrets } from '../../source/profiles/save.js';
import { ProfileStoreError } from '../../source/profiles/store.js';
import { isWritable, type SecretSource, secretNameOf, withoutEntries } from '../../source/secrets/source.js';
import { SIZES } from '../sizes.js';
import { diskFull, entryOf, idOf, locked, memoryStorage } from './memory-storage.js';
import { ksWith, NOW, sampleProfile, savedKeyWith } from './sample-profile.js';

const ASK: SecretSource = { kind: 'ask' };
const KEYCHAIN: SecretSource = { kind: 'keychain' };
const FILE: SecretSource = { kind: 'file' };
const VARIABLE: SecretSource = { kind: 'variable', name: 'MY_SECRET', isConfirmed: true };

const END = NOW + 3600;
const STORED_KEY: SavedKey = { ...savedKeyWith(ksWith('Stored'), END), ks: null };
const NEW_KEY = savedKeyWith(ksWith('New'), END + 60);

/** A secret that names its account. */
const secretOf = ({ partnerId }: Profile): string => `secret of ${partnerId}`;

const profile = (secretSource: SecretSource, changes: Partial<Profile> = {}): Profile =>
  sampleProfile({ name: 'prod', secretSource, ...changes });

type Storage = ReturnType<typeof memoryStorage>;

/** Secret sources of the former profile: as in version 0.1.0, and with entry IDs. */
const FORMER_SOURCES = (['keychain', 'file'] as const).flatMap((kind) => [
  { kind },
  { kind, secretEntry: 'a'.repeat(32), keyEntry: 'b'.repeat(32) },
]);

const entryIn = (one: Profile, what: 'secret' | 'key'): string | null => {
  const of = secretNameOf(one, what);
  return of.entry === null ? null : entryOf(one.secretSource, of);
};

/** Storage with this profile, its secret and its saved key. */
function storageWith(before: Profile | null): Storage {
  const storage = memoryStorage();
  if (before === null) return storage;
  storage.disk.set('prod', before);
  if (!isWritable(before.secretSource)) return storage;
  storage.entries.set(entryIn(before, 'secret') ?? '', secretOf(before));
  if (before.savedKey !== null) storage.entries.set(entryIn(before, 'key') ?? '', 'key');
  return storage;
}

/** Rules for every moment, because another program can read the profile or the program can be killed at any time. */
function expectSafe({ disk, entries }: Storage, { before, newToken }: Case): void {
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

/** A record or a note must refer to every entry. */
function expectFindable({ disk, entries, notes }: Storage): void {
  const named = [...disk.values()].flatMap((one) => entriesOf(one));
  const noted = [...notes].flat();
  const known = new Set([...named, ...noted].map(({ place: source, of }) => entryOf({ kind: source }, of)));
  expect([...entries.keys()].filter((name) => !known.has(name))).toEqual([]);
}

interface Case {
  readonly before: Profile | null;
  readonly newToken: ProfileToSave;
}

/** Every combination of a former and a new profile; with small settings, only a sample. */
const cases = (): Case[] => allCases().filter((_case, index) => index % SIZES.savedCases === 0);

function allCases(): Case[] {
  const formerProfiles: (Profile | null)[] = [
    null,
    profile(ASK),
    profile(VARIABLE),
    ...FORMER_SOURCES.flatMap((source) => [profile(source), profile(source, { savedKey: STORED_KEY })]),
  ];
  return formerProfiles.flatMap((before) =>
    [ASK, VARIABLE, KEYCHAIN, FILE].flatMap((source) =>
      [1234567, 7654321].flatMap((partnerId) =>
        [null, STORED_KEY, NEW_KEY].flatMap((key) => {
          const after = profile(source, { partnerId, savedKey: key, savedAt: NOW + 1 });
          const secrets = [null, 'present', new Secret(secretOf(after))] as const;
          return secrets.map((secret) => ({ before, newToken: { profile: after, replace: true, secret } }));
        }),
      ),
    ),
  );
}

const isRecordStep = (step: string): boolean => /^(save|delete)/.test(step);

interface Failing {
  /** The number of the step that fails. */
  readonly at: number;
  /** What also fails after it. */
  readonly afterwards: 'nothing' | 'places' | 'all';
}

/** Saves, and checks the rules before each step and after the last. */
async function attempt(one: Case, failing: Failing | null) {
  const storage = storageWith(one.before);
  let count = 0;
  storage.hook.step = (step) => {
    expectSafe(storage, one);
    expectFindable(storage);
    const isLater = failing !== null && count > failing.at;
    const failsToo =
      isLater && (failing.afterwards === 'all' || (failing.afterwards === 'places' && !isRecordStep(step)));
    const isFailing = count === failing?.at || failsToo;
    count += 1;
    if (isFailing) throw isRecordStep(step) ? diskFull() : locked();
  };
  const outcome = await saveWithSecrets(one.newToken, storage).then(
    ({ notDeleted }) => ({ error: null, notDeleted }),
    (error: unknown) => ({ error, notDeleted: null }),
  );
  expectSafe(storage, one);
  expectFindable(storage);
  return { world: storage, ...outcome, failed: failing === null ? undefined : storage.steps[failing.at] };
}

describe('replacing a profile', () => {
  test('saves the new profile, and leaves nothing of the former one', async () => {
    for (const one of cases()) {
      const { world: storage, error } = await attempt(one, null);
      expect(error).toBeNull();
      const { profile: wanted, secret } = one.newToken;
      const saved = storage.disk.get('prod') as Profile;
      expect({ ...saved, secretSource: withoutEntries(saved.secretSource) }).toEqual({
        ...wanted,
        savedKey: saved.savedKey,
      });
      const own = entryIn(saved, 'secret') ?? '';
      const key = entryIn(saved, 'key') ?? '';
      const isStored = isWritable(wanted.secretSource);
      if (isStored && secret instanceof Secret) expect(storage.entries.get(own)).toBe(secretOf(wanted));
      if (isStored && wanted.savedKey === NEW_KEY) expect(storage.entries.get(key)).toBe(NEW_KEY.ks?.reveal());
      const isThere = saved.savedKey?.ks === null;
      expect([...storage.entries.keys()].filter((name) => name !== own)).toEqual(isThere ? [key] : []);
      expect(storage.notes.size).toBe(0);
    }
  });

  test('changes nothing if it fails before the record is saved', async () => {
    let failures = 0;
    for (const one of cases()) {
      for (let at = 0; ; at += 1) {
        const { world: storage, error, notDeleted, failed } = await attempt(one, { at, afterwards: 'nothing' });
        if (failed === undefined) break;
        failures += 1;
        if (failed.startsWith('remove')) {
          // The new record is saved, and the old entry is deleted later.
          expect([error, notDeleted]).toEqual([null, locked()]);
          expect(storage.disk.get('prod')?.savedAt).toBe(NOW + 1);
          expect(storage.notes.size).toBe(1);
          storage.hook.step = () => {};
          storage.hook.isMuchLater = true;
          await saveWithSecrets({ profile: profile(KEYCHAIN), replace: true, secret: null }, storage);
          expect([...storage.entries]).toEqual([]);
          continue;
        }
        expect(error, failed).not.toBeNull();
        expect(storage.disk.get('prod') ?? null, failed).toEqual(one.before);
        expect(storage.entries).toEqual(storageWith(one.before).entries);
      }
    }
    expect(failures).toBeGreaterThan(500 / SIZES.savedCases);
  });

  test.each(['places', 'all'] as const)('is safe even if %s fail from some step on', async (afterwards) => {
    for (const one of cases()) {
      for (let at = 0; ; at += 1) {
        const { failed } = await attempt(one, { at, afterwards });
        if (failed === undefined) break;
      }
    }
  });

  test('deletes an entry that may have been written by a failed step', async () => {
    const storage = storageWith(null);
    storage.hook.step = (step) => {
      if (!step.startsWith('write')) return;
      storage.entries.set(`keychain/id:${idOf(1)}`, 'ours');
      throw locked();
    };
    const saving = saveWithSecrets({ profile: profile(KEYCHAIN), replace: false, secret: new Secret('ours') }, storage);
    await expect(saving).rejects.toThrow('locked');
    expect([...storage.disk, ...storage.entries]).toEqual([]);
  });
});

test('a stored secret is kept for the same account, and the saved key for the same request', async () => {
  for (const source of FORMER_SOURCES) {
    const before = profile(source, { savedKey: STORED_KEY });
    const storage = storageWith(before);
    const after = { ...before, secretSource: withoutEntries(source), holder: 'me', savedAt: NOW + 1 };
    await saveWithSecrets({ profile: after, replace: true, secret: 'present' }, storage);
    expect(storage.disk.get('prod')).toEqual({ ...after, secretSource: source });
    expect([...storage.entries.values()]).toEqual([secretOf(before), 'key']);
  }
});

test('ignores entry IDs in the profile to be saved', async () => {
  const storage = storageWith(null);
  const source = { kind: 'keychain', secretEntry: 'a'.repeat(32), keyEntry: 'b'.repeat(32) } as const;
  for (const secret of [null, 'present'] as const) {
    await saveWithSecrets({ profile: profile(source, { savedKey: STORED_KEY }), replace: true, secret }, storage);
    const saved = storage.disk.get('prod');
    expect(saved?.secretSource).toEqual({ kind: 'keychain', secretEntry: null, keyEntry: null });
    expect(saved?.savedKey).toBeNull();
    storage.disk.clear();
  }
});

test('saves a profile with an unavailable secret source, and does not use leftover entries', async () => {
  const storage = memoryStorage();
  storage.entries.set('keychain/secret:prod', 'left behind');
  storage.hook.step = (step) => {
    if (step.includes('keychain/')) throw locked();
  };
  await saveWithSecrets({ profile: profile(KEYCHAIN), replace: false, secret: null }, storage);
  const saved = storage.disk.get('prod') as Profile;
  await expect(storage.secrets.read(saved, 'secret')).rejects.toMatchObject({ fault: 'absent' });
});

test('a mistyped or missing passphrase changes nothing', async () => {
  for (const ask of [async () => null, async () => Promise.reject(new Error('the two passphrases differ'))]) {
    const storage = memoryStorage(ask);
    storage.disk.set('prod', profile(FILE));
    storage.entries.set('file/secret:prod', 'theirs');
    const newToken: ProfileToSave = { profile: profile(FILE), replace: true, secret: new Secret('ours') };
    await expect(saveWithSecrets(newToken, storage)).rejects.toThrow('passphrase');
    expect([...storage.disk.values()]).toEqual([profile(FILE)]);
    expect([...storage.entries.values()]).toEqual(['theirs']);
  }
});

describe('another program', () => {
  const newToken: ProfileToSave = { profile: profile(KEYCHAIN), replace: false, secret: new Secret('ours') };

  test('that used the name first keeps it, and its secret', async () => {
    const storage = storageWith(profile(KEYCHAIN));
    await expect(saveWithSecrets(newToken, storage)).rejects.toMatchObject({ fault: 'exists' });
    expect([...storage.entries.values()]).toEqual([secretOf(profile(KEYCHAIN))]);
  });

  test.each<[what: string, theirs: Profile | null]>([
    ['replaced it', profile(VARIABLE, { partnerId: 7654321 })],
    ['used the same secret source', profile(KEYCHAIN, { partnerId: 7654321 })],
    ['removed it', null],
  ])('that %s in the meantime keeps its change, and does not get our secret', async (_what, theirs) => {
    for (const before of [null, profile(KEYCHAIN), profile(ASK)]) {
      if (before === theirs) continue;
      const storage = storageWith(before);
      const had = [...storage.entries];
      storage.hook.step = (step) => {
        if (!step.startsWith('write')) return;
        storage.disk.delete('prod');
        if (theirs !== null) storage.disk.set('prod', theirs);
      };
      const error = await saveWithSecrets({ ...newToken, replace: true }, storage).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ProfileStoreError);
      expect(error).toMatchObject({ fault: 'changed' });
      expect(storage.disk.get('prod') ?? null).toEqual(theirs);
      expect([...storage.entries]).toEqual(had);
    }
  });

  test('that saved a key in the meantime does not prevent the save', async () => {
    const before = profile(KEYCHAIN, { savedKey: STORED_KEY });
    const storage = storageWith(before);
    const theirKey = `keychain/id:${'c'.repeat(32)}`;
    let isFirst = true;
    storage.hook.step = (step) => {
      if (!step.startsWith('save') || !isFirst) return;
      isFirst = false;
      storage.disk.set('prod', {
        ...before,
        secretSource: { kind: 'keychain', keyEntry: 'c'.repeat(32) },
        savedAt: NOW + 5,
      });
      storage.entries.delete('keychain/key:prod');
      storage.entries.set(theirKey, 'their key');
    };
    await saveWithSecrets({ ...newToken, replace: true }, storage);
    expect([...storage.entries.values()]).toEqual(['ours']);
    expect(storage.notes.size).toBe(0);
  });
});
