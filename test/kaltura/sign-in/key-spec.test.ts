import { describe, expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { isSameAccount, isSameKey, type KeySpec, requestFor } from '../../../source/kaltura/sign-in/key-spec.js';

const SPEC: KeySpec = {
  region: 'us',
  serviceUrl: 'https://www.kaltura.com',
  signIn: { method: 'server', partnerId: 102 },
  type: 'USER',
  userId: 'jo',
  lifetime: 3600,
  privileges: 'list:*',
  holder: 'me',
};

const LOCAL: Partial<KeySpec> = { signIn: { method: 'local', partnerId: 102, ksVersion: 2 } };
const LOGIN: Partial<KeySpec> = { signIn: { method: 'login', partnerId: 102, loginId: 'jo@example.com' } };
const APP_TOKEN: Partial<KeySpec> = { signIn: { method: 'app-token', partnerId: 102, tokenId: '0_abc12345' } };

const ROWS: [what: string, one: Partial<KeySpec>, other: Partial<KeySpec>, account: boolean, key: boolean][] = [
  ['the same spec', {}, {}, true, true],
  ['another user of the key', {}, { holder: 'vendor' }, true, true],
  ['another type', {}, { type: 'ADMIN' }, true, false],
  ['another user', {}, { userId: '' }, true, false],
  ['another lifetime', {}, { lifetime: 3601 }, true, false],
  ['other privileges', {}, { privileges: '' }, true, false],
  ['the same secret, signed locally', {}, LOCAL, true, false],
  ['another version', LOCAL, { signIn: { method: 'local', partnerId: 102, ksVersion: 1 } }, true, false],
  ['another account', {}, { signIn: { method: 'server', partnerId: 103 } }, false, false],
  ['another server', {}, { serviceUrl: 'https://api.eu.kaltura.com' }, false, false],
  ['another method', {}, LOGIN, false, false],
  ['another login', LOGIN, { signIn: { method: 'login', partnerId: 102, loginId: 'al@example.com' } }, false, false],
  [
    'a login without an account',
    LOGIN,
    { signIn: { method: 'login', partnerId: null, loginId: 'jo@example.com' } },
    false,
    false,
  ],
  ['another token', APP_TOKEN, { signIn: { method: 'app-token', partnerId: 102, tokenId: '0_xyz' } }, false, false],
];

test.each(ROWS)('compares two specs: %s', (_what, one, other, account, key) => {
  expect(isSameAccount({ ...SPEC, ...one }, { ...SPEC, ...other })).toBe(account);
  expect(isSameKey({ ...SPEC, ...one }, { ...SPEC, ...other })).toBe(key);
  expect(isSameKey({ ...SPEC, ...other }, { ...SPEC, ...one })).toBe(key);
});

describe('a request', () => {
  const typed = (secret: string, code: string | null = null) => ({
    secret: new Secret(secret),
    code: code === null ? null : new Secret(code),
  });

  test('has the cleaned secret of its method', () => {
    const { signIn } = requestFor(SPEC, typed(' abc\n'));
    expect(signIn).toMatchObject({ method: 'server', partnerId: 102 });
    expect(signIn.method === 'server' && signIn.secret.reveal()).toBe('abc');
    const token = requestFor({ ...SPEC, ...APP_TOKEN }, typed(' abc ')).signIn;
    expect(token.method === 'app-token' && token.token.reveal()).toBe('abc');
  });

  test('keeps the spaces of a password, and not those of a code', () => {
    const { signIn } = requestFor({ ...SPEC, ...LOGIN }, typed(' pass ', '012 345'));
    expect(signIn.method === 'login' && [signIn.password.reveal(), signIn.code?.reveal()]).toEqual([
      ' pass ',
      '012345',
    ]);
  });

  test('names no user if the login decides it', () => {
    expect(requestFor({ ...SPEC, ...LOGIN }, typed('pass')).userId).toBe('');
    expect(requestFor(SPEC, typed('abc')).userId).toBe('jo');
  });

  test('uses the current URL of the practice server', () => {
    expect(requestFor(SPEC, typed('abc'), 'http://127.0.0.1:5').serviceUrl).toBe('http://127.0.0.1:5');
  });
});
