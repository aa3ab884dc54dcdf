import type { SecretSource } from '../kaltura/ks/signing-secret.js';

/** Why the server refuses a key that is signed with the User Secret. */
export const USER_SECRET_SIGNS_NOTHING =
  'the server accepts that secret to create a USER key, but signs every key with the Administrator Secret';

/** Names a secret by its source, as an object in a sentence. */
export function signingSecretText(source: SecretSource): string {
  switch (source.from) {
    case 'practice':
      return 'the practice secret';
    case 'stdin':
      return 'the secret from standard input';
    case 'file':
      return 'the secret from --secret-file';
    case 'prompt':
      return 'the secret that you entered';
    case 'creation':
      return 'your sign-in secret';
    case 'variable':
      return `the secret from ${source.name}`;
    case 'profile':
      return `the secret of profile “${source.name}”`;
  }
}
