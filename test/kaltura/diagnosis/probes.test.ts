import { expect, test } from 'vitest';
import { ApiError, NotKalturaError } from '../../../source/kaltura/api/client.js';
import { ConnectionError, type ConnectionFault, type Http } from '../../../source/kaltura/api/http.js';
import type { MakingContext } from '../../../source/kaltura/diagnosis/diagnosis.js';
import { type Probe, withRegionConfirmed } from '../../../source/kaltura/diagnosis/probe.js';
import { probesFor, runProbe } from '../../../source/kaltura/diagnosis/probes.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { KeyRequest, SignIn } from '../../../source/kaltura/sign-in/key-request.js';
import { makeKey } from '../../../source/kaltura/sign-in/make-key.js';
import {
  answering,
  failing,
  type Network,
  networkOf,
  RECORDED_AT,
  recordedAccounts,
  serverOf,
} from '../api/many-servers.js';
import { recording } from '../api/recorded-http.js';
import { describe } from './described.js';

// The secrets of the recorded accounts.
const ADMIN_SECRET = '0123456789abcdef0123456789abcdef';
const USER_SECRET = 'fedcba9876543210fedcba9876543210';
const WRONG_SECRET = '1'.repeat(32);

const withSecret = (text: string, partnerId = 102): SignIn => ({
  method: 'server',
  partnerId,
  secret: new Secret(text),
});

const login = (partnerId: number | null): SignIn => ({
  method: 'login',
  partnerId,
  loginId: 'admin@example.com',
  password: new Secret('no-such-Passw0rd!'),
  code: null,
});

const EU = 'https://api.eu.kaltura.com';

function contextOf(signIn: SignIn, rest: Partial<KeyRequest> = {}): MakingContext {
  const request: KeyRequest = {
    serviceUrl: EU,
    type: 'ADMIN',
    userId: '',
    lifetime: 3600,
    privileges: '',
    ...rest,
    signIn,
  };
  return { request, regionLabel: request.serviceUrl === EU ? 'EU' : 'self-hosted' };
}

const deps = { now: () => RECORDED_AT, randomBytes: (length: number) => new Uint8Array(length) };

const runDescribed = async (...args: Parameters<typeof runProbe>) => describe(await runProbe(...args));
type Finding = Awaited<ReturnType<typeof runDescribed>>;

/** Fails to create a key, runs all probes, and checks what must hold for every finding. */
async function diagnose(context: MakingContext, { http, requests }: Network) {
  const failure: unknown = await makeKey(context.request, { http, ...deps }).catch((thrown: unknown) => thrown);
  const probes = probesFor(failure, context);
  const findings: Finding[] = [];
  for (const probe of probes) {
    const before = requests.length;
    const finding = await runDescribed(probe, context, { http, ...deps });
    assertAsPlanned(probe, requests.slice(before));
    assertWellFormed(finding);
    assertSecretsNotSentElsewhere(context, requests);
    findings.push(finding);
  }
  return { failure, kinds: probes.map(({ kind }) => kind), findings, last: findings.at(-1) };
}

/** Every request was announced by the probe, with its URL and parameters. */
function assertAsPlanned(probe: Probe, sent: Network['requests']): void {
  for (const { url, form } of sent) {
    const planned = probe.sends.find((call) => call.url === url);
    expect(planned?.parameters.map(({ name }) => name).sort()).toEqual(
      Object.keys(form)
        .filter((name) => name !== 'format')
        .sort(),
    );
    for (const { name, value } of planned?.parameters ?? []) {
      if (typeof value === 'string') expect(form[name]).toBe(value);
      if (value instanceof Secret) expect(form[name]).toBe(value.reveal());
    }
  }
}

function assertWellFormed({ headline, explanation, causes, fixes }: Finding): void {
  expect(headline.length).toBeLessThan(140);
  expect(headline).not.toMatch(/[.\n]$/);
  expect(explanation).not.toBe('');
  // The User Secret is a fact, not a likely cause.
  if (!headline.startsWith('This is the User Secret')) expect(causes.length).toBeGreaterThan(0);
  expect(fixes.length).toBeGreaterThan(0);
  for (const cause of causes) expect(cause).not.toMatch(/\.$|^[A-Z](?!DMIN)|undefined/);
  expect(JSON.stringify([headline, explanation, causes])).not.toMatch(
    new RegExp(`${ADMIN_SECRET}|${USER_SECRET}|${WRONG_SECRET}|Passw0rd|djJ8\\w{20}`),
  );
}

function assertSecretsNotSentElsewhere({ request }: MakingContext, sent: Network['requests']): void {
  for (const { url, form } of sent) {
    if (url.startsWith(request.serviceUrl)) continue;
    for (const secret of [ADMIN_SECRET, USER_SECRET, WRONG_SECRET, 'Passw0rd']) {
      expect(JSON.stringify(form)).not.toContain(secret);
    }
  }
}

const refusedStart = new ApiError({
  code: 'START_SESSION_ERROR',
  answer: '',
  action: 'session.start',
  args: { PID: '102' },
});

const inEu = () => networkOf({ eu: serverOf(recordedAccounts()) });

test('recognizes the User Secret by creating a USER key of one second', async () => {
  const { http, requests } = inEu();
  const context = contextOf(withSecret(USER_SECRET), { userId: 'jane', privileges: 'disableentitlement' });
  const { kinds, findings } = await diagnose(context, { http, requests });
  expect(kinds).toEqual(['user-secret', 'region']);
  expect(findings[0]).toMatchObject({
    headline: 'This is the User Secret of partner 102',
    isSure: true,
    settles: true,
  });
  expect(findings[0]?.fixes.map(({ action }) => action)).toEqual(['use-admin-secret', 'change-type']);
  const [, probing] = requests.filter(({ url }) => url.endsWith('/start'));
  expect(probing?.form).toEqual({
    format: '1',
    partnerId: '102',
    secret: USER_SECRET,
    type: '0',
    expiry: '1',
    nocache: '1',
  });
});

test('recognizes the User Secret from recorded answers of the real server', async () => {
  const http: Http = async ({ form }) => recording(form['type'] === '2' ? '013' : '004').response;
  const { findings } = await diagnose(contextOf(withSecret(USER_SECRET)), { http, requests: [] });
  expect(findings[0]?.headline).toBe('This is the User Secret of partner 102');
});

test('a secret that creates no key does not belong to the account', async () => {
  const { findings } = await diagnose(contextOf(withSecret(WRONG_SECRET)), inEu());
  expect(findings[0]).toMatchObject({
    headline: 'api.eu.kaltura.com does not accept this as a secret of partner 102',
    isSure: true,
    settles: false,
  });
  expect(findings[1]?.headline).toBe('EU has partner 102: the region is correct');
  expect(findings[1]?.causes.join('\n')).toContain('another account');
});

test('does not try the secret again after a refused USER key', async () => {
  const { http, requests } = inEu();
  const { kinds } = await diagnose(contextOf(withSecret(WRONG_SECRET), { type: 'USER' }), { http, requests });
  expect(kinds).toEqual(['region']);
  expect(requests.filter(({ url }) => url.endsWith('/start'))).toHaveLength(1);
});

test('finds the partner ID in several regions', async () => {
  const network = networkOf({
    eu: serverOf(recordedAccounts()),
    sg: serverOf(recordedAccounts()),
    ca: serverOf(recordedAccounts()),
  });
  const { last } = await diagnose(contextOf(withSecret(WRONG_SECRET)), network);
  expect(last).toMatchObject({ headline: 'More than one region has partner 102: EU, SG, CA', isSure: false });
  expect(last?.fixes.slice(0, 2).map(({ region }) => region)).toEqual(['sg', 'ca']);
});

test('finds the account in another region, and offers that region', async () => {
  const { kinds, last } = await diagnose(
    contextOf(withSecret(ADMIN_SECRET)),
    networkOf({ de: serverOf(recordedAccounts()) }),
  );
  expect(kinds).toEqual(['region']);
  expect(last).toMatchObject({
    headline: 'Partner 102 is in DE, not in EU',
    isSure: true,
    settles: true,
    fixes: [
      { action: 'choose-region', region: 'de', text: 'Use region DE' },
      { action: 'check-partner-id', text: 'Change the partner ID' },
    ],
  });
});

test('is not sure if a region did not answer', async () => {
  const network = networkOf({ de: serverOf(recordedAccounts()), us: failing('timeout', 'ETIMEDOUT') });
  const { last } = await diagnose(contextOf(withSecret(ADMIN_SECRET)), network);
  expect(last).toMatchObject({ headline: 'Partner 102 is in DE, not in EU', isSure: false });
  expect(last?.explanation).toContain('US gave no clear answer.');
});

test.each([104, 107])('finds that the account %s is blocked', async (partnerId) => {
  const { last } = await diagnose(contextOf(withSecret(ADMIN_SECRET, partnerId)), inEu());
  expect(last).toMatchObject({ headline: `EU has partner ${partnerId}, but it is blocked`, isSure: true });
});

test('finds that no region has the account', async () => {
  const { last } = await diagnose(contextOf(withSecret(ADMIN_SECRET, 234567800)), networkOf({}));
  expect(last).toMatchObject({ headline: 'No region has partner 234567800', isSure: true });
  expect(last?.causes[0]).toContain('the partner ID is 2345678');
});

test('finds the account of an app token in another region', async () => {
  const signIn: SignIn = { method: 'app-token', partnerId: 102, tokenId: '0_sha1', token: new Secret(WRONG_SECRET) };
  const { failure, last } = await diagnose(contextOf(signIn), networkOf({ us: serverOf(recordedAccounts()) }));
  expect(failure).toMatchObject({ code: 'INVALID_WIDGET_ID' });
  expect(last?.headline).toBe('Partner 102 is in US, not in EU');
});

test('confirms the region if the account does not have the app token', async () => {
  const signIn: SignIn = { method: 'app-token', partnerId: 102, tokenId: '0_nosuch', token: new Secret(WRONG_SECRET) };
  const { last } = await diagnose(contextOf(signIn), inEu());
  expect(last?.headline).toBe('EU has partner 102: the region is correct');
  expect(last?.causes).toContain('its ID is mistyped');
});

test('has no probe for a wrong app token value', async () => {
  const signIn: SignIn = { method: 'app-token', partnerId: 102, tokenId: '0_sha1', token: new Secret(WRONG_SECRET) };
  const { failure, kinds } = await diagnose(contextOf(signIn), inEu());
  expect(failure).toMatchObject({ code: 'INVALID_APP_TOKEN_HASH' });
  expect(kinds).toEqual([]);
});

test('never repeats a refused login, and only probes the region', async () => {
  const { http, requests } = inEu();
  const { kinds, last } = await diagnose(contextOf(login(102)), { http, requests });
  expect(kinds).toEqual(['region']);
  expect(requests.filter(({ url }) => url.includes('login'))).toHaveLength(1);
  expect(last?.headline).toBe('EU has partner 102: the region is correct');
  const causes = last?.causes.join('\n') ?? '';
  for (const word of ['password is wrong', 'no user', 'different account', 'locked', 'blocked'])
    expect(causes).toContain(word);
  expect(causes).not.toContain('region');
});

test('has no probe for a login without a partner ID', async () => {
  expect((await diagnose(contextOf(login(null)), inEu())).kinds).toEqual([]);
});

test.each([
  ['knows the account', 102, 'video.example.com has partner 102, and it is not blocked'],
  ['has blocked the account', 104, 'video.example.com has partner 104, but it is blocked'],
  ['does not know the account', 999_999, 'video.example.com does not have partner 999999'],
])('sends requests only to a self-hosted server that %s', async (_, partnerId, headline) => {
  const { http, requests } = networkOf({ 'video.example.com': serverOf(recordedAccounts()) });
  const context = contextOf(withSecret(ADMIN_SECRET, partnerId), { serviceUrl: 'https://video.example.com' });
  const failure = new ApiError({
    code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
    answer: 'blocked',
    action: 'session.start',
  });
  const [probe, ...rest] = probesFor(failure, context);
  expect(rest).toEqual([]);
  const finding = await runDescribed(probe as Probe, context, { http, ...deps });
  assertWellFormed(finding);
  assertAsPlanned(probe as Probe, requests);
  expect(finding.headline).toBe(headline);
  expect(new Set(requests.map(({ url }) => new URL(url).host))).toEqual(new Set(['video.example.com']));
});

test('has no probe if the server received no partner ID', () => {
  const failure = new ApiError({
    code: 'START_SESSION_ERROR',
    answer: '',
    action: 'session.start',
    args: { PID: '0' },
  });
  expect(probesFor(failure, contextOf(withSecret(ADMIN_SECRET)))).toEqual([]);
});

test('lists the existing roles after an unknown role, the most similar first', async () => {
  const { http, requests } = inEu();
  const context = contextOf(withSecret(ADMIN_SECRET), { privileges: 'setrole:playback', type: 'USER' });
  const { failure, kinds, last } = await diagnose(context, { http, requests });
  expect(failure).toMatchObject({ code: 'UNKNOWN_ROLE_ID' });
  expect(kinds).toEqual(['roles']);
  expect(last?.headline).toBe('The account has 23 roles to choose from, and none of them is “playback”');
  expect(last?.causes[0]).toMatch(/^setrole:\d+ or setrole:PLAYBACK_BASE_ROLE/);
  expect(last?.causes.at(-1)).toBe('and 13 more, in KMC → Administration → Roles');
  const key = requests.filter(({ url }) => url.endsWith('/start')).at(-1);
  expect(key?.form).toMatchObject({ type: '2', expiry: '60', privileges: 'actionslimit:1' });
});

test('reports that the User Secret cannot list roles', async () => {
  const context = contextOf(withSecret(USER_SECRET), { privileges: 'setrole:99999', type: 'USER' });
  const { last } = await diagnose(context, inEu());
  expect(last?.headline).toBe('The roles could not be listed: the secret does not create ADMIN keys for partner 102');
});

test('removes escape codes and line breaks from the names of roles', async () => {
  const roles = [{ id: 7, name: '\u001b[2Jx', systemName: 'a\nb', status: 1, partnerId: 102 }, null, { id: 'x' }];
  const http: Http = async (request) =>
    request.url.endsWith('/userRole/action/list')
      ? answering(JSON.stringify({ objects: roles, totalCount: 3 }))(request)
      : serverOf(recordedAccounts())(request);
  const context = contextOf(withSecret(ADMIN_SECRET), { privileges: 'setrole:99999' });
  const { last } = await diagnose(context, { http, requests: [] });
  expect(last?.causes).toEqual(['setrole:7 or setrole:a b (“[2Jx”)']);
});

test('hides secrets and keys in the names of roles', async () => {
  let ks = '';
  const http: Http = async (request) => {
    if (!request.url.endsWith('/userRole/action/list')) return serverOf(recordedAccounts())(request);
    ks = request.form['ks'] ?? '';
    const roles = [{ id: 7, name: `x${ADMIN_SECRET.split('').join('\u200B')}`, systemName: `y ${ks}`, status: 1 }];
    return answering(JSON.stringify({ objects: roles, totalCount: 1 }))(request);
  };
  const context = contextOf(withSecret(ADMIN_SECRET), { privileges: 'setrole:99999' });
  const { last } = await diagnose(context, { http, requests: [] });
  expect(last?.causes).toEqual(['setrole:7 or setrole:y •••• (“x••••”)']);
});

const euFailing = (fault: ConnectionFault, detail: string) =>
  networkOf({ eu: failing(fault, detail), us: serverOf(recordedAccounts()) });

test.each<[ConnectionFault, string]>([
  ['dns', 'ENOTFOUND'],
  ['refused', 'ECONNREFUSED'],
  ['timeout', 'ETIMEDOUT'],
  ['proxy', 'HTTP 403'],
])('tells a server that is down from a computer without a connection (%s)', async (fault, detail) => {
  const context = contextOf(withSecret(ADMIN_SECRET));
  const onlyOne = await diagnose(context, euFailing(fault, detail));
  expect(onlyOne.kinds).toEqual(['way-out']);
  expect(onlyOne.last?.headline).toBe(
    'This computer reaches www.kaltura.com, so the problem is with api.eu.kaltura.com',
  );
  const both = await diagnose(context, networkOf({ eu: failing(fault, detail), us: failing(fault, detail) }));
  expect(both.last?.headline).toBe('Neither api.eu.kaltura.com nor www.kaltura.com can be reached from this computer');
  expect(both.last?.explanation).toContain(detail);
});

test('recognizes a login page that answers every request', async () => {
  const page = answering('<html>Welcome</html>');
  const context = contextOf(withSecret(ADMIN_SECRET));
  const { failure, last } = await diagnose(context, networkOf({ eu: page, us: page }));
  expect(failure).toBeInstanceOf(NotKalturaError);
  expect(last?.headline).toBe('The answer from www.kaltura.com is not from Kaltura');
});

test.each([
  ['the clock is correct', serverOf(recordedAccounts()), 'The certificate from api.eu.kaltura.com is out of date'],
  [
    'the clock is behind',
    serverOf(recordedAccounts(), () => RECORDED_AT + 7_200_000),
    'This computer’s clock is 2 h behind',
  ],
  [
    'the clock is ahead',
    serverOf(recordedAccounts(), () => RECORDED_AT - 7_200_000),
    'This computer’s clock is 2 h ahead',
  ],
  ['all certificates have expired', failing('tls', 'CERT_HAS_EXPIRED'), 'This computer’s clock is probably wrong'],
  ['no other server answers', failing('dns', 'ENOTFOUND'), 'The cause could not be found'],
])('explains an expired certificate if %s', async (_, us, headline) => {
  const context = contextOf(withSecret(ADMIN_SECRET));
  const { kinds, last } = await diagnose(context, networkOf({ eu: failing('tls', 'CERT_HAS_EXPIRED'), us }));
  expect(kinds).toEqual(['clock']);
  expect(last?.headline).toBe(headline);
});

test.each([
  ['correct', RECORDED_AT, 'This computer’s clock is correct'],
  ['behind', RECORDED_AT + 600_000, 'This computer’s clock is 10 min behind'],
])('explains that a locally signed key counts as expired if the clock is %s', async (_, serverTime, headline) => {
  const signIn: SignIn = { method: 'local', partnerId: 102, secret: new Secret(ADMIN_SECRET), ksVersion: 2 };
  const context = contextOf(signIn);
  const args = { KSID: 'EXPIRED', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' };
  const failure = new ApiError({ code: 'INVALID_KS', answer: 'Invalid KS', action: 'session.get', args });
  const [probe] = probesFor(failure, context);
  const { http, requests } = networkOf({ eu: serverOf(recordedAccounts(), () => serverTime) });
  const finding = await runDescribed(probe as Probe, context, { http, ...deps });
  assertWellFormed(finding);
  expect(finding.headline).toBe(headline);
  expect(requests.map(({ url, form }) => [url, form])).toEqual([
    [`${EU}/api_v3/service/system/action/getTime`, { format: '1' }],
  ]);
});

test('says why a probe failed', async () => {
  const eu: Http = (request) =>
    request.form['type'] === '0' ? failing('reset', 'ECONNRESET')(request) : serverOf(recordedAccounts())(request);
  const context = contextOf(withSecret(USER_SECRET));
  const { findings } = await diagnose(context, networkOf({ eu }));
  expect(findings[0]).toMatchObject({ headline: 'The cause could not be found', isSure: false, settles: false });
  expect(findings[0]?.explanation).toContain('ECONNRESET');
});

test('has no network probe for the practice server or a canceled request', () => {
  const practice = contextOf(withSecret(ADMIN_SECRET), { serviceUrl: 'http://127.0.0.1:47102' });
  expect(probesFor(new ConnectionError('refused', '127.0.0.1', 'ECONNREFUSED'), practice)).toEqual([]);
  const canceled = new ConnectionError('aborted', 'api.eu.kaltura.com', 'AbortError');
  expect(probesFor(canceled, contextOf(withSecret(ADMIN_SECRET)))).toEqual([]);
  expect(probesFor(new TypeError('fault'), contextOf(withSecret(ADMIN_SECRET)))).toEqual([]);
});

test('rejects when a probe is canceled', async () => {
  const context = contextOf(withSecret(USER_SECRET));
  const failure = new ApiError({ code: 'START_SESSION_ERROR', answer: '', action: 'session.start' });
  for (const probe of probesFor(failure, context)) {
    const asking = runProbe(probe, context, { http: failing('aborted', 'AbortError'), ...deps });
    await expect(asking).rejects.toMatchObject({ fault: 'aborted' });
  }
});

test('does not probe the server again if the app token sign-in reached the account', () => {
  const signIn: SignIn = { method: 'app-token', partnerId: 102, tokenId: '0_nosuch', token: new Secret(WRONG_SECRET) };
  const context = contextOf(signIn, { serviceUrl: 'https://video.example.com' });
  const failureOf = (code: string, action: string) => new ApiError({ code, answer: '', action });
  expect(probesFor(failureOf('APP_TOKEN_ID_NOT_FOUND', 'appToken.startSession'), context)).toEqual([]);
  expect(probesFor(failureOf('INVALID_WIDGET_ID', 'session.startWidgetSession'), context)).toHaveLength(1);
});

test('a confirmed region removes the region from the other findings', async () => {
  const { findings } = await diagnose(contextOf(withSecret(WRONG_SECRET)), inEu());
  const [secret, region] = findings.map(({ causes: _, fixes: __, ...finding }) => finding);
  expect(region?.topic).toBe('region-confirmed-secret');
  const found = await runProbe(
    probesFor(refusedStart, contextOf(withSecret(WRONG_SECRET)))[0] as Probe,
    contextOf(withSecret(WRONG_SECRET)),
    { http: inEu().http, ...deps },
  );
  expect(found.topic).toBe(secret?.topic);
  const rest = describe(withRegionConfirmed(found));
  expect(rest.fixes.map(({ action }) => action)).toEqual(['change-secret']);
  expect(rest.causes.join()).not.toContain('region');
});
