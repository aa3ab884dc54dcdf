import type { Profile, Trouble } from './profile.js';

export type StoreFault =
  /** A profile of this name exists. */
  | 'exists'
  /** Another program changed or removed the profile in between. */
  | 'changed'
  /** No profile of this name exists. */
  | 'missing'
  /** A newer version of this program wrote the profile of this name. */
  | 'newer'
  /** The file of this name is damaged and could not be set aside. */
  | 'damaged'
  /** A link or another thing stands where the file or the folder belongs. */
  | 'refused'
  /** The profile has a field that cannot be saved. */
  | 'bad-profile'
  | 'denied'
  | 'read-only'
  | 'full'
  | 'other';

/** The store could not do what it was asked; nothing that was saved before is lost. The message is for the person, and names the path. */
export class ProfileStoreError extends Error {
  override readonly name = 'ProfileStoreError';
  constructor(
    readonly fault: StoreFault,
    /** The file or folder that it is about. */
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

export const nameTaken = (name: string, file: string): ProfileStoreError =>
  new ProfileStoreError('exists', file, `A profile named “${name}” exists already (${file}).`);

export const changedMeanwhile = (name: string, file: string): ProfileStoreError =>
  new ProfileStoreError(
    'changed',
    file,
    `Another program changed or removed “${name}” meanwhile, and that stands (${file}).`,
  );

export interface LoadedProfiles {
  /** By name, in the same order on every computer. */
  readonly profiles: readonly Profile[];
  readonly troubles: readonly Trouble[];
}

export interface SaveOptions {
  /** Whether a profile of that name is overwritten. */
  readonly replace?: boolean;
  /** Whether the profile was read from the store before: then it is written back even where it must not be used. */
  readonly isRestored?: boolean;
}

/** Every function may throw a `ProfileStoreError`. */
export interface ProfileStore {
  /** Where the files of the profiles lie. It is made by the first save, not before. */
  readonly folder: string;
  /** The exact file of a profile, whether it exists or not, to be named before it is written. */
  fileOf(name: string): string;
  /** Reads all profiles. Damaged files are set aside; kept keys that have ended are left out. */
  load(): Promise<LoadedProfiles>;
  /** Saves one profile. Without `replace` a name that is taken is refused. A damaged file of the name is set aside. */
  save(profile: Profile, options?: SaveOptions): Promise<void>;
  /**
   * Gives a profile another name, which must be free unless it differs in case alone. Callers check a new name with `nameProblem`; a
   * former name that is refused now can still be given back.
   */
  rename(from: string, to: string): Promise<void>;
  /** Deletes a profile and its kept key. Deleting one that is not there is no error. */
  remove(name: string): Promise<void>;
  /** Takes ended keys, and what a save that was killed left behind, off the disk, as far as it can. For after the first frame. */
  sweep(): Promise<void>;
}
