import type { Secret } from '../kaltura/secret.js';
import { isSameAccount } from '../kaltura/sign-in/key-spec.js';
import { isWritable, type SecretName, type StoringSource, withEntries } from '../secrets/source.js';
import { changeEntries, deleteLeftoverEntries, type EntryChangeOutcome, entriesOf } from './change-entries.js';
import type { Profile, SavedKey } from './profile.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { specOfProfile } from './profile-spec.js';
import type { StoredSecret } from './record-entries.js';
import { isSameButForKey, keepsSameKey } from './same-profile.js';
import { changedMeanwhile, nameTaken, savedProfileNamed } from './store.js';

/** A profile to save, and the secret to store with it. */
export interface ProfileToSave {
  /** The profile to save. Its key is stored at its secret source if that can store keys. Its entry IDs are ignored. */
  readonly profile: Profile;
  /** Whether to replace a profile of the same name. */
  readonly replace: boolean;
  /** For a source that can store secrets: a new secret, the `present` one (if the old profile has the same account), or none. */
  readonly secret: Secret | 'present' | null;
}

/** Returns the new secrets to write to the profile's secret source. */
export function secretsToWrite({ profile, secret }: ProfileToSave): ReadonlyMap<SecretName['what'], Secret> {
  const written = new Map<SecretName['what'], Secret>();
  if (!isWritable(profile.secretSource)) return written;
  if (secret !== null && secret !== 'present') written.set('secret', secret);
  const ks = profile.savedKey?.ks ?? null;
  if (ks !== null) written.set('key', ks);
  return written;
}

export interface SavePlan {
  /** The record to save. */
  readonly saved: Profile;
  /** The entries of the old profile that the new one doesn't reuse. */
  readonly replaced: readonly StoredSecret[];
}

/**
 * Plans the entries that the record refers to: the new ones, and those of the old profile that are still valid.
 *
 * @param before the profile that is replaced
 * @param ids the IDs of the new entries, one for each of `secretsToWrite`
 */
export function planSave(
  { profile, secret }: ProfileToSave,
  before: Profile | null,
  ids: ReadonlyMap<SecretName['what'], string>,
): SavePlan {
  const { secretSource } = profile;
  const former = before === null ? [] : entriesOf(before);
  if (!isWritable(secretSource)) return { saved: { ...profile, savedKey: readableKey(profile) }, replaced: former };
  const canReuse =
    before !== null &&
    before.secretSource.kind === secretSource.kind &&
    isSameAccount(specOfProfile(before), specOfProfile(profile));
  const isReused = {
    secret: canReuse && secret === 'present',
    key: canReuse && profile.savedKey?.ks === null && keepsSameKey(profile, before),
  };
  const entryOf = (what: SecretName['what']): string | null | undefined =>
    ids.get(what) ?? (isReused[what] ? former.find(({ of }) => of.what === what)?.of.entry : null);
  const hasKey = ids.has('key') || isReused.key;
  const savedKey = profile.savedKey !== null && hasKey ? { ...profile.savedKey, ks: null } : null;
  return {
    saved: {
      ...profile,
      secretSource: withEntries({ kind: secretSource.kind }, { secret: entryOf('secret'), key: entryOf('key') }),
      savedKey,
    },
    replaced: former.filter(({ of }) => !isReused[of.what]),
  };
}

/** Drops a key that was stored at the old source, because it can't be read from the new one. */
const readableKey = ({ savedKey }: Profile): SavedKey | null => (savedKey?.ks === null ? null : savedKey);

/**
 * Saves a profile together with its secrets. Writes the new secrets to new entries, then replaces the record in one step, and then deletes
 * the old entries. So the old or the new secret exists at every moment, and the secret of one account is never sent for another.
 * @throws {ProfileStoreError} also if another program changed the profile in the meantime: that change stays
 * @throws {SecretSourceError} nothing was changed
 */
export async function saveWithSecrets(request: ProfileToSave, deps: StoreAndSecrets): Promise<EntryChangeOutcome> {
  const { store, secrets } = deps;
  const { name, secretSource } = request.profile;
  const before = await savedProfileNamed(name, store);
  if (before !== null && !request.replace) throw nameTaken(before.name, store.fileOf(name));
  const newSecrets = [...secretsToWrite(request)];
  const ids = new Map<SecretName['what'], string>();
  for (const [what] of newSecrets) ids.set(what, await secrets.newEntry());
  const nameOf = (what: SecretName['what']): SecretName => ({ profile: name, what, entry: ids.get(what) ?? null });
  const [first] = newSecrets;
  const writeSecret = first === undefined ? null : await secrets.prepare(secretSource, nameOf(first[0]));

  const change = {
    written: newSecrets.map(([what]) => ({ place: secretSource.kind as StoringSource['kind'], of: nameOf(what) })),
    async write() {
      for (const [what, secret] of newSecrets) await writeSecret?.(nameOf(what), secret);
    },
    async plan() {
      const found = request.replace ? await savedProfileNamed(name, store) : null;
      if (!isAsBefore(found, before)) throw changedMeanwhile(name, store.fileOf(name));
      const { saved, replaced } = planSave(request, found, ids);
      const save = () => store.save(saved, { replace: request.replace, expected: found });
      return { replaced, save };
    },
  };
  const outcome = await changeEntries(change, deps);
  await deleteLeftoverEntries(secretSource.kind, deps);
  return outcome;
}

/** Compares without the saved key, which another program may have changed in the meantime. */
const isAsBefore = (found: Profile | null, before: Profile | null): boolean =>
  found === null || before === null ? found === before : isSameButForKey(found, before);
