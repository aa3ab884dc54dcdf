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
export const serviceUrlOf = (form: FormState, practiceUrl: string | null): string => serviceUrlAt(form, practiceUrl);

/** Checks for a self-hosted server with plain http: others can read what is sent to it. */
export function isUnsafeServer(form: FormState): boolean {
  if (form.region !== 'own') return false;
  const reading = readServiceUrl(form.address);
  return reading.ok && !reading.address.isSafe;
}

/** Returns the server's name, in one line. */
export const serverLabel = (form: FormState): string =>
  form.region === 'own' ? serviceUrlOf(form, null).replace(/^https?:\/\//, '') : regionLabel(form.region);

/** Returns the version of the key, if it is certain; null if the server decides by the account's settings (docs/kaltura-facts.md 1.1). */
export const certainVersion = (form: FormState): KsVersion | null =>
  form.method === 'local' ? (form.ksVersion === '2' ? 2 : 1) : null;

export const lifetimeOf = (form: FormState): LifetimeReading =>
  readLifetime(form.lifetime === 'other' ? form.otherLifetime : form.lifetime);

export const lifetimeInSeconds = (form: FormState): number => {
  const reading = lifetimeOf(form);
  return reading.ok ? reading.seconds : 0;
};

/** Returns the name of the secret in sentences. */
export const secretNoun = (form: FormState): string => (form.method === 'local' ? 'admin secret' : 'account secret');

/** The functions that check the credentials of the form, by field name. */
export const CREDENTIALS = {
  partnerId: (form: FormState): TypedValue =>
    form.method === 'login' && form.partnerId.trim() === ''
      ? { text: '', problem: null, warning: null, suggestion: null }
      : readPartnerId(form.partnerId),
  secret: (form: FormState): TypedValue => readSecret(form.secret.reveal(), secretNoun(form)),
  loginId: (form: FormState): TypedValue => readLoginId(form.loginId),
  password: (form: FormState): TypedValue => readPassword(form.password.reveal()),
  tokenId: (form: FormState): TypedValue => readTokenId(form.tokenId),
  token: (form: FormState): TypedValue => readSecret(form.token.reveal(), 'app token'),
} as const;

export type CredentialName = keyof typeof CREDENTIALS;

/** Lists the fields of the sign-in method, in the order in which they are asked. */
export function credentialsFor(form: FormState): readonly CredentialName[] {
  switch (form.method) {
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
export function partnerIdOf(form: FormState): number | null {
  const reading = CREDENTIALS.partnerId(form);
  return reading.text === '' || reading.problem !== null ? null : Number(reading.text);
}

function signInOf(form: FormState): SignIn {
  const secretIn = (value: TypedValue) => new Secret(value.text);
  const partnerId = partnerIdOf(form);
  switch (form.method) {
    case 'server':
      return { method: 'server', partnerId: partnerId ?? 0, secret: secretIn(CREDENTIALS.secret(form)) };
    case 'local':
      return {
        method: 'local',
        partnerId: partnerId ?? 0,
        secret: secretIn(CREDENTIALS.secret(form)),
        ksVersion: form.ksVersion === '2' ? 2 : 1,
      };
    case 'login':
      return {
        method: 'login',
        partnerId,
        loginId: CREDENTIALS.loginId(form).text,
        password: secretIn(CREDENTIALS.password(form)),
        code: form.code.length === 0 ? null : secretIn(readCode(form.code.reveal())),
      };
    case 'app-token':
      return {
        method: 'app-token',
        partnerId: partnerId ?? 0,
        tokenId: CREDENTIALS.tokenId(form).text,
        token: secretIn(CREDENTIALS.token(form)),
      };
  }
}

/** Returns the user that the key will name: for a login, the user who logs in. */
const userIdOf = (form: FormState): string =>
  form.method === 'login' ? '' : readUserId(form.userId, certainVersion(form) === 2).text;

/** Returns the request of a complete form. */
export const requestOf = (form: FormState, practiceUrl: string | null): KeyRequest => ({
  serviceUrl: serviceUrlOf(form, practiceUrl),
  signIn: signInOf(form),
  type: form.type,
  userId: userIdOf(form),
  lifetime: lifetimeInSeconds(form),
  privileges: form.privileges,
});

/** Returns a text that is equal for two forms if one key serves both. */
export const requestKeyOf = (form: FormState): string =>
  JSON.stringify([
    serviceUrlOf(form, null),
    form.method,
    form.method === 'local' ? form.ksVersion : '',
    form.partnerId.trim(),
    form.method === 'login' ? form.loginId.trim() : '',
    form.method === 'app-token' ? form.tokenId.trim() : '',
    form.type,
    form.userId.trim(),
    lifetimeInSeconds(form),
    form.privileges,
  ]);

/** Returns what the risk rules need to know of the form. */
export const planOf = (form: FormState): KeyPlan => ({
  type: form.method === 'login' ? null : form.type,
  privileges: form.privileges,
  lifetime: lifetimeInSeconds(form),
  userId: userIdOf(form),
  holder: form.holder,
  method: form.method,
  ksVersion: form.ksVersion === '2' ? 2 : 1,
  partnerId: partnerIdOf(form),
  serviceUrl: serviceUrlOf(form, null),
});
