import { readOptionalPartnerId, readPartnerId } from '../../kaltura/accounts/partner-id.js';
import {
  isSelfHosted,
  isUnsafeServer as isUnsafe,
  serverLabel as labelOf,
  type Server,
  serviceUrlAt,
} from '../../kaltura/accounts/regions.js';
import type { KsVersion } from '../../kaltura/ks/fields.js';
import { type LifetimeReading, readLifetime } from '../../kaltura/lifetime.js';
import { type CheckedPrivileges, checkPrivileges } from '../../kaltura/privileges/privileges.js';
import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import { type KeySpec, requestFor, type SignInSpec, versionOf } from '../../kaltura/sign-in/key-spec.js';
import { readLoginId, readSecretFor, readTokenId, readUserId, type TypedValue } from '../../kaltura/typed-values.js';
import type { FormState } from './form.js';

/** Returns the service URL of the answers, without `/api_v3`. */
const serverOf = (form: FormState): Server => ({ region: form.region, serviceUrl: serviceUrlAt(form, null) });

export const isUnsafeServer = (form: FormState): boolean => isUnsafe(serverOf(form));

export const serverLabel = (form: FormState): string => labelOf(serverOf(form));

export const lifetimeOf = (form: FormState): LifetimeReading =>
  readLifetime(form.lifetime === 'other' ? form.otherLifetime : form.lifetime);

export const lifetimeInSeconds = (form: FormState): number => {
  const reading = lifetimeOf(form);
  return reading.ok ? reading.seconds : 0;
};

/** The functions that check the credentials of the form, by field name. */
export const CREDENTIALS = {
  partnerId: (form: FormState): TypedValue => {
    const read = form.method === 'login' ? readOptionalPartnerId : readPartnerId;
    return read(form.partnerId, { allowsInternal: isSelfHosted(serverOf(form)) });
  },
  secret: (form: FormState): TypedValue => readSecretFor(form.method === 'local' ? 'local' : 'server', form.secret),
  loginId: (form: FormState): TypedValue => readLoginId(form.loginId),
  password: (form: FormState): TypedValue => readSecretFor('login', form.password),
  tokenId: (form: FormState): TypedValue => readTokenId(form.tokenId),
  token: (form: FormState): TypedValue => readSecretFor('app-token', form.token),
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

function signInOf(form: FormState): SignInSpec {
  const partnerId = partnerIdOf(form);
  switch (form.method) {
    case 'server':
      return { method: 'server', partnerId };
    case 'local':
      return { method: 'local', partnerId, ksVersion: form.ksVersion === '2' ? 2 : 1 };
    case 'login':
      return { method: 'login', partnerId, loginId: CREDENTIALS.loginId(form).text };
    case 'app-token':
      return { method: 'app-token', partnerId, tokenId: CREDENTIALS.tokenId(form).text };
  }
}

/** Returns the version of the key, if it is certain. */
export const certainVersion = (form: FormState): KsVersion | null => versionOf(signInOf(form));

export const checkedPrivileges = (form: FormState): CheckedPrivileges =>
  checkPrivileges(form.privileges, certainVersion(form));

/** Returns the requested key of a complete form. */
export function specOf(form: FormState): KeySpec {
  const signIn = signInOf(form);
  return {
    ...serverOf(form),
    signIn,
    type: form.type,
    userId: readUserId(form.userId, versionOf(signIn) === 2).text,
    lifetime: lifetimeInSeconds(form),
    privileges: form.privileges,
    holder: form.holder,
  };
}

const SECRET_FIELDS = { server: 'secret', local: 'secret', login: 'password', 'app-token': 'token' } as const;

/** Returns the field of the secret that a sign-in method needs. */
export const secretFieldOf = ({ method }: Pick<FormState, 'method'>) => SECRET_FIELDS[method];

/** Returns the request of a complete form. */
export function requestOf(form: FormState, practiceUrl: string | null): KeyRequest {
  const code = form.code.length === 0 ? null : form.code;
  return requestFor(specOf(form), { secret: form[secretFieldOf(form)], code }, serviceUrlAt(form, practiceUrl));
}
