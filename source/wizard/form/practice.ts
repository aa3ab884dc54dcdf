import { isPracticeSignIn, type PracticeAccount } from '../../kaltura/accounts/practice-account.js';
import { isHostedRegion } from '../../kaltura/accounts/regions.js';
import type { Secret } from '../../kaltura/secret.js';
import { changeForm, EMPTY_FORM, type FormState } from './form.js';
import { CREDENTIALS, type CredentialName, credentialsFor, requestOf } from './reading.js';

const FIELDS = Object.keys(CREDENTIALS) as CredentialName[];

const isEqual = (one: string | Secret, other: string | Secret): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : one.equals(other);

/** Returns a field of the practice account. Not a secret, because the practice account is public. */
export const practiceText = (practiceAccount: PracticeAccount, field: CredentialName): string => {
  const value = practiceAccount[field];
  return typeof value === 'string' ? value : value.reveal();
};

/** Checks whether the field holds what practice filled in. */
export const isPracticeValue = (form: FormState, practiceAccount: PracticeAccount, field: CredentialName): boolean =>
  form.region === 'practice' && isEqual(form[field], practiceAccount[field]);

/** Checks whether the answers contain exactly the practice account. */
export const usesPracticeAccount = (form: FormState, practiceAccount: PracticeAccount): boolean =>
  form.region === 'practice' && isPracticeSignIn(requestOf(form, null).signIn, practiceAccount);

/** Returns the form with the credentials of the practice account for its sign-in method. */
export const withPracticeCredentials = (form: FormState, practiceAccount: PracticeAccount): FormState =>
  changeForm(form, Object.fromEntries(credentialsFor(form).map((name) => [name, practiceAccount[name]])));

/** Checks whether a credential was typed, and not only filled in by practice. */
export const hasTypedCredentials = (form: FormState, practiceAccount: PracticeAccount): boolean =>
  FIELDS.some((field) => !isEqual(form[field], EMPTY_FORM[field]) && !isPracticeValue(form, practiceAccount, field));

/** Checks whether practice offers the USER key that looks around. A login or an app token would decide its type or privileges. */
export const offersLookAround = ({ region, method }: FormState): boolean =>
  region === 'practice' && (method === 'server' || method === 'local');

/** The answers that are suggested for a key of one's own, until the user gives others. */
const SUGGESTED = {
  lookAround: { type: 'USER', task: 'look-around' },
  practice: { type: 'USER', task: 'nothing' },
  elsewhere: { type: 'ADMIN', task: 'nothing' },
} as const;

type SuggestedKey = (typeof SUGGESTED)[keyof typeof SUGGESTED];

/** Returns what to suggest, and what an earlier suggestion may have left. A login decides the type itself. */
function suggestionFor(form: FormState): { readonly to: SuggestedKey; readonly from: readonly SuggestedKey[] } {
  const { lookAround, practice, elsewhere } = SUGGESTED;
  // With another purpose, a USER key without a task is the user's choice.
  const isChosen = form.purpose !== '' && form.purpose !== 'look-around';
  if (offersLookAround(form)) return { to: lookAround, from: isChosen ? [elsewhere] : [practice, elsewhere] };
  const isAppToken = form.region === 'practice' && form.method === 'app-token';
  return isAppToken ? { to: practice, from: [lookAround, elsewhere] } : { to: elsewhere, from: [lookAround] };
}

/** Suggests a USER key in practice, so that pressing Enter there never asks for an ADMIN key. */
export function withSuggestedKey(form: FormState): FormState {
  const { to, from } = suggestionFor(form);
  const isUntouched =
    form.purpose !== 'vendor' &&
    form.holder === 'me' &&
    form.privileges === '' &&
    from.some(({ type, task }) => form.type === type && form.task === task);
  return isUntouched && form.adminMeantFor === null ? changeForm(form, to) : form;
}

/** Checks whether the field belongs to a token that was created in practice. */
const isFromOtherToken = (form: FormState, practiceAccount: PracticeAccount, field: CredentialName): boolean =>
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
