import type { Secret } from '../kaltura/secret.js';
import type { KeptKey, Profile } from './profile.js';
import type { PlacedProfile } from './profile-secrets.js';
import { isSameAccount, keepsSameKey } from './same-profile.js';
import { isWritable, SECRETS_OF_A_PROFILE, type SecretName } from './secret-place.js';

type What = SecretName['what'];

/** A profile to be saved, and what is to lie in its place. */
export interface ProfileWish {
  /** A kept key that it holds lies in its place afterwards, if that takes any. */
  readonly profile: Profile;
  /** Whether a profile that has the name gives way. */
  readonly replace: boolean;
  /** For a place that takes one: a new one, what lies there for the former profile (if it is for the same account), or nothing. */
  readonly secret: Secret | 'present' | null;
}

/** What saving a profile does to the places of secrets. */
export interface SavePlan {
  readonly before: Profile | null;
  /** What is saved in the end. */
  readonly saved: Profile;
  /** What is saved first, to have the name: it uses nothing that is still to go or to come. */
  readonly claim: Profile;
  readonly written: readonly (readonly [what: What, text: Secret])[];
  /**
   * What the former profile has in its place, and the new one does not take over; and what may lie where the new one would look for its
   * secret: a removal that failed has left it there.
   */
  readonly removed: readonly (readonly [profile: PlacedProfile, what: What])[];
  /** Whether both have the same place. */
  readonly isSamePlace: boolean;
  /** Whether a secret of the new one is one of the former too. */
  readonly isSameAccount: boolean;
}

export function planSave({ profile, secret }: ProfileWish, before: Profile | null): SavePlan {
  const takes = isWritable(profile.secretPlace);
  const isSamePlace = before !== null && before.secretPlace.kind === profile.secretPlace.kind;
  const isSame = before !== null && isSameAccount(before, profile);
  const mayStay = takes && isSamePlace && isSame;
  const hasSecret = mayStay && secret === 'present';
  const hasKey = mayStay && profile.keptKey?.ks === null && keepsSameKey(profile, before);
  const given = takes && secret !== 'present' ? secret : null;
  const ks = takes ? (profile.keptKey?.ks ?? null) : null;
  const saved: Profile = { ...profile, keptKey: keptWith(profile, takes, hasKey || ks !== null) };
  const gone = SECRETS_OF_A_PROFILE.filter((what) => !(what === 'secret' ? hasSecret : hasKey));
  return {
    before,
    saved,
    claim: {
      ...saved,
      secretPlace: hasSecret ? saved.secretPlace : { kind: 'ask' },
      keptKey: takes ? null : saved.keptKey,
    },
    written: [...(given === null ? [] : [['secret', given] as const]), ...(ks === null ? [] : [['key', ks] as const])],
    removed: [
      ...(before !== null && isWritable(before.secretPlace) ? gone.map((what) => [before, what] as const) : []),
      ...(takes && !isSamePlace && given === null ? [[saved, 'secret'] as const] : []),
    ],
    isSamePlace,
    isSameAccount: isSame,
  };
}

/** A key is not said to lie in a place where it does not. */
function keptWith({ keptKey }: Profile, takes: boolean, hasKey: boolean): KeptKey | null {
  if (keptKey === null) return null;
  if (!takes) return keptKey.ks === null ? null : keptKey;
  return hasKey ? { ...keptKey, ks: null } : null;
}
