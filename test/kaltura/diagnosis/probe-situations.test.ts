import { expect, test } from 'vitest';
import { ApiError } from '../../../source/kaltura/api/client.js';
import { ConnectionError, type Http } from '../../../source/kaltura/api/http.js';
import type { MakingContext } from '../../../source/kaltura/diagnosis/diagnosis.js';
import { probesFor, runProbe } from '../../../source/kaltura/diagnosis/probes.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { KeyRequest, SignIn } from '../../../source/kaltura/sign-in/key-request.js';
import {
  answering,
  emptyServer,
  failing,
  networkOf,
  RECORDED_AT,
  recordedAccounts,
  serverOf,
} from '../api/many-servers.js';
import { recording } from '../api/recorded-http.js';
import { describe } from './described.js';

// For each answer of each probe: every situation that can produce it. A finding must name them all, and may be
// certain only of facts that are true in all of them.

const ADMIN_SECRET = '0123456789abcdef0123456789abcdef';
const USER_SECRET = 'fedcba9876543210fedcba9876543210';
const WRONG_SECRET = '1'.repeat(32);
const EU = 'https://api.eu.kaltura.com';

const byServer = (secret: string, partnerId = 102): SignIn => ({
  method: 'server',
  partnerId,
  secret: new Secret(secret),
});
const byToken: SignIn = { method: 'app-token', partnerId: 102, tokenId: '0_nosuch', token: new Secret(WRONG_SECRET) };
const byLogin: SignIn = {
  method: 'login',
  partnerId: 102,
  loginId: 'admin@example.com',
  password: new Secret('no-such-Passw0rd!'),
  code: null,
};
const signedLocally: SignIn = { method: 'local', partnerId: 102, secret: new Secret(ADMIN_SECRET), ksVersion: 2 };

const contextOf = (signIn: SignIn, rest: Partial<KeyRequest> = {}): MakingContext => ({
  request: { serviceUrl: EU, type: 'ADMIN', userId: '', lifetime: 3600, privileges: '', ...rest, signIn },
  regionLabel: 'EU',
});

const refusal = (code: string, args: Record<string, string> = {}) =>
  new ApiError({ code, answer: '', action: 'session.start', args });
const REFUSED = refusal('START_SESSION_ERROR', { PID: '102' });
const EXPIRED = refusal('INVALID_KS', { KSID: 'EXPIRED', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' });
const connectionLost = (fault: 'tls' | 'timeout' = 'timeout') =>
  new ConnectionError(fault, 'api.eu.kaltura.com', fault === 'tls' ? 'CERT_HAS_EXPIRED' : 'ETIMEDOUT');

/** Answers like the recorded server, except to URLs with this end. */
const answersExcept =
  (end: string, answer: Http): Http =>
  (request) =>
    (request.url.endsWith(end) ? answer : serverOf(recordedAccounts()))(request);

const recordedAnswer =
  (name: string): Http =>
  async () =>
    recording(name).response;

const ROLE = { privileges: 'setrole:NO_SUCH_ROLE' };
const rolesOf = (totalCount: number, systemName = 'Other'): Http =>
  answersExcept(
    '/userRole/action/list',
    answering(JSON.stringify({ objects: [{ id: 7, name: 'x', systemName, status: 1, partnerId: 102 }], totalCount })),
  );

interface Answer {
  readonly context: MakingContext;
  readonly failure: Error;
  readonly kind: string;
  readonly servers: Parameters<typeof networkOf>[0];
  /** Whether the headline is true in all situations. */
  readonly isSure: boolean;
  readonly headline: RegExp;
  /** Every situation that gives this answer, and the text that names the situation. */
  readonly situations: Readonly<Record<string, RegExp>>;
}

const secretAnswer = { failure: REFUSED, kind: 'user-secret' } as const;
const wrongSecret = {
  'the secret of another account': /secret of another account/,
  'the right secret, in the wrong region': /another region/,
  'an old secret': /old secret/,
  'a mistyped secret': /mistyped/,
};
const rolesAnswer = { failure: refusal('UNKNOWN_ROLE_ID'), kind: 'roles' } as const;
const regionAnswer = { failure: REFUSED, kind: 'region', context: contextOf(byServer(WRONG_SECRET)) } as const;
const blockedFirst = { ...regionAnswer, failure: refusal('SERVICE_FORBIDDEN_CONTENT_BLOCKED') } as const;
const sameSecret = { 'the secret of another account': /secret of another account/, 'an old secret': /old secret/ };
const SELF_HOSTED = 'video.example.com';
const selfHostedAnswer = {
  ...blockedFirst,
  kind: 'server',
  context: contextOf(byServer(WRONG_SECRET), { serviceUrl: `https://${SELF_HOSTED}` }),
} as const;
const clockAnswer = {
  failure: connectionLost('tls'),
  kind: 'clock',
  context: contextOf(byServer(ADMIN_SECRET)),
} as const;
const networkAnswer = {
  failure: connectionLost(),
  kind: 'way-out',
  context: contextOf(byServer(ADMIN_SECRET)),
} as const;

const ANSWERS: Readonly<Record<string, Answer>> = {
  'user-secret: a key': {
    ...secretAnswer,
    context: contextOf(byServer(USER_SECRET)),
    servers: { eu: recordedAnswer('004') },
    isSure: true,
    headline: /^This is the User Secret/,
    situations: { 'the User Secret': /[Oo]nly the User Secret/ },
  },
  'user-secret: START_SESSION_ERROR': {
    ...secretAnswer,
    context: contextOf(byServer(WRONG_SECRET)),
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^api\.eu\.kaltura\.com does not accept this as a secret of partner 102$/,
    situations: wrongSecret,
  },
  'user-secret: another error': {
    ...secretAnswer,
    context: contextOf(byServer(WRONG_SECRET)),
    servers: { eu: failing('reset', 'ECONNRESET') },
    isSure: false,
    headline: /cause could not be found/,
    situations: { 'a lost connection': /ECONNRESET/ },
  },
  'roles: START_SESSION_ERROR (with the User Secret)': {
    ...rolesAnswer,
    context: contextOf(byServer(USER_SECRET), ROLE),
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^The roles could not be listed/,
    situations: { 'the User Secret': /User Secret, which creates only USER keys/, ...wrongSecret },
  },
  'roles: START_SESSION_ERROR (with a wrong secret)': {
    ...rolesAnswer,
    context: contextOf(byServer(WRONG_SECRET), ROLE),
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^The roles could not be listed/,
    situations: { 'the User Secret': /User Secret, which creates only USER keys/, ...wrongSecret },
  },
  'roles: SERVICE_FORBIDDEN': {
    ...rolesAnswer,
    context: contextOf(byServer(ADMIN_SECRET), ROLE),
    servers: { eu: answersExcept('/userRole/action/list', recordedAnswer('2246-p102-userRole.list-USER')) },
    isSure: false,
    headline: /cause could not be found/,
    situations: { 'a restricted account': /restricted/ },
  },
  'roles: a complete list without the role': {
    ...rolesAnswer,
    context: contextOf(byServer(ADMIN_SECRET), ROLE),
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /none of them is “NO_SUCH_ROLE”/,
    situations: { 'a mistyped role': /setrole:\d+/ },
  },
  'roles: a part of the list, without the role': {
    ...rolesAnswer,
    context: contextOf(byServer(ADMIN_SECRET), ROLE),
    servers: { eu: rolesOf(101) },
    isSure: true,
    headline: /^The account has more roles than the server listed/,
    situations: { 'a mistyped role': /setrole:7/, 'a role further down the list': /can still exist/ },
  },
  'roles: a list with the role': {
    ...rolesAnswer,
    context: contextOf(byServer(ADMIN_SECRET), ROLE),
    servers: { eu: rolesOf(1, 'NO_SUCH_ROLE') },
    isSure: true,
    headline: /^The account has a role “NO_SUCH_ROLE” now/,
    situations: { 'a new role': /may be new/ },
  },
  'region: known only here': {
    ...regionAnswer,
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^EU has partner 102: the region is correct$/,
    situations: sameSecret,
  },
  'region: known here, and another region does not answer': {
    ...regionAnswer,
    servers: { eu: serverOf(recordedAccounts()), us: failing('timeout', 'ETIMEDOUT') },
    isSure: false,
    headline: /^EU has partner 102$/,
    situations: { ...sameSecret, 'an account with the same partner ID in the other region': /US gave no clear answer/ },
  },
  'region: known here (app token)': {
    failure: refusal('APP_TOKEN_ID_NOT_FOUND'),
    kind: 'region',
    context: contextOf(byToken),
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^EU has partner 102: the region is correct$/,
    situations: { mistyped: /mistyped/, deleted: /deleted/, 'a token of another account': /another account/ },
  },
  'region: known here (login)': {
    failure: refusal('USER_WRONG_PASSWORD'),
    kind: 'region',
    context: contextOf(byLogin),
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^EU has partner 102: the region is correct$/,
    situations: {
      'a wrong password': /password is wrong/,
      'no such login': /no user has this email address/,
      'a user of another account': /different account/,
      'a locked login': /locked/,
      'a blocked user': /user is blocked/,
    },
  },
  'region: known here and in others': {
    ...regionAnswer,
    servers: { eu: serverOf(recordedAccounts()), sg: serverOf(recordedAccounts()) },
    isSure: false,
    headline: /^More than one region has/,
    situations: { 'the other account': /your account is in SG/, 'this account': /your account is in EU/ },
  },
  'region: known only in another region': {
    ...regionAnswer,
    servers: { de: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^Partner 102 is in DE, not in EU$/,
    situations: { 'the wrong region': /is in DE/, 'a mistyped partner ID': /mistyped/ },
  },
  'region: unknown everywhere': {
    ...regionAnswer,
    servers: {},
    isSure: true,
    headline: /^No region has/,
    situations: { 'a mistyped partner ID': /mistyped/, 'a self-hosted account': /self-hosted server/ },
  },
  'region: unknown everywhere, and one region does not answer': {
    ...regionAnswer,
    servers: { us: failing('timeout', 'ETIMEDOUT') },
    isSure: false,
    headline: /^No region that answered has/,
    situations: { 'a mistyped partner ID': /mistyped/, 'an account in that region': /US gave no clear answer/ },
  },
  'region: the session cannot be used, because the account is blocked': {
    ...blockedFirst,
    servers: { eu: answersExcept('/baseEntry/action/count', recordedAnswer('181-get-ks-of-blocked-partner104')) },
    isSure: true,
    headline: /^EU has partner 102, but it is blocked$/,
    situations: { 'a blocked or closed account': /blocked or closed/ },
  },
  'region: the session cannot be used (INVALID_KS)': {
    ...blockedFirst,
    servers: {
      eu: answersExcept(
        '/baseEntry/action/count',
        answering('{"code":"INVALID_KS","message":"","objectType":"KalturaAPIException","args":{"KSID":"EXPIRED"}}'),
      ),
    },
    isSure: false,
    headline: /^EU has partner 102, but it could not be checked whether it is blocked$/,
    situations: {
      'a blocked account': /blocked or closed/,
      'a temporary fault': /temporary/,
      'another partner ID was sent': /not the one that you typed/,
    },
  },
  'region: the session works after a refusal as blocked': {
    ...blockedFirst,
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: false,
    headline: /^EU has partner 102, and it is not blocked$/,
    situations: { 'a temporary fault': /temporary/, 'another partner ID was sent': /not the one that you typed/ },
  },
  'server: the account is unknown': {
    ...selfHostedAnswer,
    servers: { [SELF_HOSTED]: emptyServer() },
    isSure: true,
    headline: /^video\.example\.com does not have partner 102$/,
    situations: {
      'a mistyped partner ID': /mistyped/,
      'an account of another server': /another server|one of Kaltura’s regions/,
    },
  },
  'server: the session cannot be used, because the account is blocked': {
    ...selfHostedAnswer,
    servers: {
      [SELF_HOSTED]: answersExcept('/baseEntry/action/count', recordedAnswer('181-get-ks-of-blocked-partner104')),
    },
    isSure: true,
    headline: /^video\.example\.com has partner 102, but it is blocked$/,
    situations: { 'a blocked or closed account': /blocked or closed/ },
  },
  'server: the session works after a refusal as blocked': {
    ...selfHostedAnswer,
    servers: { [SELF_HOSTED]: serverOf(recordedAccounts()) },
    isSure: false,
    headline: /^video\.example\.com has partner 102, and it is not blocked$/,
    situations: { 'a temporary fault': /temporary/, 'another partner ID was sent': /not the one that you typed/ },
  },
  'server: the session cannot be used (INVALID_KS)': {
    ...selfHostedAnswer,
    servers: {
      [SELF_HOSTED]: answersExcept(
        '/baseEntry/action/count',
        answering('{"code":"INVALID_KS","message":"","objectType":"KalturaAPIException","args":{"KSID":"EXPIRED"}}'),
      ),
    },
    isSure: false,
    headline: /could not be checked whether it is blocked$/,
    situations: { 'a blocked account': /blocked or closed/, 'a temporary fault': /temporary/ },
  },
  'server: no answer': {
    ...selfHostedAnswer,
    servers: { [SELF_HOSTED]: failing('reset', 'ECONNRESET') },
    isSure: false,
    headline: /cause could not be found/,
    situations: { 'a lost connection': /ECONNRESET/ },
  },
  'clock: the certificate of the other server has expired too': {
    ...clockAnswer,
    servers: { us: failing('tls', 'CERT_HAS_EXPIRED') },
    isSure: false,
    headline: /^This computer’s clock is probably wrong$/,
    situations: { 'a wrong clock': /set the clock/, 'a proxy in between': /a proxy, firewall or login page/ },
  },
  'clock: correct, after an expired certificate': {
    ...clockAnswer,
    servers: { us: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^The certificate from api\.eu\.kaltura\.com is out of date$/,
    situations: {
      'its own certificate': /until it is renewed/,
      'a proxy in between': /a proxy, firewall or login page/,
    },
  },
  'clock: wrong': {
    ...clockAnswer,
    servers: { us: serverOf(recordedAccounts(), () => RECORDED_AT + 7_200_000) },
    isSure: true,
    headline: /^This computer’s clock is 2 h behind$/,
    situations: { 'a wrong clock': /set the clock/ },
  },
  'clock: correct, after a key was reported as expired': {
    failure: EXPIRED,
    kind: 'clock',
    context: contextOf(signedLocally),
    servers: { eu: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^This computer’s clock is correct$/,
    situations: {
      'a key that has expired': /lifetime of the key is over/,
      'a clock that was corrected since': /was wrong when the key was created/,
      'a stored answer about another key': /cached answer/,
    },
  },
  'way-out: the other server answers': {
    ...networkAnswer,
    servers: { us: serverOf(recordedAccounts()) },
    isSure: true,
    headline: /^This computer reaches www\.kaltura\.com/,
    situations: { 'a server that is down': /is down/, 'a firewall': /firewall/, 'a temporary fault': /temporary/ },
  },
  'way-out: something else answers': {
    ...networkAnswer,
    servers: { us: answering('<html>Welcome</html>') },
    isSure: false,
    headline: /^The answer from www\.kaltura\.com is not from Kaltura$/,
    situations: { 'a login page': /login page/, 'a company proxy': /company proxy/, maintenance: /maintenance/ },
  },
  'way-out: no answer': {
    ...networkAnswer,
    servers: { us: failing('dns', 'ENOTFOUND') },
    isSure: true,
    headline: /^Neither api\.eu\.kaltura\.com nor www\.kaltura\.com can be reached/,
    situations: { offline: /offline/, 'a proxy is needed': /HTTPS_PROXY/ },
  },
};

test.each(Object.entries(ANSWERS))(
  '%s',
  async (_, { context, failure, kind, servers, isSure, headline, situations }) => {
    const probe = probesFor(failure, context).find((one) => one.kind === kind);
    if (probe === undefined) throw new Error(`No probe ${kind}.`);
    const deps = { now: () => RECORDED_AT, randomBytes: (length: number) => new Uint8Array(length) };
    const finding = describe(await runProbe(probe, context, { http: networkOf(servers).http, ...deps }));
    const text = [finding.headline, finding.explanation, ...finding.causes].join('\n');
    expect(finding.headline).toMatch(headline);
    expect(finding.isSure).toBe(isSure);
    for (const [situation, words] of Object.entries(situations)) expect(text, situation).toMatch(words);
  },
);
