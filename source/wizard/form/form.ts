import type { RegionId } from '../../kaltura/accounts/regions.js';
import type { HolderId } from '../../kaltura/holders.js';
import type { SessionType } from '../../kaltura/ks/fields.js';
import { DEFAULT_LIFETIME } from '../../kaltura/lifetime.js';
import type { TaskId } from '../../kaltura/privileges/tasks.js';
import type { PlaceholderValues } from '../../kaltura/recipes/placeholders.js';
import type { RecipeGroup } from '../../kaltura/recipes/recipe.js';
import { Secret } from '../../kaltura/secret.js';
import type { SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import type { EnvAccount } from '../../profiles/env-account.js';

/** The answer to “What is the key for?”. `search`: the use case was found by a search, without its group. */
export type PurposeId = RecipeGroup | 'look-around' | 'search' | 'vendor' | 'other';

/** All answers, as they were typed. Kept outside the screens, so that going back and forth loses nothing. `reading.ts` interprets them. */
export interface FormState {
  readonly region: RegionId;
  readonly address: string;
  readonly method: SignInMethod;
  readonly ksVersion: '1' | '2';
  readonly partnerId: string;
  readonly secret: Secret;
  readonly loginId: string;
  readonly password: Secret;
  readonly tokenId: string;
  readonly token: Secret;
  /** The one-time code; only asked for if the server requires one. */
  readonly code: Secret;
  /** '' until the user has answered. */
  readonly purpose: PurposeId | '';
  /** The ID of the use case; '' without one. */
  readonly recipe: string;
  /** The values that use cases ask for, as typed. Can have values of another use case. */
  readonly recipeValues: PlaceholderValues;
  readonly holder: HolderId;
  readonly type: SessionType;
  /** The account for which ADMIN was confirmed: another account needs a new confirmation. */
  readonly adminMeantFor: string | null;
  readonly userId: string;
  /** Seconds, or `other` for the value of `otherLifetime`. */
  readonly lifetime: string;
  readonly otherLifetime: string;
  readonly task: TaskId | 'recipe' | 'choose' | 'write';
  /** The values that the task requires (entry IDs…), as typed. */
  readonly taskValue: string;
  readonly privileges: string;
  /** The IDs of the risks that the user accepted by typing the word, for the present answers. */
  readonly acceptedRisks: readonly string[];
  readonly riskWord: string;
  /** The account of an `.env` file that answers were filled in from; null if none was used. */
  readonly envAccount: EnvAccount | null;
}

const NOTHING = new Secret('');

export const EMPTY_FORM: FormState = {
  region: 'us',
  address: '',
  method: 'server',
  ksVersion: '2',
  partnerId: '',
  secret: NOTHING,
  loginId: '',
  password: NOTHING,
  tokenId: '',
  token: NOTHING,
  code: NOTHING,
  purpose: '',
  recipe: '',
  recipeValues: {},
  holder: 'me',
  type: 'ADMIN',
  adminMeantFor: null,
  userId: '',
  lifetime: String(DEFAULT_LIFETIME),
  otherLifetime: '',
  task: 'nothing',
  taskValue: '',
  privileges: '',
  acceptedRisks: [],
  riskWord: '',
  envAccount: null,
};

/** The answers that a risk can depend on: changing one resets the accepted risks. */
const RISK_INPUTS: readonly (keyof FormState)[] = [
  'region',
  'address',
  'method',
  'ksVersion',
  'partnerId',
  'holder',
  'type',
  'userId',
  'lifetime',
  'otherLifetime',
  'privileges',
];

/** Returns the form with changed answers. Resets the accepted risks if they may have changed. */
export function changeForm(form: FormState, change: Partial<FormState>): FormState {
  const next = { ...form, ...change };
  const isSameRisk = RISK_INPUTS.every((input) => next[input] === form[input]);
  return isSameRisk ? next : { ...next, acceptedRisks: change.acceptedRisks ?? [], riskWord: '' };
}

/**
 * Returns the form with a new value of one field. Converts text to a `Secret` in a secret field. Ignores unknown fields, and a `Secret` for
 * a field that is shown.
 */
export function withFieldValue(form: FormState, field: string, value: string | Secret): FormState {
  const present = form[field as keyof FormState];
  if (present instanceof Secret) {
    return changeForm(form, { [field]: typeof value === 'string' ? new Secret(value) : value });
  }
  return typeof present === 'string' && typeof value === 'string' ? changeForm(form, { [field]: value }) : form;
}

/** Returns the account that ADMIN is confirmed for, as text. */
export const accountToConfirm = (form: FormState): string =>
  JSON.stringify([form.region, form.address, form.partnerId.trim(), form.holder]);

export const isAdminConfirmed = (form: FormState): boolean => form.adminMeantFor === accountToConfirm(form);
