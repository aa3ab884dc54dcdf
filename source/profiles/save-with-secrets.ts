import { changeEntries, type EntryChangeOutcome } from './change-entries.js';
import type { Profile } from './profile.js';
import { savedProfileNamed } from './profile-by-name.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { changedMeanwhile, nameTaken } from './profile-store.js';
import { isSameButForKey } from './same-profile.js';
import { type ProfileWish, planSave, secretsToWrite } from './save-plan.js';
import type { SecretName, StoringPlace } from './secret-place.js';

/**
 * Saves a profile together with its secrets. Writes the new secrets to new entries, then replaces the record in one step, and then deletes
 * the old entries. So the old secret or the new one exists at every moment, and the secret of one account is never sent for another.
 *
 * @throws {ProfileStoreError} also if another program changed the profile in the meantime: that change stays
 * @throws {SecretPlaceError} nothing was changed
 */
export async function saveWithSecrets(wish: ProfileWish, deps: StoreAndSecrets): Promise<EntryChangeOutcome> {
  const { store, secrets } = deps;
  const { name, secretPlace } = wish.profile;
  const before = await savedProfileNamed(name, store);
  if (before !== null && !wish.replace) throw nameTaken(before.name, store.fileOf(name));
  const newSecrets = [...secretsToWrite(wish)];
  const ids = new Map<SecretName['what'], string>();
  for (const [what] of newSecrets) ids.set(what, await secrets.newEntry());
  const nameOf = (what: SecretName['what']): SecretName => ({ profile: name, what, entry: ids.get(what) ?? null });
  const [first] = newSecrets;
  const writeSecret = first === undefined ? null : await secrets.prepare(secretPlace, nameOf(first[0]));

  const change = {
    written: newSecrets.map(([what]) => ({ place: secretPlace.kind as StoringPlace['kind'], of: nameOf(what) })),
    async write() {
      for (const [what, secret] of newSecrets) await writeSecret?.(nameOf(what), secret);
    },
    async plan() {
      const found = wish.replace ? await savedProfileNamed(name, store) : null;
      if (!isAsBefore(found, before)) throw changedMeanwhile(name, store.fileOf(name));
      const { saved, replaced } = planSave(wish, found, ids);
      const save = () => store.save(saved, { replace: wish.replace, expected: found });
      return { replaced, save };
    },
  };
  return changeEntries(change, deps);
}

/** Ignores the kept key, which another program may have changed in the meantime. */
const isAsBefore = (found: Profile | null, before: Profile | null): boolean =>
  found === null || before === null ? found === before : isSameButForKey(found, before);
