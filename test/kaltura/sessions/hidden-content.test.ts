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
    ['a key signed here', LOCAL],
  ])('by %s: a USER key of a minute, for nobody in particular, with the one privilege', (_, signIn) => {
    expect(revealingRequest(request(signIn), 110)).toEqual({
      request: { ...request(signIn), type: 'USER', userId: '', lifetime: 60, privileges: 'disableentitlement' },
    });
  });

  test('by login goes to the account of the key, not to the one last used', () => {
    expect(revealingRequest(request(LOGIN), 110)).toMatchObject({ request: { signIn: { ...LOGIN, partnerId: 110 } } });
  });

  test.each<[string, SignIn, number | null]>([
    ['app-token', TOKEN, 110],
    ['one-time-code', { ...LOGIN, code: new Secret('123456') }, 110],
    ['other-account', SERVER_SIGN_IN, 102],
  ])('cannot be made: %s', (cannot, signIn, partnerId) => {
    expect(revealingRequest(request(signIn), partnerId)).toEqual({ cannot });
  });
});

describe('asking for the same once more', () => {
  const CATEGORY: ContentId = { kind: 'category', id: '18' };
  const HIDDEN = recording('0015-p110-ADMIN_disableentitlement_-category.get-hidden').response;
  const ABSENT = recording('344-category-get-unknown').response;
  const ENDED = recording('188-end-ok').response;

  /** Signs here, so that the two answers are all that is asked for. */
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

  test('tells hidden from absent, and ends the key, once', async () => {
    const hidden = await reveal(LOCAL, [HIDDEN, ENDED]);
    expect(hidden.outcome).toEqual({ verdict: 'hidden-by-entitlement', name: 'Hidden', isRevoked: true });
    expect(hidden.sent).toEqual(['get', 'end']);
    expect(new Set(hidden.requests.map(({ form }) => form['ks'])).size).toBe(1);
    const absent = await reveal(LOCAL, [ABSENT, ENDED]);
    expect(absent.outcome).toEqual({ verdict: 'not-there-either', name: null, isRevoked: true });
  });

  test('does not tell by a name the password that was sent for the second key', async () => {
    const made = recording('0286').form['ks'] ?? '';
    const json = (answer: unknown) => ({ status: 200, headers: {}, body: JSON.stringify(answer) });
    const unconfirmed = [json(made), recording('152-get-user-ks').response];
    const { outcome } = await reveal(LOGIN, [...unconfirmed, json({ id: 18, name: 'is Passw0rd!' }), ENDED]);
    expect(outcome).toMatchObject({ verdict: 'hidden-by-entitlement', name: 'is ••••' });
  });

  test('ends the key whatever became of the question, and says where it could not', async () => {
    const forbidden = await reveal(LOCAL, [recording('2315-p102-category.get-USER-setrole-3').response, ENDED]);
    expect(forbidden.outcome).toMatchObject({ code: 'SERVICE_FORBIDDEN' });
    expect(forbidden.sent).toEqual(['get', 'end']);
    const alive = await reveal(LOCAL, [HIDDEN]);
    expect(alive.outcome).toMatchObject({ verdict: 'hidden-by-entitlement', isRevoked: false });
    expect(alive.sent).toEqual(['get', 'end']);
  });

  test('a login may have dropped the privilege: then “not found” says nothing', async () => {
    const made = recording('0286').form['ks'] ?? '';
    const login = { status: 200, headers: {}, body: JSON.stringify(made) };
    // session.get is forbidden to a USER key.
    const unconfirmed = [login, recording('152-get-user-ks').response];
    expect((await reveal(LOGIN, [...unconfirmed, ABSENT, ENDED])).outcome).toMatchObject({ verdict: 'unknown' });
    expect((await reveal(LOGIN, [...unconfirmed, HIDDEN, ENDED])).outcome).toMatchObject({
      verdict: 'hidden-by-entitlement',
    });
  });

  test('a login that brings a sessionid along is left to end by itself: others would end with it', async () => {
    const made = recording('0286').form['ks'] ?? '';
    const login = { status: 200, headers: {}, body: JSON.stringify(made) };
    const told = {
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
    const { outcome, sent } = await reveal(LOGIN, [login, told, ABSENT]);
    expect(outcome).toEqual({ verdict: 'not-there-either', name: null, isRevoked: false });
    expect(sent).toEqual(['loginByLoginId', 'get', 'get']);
  });
});
