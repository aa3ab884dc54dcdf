import { readServiceUrl, regionLabel, serviceUrlAt } from '../../kaltura/accounts/regions.js';
import type { KsVersion } from '../../kaltura/ks/fields.js';
import { type LifetimeReading, readLifetime } from '../../kaltura/lifetime.js';
import type { KeyPlan } from '../../kaltura/risks/risks.js';
import { Secret } from '../../kaltura/secret.js';
import type { KeyRequest, SignIn } from '../../kaltura/sign-in/key-request.js';
import {
  readCode,
  readLoginId,
  readPartnerId,
  readPassword,
  readSecret,
  readTokenId,
  readUserId,
  type TypedValue,
} from '../../kaltura/typed-values.js';
import type { FormState } from './form.js';

/** Returns the service URL of the answers, without `/api_v3`. */
export const serviceUrlOf = (draft: FormState, practiceUrl: string | null): string => serviceUrlAt(draft, practiceUrl);

/** Checks for a self-hosted server with plain http: others can read what is sent to it. */
export function isUnsafeServer(draft: FormState): boolean {
  if (draft.region !== 'own') return false;
  const reading = readServiceUrl(draft.address);
  return reading.ok && !reading.address.isSafe;
}

/** Returns the server's name, in one line. */
export const serverLabel = (draft: FormState): string =>
  draft.region === 'own' ? serviceUrlOf(draft, null).replace(/^https?:\/\//, '') : regionLabel(draft.region);

/** Returns the version of the key, if it is certain; null if the server decides by the account's settings (docs/kaltura-facts.md 1.1). */
export const certainVersion = (draft: FormState): KsVersion | null =>
  draft.method === 'local' ? (draft.ksVersion === '2' ? 2 : 1) : null;

export const lifetimeOf = (draft: FormState): LifetimeReading =>
  readLifetime(draft.lifetime === 'other' ? draft.otherLifetime : draft.lifetime);

export const lifetimeInSeconds = (draft: FormState): number => {
  const reading = lifetimeOf(draft);
  return reading.ok ? reading.seconds : 0;
};

/** Returns the name of the secret in sentences. */
export const secretNoun = (draft: FormState): string => (draft.method === 'local' ? 'admin secret' : 'account secret');

/** The functions that check the credentials of the form, by field name. */
export const CREDENTIALS = {
  partnerId: (draft: FormState): TypedValue =>
    draft.method === 'login' && draft.partnerId.trim() === ''
      ? { text: '', problem: null, warning: null, suggestion: null }
      : readPartnerId(draft.partnerId),
  secret: (draft: FormState): TypedValue => readSecret(draft.secret.reveal(), secretNoun(draft)),
  loginId: (draft: FormState): TypedValue => readLoginId(draft.loginId),
  password: (draft: FormState): TypedValue => readPassword(draft.password.reveal()),
  tokenId: (draft: FormState): TypedValue => readTokenId(draft.tokenId),
  token: (draft: FormState): TypedValue => readSecret(draft.token.reveal(), 'app token'),
} as const;

export type CredentialName = keyof typeof CREDENTIALS;

/** Lists the fields of the sign-in method, in the order in which they are asked. */
export function credentialsFor(draft: FormState): readonly CredentialName[] {
  switch (draft.method) {
    case 'server':
    case 'local':
      return ['partnerId', 'secret'];
    case 'login':
      return ['loginId', 'password', 'partnerId'];
    case 'app-token':
      return ['partnerId', 'tokenId', 'token'];
  }
}

/** Returns the partner ID as a number; null if it is empty. */
export function partnerIdOf(draft: FormState): number | null {
  const reading = CREDENTIALS.partnerId(draft);
  return reading.text === '' || reading.problem !== null ? null : Number(reading.text);
}

function signInOf(draft: FormState): SignIn {
  const secretIn = (value: TypedValue) => new Secret(value.text);
  const partnerId = partnerIdOf(draft);
  switch (draft.method) {
    case 'server':
      return { method: 'server', partnerId: partnerId ?? 0, secret: secretIn(CREDENTIALS.secret(draft)) };
    case 'local':
      return {
        method: 'local',
        partnerId: partnerId ?? 0,
        secret: secretIn(CREDENTIALS.secret(draft)),
        ksVersion: draft.ksVersion === '2' ? 2 : 1,
      };
    case 'login':
      return {
        method: 'login',
        partnerId,
        loginId: CREDENTIALS.loginId(draft).text,
        password: secretIn(CREDENTIALS.password(draft)),
        code: draft.code.length === 0 ? null : secretIn(readCode(draft.code.reveal())),
      };
    case 'app-token':
      return {
        method: 'app-token',
        partnerId: partnerId ?? 0,
        tokenId: CREDENTIALS.tokenId(draft).text,
        token: secretIn(CREDENTIALS.token(draft)),
      };
  }
}

/** Returns the user that the key will name: for a login, the user who logs in. */
const userIdOf = (draft: FormState): string =>
  draft.method === 'login' ? '' : readUserId(draft.userId, certainVersion(draft) === 2).text;

/** Returns the request of a complete form. */
export const requestOf = (draft: FormState, practiceUrl: string | null): KeyRequest => ({
  serviceUrl: serviceUrlOf(draft, practiceUrl),
  signIn: signInOf(draft),
  type: draft.type,
  userId: userIdOf(draft),
  lifetime: lifetimeInSeconds(draft),
  privileges: draft.privileges,
});

/** Returns a text that is equal for two forms if one key serves both. */
export const requestKeyOf = (draft: FormState): string =>
  JSON.stringify([
    serviceUrlOf(draft, null),
    draft.method,
    draft.method === 'local' ? draft.ksVersion : '',
    draft.partnerId.trim(),
    draft.method === 'login' ? draft.loginId.trim() : '',
    draft.method === 'app-token' ? draft.tokenId.trim() : '',
    draft.type,
    draft.userId.trim(),
    lifetimeInSeconds(draft),
    draft.privileges,
  ]);

/** Returns what the risk rules need to know of the form. */
export const planOf = (draft: FormState): KeyPlan => ({
  type: draft.method === 'login' ? null : draft.type,
  privileges: draft.privileges,
  lifetime: lifetimeInSeconds(draft),
  userId: userIdOf(draft),
  holder: draft.holder,
  method: draft.method,
  ksVersion: draft.ksVersion === '2' ? 2 : 1,
  partnerId: partnerIdOf(draft),
  serviceUrl: serviceUrlOf(draft, null),
});
