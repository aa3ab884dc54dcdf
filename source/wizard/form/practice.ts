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
export const practiceText = (pretend: PracticeAccount, field: (typeof FIELDS)[number]): string => {
  const value = pretend[field];
  return typeof value === 'string' ? value : value.reveal();
};

/** Checks whether the fields of this sign-in contain exactly the practice account. */
export const usesPracticeAccount = (
  draft: FormState,
  pretend: PracticeAccount,
  fields: readonly (typeof FIELDS)[number][],
): boolean => draft.region === 'practice' && fields.every((field) => isEqual(draft[field], pretend[field]));

/** Checks whether the field belongs to a token that was created in practice. */
const isFromOtherToken = (draft: FormState, pretend: PracticeAccount, field: (typeof FIELDS)[number]): boolean =>
  field === 'token' && draft.tokenId !== '' && draft.tokenId !== pretend.tokenId;

/**
 * Fills in the practice account in practice, in empty fields. Removes it elsewhere, because practice values must not be sent to a real
 * server.
 */
export function withPracticeAccount(draft: FormState, pretend: PracticeAccount): FormState {
  const isPractice = draft.region === 'practice';
  const change: Record<string, string | Secret> = {};
  for (const field of FIELDS) {
    const isTyped = !isEqual(draft[field], EMPTY_FORM[field]);
    if (isPractice && !isTyped && !isFromOtherToken(draft, pretend, field)) change[field] = pretend[field];
    if (isHostedRegion(draft.region) && isEqual(draft[field], pretend[field])) change[field] = EMPTY_FORM[field];
  }
  return changeForm(draft, change as Partial<FormState>);
}
