import { Secret } from '../../source/kaltura/secret.js';
import { entriesOf } from '../../source/profiles/change-entries.js';
import { nameKey } from '../../source/profiles/name.js';
import type { Profile } from '../../source/profiles/profile.js';
import { openProfileSecrets } from '../../source/profiles/profile-secrets.js';
import { entryKey, type StoredSecret } from '../../source/profiles/record-entries.js';
import { isSameProfile } from '../../source/profiles/same-profile.js';
import { nameTaken, type ProfileStore, ProfileStoreError, type StoreFault } from '../../source/profiles/store.js';
import type { AskPassphrase, SecretKeeper } from '../../source/secrets/keeper.js';
import type { SecretName, SecretSource } from '../../source/secrets/source.js';
import { keychainAccount } from '../../source/secrets/source.js';
import { SecretSourceError } from '../../source/secrets/source-error.js';

/** The name of an entry in memory. */
export const entryOf = (place: SecretSource, of: SecretName): string => `${place.kind}/${keychainAccount(of)}`;

export const locked = (): SecretSourceError => new SecretSourceError('locked', 'The keychain is locked.', 'Unlock it.');

export const diskFull = (): ProfileStoreError => new ProfileStoreError('full', '/nowhere', 'The disk is full.');

/** Called before each change with its description. If it throws, the change doesn't happen. */
type Step = (step: string) => void | Promise<void>;

/** The ID of the new entry with this number. */
export const idOf = (count: number): string => count.toString(16).padStart(32, '0');

/** A keeper of secrets in memory. */
export function memoryKeeper(step: Step = () => {}) {
  const entries = new Map<string, string>();
  let ids = 0;
  const keeper: SecretKeeper = {
    describe: () => '',
    check: async (place) => step(`check ${place.kind}`),
    read: async (place, of) => {
      const text = entries.get(entryOf(place, of));
      if (text === undefined) throw new SecretSourceError('absent', 'Nothing is there.', 'Enter it.');
      return new Secret(text);
    },
    askToSeal: async (_of, ask) => {
      const given = await ask({ file: '/nowhere', purpose: 'seal' });
      if (given === null) throw new SecretSourceError('cancelled', 'No passphrase was given.', 'Give it.');
      return given;
    },
    write: async (place, of, secret) => {
      await step(`write ${entryOf(place, of)}`);
      entries.set(entryOf(place, of), secret.reveal());
    },
    remove: async (place, of) => {
      await step(`remove ${entryOf(place, of)}`);
      return entries.delete(entryOf(place, of));
    },
    copy: async (place, from, to) => {
      const text = entries.get(entryOf(place, from));
      if (text === undefined) return false;
      await step(`copy ${entryOf(place, from)} to ${entryOf(place, to)}`);
      entries.set(entryOf(place, to), text);
      return true;
    },
    newEntry: () => {
      ids += 1;
      return idOf(ids);
    },
    forget: async () => [],
  };
  return { entries, keeper };
}

/** A profile store and secrets in memory, and a hook before each change. */
export function memoryStorage(ask: AskPassphrase = async () => new Secret('passphrase')) {
  const hook: { step: Step; isMuchLater: boolean } = { step: () => {}, isMuchLater: false };
  const steps: string[] = [];
  const step = async (what: string): Promise<void> => {
    steps.push(what);
    await hook.step(what);
  };
  const disk = new Map<string, Profile>();
  const notes = new Set<StoredSecret[]>();
  const fault = (kind: StoreFault): ProfileStoreError => new ProfileStoreError(kind, '/nowhere', `It is ${kind}.`);
  const assertUnchanged = (name: string, expected: Profile | null | undefined): void => {
    const found = disk.get(nameKey(name)) ?? null;
    const isSame = found === null || expected == null ? found === expected : isSameProfile(found, expected);
    if (expected !== undefined && !isSame) throw fault('changed');
  };
  const store: ProfileStore = {
    folder: '/nowhere',
    fileOf: (name) => `/nowhere/${name}`,
    load: async () => ({ profiles: [...disk.values()], troubles: [] }),
    save: async (profile, { replace = false, expected } = {}) => {
      await step(`save ${profile.name} with ${profile.secretSource.kind}`);
      if (!replace && disk.has(nameKey(profile.name))) throw nameTaken(profile.name, '/nowhere');
      assertUnchanged(profile.name, expected);
      disk.set(nameKey(profile.name), profile);
    },
    update: async (before, after) => {
      await step(`save ${after.name} with ${after.secretSource.kind}`);
      assertUnchanged(before.name, before);
      disk.set(nameKey(after.name), after);
    },
    rename: async (from, to) => {
      await step(`rename ${from} to ${to}`);
      const profile = disk.get(nameKey(from));
      if (profile === undefined) throw fault('missing');
      if (disk.has(nameKey(to))) throw nameTaken(to, '/nowhere');
      disk.delete(nameKey(from));
      disk.set(nameKey(to), { ...profile, name: to });
    },
    remove: async (name, expected) => {
      await step(`delete ${name}`);
      assertUnchanged(name, expected);
      disk.delete(nameKey(name));
    },
    defaultName: async () => null,
    setDefault: async () => {},
    noteEntries: () => {
      const noted: StoredSecret[] = [];
      return {
        add: (added) => {
          noted.push(...added);
          notes.add(noted);
        },
        assertThere: () => {},
        done: () => void notes.delete(noted),
      };
    },
    leftoverEntries: async () =>
      [...(hook.isMuchLater ? notes : [])].map((entries) => ({ entries, done: () => void notes.delete(entries) })),
    namedEntries: async () => new Set([...disk.values()].flatMap((profile) => entriesOf(profile)).map(entryKey)),
    sweep: async () => {},
  };
  const { entries, keeper } = memoryKeeper(step);
  const secrets = openProfileSecrets(async () => keeper, ask);
  return { disk, entries, hook, notes, secrets, steps, store };
}
