import { fileNameOf, nameKey } from './profile-name.js';
import type { SecretName } from './secret-place.js';

/** Under this service all entries lie in the keychain. */
export const KEYCHAIN_SERVICE = 'kaltura-ks';

/** The account of an entry in the keychain. Without an entry ID, the name that version 0.1.0 used, which ignores case. */
export const keychainAccount = ({ profile, what, entry }: SecretName): string =>
  entry == null ? `${what}:${nameKey(profile)}` : `id:${entry}`;

/** The file name of an encrypted secret. Without an entry ID, the name that version 0.1.0 used, after the profile's own file. */
export const secretFileName = ({ profile, what, entry }: SecretName): string =>
  entry == null ? fileNameOf(profile).replace(/\.json$/, `.${what}.json`) : `${entry}.json`;
