import { changeEntries, type EntryChangeOutcome } from './change-entries.js';
import type { Profile } from './profile.js';
import { savedProfileNamed } from './profile-by-name.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { changedMeanwhile, nameTaken } from './profile-store.js';
import { isSameButForKey } from './same-profile.js';
import { type ProfileWish, planSave, secretsToWrite } from './save-plan.js';
import type { SecretName, StoringPlace } from './secret-place.js';

/**
 * Saves a profile together with its secrets. The new secrets are written to new entries, then the record that names them takes the place of the old
 * one in one step, and then the old entries are deleted. So the old secret or the new one is there at every moment, and no secret of one account
 * can be sent for another.
 *
 * @throws {ProfileStoreError} also where another program changed the profile meanwhile: that stands
 * @throws {SecretPlaceError} and nothing is changed
 */
export async function saveWithSecrets(wish: ProfileWish, deps: StoreAndSecrets): Promise<EntryChangeOutcome> {
  const { store, secrets } = deps;
  const { name, secretPlace } = wish.profile;
  const before = await savedProfileNamed(name, store);
  if (before !== null && !wish.replace) throw nameTaken(before.name, store.fileOf(name));
  const texts = [...secretsToWrite(wish)];
  const ids = new Map<SecretName['what'], string>();
  for (const [what] of texts) ids.set(what, await secrets.newEntry());
  const nameOf = (what: SecretName['what']): SecretName => ({ profile: name, what, entry: ids.get(what) ?? null });
  const [first] = texts;
  const writeSecret = first === undefined ? null : await secrets.prepare(secretPlace, nameOf(first[0]));

  const change = {
    written: texts.map(([what]) => ({ place: secretPlace.kind as StoringPlace['kind'], of: nameOf(what) })),
    async write() {
      for (const [what, text] of texts) await writeSecret?.(nameOf(what), text);
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

/** A key that another program has kept or dropped meanwhile is no reason to give up. */
const isAsBefore = (found: Profile | null, before: Profile | null): boolean =>
  found === null || before === null ? found === before : isSameButForKey(found, before);
