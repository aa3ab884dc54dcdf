import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../source/kaltura/api/client.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { KeyRequest, SignIn } from '../../../source/kaltura/sign-in/key-request.js';
import { type RecordedError, recordedErrors } from '../api/recorded-errors.js';
import { type Described, describedMaking, describedUse, targets } from './described.js';

// Every recorded error of the real server must lead to an explanation that fits the call. The lists below are complete: the first test
// fails if a recording is removed or added.

const errors = await recordedErrors();

const SERVICE_URL = 'https://api.eu.kaltura.com';

/** Whether the action creates a key, including the older login actions. */
const isMaking = ({ action }: RecordedError): boolean =>
  /^session\.start|^apptoken\.startsession$|^(user|adminuser)\.login/.test(action);

function signInOf({ action, form }: RecordedError): SignIn {
  const partnerId = Number.parseInt(form['partnerId'] ?? '0', 10) || 0;
  if (action.includes('login')) {
    return {
      method: 'login',
      partnerId: form['partnerId'] === undefined ? null : partnerId,
      loginId: form['loginId'] ?? form['userId'] ?? form['email'] ?? '',
      password: new Secret(form['password'] ?? ''),
      code: form['otp'] === undefined ? null : new Secret(form['otp']),
    };
  }
  if (action === 'session.start') return { method: 'server', partnerId, secret: new Secret(form['secret'] ?? '') };
  const widgetId = Number(form['widgetId']?.slice(1) ?? 102);
  return { method: 'app-token', partnerId: widgetId, tokenId: form['id'] ?? '', token: new Secret('') };
}

const requestOf = (error: RecordedError): KeyRequest => ({
  serviceUrl: SERVICE_URL,
  signIn: signInOf(error),
  type: error.form['type'] === '2' ? 'ADMIN' : 'USER',
  userId: error.form['userId'] ?? '',
  lifetime: Number(error.form['expiry'] ?? 86_400),
  privileges: error.form['privileges'] ?? '',
});

function adviceOf(error: RecordedError): Described {
  const { action, failure, form } = error;
  if (isMaking(error)) return describedMaking(failure, { request: requestOf(error), regionLabel: 'EU' });
  const secrets = ['ks', 'session'].flatMap((name) => (form[name] === undefined ? [] : [new Secret(form[name])]));
  return describedUse(failure, { action, serviceUrl: SERVICE_URL, regionLabel: 'EU', secrets });
}

/** Action and code. For an invalid key also the word that the server gives as the reason. */
function kindOf({ action, failure }: RecordedError): string {
  if (!(failure instanceof ApiError)) return `${action} HTTP ${failure.status}`;
  const word = failure.code === 'INVALID_KS' ? (failure.args['KSID'] ?? '') : '';
  return `${action} ${failure.code}${/^[A-Z_]+$/.test(word) ? ` ${word}` : ''}`;
}

/** Errors of creating a key: the headline, the likeliest cause, and the step of the first fix. */
const MAKING: Readonly<Record<string, readonly [headline: RegExp, cause: RegExp, firstFix: string]>> = {
  'session.start START_SESSION_ERROR': [/would not start a session/, /secret|partner ID/i, 'credentials'],
  'session.start SERVICE_FORBIDDEN_CONTENT_BLOCKED': [/blocked or unknown/, /another region/, 'region'],
  'session.start SERVICE_FORBIDDEN': [/does not allow this/, /partner ID did not reach/, 'credentials'],
  'session.start UNKNOWN_ROLE_ID': [/role in setrole/, /no role|setrole has no role/, 'privileges'],
  'session.start INVALID_ENUM_VALUE': [/value of the field “type”/, /changed the request/, 'review'],
  'session.start INVALID_PARAMETER_CHAR': [/character in the field “secret”/, /invisible/, 'credentials'],
  'session.start MISSING_MANDATORY_PARAMETER': [/did not receive the field “secret”/, /left empty/, 'credentials'],
  'session.start INVALID_KS': [/invalid key/, /adds a key/, 'region'],
  'session.start INVALID_KS EXPIRED': [/invalid key/, /adds a key/, 'region'],
  'session.start HTTP 500': [/not a Kaltura API answer \(an empty answer, HTTP 500\)/, /unusual value/, 'retry'],
  'session.start HTTP 200': [/not a Kaltura API answer \(an empty answer, HTTP 200\)/, /cut off/, 'retry'],
  'session.startwidgetsession INVALID_WIDGET_ID': [/does not know partner 999999/, /another region/, 'region'],
  'session.startwidgetsession INVALID_KS': [/invalid key/, /adds a key/, 'region'],
  'apptoken.startsession APP_TOKEN_EXPIRED': [/app token 0_\w+ has expired/, /expiry has passed/, 'credentials'],
  'apptoken.startsession APP_TOKEN_ID_NOT_FOUND': [/does not have the app token 0_nosuch/, /mistyped/, 'credentials'],
  'apptoken.startsession APP_TOKEN_NOT_ACTIVE': [/0_disabled is disabled/, /administrator/, 'credentials'],
  'apptoken.startsession INVALID_APP_TOKEN_HASH': [/token value is wrong/, /value/, 'credentials'],
  'apptoken.startsession INVALID_ENUM_VALUE': [/value of the field “type”/, /changed the request/, 'review'],
  'apptoken.startsession INVALID_KS EXPIRED': [/session that it just opened/, /took too long/, 'retry'],
  'apptoken.startsession MISSING_MANDATORY_PARAMETER': [/the field “id”/, /left empty/, 'credentials'],
  'apptoken.startsession SERVICE_FORBIDDEN': [/app tokens in a public session/, /restricts/, 'sign-in'],
  'user.loginbyloginid USER_WRONG_PASSWORD': [
    /did not accept this email address and password/,
    /locked after too many/,
    'credentials',
  ],
  'user.loginbyloginid DIRECT_LOGIN_BLOCKED': [/does not allow a login/, /single sign-on/, 'sign-in'],
  'user.loginbyloginid INVALID_OTP': [/code was not accepted/, /expired/, 'code'],
  'user.loginbyloginid MISSING_OTP': [/requires a one-time code/, /authenticator/, 'code'],
  'user.loginbyloginid PASSWORD_EXPIRED': [/password has expired/, /too old/, 'credentials'],
  'user.loginbyloginid LOGIN_BLOCKED': [/login is locked/, /too many wrong/, 'sign-in'],
  'user.loginbyloginid USER_IS_BLOCKED': [/user is blocked/, /administrator blocked/, 'credentials'],
  'user.loginbyloginid USER_NOT_FOUND': [/does not know this login/, /mistyped/, 'credentials'],
  'user.loginbyloginid SERVICE_FORBIDDEN': [/does not allow this login/, /key of another account/, 'region'],
  'user.loginbyloginid SERVICE_FORBIDDEN_CONTENT_BLOCKED': [/blocked or unknown/, /another region/, 'region'],
  'user.login USER_WRONG_PASSWORD': [
    /did not accept this email address and password/,
    /password is wrong/,
    'credentials',
  ],
  'user.login LOGIN_BLOCKED': [/login is locked/, /too many wrong/, 'sign-in'],
  'user.login USER_IS_BLOCKED': [/user is blocked/, /administrator blocked/, 'credentials'],
  'user.login SERVICE_FORBIDDEN_CONTENT_BLOCKED': [
    /refuses partner 999999 as blocked or unknown/,
    /another region/,
    'region',
  ],
  'adminuser.login USER_NOT_FOUND': [/does not know this login/, /mistyped/, 'credentials'],
};

/** Errors of using a key: the headline, the next step, a cause. */
const USING: Readonly<Record<string, readonly [headline: RegExp, next: RegExp, cause: RegExp]>> = {
  'session.get INVALID_KS': [/can’t read the key/, /key is complete/, /User Secret/],
  'session.get INVALID_KS EXPIRED': [/has expired/, /Create a new one/, /clock is behind/],
  'session.get INVALID_KS LOGOUT': [/was revoked/, /Create a new one/, /session\.end/],
  'session.get INVALID_KS EXCEEDED_ACTIONS_LIMIT': [/no calls left/, /greater actionslimit/, /more calls/],
  'session.get INVALID_KS EXCEEDED_RESTRICTED_IP': [
    /does not work from this network/,
    /this computer’s address/,
    /proxy, VPN/,
  ],
  'session.get INVALID_KS EXCEEDED_RESTRICTED_URI': [/does not allow this call/, /without urirestrict/, /urirestrict/],
  'session.get SERVICE_FORBIDDEN': [/not allowed to read details of a key/, /ADMIN key/, /USER key/],
  'session.get SERVICE_FORBIDDEN_CONTENT_BLOCKED': [
    /account of this key is blocked/,
    /Kaltura support/,
    /blocked or closed/,
  ],
  'session.get PARTNER_ACCESS_FORBIDDEN': [/different accounts/, /Use an ADMIN key of the account/, /mixed up/],
  'session.get INVALID_OBJECT_ID': [/role does not exist/, /with a role that the account has/, /setrole/],
  'session.get INTERNAL_SERVERL_ERROR': [/internal error/, /in a minute/, /damaged/],
  'session.end INVALID_KS': [/can’t read the key/, /key is complete/, /part of the key is missing/],
  'session.end INVALID_KS LOGOUT': [/already been revoked/, /do not need to revoke/, /session\.end/],
  'session.impersonate START_SESSION_ERROR': [/the other account/, /secret of the other account/, /group/],
  'session.impersonate MISSING_MANDATORY_PARAMETER': [/“impersonatedPartnerId”/, /Fill the field/, /left empty/],
  'session.impersonatebyks SERVICE_FORBIDDEN': [/Kaltura’s own/, /with its own secret/, /ordinary/],
  'session.nosuch ACTION_DOES_NOT_EXISTS': [/the call session\.nosuch/, /Check the URL/, /older/],
  'nosuch.list SERVICE_DOES_NOT_EXISTS': [/the call nosuch\.list/, /Check the URL/, /older/],
  '(none) SERVICE_NOT_SPECIFIED': [/does not know the call/, /Check the URL/, /changed the URL/],
  'apptoken.add INVALID_ENUM_VALUE': [/value of the field “(hashType|status)”/, /leave the field out/, /SHA256|active/],
  'apptoken.add INVALID_FIELD_VALUE': [/requires a user/, /Enter a user/, /no user was given/],
  'apptoken.add PROPERTY_VALIDATION_NOT_UPDATABLE': [
    /The field “partnerId” can’t be set/,
    /Leave the field out/,
    /server/,
  ],
  'baseentry.get ENTRY_ID_NOT_FOUND': [/did not find the entry 0_\w+/, /disableentitlement/, /entitlement hides/],
  'category.get CATEGORY_NOT_FOUND': [/did not find the category \d+/, /disableentitlement/, /entitlement hides/],
  'category.get SERVICE_FORBIDDEN': [/not allowed to read content/, /another role/, /setrole/],
  'category.add MISSING_MANDATORY_PARAMETER': [/the field “category”/, /Fill the field/, /left empty/],
  'category.list INTERNAL_SERVERL_ERROR': [/internal error/, /in a minute/, /search/],
  'user.get INVALID_USER_ID': [/does not have this user/, /KMC → Administration → Users/, /mistyped/],
  'partner.get INVALID_PARTNER_ID': [/names no partner ID/, /Send the partner ID/, /partner ID is missing/],
  'partner.get SERVICE_FORBIDDEN': [/account’s settings/, /ADMIN key/, /USER key/],
  'partner.getinfo SERVICE_FORBIDDEN': [/account’s settings/, /ADMIN key/, /USER key/],
  'permission.get INVALID_OBJECT_ID': [
    /does not have FEATURE_ENTITLEMENT/,
    /ask Kaltura support to enable it/,
    /feature/,
  ],
  'permission.get SERVICE_FORBIDDEN': [/account’s features/, /ADMIN key/, /USER key/],
  'permission.list SERVICE_FORBIDDEN': [/account’s features/, /ADMIN key/, /USER key/],
  'userrole.list SERVICE_FORBIDDEN': [/account’s roles/, /ADMIN key/, /setrole/],
};

const kindsOf = (wanted: (error: RecordedError) => boolean): string[] =>
  [...new Set(errors.filter(wanted).map(kindOf))].sort();

test('the lists have exactly the recorded kinds of errors', () => {
  expect(kindsOf(isMaking)).toEqual(Object.keys(MAKING).sort());
  expect(kindsOf((error) => !isMaking(error))).toEqual(Object.keys(USING).sort());
});

const GENERIC = /unknown error|occurred in kaltura-ks|without a usable code/;

/** Shorter secrets may be in any text by chance. */
const secretsIn = ({ form }: RecordedError): string[] =>
  ['secret', 'password', 'ks', 'session', 'tokenHash', 'otp']
    .map((name) => form[name] ?? '')
    .filter((text) => text.length >= 8);

describe.each(errors.map((error) => [kindOf(error), error.name, error] as const))('%s (%s)', (kind, _, error) => {
  const advice = adviceOf(error);
  const { headline, explanation, causes, serverAnswer } = advice;

  test('has a specific explanation', () => {
    expect(`${headline} ${explanation}`).not.toMatch(GENERIC);
    expect(headline.length).toBeLessThan(140);
    expect(headline).not.toMatch(/\n/);
    expect(causes.length).toBeGreaterThan(0);
    for (const cause of causes) expect(cause).not.toMatch(/\.$|^[A-Z](?!DMIN)/);
    expect(JSON.stringify(advice)).not.toMatch(/undefined|\[object| {2}|“”(?! of)/);
    if (error.failure instanceof ApiError) {
      expect(headline.endsWith(`(${error.failure.code})`)).toBe(true);
      const reference = error.failure.supportReference;
      // An answer from the server’s cache has no reference.
      if (reference !== null) expect(serverAnswer).toContain(`X-Kaltura-Session: ${reference}`);
    }
  });

  test('has the expected headline, cause and next step', () => {
    const text = causes.join('\n');
    const [making, using] = [MAKING[kind], USING[kind]];
    if (making !== undefined) {
      const [title, cause, firstFix] = making;
      expect(headline).toMatch(title);
      expect(text).toMatch(cause);
      expect(targets(advice)[0]).toBe(firstFix);
    }
    if (using !== undefined) {
      const [title, next, cause] = using;
      expect(headline).toMatch(title);
      expect(explanation).toMatch(next);
      expect(text).toMatch(cause);
    }
  });

  test('does not show the secrets that were sent', () => {
    for (const secret of secretsIn(error)) expect(JSON.stringify(advice)).not.toContain(secret);
  });
});
