import { describe, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../../source/kaltura/api/http.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { ContentId } from '../../../source/kaltura/sessions/content-lookup.js';
import { revealHidden, revealingRequest } from '../../../source/kaltura/sessions/hidden-content.js';
import type { KeyRequest, SignIn } from '../../../source/kaltura/sign-in/key-request.js';
import { recording } from '../api/recorded-http.js';

const SECRET = new Secret('0123456789abcdef0123456789abcdef');
const NOW = recording('0002').at;

const SERVER_SIGN_IN: SignIn = { method: 'server', partnerId: 110, secret: SECRET };
const LOCAL: SignIn = { method: 'local', partnerId: 110, secret: SECRET, ksVersion: 2 };
const LOGIN: SignIn = {
  method: 'login',
  partnerId: null,
  loginId: 'jo@example.com',
  password: new Secret('Passw0rd!'),
  code: null,
};
const TOKEN: SignIn = { method: 'app-token', partnerId: 110, tokenId: '0_abc', token: SECRET };

const request = (signIn: SignIn): KeyRequest => ({
  serviceUrl: 'https://kaltura.test',
  signIn,
  type: 'ADMIN',
  userId: 'jane',
  lifetime: 86_400,
  privileges: 'edit:*',
});

describe('the request', () => {
  test.each<[string, SignIn]>([
    ['the account’s secret', SERVER_SIGN_IN],
    ['a locally signed key', LOCAL],
  ])('with %s is for a USER key of one minute without a user, with one privilege', (_, signIn) => {
    expect(revealingRequest(request(signIn), 110)).toEqual({
      request: { ...request(signIn), type: 'USER', userId: '', lifetime: 60, privileges: 'disableentitlement' },
    });
  });

  test('with a login is for the account of the key', () => {
    expect(revealingRequest(request(LOGIN), 110)).toMatchObject({ request: { signIn: { ...LOGIN, partnerId: 110 } } });
  });

  test.each<[string, SignIn, number | null]>([
    ['app-token', TOKEN, 110],
    ['one-time-code', { ...LOGIN, code: new Secret('123456') }, 110],
    ['other-account', SERVER_SIGN_IN, 102],
  ])('is not possible: %s', (cannot, signIn, partnerId) => {
    expect(revealingRequest(request(signIn), partnerId)).toEqual({ cannot });
  });
});

describe('the lookup with a second key', () => {
  const CATEGORY: ContentId = { kind: 'category', id: '18' };
  const HIDDEN = recording('0015-p110-ADMIN_disableentitlement_-category.get-hidden').response;
  const ABSENT = recording('344-category-get-unknown').response;
  const ENDED = recording('188-end-ok').response;

  /** Signs locally, so that only the lookup and session.end are requested. */
  async function reveal(signIn: SignIn, answers: readonly HttpResponse[]) {
    const made = revealingRequest(request(signIn), 110);
    if (!('request' in made)) throw new Error('no request');
    const requests: HttpRequest[] = [];
    const waiting = [...answers];
    const http = async (sent: HttpRequest): Promise<HttpResponse> => {
      requests.push(sent);
      const answer = waiting.shift();
      if (answer === undefined) throw new Error('unexpected');
      return answer;
    };
    const deps = { http, now: () => NOW, randomBytes: (count: number) => new Uint8Array(count) };
    const outcome = await revealHidden(made.request, CATEGORY, deps).catch((error: unknown) => error);
    return { outcome, sent: requests.map(({ url }) => url.split('/').at(-1)), requests };
  }

  test('tells hidden content from missing content, and revokes the key once', async () => {
    const hidden = await reveal(LOCAL, [HIDDEN, ENDED]);
    expect(hidden.outcome).toEqual({ verdict: 'hidden-by-entitlement', name: 'Hidden', isRevoked: true });
    expect(hidden.sent).toEqual(['get', 'end']);
    expect(new Set(hidden.requests.map(({ form }) => form['ks'])).size).toBe(1);
    const absent = await reveal(LOCAL, [ABSENT, ENDED]);
    expect(absent.outcome).toEqual({ verdict: 'not-there-either', name: null, isRevoked: true });
  });

  test('hides the password in the name of the content', async () => {
    const made = recording('0286').form['ks'] ?? '';
    const json = (answer: unknown) => ({ status: 200, headers: {}, body: JSON.stringify(answer) });
    const unconfirmed = [json(made), recording('152-get-user-ks').response];
    const { outcome } = await reveal(LOGIN, [...unconfirmed, json({ id: 18, name: 'is Passw0rd!' }), ENDED]);
    expect(outcome).toMatchObject({ verdict: 'hidden-by-entitlement', name: 'is ••••' });
  });

  test('revokes the key also after a failure, and reports if that failed', async () => {
    const forbidden = await reveal(LOCAL, [recording('2315-p102-category.get-USER-setrole-3').response, ENDED]);
    expect(forbidden.outcome).toMatchObject({ code: 'SERVICE_FORBIDDEN' });
    expect(forbidden.sent).toEqual(['get', 'end']);
    const alive = await reveal(LOCAL, [HIDDEN]);
    expect(alive.outcome).toMatchObject({ verdict: 'hidden-by-entitlement', isRevoked: false });
    expect(alive.sent).toEqual(['get', 'end']);
  });

  test('“not found” is unclear after a login, which may have dropped the privilege', async () => {
    const made = recording('0286').form['ks'] ?? '';
    const login = { status: 200, headers: {}, body: JSON.stringify(made) };
    // A USER key is not allowed to call session.get.
    const unconfirmed = [login, recording('152-get-user-ks').response];
    expect((await reveal(LOGIN, [...unconfirmed, ABSENT, ENDED])).outcome).toMatchObject({ verdict: 'unknown' });
    expect((await reveal(LOGIN, [...unconfirmed, HIDDEN, ENDED])).outcome).toMatchObject({
      verdict: 'hidden-by-entitlement',
    });
  });

  test('does not revoke a login key with a sessionid, because other keys would be revoked too', async () => {
    const made = recording('0286').form['ks'] ?? '';
    const login = { status: 200, headers: {}, body: JSON.stringify(made) };
    const sessionInfo = {
      status: 200,
      headers: {},
      body: JSON.stringify({
        sessionType: 2,
        partnerId: 110,
        userId: 'jo',
        expiry: NOW / 1000 + 60,
        privileges: 'sessionid:x,disableentitlement',
        objectType: 'KalturaSessionInfo',
      }),
    };
    const { outcome, sent } = await reveal(LOGIN, [login, sessionInfo, ABSENT]);
    expect(outcome).toEqual({ verdict: 'not-there-either', name: null, isRevoked: false });
    expect(sent).toEqual(['loginByLoginId', 'get', 'get']);
  });
});
