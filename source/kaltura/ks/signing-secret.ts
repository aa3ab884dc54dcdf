import { isPracticeAccount, PRACTICE_CREDENTIALS } from '../accounts/practice-account.js';
import { Secret } from '../secret.js';

/** The source of the secret that verifies a signature. */
export type SecretSource =
  | { readonly from: 'practice' | 'stdin' | 'file' | 'prompt' | 'creation' }
  | { readonly from: 'variable'; readonly name: string }
  | { readonly from: 'profile'; readonly name: string };

/** An Administrator Secret that may have signed a key, and its source. */
export interface SigningSecret {
  readonly secret: Secret;
  readonly source: SecretSource;
}

const PRACTICE: SigningSecret = { secret: new Secret(PRACTICE_CREDENTIALS.adminSecret), source: { from: 'practice' } };

/**
 * Selects the one secret that decides whether a signature is valid: the given secret, if there is one. Without one, the practice
 * secret can verify the keys of practice accounts.
 *
 * @returns `canVerify: false` for the practice secret and any other account: it must never verify such a key
 */
export function verificationSecret(
  partnerId: number | null,
  given: SigningSecret | null,
): (SigningSecret & { readonly canVerify: boolean }) | null {
  if (given === null) return isPracticeAccount(partnerId) ? { ...PRACTICE, canVerify: true } : null;
  if (given.secret.equals(PRACTICE.secret) && !isPracticeAccount(partnerId)) return { ...PRACTICE, canVerify: false };
  return { ...given, canVerify: true };
}
