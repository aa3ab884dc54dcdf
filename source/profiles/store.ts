import { nameKey } from './name.js';
import type { Profile, Trouble } from './profile.js';
import type { StoredSecret } from './record-entries.js';

/** The size limit of a record in bytes, above any real profile. Larger files are not read. */
export const LARGEST_RECORD = 1024 * 1024;

export type StoreFault =
  /** A profile of this name exists. */
  | 'exists'
  /** Another program has changed or removed the profile in the meantime. */
  | 'changed'
  /** No profile has this name. */
  | 'missing'
  /** A newer version of this program wrote the profile of this name. */
  | 'newer'
  /** The file of this name is damaged and could not be quarantined. */
  | 'damaged'
  /** A link or another thing is in the place of the file or folder. */
  | 'refused'
  /** The profile has a field that cannot be saved. */
  | 'bad-profile'
  | 'denied'
  | 'read-only'
  | 'full'
  | 'other';

/**
 * Reports that the store could not do what it was asked. Nothing that was saved before is lost. The message is for the user and names the
 * path.
 */
export class ProfileStoreError extends Error {
  override readonly name = 'ProfileStoreError';
  constructor(
    readonly fault: StoreFault,
    /** The affected file or folder. */
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

export const nameTaken = (name: string, file: string): ProfileStoreError =>
  new ProfileStoreError('exists', file, `A profile named “${name}” already exists (${file}).`);

export const changedMeanwhile = (name: string, file: string): ProfileStoreError =>
  new ProfileStoreError(
    'changed',
    file,
    `Another program changed or removed “${name}” at the same time. Its change was kept (${file}).`,
  );

export interface LoadedProfiles {
  /** Sorted by name, in the same order on every computer. */
  readonly profiles: readonly Profile[];
  readonly troubles: readonly Trouble[];
}

/** The loaded profiles, and the name of the default profile; null without one. */
export interface ProfilesWithDefault extends LoadedProfiles {
  readonly defaultName: string | null;
}

/** Loads the profiles and the default. @throws {ProfileStoreError} */
export const loadWithDefault = async (store: ProfileStore): Promise<ProfilesWithDefault> => ({
  ...(await store.load()),
  defaultName: await store.defaultName(),
});

export interface SaveOptions {
  /** Whether to replace a profile of the same name. */
  readonly replace?: boolean;
  /** Whether the profile was read from the store: then it is written back even if it can't be used. */
  readonly isRestored?: boolean;
  /** The profile as it was read; null if there was none. Throws fault `changed` if another program has changed it since. */
  readonly expected?: Profile | null;
}

/** A file that lists the entries that a change is about to write or delete. */
export interface EntryNote {
  /** Adds entries, before they are written or deleted. */
  add(entries: readonly StoredSecret[]): void;
  /**
   * Checks that no other program has removed the note. A program that removes it (`forget`, or a late clean-up) has deleted the entries
   * first.
   * @throws {ProfileStoreError}
   */
  assertThere(): void;
  /** Removes the note, after a record refers to each entry or the entry is deleted. */
  done(): void;
}

/** Entries that a change that was killed may have left. */
export interface LeftoverEntries extends Pick<EntryNote, 'done'> {
  readonly entries: readonly StoredSecret[];
}

/** What is done to a profile, as errors name it. */
export type ProfileChange = 'saved' | 'renamed' | 'deleted';

/** Reads and writes profiles. Every function may throw a `ProfileStoreError`. */
export interface ProfileStore {
  /** The folder of the profile files. Created by the first save. */
  readonly folder: string;
  /** Returns the file of a profile, whether it exists or not, so that it can be shown before it is written. */
  fileOf(name: string): string;
  /** Reads all profiles. Quarantines damaged files; leaves out expired saved keys. */
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
  /**
   * Deletes a profile and its saved key. Does nothing if there is none. With `expected`, throws fault `changed` if it was changed since.
   */
  remove(name: string, expected?: Profile): Promise<void>;
  /** Returns the name of the default profile; null if none is set, or its profile is not saved any more. */
  defaultName(): Promise<string | null>;
  /** Sets the default profile; null unsets it. `rename` and `remove` keep it consistent. */
  setDefault(name: string | null): Promise<void>;
  /** Starts a note of entries that are about to be written or deleted. Its errors say that this can't be done to the profile. */
  noteEntries(doing: ProfileChange): EntryNote;
  /** Returns the notes of killed changes. */
  leftoverEntries(): Promise<readonly LeftoverEntries[]>;
  /** Returns the entries that any profile file refers to, as `entryKey` formats them; also those of damaged and newer files. */
  namedEntries(): Promise<ReadonlySet<string>>;
  /** Removes expired keys and the leftovers of killed saves from the disk, as far as possible. Call it after the first frame. */
  sweep(): Promise<void>;
}

export type UnusableProfile = Extract<Trouble, { kind: 'unusable' }>;

/** Returns the profiles that are listed but can't be used. */
export const unusableIn = (troubles: readonly Trouble[]): readonly UnusableProfile[] =>
  troubles.filter((trouble) => trouble.kind === 'unusable');

/**
 * Finds a usable profile by name, ignoring case.
 * @throws {ProfileStoreError}
 */
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

/**
 * Checks that a name is free, before a secret is asked for.
 * @throws {ProfileStoreError} if a profile has this name
 */
export async function assertNameIsFree(name: string, store: ProfileStore): Promise<void> {
  const found = await savedProfileNamed(name, store);
  if (found !== null) throw nameTaken(found.name, store.fileOf(name));
}
