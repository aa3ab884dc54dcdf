import type { SecretSource } from '../kaltura/ks/signing-secret.js';

/** Why the server refuses a key that is signed with the User Secret (docs/kaltura-facts.md 0.1). */
export const USER_SECRET_SIGNS_NOTHING = 'every key, even a USER key, must be signed with the Administrator Secret';

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
      return 'the account secret';
    case 'variable':
      return `the secret from ${source.name}`;
    case 'profile':
      return `the secret of profile “${source.name}”`;
  }
}
