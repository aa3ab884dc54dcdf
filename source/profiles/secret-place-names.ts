import { fileNameOf, nameKey } from './profile-name.js';
import type { SecretName } from './secret-place.js';

/** Under this service all entries lie in the keychain. */
export const KEYCHAIN_SERVICE = 'kaltura-ks';

/** The account of an entry in the keychain. The same for every spelling of a profile's name; one entry for each secret. */
export const keychainAccount = ({ profile, what }: SecretName): string => `${what}:${nameKey(profile)}`;

/** The encrypted file of a secret, beside others: safe on every file system, as the profile's own file. */
export const secretFileName = ({ profile, what }: SecretName): string =>
  fileNameOf(profile).replace(/\.json$/, `.${what}.json`);
