import type { RegionId } from '../kaltura/accounts/regions.js';
import type { KsVersion } from '../kaltura/ks/fields.js';
import type { Secret } from '../kaltura/secret.js';
import type { KeyRequest, MadeKey, SignInMethod } from '../kaltura/sign-in/key-request.js';
import type { SecretSource } from '../secrets/source.js';

/** A key that is kept with its profile until it ends, because that was asked for. */
export interface SavedKey extends Omit<MadeKey, 'ks'> {
  /** null where the key lies in the profile's secret place, as its secret does. */
  readonly ks: Secret | null;
}

/** What is saved so that a key can be made again. A secret, a password, a one-time code or an app token has no place in it. */
export interface Profile extends Pick<KeyRequest, 'serviceUrl' | 'type' | 'userId' | 'lifetime' | 'privileges'> {
  /** 1 to 64 characters as `nameProblem` wants them; unique ignoring case. */
  readonly name: string;
  readonly region: RegionId;
  readonly method: SignInMethod;
  readonly ksVersion: KsVersion;
  /** null for a login alone: the server then takes the account last used. */
  readonly partnerId: number | null;
  /** Whose login; for a login alone. */
  readonly loginId: string | null;
  /** Which app token; for an app token alone. */
  readonly tokenId: string | null;
  /** Who will hold the key; null where nobody asked. */
  readonly holder: string | null;
  /** The ids of the risks that were accepted for just this combination. */
  readonly acceptedRisks: readonly string[];
  /** Where its secret, password or app token comes from. */
  readonly secretPlace: SecretSource;
  readonly keptKey: SavedKey | null;
  /** Epoch seconds at which the last kept key ended; null where none has. */
  readonly lastKeyEndedAt: number | null;
  /** Epoch seconds. */
  readonly savedAt: number;
}

/** What the folder of profiles had that could not be used as it was. The other profiles load. */
export type Trouble =
  /** Not a profile any more. `movedTo` is where it lies now; null where it could not be moved, and then `stays` says why. */
  | {
      readonly kind: 'damaged';
      readonly file: string;
      readonly movedTo: string | null;
      readonly stays: string | null;
      readonly why: string;
    }
  /**
   * A complete profile that cannot be used: it has an invisible character, or its region and its service URL disagree. It is still
   * listed, and can be renamed, replaced and removed. `why` and `fix` are sentences.
   */
  | {
      readonly kind: 'unusable';
      readonly profile: Profile;
      readonly file: string;
      readonly why: string;
      readonly fix: string;
    }
  /** Written by a newer version of this program. Left as it is, and its name is taken. */
  | { readonly kind: 'newer'; readonly name: string; readonly file: string }
  /** A link, a folder or another thing that is no plain file. Left as it is, unread. */
  | { readonly kind: 'refused'; readonly file: string; readonly why: string }
  | { readonly kind: 'unreadable'; readonly file: string; readonly why: string }
  /** Others on this computer could read these. `isClosed`: no longer. */
  | { readonly kind: 'exposed'; readonly places: readonly string[]; readonly isClosed: boolean };

/** Whether the person chose to keep the keys of this profile. */
export const savesKeys = (profile: Profile): boolean => profile.keptKey !== null || profile.lastKeyEndedAt !== null;

/** Epoch seconds at which the kept key ends, null without one. A key whose own end is unknown is taken to live as long as was asked for. */
export function savedKeyExpiry(profile: Profile): number | null {
  if (profile.keptKey === null) return null;
  return profile.keptKey.facts.expiresAt ?? profile.savedAt + profile.lifetime;
}

/** The profile itself while its kept key lives at `now` (epoch seconds), else the profile without it, remembering when it ended. */
export function withoutExpiredKey(profile: Profile, now: number): Profile {
  const end = savedKeyExpiry(profile);
  if (end === null || end > now) return profile;
  return { ...profile, keptKey: null, lastKeyEndedAt: end };
}
