import type { Profile, Trouble } from './profile.js';
import type { PlacedSecret } from './record-entries.js';

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
  /** Only the profile that was read (null: none) is replaced: fault `changed` where another program has changed it since. */
  readonly expected?: Profile | null;
}

/** Entries that a change is writing or deleting, noted on the disk. */
export interface EntryNote {
  /** Adds entries, before they are touched. */
  add(entries: readonly PlacedSecret[]): void;
  /**
   * Makes sure that no other program has removed the note: whoever removes it (`forget`, or a clean-up after a long stop) has deleted the entries first.
   *
   * @throws {ProfileStoreError}
   */
  assertThere(): void;
  /** Removes the note: a record names each of the entries, or it is gone. */
  done(): void;
}

/** Entries that a change which was killed may have left. */
export interface LeftoverEntries extends Pick<EntryNote, 'done'> {
  readonly entries: readonly PlacedSecret[];
}

/** Every function may throw a `ProfileStoreError`. */
export interface ProfileStore {
  /** Where the files of the profiles lie. It is made by the first save, not before. */
  readonly folder: string;
  /** The exact file of a profile, whether it exists or not, to be named before it is written. */
  fileOf(name: string): string;
  /** Reads all profiles. Damaged files are quarantined; kept keys that have ended are left out. */
  load(): Promise<LoadedProfiles>;
  /**
   * Saves one profile. Without `replace` a name that is taken is refused. With `expected`, only the profile that was read (or none) is replaced: fault
   * `changed` where another program has changed it since. A damaged file of the name is quarantined.
   */
  save(profile: Profile, options?: SaveOptions): Promise<void>;
  /**
   * Changes a profile that was read, and keeps what a newer version has written into its record. The name may change in case alone.
   *
   * @throws {ProfileStoreError} fault `changed` where another program has changed or removed it since
   */
  update(before: Profile, after: Profile): Promise<void>;
  /**
   * Gives a profile another name, which must be free unless it differs in case alone. Callers check a new name with `nameProblem`; a
   * former name that is refused now can still be given back.
   */
  rename(from: string, to: string): Promise<void>;
  /** Deletes a profile and its kept key. Deleting one that is not there is no error. With `expected`, only the profile that was read is deleted. */
  remove(name: string, expected?: Profile): Promise<void>;
  /** Starts a note of entries that are about to be written or deleted. */
  noteEntries(): EntryNote;
  /** The notes of changes that were killed. */
  leftoverEntries(): Promise<readonly LeftoverEntries[]>;
  /** The entries (as `entryKey` tells them) that any file of a profile names, a damaged one or one of a newer version too. */
  namedEntries(): Promise<ReadonlySet<string>>;
  /** Takes ended keys, and what a save that was killed left behind, off the disk, as far as it can. For after the first frame. */
  sweep(): Promise<void>;
}
