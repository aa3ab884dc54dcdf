import { Secret } from '../../source/kaltura/secret.js';
import { createKeptProfiles } from '../../source/profiles/kept-profiles.js';
import type { Profile } from '../../source/profiles/profile.js';
import { nameKey } from '../../source/profiles/profile-name.js';
import { openProfileSecrets } from '../../source/profiles/profile-secrets.js';
import { nameTaken, type ProfileStore, ProfileStoreError } from '../../source/profiles/profile-store.js';
import type { SecretName, SecretPlace } from '../../source/profiles/secret-place.js';
import { SecretPlaceError } from '../../source/profiles/secret-place-error.js';
import type { AskPassphrase, SecretKeeper } from '../../source/profiles/secret-place-keeper.js';

export const entryOf = (place: SecretPlace, { profile, what }: SecretName): string =>
  `${place.kind}/${what}:${nameKey(profile)}`;

export const locked = (): SecretPlaceError =>
  new SecretPlaceError('locked', 'keychain', 'The keychain is locked.', 'Unlock it.');

export const full = (): ProfileStoreError => new ProfileStoreError('full', '/nowhere', 'The disk is full.');

/** Called before each change, with what is to be changed; what it throws keeps the change from happening. */
type Step = (step: string) => void | Promise<void>;

/** Places in memory. */
export function memoryKeeper(step: Step = () => {}) {
  const entries = new Map<string, string>();
  const keeper: SecretKeeper = {
    describe: () => '',
    check: async (place) => step(`check ${place.kind}`),
    read: async (place, of) => {
      const text = entries.get(entryOf(place, of));
      if (text === undefined) throw new SecretPlaceError('absent', place.kind, 'Nothing is there.', 'Enter it.');
      return new Secret(text);
    },
    askToSeal: async (of, ask) => {
      const given = await ask({ file: '/nowhere', of, purpose: 'seal' });
      if (given === null) throw new SecretPlaceError('cancelled', 'file', 'No passphrase was given.', 'Give it.');
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
    move: async (place, from, to) => {
      for (const what of ['secret', 'key'] as const) {
        const [old, young] = [entryOf(place, { profile: from, what }), entryOf(place, { profile: to, what })];
        const text = entries.get(old);
        if (text === undefined) continue;
        await step(`move ${old}`);
        entries.set(young, text);
        entries.delete(old);
      }
    },
    forget: async () => [],
  };
  return { entries, keeper };
}

/** A disk and places in memory, and a hook before each change. */
export function memoryWorld(ask: AskPassphrase = async () => new Secret('passphrase')) {
  const hook: { step: Step } = { step: () => {} };
  const steps: string[] = [];
  const step = async (what: string): Promise<void> => {
    steps.push(what);
    await hook.step(what);
  };
  const disk = new Map<string, Profile>();
  const store: ProfileStore = {
    folder: '/nowhere',
    fileOf: (name) => `/nowhere/${name}`,
    load: async () => ({ profiles: [...disk.values()], troubles: [] }),
    save: async (profile, { replace = false } = {}) => {
      await step(`save ${profile.name} with ${profile.secretPlace.kind}`);
      if (!replace && disk.has(nameKey(profile.name))) throw nameTaken(profile.name, '/nowhere');
      disk.set(nameKey(profile.name), profile);
    },
    rename: async (from, to) => {
      await step(`rename ${from} to ${to}`);
      const profile = disk.get(nameKey(from));
      if (profile === undefined) throw new ProfileStoreError('missing', '/nowhere', 'It is not there.');
      if (disk.has(nameKey(to))) throw nameTaken(to, '/nowhere');
      disk.delete(nameKey(from));
      disk.set(nameKey(to), { ...profile, name: to });
    },
    remove: async (name) => {
      await step(`delete ${name}`);
      disk.delete(nameKey(name));
    },
    sweep: async () => {},
  };
  const { entries, keeper } = memoryKeeper(step);
  const secrets = openProfileSecrets(async () => keeper, ask);
  const kept = createKeptProfiles({ store, secrets });
  return { disk, entries, hook, kept, secrets, steps, store };
}
