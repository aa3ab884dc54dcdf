import { expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { compareWithRequest, type Difference } from '../../../source/kaltura/sessions/compare.js';
import type { KeyFacts, KeyRequest, MadeKey, SignIn } from '../../../source/kaltura/sign-in/key-request.js';

const AT = 1_795_491_784_000;
const secret = new Secret('0123456789abcdef0123456789abcdef');
const byToken: SignIn = { method: 'app-token', partnerId: 102, tokenId: '0_fixed', token: secret };

function differences(asked: Partial<KeyRequest>, got: Partial<KeyFacts> & { life?: number }): readonly Difference[] {
  const request: KeyRequest = {
    serviceUrl: 'https://kaltura.example',
    signIn: { method: 'server', partnerId: 102, secret },
    type: 'USER',
    userId: 'bob',
    lifetime: 86400,
    privileges: '',
    ...asked,
  };
  const { life, ...rest } = got;
  const facts: KeyFacts = {
    partnerId: 102,
    userId: request.userId,
    type: request.type,
    privileges: request.privileges,
    expiresAt: AT / 1000 + (life ?? request.lifetime),
    ...rest,
  };
  const made: MadeKey = { ks: new Secret('djJ8'), facts, confirmedBy: 'key' };
  return compareWithRequest(request, made, AT);
}

test('finds no difference if the key is as requested', () => {
  expect(differences({}, {})).toEqual([]);
});

test('finds no difference in unknown facts', () => {
  expect(differences({}, { partnerId: null, userId: null, type: null, privileges: null, expiresAt: null })).toEqual([]);
});

test.each([
  [86400, 86340, []],
  [86400, 86460, []],
  [604800, 86400, [{ kind: 'shorter-life', asked: 604800, got: 86400 }]],
  [86400, 999999, [{ kind: 'longer-life', asked: 86400, got: 999999 }]],
  [30, 20, []],
  [30, 0, [{ kind: 'shorter-life', asked: 30, got: 0 }]],
])('compares the requested lifetime of %i seconds with %i', (lifetime, life, expected) => {
  expect(differences({ lifetime }, { life })).toEqual(expected);
});

test('ignores a longer lifetime from rounding up to five minutes', () => {
  const privileges = 'downloadasset:0_abcdefgh';
  expect(differences({ privileges, lifetime: 600 }, { life: 899 })).toEqual([]);
  expect(differences({ lifetime: 600 }, { life: 899 })).toMatchObject([{ kind: 'longer-life' }]);
});

test.each([
  ['', 'sessionid:0_fixed,apptoken:0_fixed', [], []],
  ['edit:5,list:*', 'sessionid:0_fixed,apptoken:0_fixed,edit:5,disableentitlement', ['disableentitlement'], ['list:*']],
  ['*', 'all:*', [], []],
  ['all:*', '*', [], []],
  ['all:*,disableentitlement', 'all:*,disableentitlement', [], []],
  ['sview:a', 'sview:*', ['sview:*'], []],
  ['sview:*', 'sview:a', [], ['sview:*']],
  ['sview:a', '*', ['*'], []],
  ['', '*', ['*'], []],
  ['*', '', [], ['*']],
  ['sview:a/b', 'sview:b/a', [], []],
  ['sview:a,sview:b', 'sview:b', [], ['sview:a']],
  ['sview:a', 'sview:a/b', ['sview:b'], []],
  ['urirestrict:/api_v3/*', 'urirestrict:/api_v3/*', [], []],
  ['privacycontext:x', ' privacycontext:x', [], []],
  ['widget:1', 'widget', ['widget'], ['widget:1']],
  // `*` passes only the checks that the server makes by value.
  ['*', 'sview:a,edit:b', [], ['*']],
  ['*', 'disableentitlement', ['disableentitlement'], ['*']],
  ['*', 'all:*,disableentitlement,setrole:X', ['disableentitlement', 'setrole:X'], ['*']],
  ['*', '*,actionslimit:5', ['actionslimit:5'], ['*']],
  ['*', 'sessionid:0_fixed,apptoken:0_fixed,*', [], ['*']],
  ['*', 'enablechangeaccount:*', ['enablechangeaccount:*'], ['*']],
  ['*', 'disableentitlementforentry:0_a', ['disableentitlementforentry:0_a'], ['*']],
  ['*', 'appid:x', ['appid:x'], ['*']],
  ['disableentitlement,edit:a', '*', ['*'], ['disableentitlement']],
  ['', 'all:*,edit:a', ['all:*', 'edit:a'], []],
  // `name:*` does not include others if the server reads `*` as a value.
  ['setrole:*', 'setrole:5', ['setrole:5'], ['setrole:*']],
])('compares the requested privileges %j with %j', (asked, got, added, missing) => {
  const found = differences({ signIn: byToken, privileges: asked }, { privileges: got });
  const of = (kind: string) => found.flatMap((one) => (one.kind === kind && 'privileges' in one ? one.privileges : []));
  expect(of('privileges-added')).toEqual(added);
  expect(of('privileges-missing')).toEqual(missing);
});

test('compares the user, and treats 0 like no user', () => {
  expect(differences({ userId: 'bob' }, { userId: 'fixeduser' })).toEqual([
    { kind: 'another-user', asked: 'bob', got: 'fixeduser' },
  ]);
  expect(differences({ userId: '' }, { userId: '0' })).toEqual([]);
  const login: SignIn = { method: 'login', partnerId: null, loginId: 'a@example.com', password: secret, code: null };
  expect(differences({ signIn: login, userId: '' }, { userId: 'a@example.com', partnerId: 7 })).toEqual([]);
});

test('lists a stronger type first', () => {
  const found = differences({ type: 'USER' }, { type: 'ADMIN', privileges: 'edit:*', life: 1800, partnerId: 7 });
  expect(found.map((one) => one.kind)).toEqual([
    'stronger-type',
    'another-account',
    'privileges-added',
    'shorter-life',
  ]);
  expect(differences({ type: 'ADMIN' }, { type: 'USER' })).toEqual([
    { kind: 'weaker-type', asked: 'ADMIN', got: 'USER' },
  ]);
});
