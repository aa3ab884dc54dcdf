import { Secret } from '../secret.js';

/** The source of the secret that verifies a signature. */
export type SecretSource =
  | { readonly from: 'practice' | 'stdin' | 'file' | 'prompt' | 'creation' }
  | { readonly from: 'variable'; readonly name: string }
  | { readonly from: 'profile'; readonly name: string };

/** An admin secret that may have signed a key, and its source. */
export interface SigningSecret {
  readonly secret: Secret;
  readonly source: SecretSource;
}

/** The admin secret of the practice accounts. It is public, so a signature made with it says nothing about any other account. */
export const PRACTICE_ADMIN_SECRET = 'c0ffee00c0ffee00c0ffee00c0ffee00';

/** The accounts of the practice server. */
export const PRACTICE_PARTNER_IDS = { usual: 1234567, capped: 1234568, blocked: 1234569 } as const;

const PRACTICE: SigningSecret = { secret: new Secret(PRACTICE_ADMIN_SECRET), source: { from: 'practice' } };

/** Returns whether the practice server has this account number. A real server may have it too. */
export const isPracticeAccount = (partnerId: number | null): boolean =>
  Object.values<number | null>(PRACTICE_PARTNER_IDS).includes(partnerId);

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
