import { isWritable, PROFILE_SECRET_KINDS, type SecretName, secretNameOf } from '../secrets/source.js';
import { SecretSourceError } from '../secrets/source-error.js';
import type { ProfileWithSource, StoreAndSecrets } from './profile-secrets.js';
import { entryKey, type StoredSecret } from './record-entries.js';
import { type ProfileChange, ProfileStoreError } from './store.js';

/**
 * Runs a clean-up and ignores store errors, because the original error is the one to report.
 * @returns whether the clean-up succeeded
 */
export async function ignoreStoreErrors(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof SecretSourceError || error instanceof ProfileStoreError)) throw error;
    return false;
  }
}

/** Describes one attempt to replace the old record with the new one. */
export interface RecordSwap {
  /** The entries that the old record names and the new one does not. */
  readonly replaced: readonly StoredSecret[];
  /** Saves the new record. Throws fault `changed` if another program has changed the old record since it was read: then `plan` is called again. */
  save(): Promise<void>;
}

export interface EntryChange {
  /** What happens to the profile, for error messages. Default: `saved`. */
  readonly change?: ProfileChange;
  readonly written: readonly StoredSecret[];
  write(): Promise<void>;
  /** Reads the present record. Returns null if there is nothing to save any more; throws to stop. */
  plan(): Promise<RecordSwap | null>;
}

export interface EntryChangeOutcome {
  readonly isSaved: boolean;
  /** Why an old entry could not be deleted; null if everything was deleted. A later save tries again. */
  readonly notDeleted: SecretSourceError | null;
}

/** Describes an old entry that could not be deleted; null if everything was deleted. */
export const notDeletedText = ({ notDeleted }: EntryChangeOutcome): string | null =>
  notDeleted === null
    ? null
    : `The old secret could not be deleted: ${notDeleted.message} kaltura-ks tries again when you next save or remove a profile.`;

/** How often to try if other programs keep changing the same profile. */
const ATTEMPTS = 20;

const isChanged = (error: unknown): boolean => error instanceof ProfileStoreError && error.fault === 'changed';

/** The entries that a profile refers to, for the given kinds of secrets. */
export function entriesOf(
  profile: ProfileWithSource,
  whats: readonly SecretName['what'][] = PROFILE_SECRET_KINDS,
): StoredSecret[] {
  const { secretSource } = profile;
  if (!isWritable(secretSource)) return [];
  return whats
    .map((what) => ({ place: secretSource.kind, of: secretNameOf(profile, what) }))
    .filter(({ of }) => of.entry !== null);
}

/**
 * Writes the new entries, then the record that refers to them, and then deletes the old entries. So the record on the disk refers to an
 * existing entry at every moment. If anything fails before the record is saved, the old record and its entries stay unchanged.
 *
 * @throws {ProfileStoreError} and {SecretSourceError}: the record is not saved
 */
export async function changeEntries(change: EntryChange, deps: StoreAndSecrets): Promise<EntryChangeOutcome> {
  const note = deps.store.noteEntries(change.change ?? 'saved');
  const { written } = change;
  let replaced: readonly StoredSecret[] = [];
  let isSaved = false;
  try {
    if (written.length > 0) note.add(written);
    await change.write();
    for (let attempt = 1; !isSaved; attempt += 1) {
      const swap = await change.plan();
      if (swap === null) break;
      ({ replaced } = swap);
      note.assertThere();
      if (replaced.length > 0) note.add(replaced);
      try {
        await swap.save();
        note.assertThere();
        isSaved = true;
      } catch (error) {
        if (!isChanged(error) || attempt === ATTEMPTS) throw error;
      }
    }
  } catch (error) {
    if (await ignoreStoreErrors(() => deleteEntries(written, deps))) note.done();
    throw error;
  }
  const notDeleted = await deletionFault(isSaved ? replaced : written, deps);
  if (notDeleted === null) note.done();
  return { isSaved, notDeleted };
}

async function deletionFault(
  entries: readonly StoredSecret[],
  deps: StoreAndSecrets,
): Promise<SecretSourceError | null> {
  try {
    await deleteEntries(entries, deps);
    return null;
  } catch (error) {
    if (error instanceof SecretSourceError) return error;
    if (!(error instanceof ProfileStoreError)) throw error;
    return new SecretSourceError('failed', error.message, 'Try again.');
  }
}

/** Deletes the entries that no profile refers to. (A killed rename leaves two profiles that refer to the same entry.) */
export async function deleteEntries(
  entries: readonly StoredSecret[],
  { store, secrets }: StoreAndSecrets,
): Promise<boolean> {
  if (entries.length === 0) return false;
  const named = await store.namedEntries();
  let isAnyDeleted = false;
  for (const entry of entries) {
    if (!named.has(entryKey(entry)) && (await secrets.remove(entry))) isAnyDeleted = true;
  }
  return isAnyDeleted;
}

/**
 * Deletes the entries of changes that were killed.
 *
 * @param place the place in use. Other keychain entries are not touched, because the keychain might have to be unlocked
 */
export async function deleteLeftoverEntries(place: string, deps: StoreAndSecrets): Promise<void> {
  await ignoreStoreErrors(async () => {
    for (const { entries, done } of await deps.store.leftoverEntries()) {
      if (!entries.every((entry) => entry.place === 'file' || entry.place === place)) continue;
      if (await ignoreStoreErrors(() => deleteEntries(entries, deps))) done();
    }
  });
}
