import { isSecretFilledIn } from '../kaltura/accounts/practice-account.js';
import type { KsVersion } from '../kaltura/ks/fields.js';
import type { PlaceholderValues } from '../kaltura/recipes/placeholders.js';
import type { Secret } from '../kaltura/secret.js';
import type { MadeKey } from '../kaltura/sign-in/key-request.js';
import type { KeySpec, SignInMethod } from '../kaltura/sign-in/key-spec.js';
import type { SecretSource } from '../secrets/source.js';

/** A key that is saved with its profile until it expires, because the user chose so. */
export interface SavedKey extends Omit<MadeKey, 'ks'> {
  /** The key; null if it is stored at the profile's secret source. */
  readonly ks: Secret | null;
}

/**
 * What is saved to make a key again: a `KeySpec`, as the fields of the record, and where its secret comes from. Never contains a secret,
 * password, one-time code or app token.
 */
export interface Profile
  extends Pick<KeySpec, 'region' | 'serviceUrl' | 'type' | 'userId' | 'lifetime' | 'privileges'> {
  /** 1 to 64 characters, as `nameProblem` requires; unique, ignoring case. */
  readonly name: string;
  readonly method: SignInMethod;
  /** Used only by the local method. */
  readonly ksVersion: KsVersion;
  /** null only for a login: the server then uses the account that was used last. */
  readonly partnerId: number | null;
  /** The login ID; only for the login method. */
  readonly loginId: string | null;
  /** The ID of the app token; only for the app-token method. */
  readonly tokenId: string | null;
  /** Who will use the key; null if the user was not asked. */
  readonly holder: string | null;
  /** The recipe that gave type, lifetime and privileges, with its values; null without one. */
  readonly recipe: RecipeUse | null;
  /** The IDs of the risks that the user accepted for this combination of answers. */
  readonly acceptedRisks: readonly string[];
  /** The source of its secret, password or app token. */
  readonly secretSource: SecretSource;
  readonly savedKey: SavedKey | null;
  /** Epoch seconds at which the last saved key expired; null if none has. */
  readonly lastKeyEndedAt: number | null;
  /** Epoch seconds. */
  readonly savedAt: number;
}

/** A recipe (`source/kaltura/recipes`) by its ID, and the values that were given for it. */
export interface RecipeUse {
  readonly id: string;
  readonly values: PlaceholderValues;
}

/** A problem in the profile folder. The other profiles still load. */
export type Trouble =
  /** A file that is not a profile. `movedTo` is its new path; null if it could not be moved: then `stays` says why. */
  | {
      readonly kind: 'damaged';
      readonly file: string;
      readonly movedTo: string | null;
      readonly stays: string | null;
      readonly why: string;
    }
  /**
   * A complete profile that can't be used: it has an invisible character, or its region and service URL disagree. It is listed, and can be
   * renamed, replaced and removed. `why` and `fix` are sentences.
   */
  | {
      readonly kind: 'unusable';
      readonly profile: Profile;
      readonly file: string;
      readonly why: string;
      readonly fix: string;
    }
  /** Written by a newer version of this program. It is not changed, and its name is taken. */
  | { readonly kind: 'newer'; readonly name: string; readonly file: string }
  /** A link, folder or other thing that is not a plain file. It is neither changed nor read. */
  | { readonly kind: 'refused'; readonly file: string; readonly why: string }
  | { readonly kind: 'unreadable'; readonly file: string; readonly why: string }
  /** Other users of this computer could read these. `isClosed`: they no longer can. */
  | { readonly kind: 'exposed'; readonly places: readonly string[]; readonly isClosed: boolean };

/** Checks whether the user chose to save keys with this profile. */
export const savesKeys = (profile: Profile): boolean => profile.savedKey !== null || profile.lastKeyEndedAt !== null;

/**
 * Returns the expiry of the saved key in epoch seconds; null without a key. If the server did not tell the expiry, uses the requested
 * lifetime.
 */
export function savedKeyExpiry(profile: Profile): number | null {
  if (profile.savedKey === null) return null;
  return profile.savedKey.facts.expiresAt ?? profile.savedAt + profile.lifetime;
}

/**
 * Returns the profile unchanged while its saved key is valid at `now` (epoch seconds); else without the key, with the time at which it
 * expired.
 */
export function withoutExpiredKey(profile: Profile, now: number): Profile {
  const end = savedKeyExpiry(profile);
  if (end === null || end > now) return profile;
  return { ...profile, savedKey: null, lastKeyEndedAt: end };
}

/** Checks whether the practice server’s public secret is used, so that nothing is asked. */
export const usesPracticeSecret = ({ region, secretSource, method, tokenId }: Profile): boolean =>
  region === 'practice' && secretSource.kind === 'ask' && isSecretFilledIn(method, tokenId);

export const PRACTICE_SECRET_TEXT = 'the practice secret, filled in for you';
