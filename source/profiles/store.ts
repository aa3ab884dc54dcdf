import { nameKey } from './name.js';
import type { Profile, Trouble } from './profile.js';
import type { StoredSecret } from './record-entries.js';

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
  /** Whether the profile was read from the store before: then it is written back even if it must not be used. */
  readonly isRestored?: boolean;
  /** The profile as it was read; null if there was none. Throws fault `changed` if another program has changed it since. */
  readonly expected?: Profile | null;
}

/** A note on the disk of the entries that a change is about to write or delete. */
export interface EntryNote {
  /** Adds entries, before they are touched. */
  add(entries: readonly StoredSecret[]): void;
  /**
   * Makes sure that no other program has removed the note: whoever removes it (`forget`, or a clean-up after a long stop) has deleted the entries first.
   *
   * @throws {ProfileStoreError}
   */
  assertThere(): void;
  /** Removes the note, once a record refers to each entry or the entry is deleted. */
  done(): void;
}

/** Entries that a killed change may have left behind. */
export interface LeftoverEntries extends Pick<EntryNote, 'done'> {
  readonly entries: readonly StoredSecret[];
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
   * Saves one profile. Without `replace`, throws if the name is taken. With `expected`, throws fault `changed` if another program has
   * changed the profile since it was read. Quarantines a damaged file of that name.
   */
  save(profile: Profile, options?: SaveOptions): Promise<void>;
  /**
   * Changes a profile that was read, and keeps the fields that a newer version has added to its record. In the name, only the case may
   * change.
   *
   * @throws {ProfileStoreError} fault `changed` if another program has changed or removed the profile since
   */
  update(before: Profile, after: Profile): Promise<void>;
  /**
   * Renames a profile. The new name must be free, unless only its case differs. Callers check a new name with `nameProblem`; this
   * function also accepts the names that version 0.1.0 allowed, to undo a rename.
   */
  rename(from: string, to: string): Promise<void>;
  /** Deletes a profile and its kept key. Does nothing if there is none. With `expected`, throws fault `changed` if it was changed since. */
  remove(name: string, expected?: Profile): Promise<void>;
  /** Starts a note of entries that are about to be written or deleted. */
  noteEntries(): EntryNote;
  /** The notes of changes that were killed. */
  leftoverEntries(): Promise<readonly LeftoverEntries[]>;
  /** The entries that any profile file refers to, as `entryKey` returns them; also damaged files and files of a newer version. */
  namedEntries(): Promise<ReadonlySet<string>>;
  /** Takes ended keys, and what a save that was killed left behind, off the disk, as far as it can. For after the first frame. */
  sweep(): Promise<void>;
}

export type UnusableProfile = Extract<Trouble, { kind: 'unusable' }>;

/** The profiles that are listed, but cannot be used. */
export const unusableIn = (troubles: readonly Trouble[]): readonly UnusableProfile[] =>
  troubles.filter((trouble) => trouble.kind === 'unusable');

/** The profile that has this name now and can be used; case does not count. @throws {ProfileStoreError} */
export async function profileNamed(name: string, store: ProfileStore): Promise<Profile | null> {
  const { profiles } = await store.load();
  return profiles.find((profile) => nameKey(profile.name) === nameKey(name)) ?? null;
}

/** Like `profileNamed`, but also finds an unusable profile, to rename, replace or remove it. @throws {ProfileStoreError} */
export async function savedProfileNamed(name: string, store: ProfileStore): Promise<Profile | null> {
  const { profiles, troubles } = await store.load();
  const saved = [...profiles, ...unusableIn(troubles).map(({ profile }) => profile)];
  return saved.find((profile) => nameKey(profile.name) === nameKey(name)) ?? null;
}

/** For whoever asks for a secret before the profile is saved. @throws {ProfileStoreError} where a profile has this name */
export async function assertNameIsFree(name: string, store: ProfileStore): Promise<void> {
  const found = await savedProfileNamed(name, store);
  if (found !== null) throw nameTaken(found.name, store.fileOf(name));
}
