import { isHostedRegion } from '../../kaltura/accounts/regions.js';
import type { Secret } from '../../kaltura/secret.js';
import { changeForm, EMPTY_FORM, type FormState } from './form.js';

/** The practice account, shown on the screens so that a new user only has to press Enter. */
export interface PracticeAccount {
  readonly partnerId: string;
  readonly secret: Secret;
  readonly loginId: string;
  readonly password: Secret;
  readonly tokenId: string;
  readonly token: Secret;
  /** Returns the current one-time code. `now` is in epoch milliseconds. */
  currentCode(now: number): string;
}

const FIELDS = ['partnerId', 'secret', 'loginId', 'password', 'tokenId', 'token'] as const;

const isEqual = (one: string | Secret, other: string | Secret): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : one.reveal() === other.reveal();

/** Returns a field of the practice account. Not a secret, because the practice account is public. */
export const practiceText = (practiceAccount: PracticeAccount, field: (typeof FIELDS)[number]): string => {
  const value = practiceAccount[field];
  return typeof value === 'string' ? value : value.reveal();
};

/** Checks whether the fields of this sign-in contain exactly the practice account. */
export const usesPracticeAccount = (
  form: FormState,
  practiceAccount: PracticeAccount,
  fields: readonly (typeof FIELDS)[number][],
): boolean => form.region === 'practice' && fields.every((field) => isEqual(form[field], practiceAccount[field]));

/** Checks whether the field belongs to a token that was created in practice. */
const isFromOtherToken = (form: FormState, practiceAccount: PracticeAccount, field: (typeof FIELDS)[number]): boolean =>
  field === 'token' && form.tokenId !== '' && form.tokenId !== practiceAccount.tokenId;

/**
 * Fills in the practice account in practice, in empty fields. Removes it elsewhere, because practice values must not be sent to a real
 * server.
 */
export function withPracticeAccount(form: FormState, practiceAccount: PracticeAccount): FormState {
  const isPractice = form.region === 'practice';
  const change: Record<string, string | Secret> = {};
  for (const field of FIELDS) {
    const isTyped = !isEqual(form[field], EMPTY_FORM[field]);
    if (isPractice && !isTyped && !isFromOtherToken(form, practiceAccount, field))
      change[field] = practiceAccount[field];
    if (isHostedRegion(form.region) && isEqual(form[field], practiceAccount[field])) change[field] = EMPTY_FORM[field];
  }
  return changeForm(form, change as Partial<FormState>);
}
