import type { RegionId } from '../../kaltura/accounts/regions.js';
import type { HolderId } from '../../kaltura/holders.js';
import type { SessionType } from '../../kaltura/ks/fields.js';
import { DEFAULT_LIFETIME } from '../../kaltura/lifetime.js';
import type { TaskId } from '../../kaltura/privileges/tasks.js';
import { Secret } from '../../kaltura/secret.js';
import type { SignInMethod } from '../../kaltura/sign-in/key-request.js';

/**
 * Everything that was answered, as it was typed: it lives outside the screens, so that going back and forth loses nothing. What it
 * comes to is read from it by `reading.ts`.
 */
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
  /** The one-time code, asked for only when the server wants one. */
  readonly code: Secret;
  readonly holder: HolderId;
  readonly type: SessionType;
  /** Who the account was when ADMIN was confirmed: another account must be confirmed again. */
  readonly adminMeantFor: string | null;
  readonly userId: string;
  /** Seconds, or `other` for what stands in `otherLifetime`. */
  readonly lifetime: string;
  readonly otherLifetime: string;
  readonly task: TaskId | 'choose' | 'write';
  /** The values that the task asks for (entry IDs…), as typed. */
  readonly taskValue: string;
  readonly privileges: string;
  /** The ids of the risks that were accepted with the typed word, for the draft as it is now. */
  readonly acceptedRisks: readonly string[];
  readonly riskWord: string;
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
};

/** The answers that a risk can depend on: a change of one takes back what was accepted. */
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

/** The draft with some answers changed; what was accepted of its risks falls away where they may have changed with it. */
export function changeForm(draft: FormState, change: Partial<FormState>): FormState {
  const next = { ...draft, ...change };
  const isSameRisk = RISK_INPUTS.every((input) => next[input] === draft[input]);
  return isSameRisk ? next : { ...next, acceptedRisks: change.acceptedRisks ?? [], riskWord: '' };
}

/**
 * The draft with the value of one field. Text becomes a `Secret` in a secret field; an unknown field, and a `Secret` for a field that
 * is shown, change nothing.
 */
export function withFieldValue(draft: FormState, field: string, value: string | Secret): FormState {
  const present = draft[field as keyof FormState];
  if (present instanceof Secret) {
    return changeForm(draft, { [field]: typeof value === 'string' ? new Secret(value) : value });
  }
  return typeof present === 'string' && typeof value === 'string' ? changeForm(draft, { [field]: value }) : draft;
}

/** Who ADMIN is confirmed for. */
export const accountToConfirm = (draft: FormState): string =>
  JSON.stringify([draft.region, draft.address, draft.partnerId.trim(), draft.holder]);

export const isAdminConfirmed = (draft: FormState): boolean => draft.adminMeantFor === accountToConfirm(draft);
