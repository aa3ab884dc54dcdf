import type { Secret } from '../kaltura/secret.js';
import type { AskPassphrase, SecretKeeper } from '../secrets/keeper.js';
import { type SecretName, type SecretSource, secretNameOf } from '../secrets/source.js';
import { SecretSourceError } from '../secrets/source-error.js';
import type { Profile } from './profile.js';
import type { StoredSecret } from './record-entries.js';
import type { ProfileStore } from './store.js';

type What = SecretName['what'];

/** A profile's name and secret source. */
export type ProfileWithSource = Pick<Profile, 'name' | 'secretSource'>;

/** Writes one secret. */
type WriteSecret = (of: SecretName, secret: Secret) => Promise<void>;

/**
 * Reads and writes the secrets of profiles, each at the source that its profile names. Every function throws `SecretSourceError`, and the
 * errors of asking for a passphrase.
 */
export interface ProfileSecrets extends Pick<SecretKeeper, 'check' | 'copy'> {
  read(profile: ProfileWithSource, what: What, signal?: AbortSignal): Promise<Secret>;
  write(place: SecretSource, of: SecretName, secret: Secret): Promise<void>;
  /**
   * Checks that secrets can be written, without writing any. Tries the source and asks for a passphrase now, so that a typing error is
   * found before anything changes.
   * @param of the secret that is written first
   */
  prepare(place: SecretSource, of: SecretName): Promise<WriteSecret>;
  /** Returns false if there was nothing to remove. */
  remove(entry: StoredSecret): Promise<boolean>;
  /** Creates a unique entry ID. */
  newEntry(): Promise<string>;
}

export function openProfileSecrets(openKeeper: () => Promise<SecretKeeper>, ask: AskPassphrase): ProfileSecrets {
  return {
    read: async (profile, what, signal) => {
      const of = secretNameOf(profile, what);
      if (of.entry === null) throw nothingStored(profile);
      return (await openKeeper()).read(profile.secretSource, of, ask, signal);
    },
    write: async (place, of, secret) => (await openKeeper()).write(place, of, secret, ask),
    prepare: async (place, of) => {
      const keeper = await openKeeper();
      await keeper.check(place);
      const given = place.kind === 'file' ? await keeper.askToSeal(of, ask) : null;
      const answer: AskPassphrase = given === null ? ask : async () => given;
      return (each, secret) => keeper.write(place, each, secret, answer);
    },
    check: async (place, signal) => (await openKeeper()).check(place, signal),
    remove: async ({ place, of }) => (await openKeeper()).remove({ kind: place }, of),
    copy: async (place, from, to) => (await openKeeper()).copy(place, from, to),
    newEntry: async () => (await openKeeper()).newEntry(),
  };
}

const nothingStored = ({ name }: ProfileWithSource): SecretSourceError =>
  new SecretSourceError(
    'absent',
    `Nothing is stored for the profile “${name}” yet.`,
    'Save the profile again with its secret. Other profiles are not affected.',
  );

/** The store of records and the store of secrets. */
export interface StoreAndSecrets {
  readonly store: ProfileStore;
  readonly secrets: ProfileSecrets;
}
