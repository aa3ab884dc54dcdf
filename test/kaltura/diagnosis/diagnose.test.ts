import { expect, test } from 'vitest';
import { ApiError, callApi, NotKalturaError } from '../../../source/kaltura/api/client.js';
import type { NotKalturaKind } from '../../../source/kaltura/api/errors.js';
import { ConnectionError, type ConnectionFault } from '../../../source/kaltura/api/http.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { KeyRequest, SignIn } from '../../../source/kaltura/sign-in/key-request.js';
import { UnsuitableRequestError } from '../../../source/kaltura/sign-in/key-request.js';
import type { SignInMethod } from '../../../source/kaltura/sign-in/key-spec.js';
import { actionOf, allRecordings, recording } from '../api/recorded-http.js';
import { type Described, describedMaking, describedUse, targets } from './described.js';

const SECRET = '0123456789abcdef0123456789abcdef';
const secret = new Secret(SECRET);

const SIGN_INS: Readonly<Record<SignInMethod, SignIn>> = {
  server: { method: 'server', partnerId: 2345678, secret },
  local: { method: 'local', partnerId: 2345678, secret, ksVersion: 1 },
  login: {
    method: 'login',
    partnerId: 2345678,
    loginId: 'jane@example.com',
    password: new Secret('Passw0rd!'),
    code: null,
  },
  'app-token': { method: 'app-token', partnerId: 2345678, tokenId: '0_ab12cd34', token: secret },
};

function contextOf(signIn: SignIn, rest: Partial<KeyRequest> = {}, regionLabel = 'EU') {
  const request: KeyRequest = {
    serviceUrl: 'https://api.eu.kaltura.com',
    type: 'ADMIN',
    userId: '',
    lifetime: 86400,
    privileges: '',
    ...rest,
    signIn,
  };
  return { request, regionLabel };
}

function apiError(code: string, action = 'session.start', args: Record<string, string> = {}): ApiError {
  const reference = '709956431, 1795491784';
  const answer = `${code}\nmessage of ${code}\nX-Kaltura-Session: ${reference}`;
  return new ApiError({ code, answer, action, args, supportReference: reference });
}

/** The rules for all advice. */
function assertWellFormed(advice: Described): void {
  expect(advice.headline).not.toMatch(/\n/);
  expect(advice.headline.length).toBeLessThan(140);
  expect(advice.explanation).not.toBe('');
  expect(advice.fixes.length).toBeGreaterThan(0);
  const text = JSON.stringify(advice);
  expect(text).not.toMatch(/djJ8[\w-]{10}|0123456789abcdef|Passw0rd|undefined|NODE_TLS_REJECT|\[object/);
  for (const cause of advice.causes) expect(cause).not.toMatch(/\.$|^[A-Z](?!DMIN)/);
}

const UNKNOWN = /does not know this error|has no code/;

// Every recorded error of the calls that create a key.
const SIGN_IN_OF_ACTION: Readonly<Record<string, SignInMethod>> = {
  'session.start': 'server',
  'session.startWidgetSession': 'app-token',
  'user.loginByLoginId': 'login',
  'appToken.startSession': 'app-token',
};
const recordedRefusals = new Map(
  allRecordings.flatMap(({ name, path, response }) => {
    // The server ignores the case of actions, and the recordings have both.
    const action = Object.keys(SIGN_IN_OF_ACTION).find((one) => one.toLowerCase() === actionOf(path));
    const code = /"code":"([A-Z_]+)"|<code>([A-Z_]+)</.exec(response.body)?.slice(1).find(Boolean);
    return action !== undefined && code !== undefined ? [[`${action} ${code}`, name] as const] : [];
  }),
);

test('the recordings have errors of every call', () => {
  expect(recordedRefusals.size).toBeGreaterThan(25);
  for (const action of Object.keys(SIGN_IN_OF_ACTION))
    expect([...recordedRefusals.keys()].some((key) => key.startsWith(action))).toBe(true);
});

for (const [refusal, name] of recordedRefusals) {
  test(`${refusal} (${name}) is explained`, async () => {
    const [action = '', code = ''] = refusal.split(' ');
    const { response } = recording(name);
    const failure = response.body.startsWith('{')
      ? await callApi(async () => response, 'https://api.eu.kaltura.com', action, {}).catch((thrown: unknown) => thrown)
      : apiError(code, action);
    const advice = describedMaking(failure, contextOf(SIGN_INS[SIGN_IN_OF_ACTION[action] as SignInMethod]));
    assertWellFormed(advice);
    expect(advice.headline).toContain(`(${code})`);
    expect(advice.explanation).not.toMatch(UNKNOWN);
    expect(advice.causes).not.toEqual([]);
    expect(advice.serverAnswer).toContain(code);
  });
}

// docs/kaltura-facts.md 4.
const LISTED = `START_SESSION_ERROR SERVICE_FORBIDDEN_CONTENT_BLOCKED UNKNOWN_ROLE_ID INVALID_ENUM_VALUE
  MISSING_MANDATORY_PARAMETER INVALID_WIDGET_ID START_WIDGET_SESSION_ERROR SERVICE_ACCESS_CONTROL_RESTRICTED
  PARTNER_ACCESS_FORBIDDEN ACTION_BLOCKED ACCESS_UNAUTHORIZED INVALID_KS MISSING_KS SERVICE_FORBIDDEN USER_BLOCKED
  INVALID_ACTIONS_LIMIT INVALID_SET_ROLE INVALID_OBJECT_ID INTERNAL_SERVERL_ERROR INTERNAL_SERVER_ERROR
  INTERNAL_DATABASE_ERROR CATEGORY_NOT_FOUND ENTRY_ID_NOT_FOUND SERVICE_DOES_NOT_EXISTS ACTION_DOES_NOT_EXISTS
  SERVICE_NOT_SPECIFIED ACTION_NOT_SPECIFIED ACCESS_FORBIDDEN_FROM_UNKNOWN_IP USER_NOT_FOUND USER_WRONG_PASSWORD
  LOGIN_RETRIES_EXCEEDED LOGIN_BLOCKED PASSWORD_EXPIRED USER_IS_BLOCKED DIRECT_LOGIN_BLOCKED MISSING_OTP INVALID_OTP
  INVALID_PARTNER_ID LOGIN_DATA_NOT_FOUND USER_DATA_ERROR ADMIN_KUSER_NOT_FOUND NEW_LOGIN_REQUIRED
  PARTNER_CHANGE_ACCOUNT_DISABLED APP_TOKEN_ID_NOT_FOUND APP_TOKEN_NOT_ACTIVE APP_TOKEN_EXPIRED
  INVALID_APP_TOKEN_HASH INVALID_FIELD_VALUE INVALID_PARAMETER_CHAR`.split(/\s+/);

test.each(LISTED)('explains %s for each sign-in method', (code) => {
  for (const signIn of Object.values(SIGN_INS)) {
    const advice = describedMaking(apiError(code), contextOf(signIn));
    assertWellFormed(advice);
    expect(advice.explanation).not.toMatch(UNKNOWN);
    expect(advice.causes).not.toEqual([]);
  }
});

test('shows an unknown code, without the server’s message', () => {
  const advice = describedMaking(apiError('NEW_ERROR_CODE'), contextOf(SIGN_INS.server));
  assertWellFormed(advice);
  expect(advice.headline).toBe('The server returned an unknown error (NEW_ERROR_CODE)');
  expect(advice.explanation).toMatch(UNKNOWN);
  expect(advice.explanation).not.toContain('message of');
  expect(advice.isAnswerHelpful).toBe(true);
});

test.each([
  'constructor',
  '__proto__',
  'HUNTER2',
  '0123456789ABCDEF0123456789ABCDEF',
  'A_b',
  `A${'_B'.repeat(40)}`,
  'A_\u001B[2J',
  '',
])('does not show %j as a code', (code) => {
  const advice = describedMaking(apiError(code), contextOf(SIGN_INS.server));
  assertWellFormed(advice);
  expect(advice.headline).toBe('The server returned an error without a usable code');
});

const onSecret = (text: string, rest: Partial<KeyRequest> = {}) =>
  describedMaking(
    apiError('START_SESSION_ERROR', 'session.start', { PID: '2345678' }),
    contextOf({ method: 'server', partnerId: 2345678, secret: new Secret(text) }, rest),
  );

test('explains a wrong secret as in the storyboard', () => {
  const advice = onSecret(SECRET.slice(1));
  expect(advice.headline).toBe('The server would not start a session for partner 2345678 (START_SESSION_ERROR)');
  expect(advice.explanation).toBe(
    'This server has an active account with this partner ID, so the secret does not match it.',
  );
  expect(advice.causes.slice(0, 5)).toEqual([
    'a character is missing: yours has 31 characters, secrets have 32',
    'the User Secret was pasted: an ADMIN key needs the Administrator Secret',
    'the secret belongs to another account',
    'the account is in another region: EU has another account with the partner ID 2345678',
    'the partner ID is mistyped',
  ]);
  expect(advice.fixes).toEqual([
    { action: 'change-secret', text: 'Enter the secret again' },
    { action: 'change-type', text: 'Create a USER key instead' },
    { action: 'check-partner-id', text: 'Change the partner ID' },
    { action: 'change-region', text: 'Choose another region' },
  ]);
  expect(advice.serverAnswer).toBe(
    'START_SESSION_ERROR\nmessage of START_SESSION_ERROR\nX-Kaltura-Session: 709956431, 1795491784',
  );
});

test.each([
  [`${SECRET}ab`, 'it is too long: yours has 34 characters, secrets have 32'],
  [SECRET.toUpperCase(), 'yours has capital letters: secrets have lowercase letters only'],
  [`${SECRET.slice(1)}z`, 'yours has characters other than 0-9 and a-f, but secrets have only those'],
  [`${SECRET} `, 'it contains a space or a line break, perhaps from pasting'],
  ['2345678', 'it looks like a partner ID: secrets are 32 hexadecimal digits'],
  ['0_ab12cd34', 'it looks like the ID of an app token or an entry: secrets are 32 hexadecimal digits'],
  ['ab'.repeat(32), 'it looks like a hash such as tokenHash: secrets are 32 hexadecimal digits'],
  [
    'djJ8MjM0NTY3OHwZbbDCh1tXo64Fn-oKamLqPXArvO_9NOqP9l-jXiMR2ZX46a11MJxyXWInnUAeKQnM-xm3QrXXmqelvldbfRdV',
    'it looks like a session key (KS): secrets are 32 hexadecimal digits',
  ],
])('names the fault of the secret first', (text, cause) => {
  expect(onSecret(text).causes[0]).toBe(cause);
});

test('does not blame the User Secret for a USER key', () => {
  const advice = onSecret(SECRET, { type: 'USER' });
  expect(advice.causes.join()).not.toContain('User Secret');
  expect(advice.fixes.some(({ action }) => action === 'change-type')).toBe(false);
});

test('partner 0 in the answer means that the server did not receive the partner ID', () => {
  const advice = describedMaking(
    apiError('START_SESSION_ERROR', 'session.start', { PID: '0' }),
    contextOf(SIGN_INS.server),
  );
  expect(advice.explanation).toContain('partner 0');
});

const BLOCKED = 'SERVICE_FORBIDDEN_CONTENT_BLOCKED';

test('names the region, then the partner ID, then a block as causes of “blocked”', () => {
  const advice = describedMaking(apiError(BLOCKED), contextOf(SIGN_INS.server));
  expect(advice.causes[0]).toContain('another region: each account is in one region only, and you chose EU');
  expect(advice.causes[1]).toContain('2345678 is mistyped');
  expect(advice.causes[2]).toContain('blocked');
  expect(targets(advice)).toEqual(['region', 'credentials']);
});

test('recognizes a Sub Partner ID', () => {
  const advice = describedMaking(apiError(BLOCKED), contextOf({ method: 'server', partnerId: 234567800, secret }));
  expect(advice.causes[1]).toContain('the partner ID is 2345678');
});

test('names the URL, not the region, of a self-hosted server', () => {
  const own = contextOf(SIGN_INS.server, { serviceUrl: 'https://video.example.com' }, 'self-hosted');
  const advice = describedMaking(apiError(BLOCKED), own);
  expect(advice.causes[0]).toContain('video.example.com');
  expect(targets(advice)[0]).toBe('address');
});

test('tells an unknown account from a blocked one after a sign-in with an app token', () => {
  const context = contextOf(SIGN_INS['app-token']);
  const unknown = describedMaking(apiError('INVALID_WIDGET_ID', 'session.startWidgetSession'), context);
  expect(unknown.causes.join()).not.toContain('blocked');
  const blocked = describedMaking(apiError(BLOCKED, 'appToken.startSession'), context);
  expect(blocked.causes[0]).toContain('blocked');
  expect(blocked.causes.join()).not.toContain('region');
});

test('lists all causes that the server reports as a wrong password', () => {
  const advice = describedMaking(apiError('USER_WRONG_PASSWORD', 'user.loginByLoginId'), contextOf(SIGN_INS.login));
  const causes = advice.causes.join('\n');
  for (const word of ['password is wrong', 'no user', 'different account', 'region', 'locked', 'blocked']) {
    expect(causes).toContain(word);
  }
  expect(targets(advice)).toEqual(['credentials', 'region', 'sign-in']);
});

test('names the faults of the login first', () => {
  const odd: SignIn = { ...SIGN_INS.login, loginId: 'jane', password: new Secret('pass ') } as SignIn;
  const advice = describedMaking(apiError('USER_WRONG_PASSWORD', 'user.loginByLoginId'), contextOf(odd));
  expect(advice.causes[0]).toBe('“jane” is not an email address, and a login usually is');
  expect(advice.causes[1]).toContain('space');
});

test.each(['MISSING_OTP', 'INVALID_OTP'])('%s leads to the step for the code', (code) => {
  expect(targets(describedMaking(apiError(code, 'user.loginByLoginId'), contextOf(SIGN_INS.login)))[0]).toBe('code');
});

test.each([
  ['setrole', 'setrole has no role'],
  ['setrole:PARTNER_ADMIN_ROLE', 'write setrole:Publisher Administrator'],
  ['setrole:99999', 'no role has the number 99999'],
  ['setrole:Nobody', 'no role has the system name “Nobody”'],
])('names an unknown role: %s', (privileges, cause) => {
  const advice = describedMaking(apiError('UNKNOWN_ROLE_ID'), contextOf(SIGN_INS.server, { privileges }));
  expect(advice.causes[0]).toContain(cause);
  expect(targets(advice)).toEqual(['privileges']);
});

test.each<[ConnectionFault, string, string]>([
  ['dns', 'ENOTFOUND', 'HTTPS_PROXY'],
  ['refused', 'ECONNREFUSED', 'HTTPS_PROXY'],
  ['reset', 'ECONNRESET', 'firewall'],
  ['timeout', 'ETIMEDOUT', 'firewall'],
  ['tls', 'SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
  ['tls', 'CERT_HAS_EXPIRED', 'clock'],
  ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'certificate is not for'],
  ['tls', 'EPROTO', 'https'],
  ['other', 'EHOSTUNREACH', 'network'],
  ['other', 'the answer is longer than 1 MiB', 'login page'],
  ['other', 'HPE_HEADER_OVERFLOW', 'headers'],
  ['other', 'HPE_INVALID_CONSTANT', 'another program'],
])('no connection: %s (%s)', (fault, detail, word) => {
  for (const signIn of Object.values(SIGN_INS)) {
    const advice = describedMaking(new ConnectionError(fault, 'api.eu.kaltura.com', detail), contextOf(signIn));
    assertWellFormed(advice);
    expect(advice.headline).toContain(`(${detail})`);
    expect(advice.causes.join('\n')).toContain(word);
    expect(targets(advice)).toContain('retry');
    expect(advice.serverAnswer).toBeNull();
  }
});

const NOT_SENT = { mayHaveArrived: false };
const PROXIED = { proxy: { host: 'proxy.example.com:3128', variable: 'https_proxy' } };

test.each<[ConnectionFault, string]>([
  ['dns', 'ENOTFOUND'],
  ['refused', 'ECONNREFUSED'],
  ['reset', 'ECONNRESET'],
  ['timeout', 'ETIMEDOUT'],
  ['other', 'EHOSTUNREACH'],
])('suggests a proxy only if nothing was sent, and names a proxy that is used: %s', (fault, detail) => {
  const causes = (circumstances: object) =>
    describedMaking(
      new ConnectionError(fault, 'api.eu.kaltura.com', detail, circumstances),
      contextOf(SIGN_INS.server),
    ).causes.join('\n');
  expect(causes(NOT_SENT)).toContain('set HTTPS_PROXY');
  expect(causes({ mayHaveArrived: true })).not.toContain('HTTPS_PROXY');
  expect(causes(PROXIED)).not.toContain('HTTPS_PROXY');
  expect(causes(PROXIED)).toContain('the proxy proxy.example.com:3128 from https_proxy causes the failure');
});

test.each([
  ['EPROTO', 'tls'],
  ['HPE_HEADER_OVERFLOW', 'other'],
  ['HPE_INVALID_CONSTANT', 'other'],
  ['the answer is longer than 1 MiB', 'other'],
] as const)('does not suggest a proxy if something answered: %s', (detail, fault) => {
  const advice = describedMaking(new ConnectionError(fault, 'x.example', detail, NOT_SENT), contextOf(SIGN_INS.server));
  expect(advice.causes.join('\n')).not.toContain('HTTPS_PROXY');
});

test.each([
  ['https://api.eu.kaltura.com', false],
  ['https://www.kaltura.com', false],
  ['https://acme.kaltura.com', false],
  ['https://notkaltura.com', true],
  ['https://video.example.com', true],
])('whether %s may need a VPN: %s', (serviceUrl, mayBe) => {
  const context = contextOf(SIGN_INS.server, { serviceUrl });
  const advice = describedMaking(new ConnectionError('dns', 'x.example', 'ENOTFOUND'), context);
  expect(advice.causes.join().includes('VPN')).toBe(mayBe);
});

test('uses the singular for one character', () => {
  expect(onSecret('x').causes[0]).toBe('characters are missing: yours has 1 character, secrets have 32');
  const signIn: SignIn = { ...SIGN_INS.login, code: new Secret('1') } as SignIn;
  const advice = describedMaking(apiError('INVALID_OTP', 'user.loginByLoginId'), contextOf(signIn));
  expect(advice.causes[0]).toBe('yours has 1 character; a code usually has 6 digits');
});

test('names another account as a cause of a refused one-time code', () => {
  const causesFor = (partnerId: number | null): string => {
    const signIn = { ...SIGN_INS.login, partnerId } as SignIn;
    return describedMaking(apiError('INVALID_OTP', 'user.loginByLoginId'), contextOf(signIn)).causes.join('\n');
  };
  expect(causesFor(102)).toContain('the user belongs to a different account than partner 102');
  expect(causesFor(null)).not.toContain('different account');
});

test('the headline about an app token reads well for each sign-in method', () => {
  for (const signIn of Object.values(SIGN_INS)) {
    for (const code of [
      'APP_TOKEN_ID_NOT_FOUND',
      'APP_TOKEN_NOT_ACTIVE',
      'APP_TOKEN_EXPIRED',
      'INVALID_APP_TOKEN_HASH',
    ]) {
      const { headline } = describedMaking(apiError(code, 'appToken.startSession'), contextOf(signIn));
      expect(headline).toMatch(/\b[Tt]he app token |for app token /);
      expect(headline).not.toMatch(/the the|no the/i);
    }
  }
});

test('a login that was cut off may count as a failed attempt', () => {
  const failure = new ConnectionError('timeout', 'api.eu.kaltura.com', 'ETIMEDOUT');
  expect(describedMaking(failure, contextOf(SIGN_INS.login)).explanation).toContain('counts as a failed attempt');
  expect(describedMaking(failure, contextOf(SIGN_INS.server)).explanation).toContain('safely');
});

test('explains that the practice server has stopped', () => {
  const context = contextOf(SIGN_INS.server, { serviceUrl: 'http://127.0.0.1:4000' }, 'practice');
  const advice = describedMaking(new ConnectionError('refused', '127.0.0.1:4000', 'ECONNREFUSED'), context);
  expect(advice.causes).toEqual(['the practice server has stopped']);
});

const KINDS: NotKalturaKind[] = ['html', 'empty', 'redirect', 'not-json', 'wrong-shape'];
test.each(KINDS)('explains an answer that is not from Kaltura: %s', (what) => {
  for (const status of [200, 302, 403, 404, 429, 500, 502]) {
    const failure = new NotKalturaError({ what, status, answer: `HTTP ${status}\n<p>${SECRET}` });
    const advice = describedMaking(failure, contextOf(SIGN_INS.server));
    assertWellFormed(advice);
    expect(advice.headline).toContain(`HTTP ${status}`);
    expect(advice.causes).not.toEqual([]);
    expect(advice.serverAnswer).toBe(`HTTP ${status}\n<p>••••`);
  }
});

test('shows a known code even if it contains the password', () => {
  const signIn: SignIn = { ...SIGN_INS.login, password: new Secret('PASSWORD') } as SignIn;
  const failure = apiError('USER_WRONG_PASSWORD', 'user.loginByLoginId');
  const { headline } = describedMaking(failure, contextOf(signIn));
  expect(headline).toContain('(USER_WRONG_PASSWORD)');
  expect(describedMaking(apiError('MY_PASSWORD'), contextOf(signIn)).headline).not.toContain('PASSWORD');
});

test('explains that a redirect is not followed, and shows its URL only on request', () => {
  const answer = 'HTTP 302\nLocation: https://login.example/';
  const failure = new NotKalturaError({ what: 'redirect', status: 302, answer });
  const advice = describedMaking(failure, contextOf(SIGN_INS.server));
  expect(advice.explanation).toContain('did not follow the redirect, because that would send the secret there');
  expect(`${advice.headline}${advice.explanation}${advice.causes}`).not.toContain('login.example');
  expect(advice.serverAnswer).toBe(answer);
  expect(advice.isAnswerHelpful).toBe(true);
});

test.each(['lifetime', 'semicolon-in-user', 'semicolon-in-privileges', 'privilege-name'] as const)(
  'explains why a request is unsuitable: %s',
  (fault) => {
    const advice = describedMaking(new UnsuitableRequestError(fault), contextOf(SIGN_INS.local));
    assertWellFormed(advice);
    expect(advice.causes).not.toEqual([]);
  },
);

test('shows no text of an error of the program', () => {
  const advice = describedMaking(new TypeError(`cannot read ${SECRET}`), contextOf(SIGN_INS.server));
  assertWellFormed(advice);
});

const KS = new Secret('djJ8MjM0NTY3OHwZbbDCh1tXo64Fn-oKamLqPXArvO_9NOqP9l-jXiMR2ZX46a11MJxyXWInnUAeKQnM');

const using = (action: string, secrets: readonly Secret[] = [KS]) => ({
  action,
  serviceUrl: 'https://api.eu.kaltura.com',
  regionLabel: 'EU',
  secrets,
});

test('shows an unknown code with the support reference, without the server’s message', () => {
  const failure = new ApiError({
    code: 'NEW_ERROR_CODE',
    answer: `No such thing: ${KS.reveal()} ${'x'.repeat(900)}`,
    action: 'session.get',
    supportReference: '1349169007, 1795491785',
  });
  for (const advice of [
    describedUse(failure, using('session.get')),
    describedMaking(failure, contextOf(SIGN_INS.server)),
  ]) {
    expect(advice.headline).toBe('The server returned an unknown error (NEW_ERROR_CODE)');
    expect(advice.explanation).not.toContain('No such thing');
    expect(advice.explanation).toContain('quote X-Kaltura-Session 1349169007, 1795491785.');
    expect(advice.explanation.length).toBeLessThan(460);
  }
});

test.each(LISTED)('explains %s after the use of a key, or shows it as unknown', (code) => {
  const { headline, explanation, causes, fixes } = describedUse(
    apiError(code, 'baseEntry.count'),
    using('baseEntry.count'),
  );
  expect(headline.length).toBeLessThan(140);
  expect(headline).toContain(`(${code})`);
  expect(causes.length > 0).toBe(!UNKNOWN.test(explanation));
  // An unknown error has no fix: the user has to ask support.
  expect(fixes).toHaveLength(causes.length > 0 ? 1 : 0);
});

test('never suggests to revoke a key again', () => {
  const failures = [
    new ConnectionError('timeout', 'api.eu.kaltura.com', 'ETIMEDOUT'),
    new ConnectionError('refused', 'api.eu.kaltura.com', 'ECONNREFUSED'),
    new NotKalturaError({ what: 'html', status: 502 }),
  ];
  for (const failure of failures) {
    expect(targets(describedUse(failure, using('session.end')))).toEqual([]);
    expect(targets(describedUse(failure, using('session.get')))).toEqual(['retry']);
  }
});

test.each([
  ['session.end', 'may have been revoked'],
  ['appToken.add', 'may have been created'],
  ['appToken.delete', 'may have been deleted'],
  ['baseEntry.count', 'safely'],
])('says what the server may have done without an answer: %s', (action, text) => {
  const cut = new ConnectionError('reset', 'api.eu.kaltura.com', 'ECONNRESET', { mayHaveArrived: true });
  expect(describedUse(cut, using(action)).explanation).toContain(text);
  const unreached = new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND');
  expect(describedUse(unreached, using(action)).explanation).toBe(
    'Nothing was sent, so the key has not left this computer.',
  );
});

test('does not mention a key after a call without a key', () => {
  for (const failure of [
    new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND'),
    new NotKalturaError({ what: 'redirect', status: 302 }),
  ]) {
    const { explanation } = describedUse(failure, using('session.startWidgetSession', []));
    expect(explanation).not.toMatch(/\bkey\b|secret/);
  }
});

test('says that the practice server lacks a call, and does not blame a proxy', () => {
  const context = { ...using('report.getTotal'), serviceUrl: 'http://127.0.0.1:47102' };
  const advice = describedUse(apiError('SERVICE_DOES_NOT_EXISTS'), context);
  expect(advice.headline).toMatch(/^The practice server does not know the call/);
  expect(advice.causes.join()).not.toContain('proxy');
});

test('names the region or the self-hosted server for an invalid key', () => {
  const failure = apiError('INVALID_KS', 'session.get', { KSID: 'djJ8…', ERR_DESC: 'INVALID_STR' });
  expect(describedUse(failure, using('session.get')).causes.join('\n')).toContain('in another region (this is EU)');
  const own = { ...using('session.get'), serviceUrl: 'https://video.example.com' };
  expect(describedUse(failure, own).causes.join('\n')).toContain('not on video.example.com but on another server');
});

test('explains a failure before a server was chosen', () => {
  const nowhere = { ...using('session.startWidgetSession', []), serviceUrl: '', regionLabel: '' };
  for (const failure of [
    new ConnectionError('aborted', '', 'AbortError'),
    new ConnectionError('dns', '', 'ENOTFOUND'),
    new NotKalturaError({ what: 'html', status: 200 }),
    apiError('INVALID_KS', 'session.get', { KSID: 'x' }),
  ]) {
    expect(describedUse(failure, nowhere).headline).not.toBe('');
  }
});

test('INVALID_PARTNER_ID mentions a login only if one was used', () => {
  const described = (method: SignInMethod) =>
    JSON.stringify(describedMaking(apiError('INVALID_PARTNER_ID'), contextOf(SIGN_INS[method])));
  expect(described('login')).toMatch(/login/i);
  for (const method of ['server', 'app-token'] as const) expect(described(method)).not.toMatch(/login|user/i);
});

test.each(['LOGIN_DATA_NOT_FOUND', 'USER_WRONG_PASSWORD'])(
  '%s of a self-hosted server names the admin console',
  (code) => {
    const causes = (serviceUrl: string) =>
      describedMaking(apiError(code), contextOf(SIGN_INS.login, { serviceUrl })).causes.join();
    expect(causes('https://video.example.com')).toContain('an admin console user is not a KMC user');
    expect(causes('https://www.kaltura.com')).not.toContain('admin console');
  },
);

test('names the path in the URL as a cause of an unknown call or page', () => {
  const withPath = { serviceUrl: 'https://video.example.com/kmc' };
  const notFound = new NotKalturaError({ what: 'html', status: 404 });
  for (const failure of [apiError('SERVICE_NOT_SPECIFIED'), notFound]) {
    const advice = describedMaking(failure, contextOf(SIGN_INS.server, withPath, 'self-hosted'));
    expect(advice.causes[0]).toContain('the path /kmc in the URL');
    const without = contextOf(SIGN_INS.server, { serviceUrl: 'https://video.example.com' }, 'self-hosted');
    expect(describedMaking(failure, without).causes.join()).not.toContain('in the URL of the server');
  }
});
