import type { Secret } from '../kaltura/secret.js';
import type { Profile } from './profile.js';
import type { ProfileStore } from './profile-store.js';
import type { SecretName } from './secret-place.js';
import type { AskPassphrase, SecretKeeper } from './secret-place-keeper.js';

type What = SecretName['what'];

/** A profile, as far as its place goes. */
export type PlacedProfile = Pick<Profile, 'name' | 'secretPlace'>;

/**
 * The secrets of profiles, each in the place that its profile names. Every function throws `SecretPlaceError`, and what the asking for a
 * passphrase throws.
 */
export interface ProfileSecrets {
  read(profile: PlacedProfile, what: What, signal?: AbortSignal): Promise<Secret>;
  write(profile: PlacedProfile, what: What, secret: Secret): Promise<void>;
  /**
   * Makes sure that secrets can be written, and writes none: the place is tried, and a passphrase is asked for now, so that a slip of the
   * finger comes before anything is changed.
   *
   * @returns what writes them
   */
  prepare(profile: PlacedProfile): Promise<(what: What, secret: Secret) => Promise<void>>;
  /** False where there was nothing. */
  remove(profile: PlacedProfile, what: What): Promise<boolean>;
  /** Gives what is stored for a name to another one; `to` has the place. */
  move(from: string, to: PlacedProfile): Promise<void>;
}

export function openProfileSecrets(openKeeper: () => Promise<SecretKeeper>, ask: AskPassphrase): ProfileSecrets {
  return {
    read: async ({ name, secretPlace }, what, signal) =>
      (await openKeeper()).read(secretPlace, { profile: name, what }, ask, signal),
    write: async ({ name, secretPlace }, what, secret) =>
      (await openKeeper()).write(secretPlace, { profile: name, what }, secret, ask),
    prepare: async ({ name, secretPlace }) => {
      const keeper = await openKeeper();
      await keeper.check(secretPlace);
      const isSealed = secretPlace.kind === 'file';
      const given = isSealed ? await keeper.askToSeal({ profile: name, what: 'secret' }, ask) : null;
      const answer: AskPassphrase = given === null ? ask : async () => given;
      return (what, secret) => keeper.write(secretPlace, { profile: name, what }, secret, answer);
    },
    remove: async ({ name, secretPlace }, what) => (await openKeeper()).remove(secretPlace, { profile: name, what }),
    move: async (from, { name, secretPlace }) => (await openKeeper()).move(secretPlace, from, name),
  };
}

/** Both halves of what is kept. */
export interface StoreAndSecrets {
  readonly store: ProfileStore;
  readonly secrets: ProfileSecrets;
}
