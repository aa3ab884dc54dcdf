import type { Secret } from '../kaltura/secret.js';
import { asFarAsPossible } from './as-far-as-possible.js';
import type { PlacedProfile, StoreAndSecrets } from './profile-secrets.js';
import { ProfileStoreError } from './profile-store.js';
import { entryKey, type PlacedSecret } from './record-entries.js';
import { isWritable, SECRETS_OF_A_PROFILE, type SecretName, secretNameOf } from './secret-place.js';
import { SecretPlaceError } from './secret-place-error.js';

/** An entry to be written. */
export interface NewEntry extends PlacedSecret {
  readonly secret: Secret;
}

/** One attempt to put the new record in the place of the old one. */
export interface RecordSwap {
  /** The entries that the old record names and the new one does not. */
  readonly replaced: readonly PlacedSecret[];
  /** Saves the new record. Fault `changed` where another program has changed the old one since it was read: then there is another attempt. */
  save(): Promise<void>;
}

export interface EntryChange {
  readonly written: readonly PlacedSecret[];
  /** Writes the new entries. */
  write(): Promise<void>;
  /** Reads the present record. null where there is nothing to save any more; throws to give up. */
  plan(): Promise<RecordSwap | null>;
}

export interface EntryChangeOutcome {
  readonly isSaved: boolean;
  /** Why an old entry could not be deleted; null where all is deleted. A later change of a profile tries again. */
  readonly notDeleted: SecretPlaceError | null;
}

/** What to tell the person about an old entry that could not be deleted; null where all is deleted. */
export const notDeletedText = ({ notDeleted }: EntryChangeOutcome): string | null =>
  notDeleted === null
    ? null
    : `The former secret could not be deleted: ${notDeleted.message} A later change of a profile tries again.`;

/** More programs than that do not change the same profile at the same moment. */
const ATTEMPTS = 20;

const isChanged = (error: unknown): boolean => error instanceof ProfileStoreError && error.fault === 'changed';

/** The entries that a profile names for these of its secrets. */
export function entriesOf(
  profile: PlacedProfile,
  whats: readonly SecretName['what'][] = SECRETS_OF_A_PROFILE,
): PlacedSecret[] {
  const { secretPlace } = profile;
  if (!isWritable(secretPlace)) return [];
  return whats
    .map((what) => ({ place: secretPlace.kind, of: secretNameOf(profile, what) }))
    .filter(({ of }) => of.entry !== null);
}

/**
 * Writes new entries, then the record that names them, and then deletes the old entries: at every moment the record that is there names an entry that
 * is there. A failure before the record is saved leaves the old record and its entries as they were.
 *
 * @throws {ProfileStoreError} and {SecretPlaceError}: the record is not saved
 */
export async function changeEntries(change: EntryChange, deps: StoreAndSecrets): Promise<EntryChangeOutcome> {
  const note = deps.store.noteEntries();
  const { written } = change;
  let replaced: readonly PlacedSecret[] = [];
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
    if (await asFarAsPossible(() => deleteEntries(written, deps))) note.done();
    throw error;
  }
  const notDeleted = await deletionFault(isSaved ? replaced : written, deps);
  if (notDeleted === null) note.done();
  return { isSaved, notDeleted };
}

async function deletionFault(
  entries: readonly PlacedSecret[],
  deps: StoreAndSecrets,
): Promise<SecretPlaceError | null> {
  try {
    await deleteEntries(entries, deps);
    return null;
  } catch (error) {
    if (error instanceof SecretPlaceError) return error;
    if (!(error instanceof ProfileStoreError)) throw error;
    return new SecretPlaceError('failed', entries[0]?.place ?? 'file', error.message, 'Try again.');
  }
}

/** Deletes entries that no profile names: a rename that was killed leaves two profiles that name the same one. */
export async function deleteEntries(
  entries: readonly PlacedSecret[],
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
 * Deletes the entries that killed changes have left.
 *
 * @param place only in a place that is being used anyway: a keychain may have to be unlocked
 */
export async function deleteLeftoverEntries(place: string, deps: StoreAndSecrets): Promise<void> {
  await asFarAsPossible(async () => {
    for (const { entries, done } of await deps.store.leftoverEntries()) {
      if (!entries.every((entry) => entry.place === 'file' || entry.place === place)) continue;
      if (await asFarAsPossible(() => deleteEntries(entries, deps))) done();
    }
  });
}
