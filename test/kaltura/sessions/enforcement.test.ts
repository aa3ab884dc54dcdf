import { describe, expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import {
  bypassesEntitlement,
  findRevealOptions,
  isEntitlementEnforced,
} from '../../../source/kaltura/sessions/entitlement.js';
import { createRecordedHttp, recording } from '../api/recorded-http.js';

const SERVER = 'https://kaltura.test';
const ENTRY = { kind: 'entry', id: '0_3x91ukyq' } as const;
const CATEGORY = { kind: 'category', id: '18' } as const;

describe('whether an account enforces entitlement', () => {
  test.each<[string, string[], boolean | null]>([
    ['by default and with the feature', ['2087', '2088'], true],
    ['not by default, without a request for the feature', ['2115'], false],
    ['by default, without the feature', ['2171', '2172'], false],
    ['a USER key can’t ask', ['2101'], null],
    ['a USER key with an administrator role can ask', ['2518', '2517'], true],
  ])('%s', async (_, names, expected) => {
    const stubs = names.map((name) => ({ name }));
    const { http, assertAllUsed } = createRecordedHttp(stubs);
    const ks = new Secret(recording(names[0] ?? '').form['ks'] ?? '');
    expect(await isEntitlementEnforced(SERVER, ks, { http })).toBe(expected);
    assertAllUsed();
  });

  test('throws any other error, without the account’s secrets', async () => {
    const { response } = recording('165-get-expired-ks-v2');
    const http = async () => response;
    await expect(isEntitlementEnforced(SERVER, new Secret('x'), { http })).rejects.toMatchObject({
      code: 'INVALID_KS',
    });
    const secrets = JSON.parse(recording('2087').response.body) as { adminSecret: string; secret: string };
    const broken = async () => ({ ...recording('2087').response, status: 500 });
    const error = await isEntitlementEnforced(SERVER, new Secret('x'), { http: broken }).catch((thrown) => thrown);
    expect(error).toMatchObject({ what: 'wrong-shape' });
    expect(`${JSON.stringify(error)}${error.stack}`).not.toContain(secrets.adminSecret);
    expect(`${JSON.stringify(error)}${error.stack}`).not.toContain(secrets.secret);
  });

  test('throws the same code for an unknown role, because it says nothing about the account', async () => {
    const { response } = recording('400-use-ks-with-unknown-setrole');
    const asking = isEntitlementEnforced(SERVER, new Secret('x'), { http: async () => response });
    await expect(asking).rejects.toMatchObject({ code: 'INVALID_OBJECT_ID' });
  });

  test('is unknown if the answer doesn’t say it', async () => {
    const http = async () => ({ status: 200, headers: {}, body: '{"id":1}' });
    expect(await isEntitlementEnforced(SERVER, new Secret('x'), { http })).toBeNull();
  });
});

/** From the recordings: which keys find content that entitlement hides. */
test.each<[string, boolean]>([
  ['', false],
  ['*', false],
  ['all:*', false],
  ['disableentitlement', true],
  ['all:*,disableentitlement', true],
  ['all:*, disableentitlement', true],
  ['disableentitlement:*', false],
  ['DisableEntitlement', false],
  ['enableentitlement,disableentitlement', false],
  ['all:*;disableentitlement', false],
  ['privacycontext:testctx', false],
])('%j bypasses entitlement: %s', (privileges, isAbsent) => {
  expect(bypassesEntitlement(privileges, CATEGORY)).toBe(isAbsent);
  expect(bypassesEntitlement(privileges, ENTRY)).toBe(isAbsent);
});

test('disableentitlementforentry bypasses entitlement only for its entries', () => {
  const privileges = 'disableentitlementforentry:0_other123/0_3x91ukyq';
  expect(bypassesEntitlement(privileges, ENTRY)).toBe(true);
  expect(bypassesEntitlement(privileges, { kind: 'entry', id: '0_else1234' })).toBe(false);
  expect(bypassesEntitlement(privileges, CATEGORY)).toBe(false);
});

test('offers the narrowest privilege first, and list:* for a USER key', () => {
  expect(findRevealOptions(ENTRY, { type: 'USER', privileges: '' })).toEqual([
    { kind: 'this-entry', privileges: 'disableentitlementforentry:0_3x91ukyq' },
    { kind: 'membership', privileges: 'privacycontext:<label>' },
    { kind: 'whole-account', privileges: 'disableentitlement', forLists: 'list:*,disableentitlement' },
  ]);
  expect(findRevealOptions(CATEGORY, { type: 'ADMIN', privileges: null })).toEqual([
    { kind: 'membership', privileges: 'privacycontext:<label>' },
    { kind: 'whole-account', privileges: 'disableentitlement', forLists: null },
  ]);
});

test('offers a key without privacycontext first, because that privilege hides other content', () => {
  const options = findRevealOptions(CATEGORY, { type: 'ADMIN', privileges: 'list:*,privacycontext:Portal' });
  expect(options.map(({ kind }) => kind)).toEqual(['without-context', 'whole-account']);
  expect(options[0]?.privileges).toBe('privacycontext:Portal');
});
