import { isHostedRegion } from '../../kaltura/accounts/regions.js';
import type { Secret } from '../../kaltura/secret.js';
import { changeForm, EMPTY_FORM, type FormState } from './form.js';

/** The pretend account of the practice server: shown on the screens, so that a newcomer only presses Enter. */
export interface PracticeAccount {
  readonly partnerId: string;
  readonly secret: Secret;
  readonly loginId: string;
  readonly password: Secret;
  readonly tokenId: string;
  readonly token: Secret;
  /** The one-time code of the moment (epoch milliseconds). */
  currentCode(now: number): string;
}

const FIELDS = ['partnerId', 'secret', 'loginId', 'password', 'tokenId', 'token'] as const;

const isEqual = (one: string | Secret, other: string | Secret): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : one.reveal() === other.reveal();

/** What stands in a field of the pretend account: no secret, for all the world may know it. */
export const practiceText = (pretend: PracticeAccount, field: (typeof FIELDS)[number]): string => {
  const value = pretend[field];
  return typeof value === 'string' ? value : value.reveal();
};

/** Whether just the pretend account stands in the fields of that sign-in. */
export const usesPracticeAccount = (
  draft: FormState,
  pretend: PracticeAccount,
  fields: readonly (typeof FIELDS)[number][],
): boolean => draft.region === 'practice' && fields.every((field) => isEqual(draft[field], pretend[field]));

/** The value of a token that was made in practice is not that of the pretend one. */
const isFromOtherToken = (draft: FormState, pretend: PracticeAccount, field: (typeof FIELDS)[number]): boolean =>
  field === 'token' && draft.tokenId !== '' && draft.tokenId !== pretend.tokenId;

/**
 * Fills in the pretend account in practice where nothing was typed, and takes it out where one leaves practice: what is only
 * pretended must not be sent to a real server.
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
