import { describe, expect, test } from 'vitest';
import { ConnectionError } from '../../../source/kaltura/api/http.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { checkKey } from '../../../source/kaltura/sessions/check.js';
import type { KeyFacts } from '../../../source/kaltura/sign-in/key-request.js';
import { createRecordedHttp, recording, type Stub } from '../api/recorded-http.js';

const SERVER = 'https://kaltura.test';
const CLOCK: Stub = { name: '307-system-getTime' };
const COUNT = '0013-p110-ADMIN_none-baseEntry.count';

const keyOf = (name: string): string => recording(name).form['ks'] ?? '';

const facts = (type: KeyFacts['type'], privileges: string | null = ''): KeyFacts => ({
  partnerId: 102,
  userId: 'bob',
  type,
  privileges,
  expiresAt: null,
});

/** Checks the key of the first recording, with recorded answers. */
async function check(believed: KeyFacts | null, first: string, ...rest: Stub[]) {
  const recorded = createRecordedHttp([{ name: first }, ...rest, CLOCK]);
  const stages: string[] = [];
  const report = await checkKey({
    serviceUrl: SERVER,
    ks: new Secret(keyOf(first)),
    facts: believed,
    now: () => recording('307-system-getTime').at,
    http: recorded.http,
    onStage: (action) => stages.push(action),
  });
  recorded.assertAllUsed();
  return { report, stages };
}

describe('a key that works', () => {
  test('with type ADMIN gets its facts and the number of its entries from the server', async () => {
    const first = '171-get-local-v1-ks-on-v2-partner';
    const { report, stages } = await check(facts('ADMIN'), first, { name: COUNT, but: { ks: keyOf(first) } });
    expect(stages).toEqual(['session.get', 'baseEntry.count', 'system.getTime']);
    expect(report).toMatchObject({
      verdict: 'works',
      serverFacts: { partnerId: 102, userId: 'bob', type: 'ADMIN', privileges: '', expiresAt: 1795495390 },
      differences: [],
      entries: { total: 2, reach: 'everyone' },
      refusal: null,
    });
    expect(Math.abs(report.clockDifference ?? 99)).toBeLessThanOrEqual(1);
  });

  test('with type USER counts its own entries, and all entries with list:*', async () => {
    const own = await check(facts('USER', 'disableentitlement'), '0286');
    expect(own.report).toMatchObject({ verdict: 'works', serverFacts: null, entries: { total: 0, reach: 'own' } });
    const all = await check(facts('USER', 'list:*,disableentitlement'), '0377');
    expect(all.report.entries).toEqual({ total: 4, reach: 'everyone' });
  });

  test.each<[string, Partial<KeyFacts>, string[]]>([
    ['in nothing, with another notation', { privileges: ' all:* ', userId: 'bob' }, []],
    ['in nothing, if nothing was known', { partnerId: null, userId: null, type: null, privileges: null }, []],
    [
      'in everything',
      { partnerId: 102, userId: 'eve', type: null, privileges: 'edit:*', expiresAt: 1795578190 },
      ['partnerId', 'userId', 'privileges', 'expiresAt'],
    ],
  ])('differs from the expected facts %s', async (_, believed, differences) => {
    const first = '123-get-of-v1-priv-star';
    const facts = { partnerId: 103, userId: 'bob', type: 'ADMIN', privileges: '*', expiresAt: 1795578189 } as const;
    const { report } = await check({ ...facts, ...believed }, first, { name: COUNT, but: { ks: keyOf(first) } });
    expect(report).toMatchObject({ serverFacts: facts, differences });
  });

  test('without a user has no difference between an empty user and 0', async () => {
    const first = '131-get-actionslimit2-use1';
    const { report } = await check({ ...facts('ADMIN', 'actionslimit:2'), userId: '0' }, first);
    expect(report).toMatchObject({ serverFacts: { userId: '' }, differences: [] });
  });

  test('uses no second call if the first one shows a limit', async () => {
    const { report, stages } = await check(null, '131-get-actionslimit2-use1');
    expect(stages).toEqual(['session.get', 'system.getTime']);
    expect(report).toMatchObject({ verdict: 'works', serverFacts: { privileges: 'actionslimit:2' }, entries: null });
  });
});

describe('a key without permission for a call', () => {
  test('is valid, because the server checks signature and expiry first', async () => {
    const first = '152-get-user-ks';
    const { report } = await check(null, first, { name: COUNT, but: { ks: keyOf(first) } });
    expect(report).toMatchObject({ verdict: 'works', forbidden: ['session.get'], entries: { total: 2, reach: null } });
  });

  test('without any allowed call is valid if its role explains that, and unknown otherwise', async () => {
    const first = '213-widget-ks-session-get';
    const limited = await check(facts('ADMIN', 'actionslimit:9,setrole:A narrow role'), first);
    expect(limited.report).toMatchObject({ verdict: 'genuine', refusal: null });
    const { report } = await check(facts('ADMIN', 'actionslimit:9'), first);
    expect(report).toMatchObject({ verdict: 'forbidden', forbidden: ['session.get'], refusal: null, entries: null });
  });
});

describe('a key that is refused', () => {
  test.each([
    ['165-get-expired-ks-v2', 'EXPIRED', true],
    ['189-end-then-get', 'LOGOUT', true],
    ['133-get-actionslimit2-use3', 'EXCEEDED_ACTIONS_LIMIT', true],
    ['134-use-iprestrict-other', 'EXCEEDED_RESTRICTED_IP', true],
    ['135-use-urirestrict-other', 'EXCEEDED_RESTRICTED_URI', true],
    ['155-get-garbage-ks', null, null],
    ['162-get-ks-wrong-secret-v2', null, null],
    ['164-get-ks-unknown-partner-v2', null, null],
    ['181-get-ks-of-blocked-partner104', null, true],
    ['400-use-ks-with-unknown-setrole', null, true],
  ])('%s: %s', async (name, reason, isSignatureRight) => {
    const { report, stages } = await check(null, name);
    // No more calls use the key.
    expect(stages).toEqual(['session.get', 'system.getTime']);
    expect(report).toMatchObject({
      verdict: 'refused',
      refusal: { reason, isSignatureRight },
      serverFacts: null,
      entries: null,
    });
    expect(report.refusal?.error.message).not.toContain(keyOf(name));
  });

  test('only in a later call still works, unless it was revoked in the meantime', async () => {
    const first = '171-get-local-v1-ks-on-v2-partner';
    const answers = (then: string) => {
      const bodies = [recording(first), recording(then), recording(CLOCK.name)].map(({ response }) => response);
      return async () => bodies.shift() as (typeof bodies)[number];
    };
    const key = { serviceUrl: SERVER, ks: new Secret(keyOf(first)), facts: facts('ADMIN'), now: () => 0 };
    const fault = await checkKey({ ...key, http: answers('355-category-list-no-sphinx') });
    expect(fault).toMatchObject({ verdict: 'works', refusal: null, entries: null });
    const responses = [recording('152-get-user-ks'), recording('355'), recording(CLOCK.name)].map(
      (one) => one.response,
    );
    const later = async () => responses.shift() as (typeof responses)[number];
    // A later failure doesn't mean that the key is refused.
    expect(await checkKey({ ...key, facts: null, http: later })).toMatchObject({ verdict: 'forbidden', refusal: null });
    const revoked = await checkKey({ ...key, http: answers('189-end-then-get') });
    expect(revoked).toMatchObject({
      verdict: 'refused',
      refusal: { reason: 'LOGOUT' },
      serverFacts: { type: 'ADMIN' },
    });
  });
});

test('rejects if the server does not answer', async () => {
  const http = () => Promise.reject(new ConnectionError('refused', 'kaltura.test', 'ECONNREFUSED'));
  const key = { serviceUrl: SERVER, ks: new Secret('djJ8'), facts: null, now: () => 0, http };
  await expect(checkKey(key)).rejects.toThrow(ConnectionError);
});

test('does not send the key if no call is possible', async () => {
  const recorded = createRecordedHttp([CLOCK]);
  const restricted = facts('USER', 'urirestrict:/p/*');
  const key = { serviceUrl: SERVER, ks: new Secret('djJ8'), facts: restricted, now: () => 0, http: recorded.http };
  expect(await checkKey(key)).toMatchObject({ verdict: 'not-asked', refusal: null });
  recorded.assertAllUsed();
});

test('an error that a missing key also causes never counts as a working key', async () => {
  const refuse = (code: string) => JSON.stringify({ objectType: 'KalturaAPIException', code, message: code, args: {} });
  const report = await checkKey({
    serviceUrl: SERVER,
    ks: new Secret('djJ8MTAyfA'),
    facts: facts('ADMIN'),
    now: () => 0,
    http: async ({ url }) => ({
      status: 200,
      headers: {},
      body: refuse(url.includes('/session/') ? 'SERVICE_FORBIDDEN' : 'MISSING_KS'),
    }),
  });
  expect(report).toMatchObject({ verdict: 'refused', refusal: { error: { code: 'MISSING_KS' } } });
});
