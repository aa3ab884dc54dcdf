import type { Secret } from '../kaltura/secret.js';
import { entriesOf } from './change-entries.js';
import type { KeptKey, Profile } from './profile.js';
import type { PlacedSecret } from './record-entries.js';
import { isSameAccount, keepsSameKey } from './same-profile.js';
import { isWritable, type SecretName, withEntries } from './secret-place.js';

/** A profile to be saved, and what is to lie in its place. */
export interface ProfileWish {
  /** The profile to save. Its kept key is stored in its secret place if that can store keys. Its entry IDs are ignored. */
  readonly profile: Profile;
  /** Whether a profile that has the name gives way. */
  readonly replace: boolean;
  /** For a place that takes one: a new one, what lies there for the former profile (if it is for the same account), or nothing. */
  readonly secret: Secret | 'present' | null;
}

/** The new secrets to write into the place of the profile. */
export function secretsToWrite({ profile, secret }: ProfileWish): ReadonlyMap<SecretName['what'], Secret> {
  const written = new Map<SecretName['what'], Secret>();
  if (!isWritable(profile.secretPlace)) return written;
  if (secret !== null && secret !== 'present') written.set('secret', secret);
  const ks = profile.keptKey?.ks ?? null;
  if (ks !== null) written.set('key', ks);
  return written;
}

export interface SavePlan {
  /** The record to save. */
  readonly saved: Profile;
  /** The entries of the old profile that the new one does not reuse. */
  readonly replaced: readonly PlacedSecret[];
}

/**
 * Plans the entries that the record refers to: the new ones, and those of the old profile that are still valid.
 *
 * @param before the profile that is replaced
 * @param ids the IDs of the new entries, one for each of `secretsToWrite`
 */
export function planSave(
  { profile, secret }: ProfileWish,
  before: Profile | null,
  ids: ReadonlyMap<SecretName['what'], string>,
): SavePlan {
  const { secretPlace } = profile;
  const former = before === null ? [] : entriesOf(before);
  if (!isWritable(secretPlace)) return { saved: { ...profile, keptKey: readableKey(profile) }, replaced: former };
  const canReuse = before !== null && before.secretPlace.kind === secretPlace.kind && isSameAccount(before, profile);
  const isReused = {
    secret: canReuse && secret === 'present',
    key: canReuse && profile.keptKey?.ks === null && keepsSameKey(profile, before),
  };
  const entryOf = (what: SecretName['what']): string | null | undefined =>
    ids.get(what) ?? (isReused[what] ? former.find(({ of }) => of.what === what)?.of.entry : null);
  const [secretEntry, keyEntry] = [entryOf('secret'), entryOf('key')];
  const hasKey = ids.has('key') || isReused.key;
  const keptKey = profile.keptKey !== null && hasKey ? { ...profile.keptKey, ks: null } : null;
  return {
    saved: {
      ...profile,
      secretPlace: withEntries(
        { kind: secretPlace.kind },
        {
          ...(secretEntry === undefined ? {} : { secret: secretEntry }),
          ...(keyEntry === undefined ? {} : { key: keyEntry }),
        },
      ),
      keptKey,
    },
    replaced: former.filter(({ of }) => !isReused[of.what]),
  };
}

/** Drops a key that was stored in the old place, because it can't be read from the new one. */
const readableKey = ({ keptKey }: Profile): KeptKey | null => (keptKey?.ks === null ? null : keptKey);
