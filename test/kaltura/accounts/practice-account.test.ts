import { expect, test } from 'vitest';
import { hasOnlyPracticeCredentials, newPracticeToken } from '../../../source/kaltura/accounts/practice-account.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';

const { partnerId, cappedPartnerId, userSecret, otpLoginId, password, token } = PRACTICE_CREDENTIALS;

const withToken = (value: string) =>
  hasOnlyPracticeCredentials({ method: 'app-token', partnerId, tokenId: '0_ab12cd34', token: new Secret(value) });

test('recognizes the app tokens of every practice server, and no other app token', () => {
  const value = newPracticeToken(new Uint8Array(16).fill(7));
  expect(value).toMatch(/^[0-9a-f]{32}$/);
  expect(withToken(value)).toBe(true);
  expect(withToken(token)).toBe(true);
  expect(withToken('0123456789abcdef0123456789abcdef')).toBe(false);
  expect(withToken(value.slice(0, 16))).toBe(false);
});

test('recognizes every public credential of the practice accounts, and no other account or secret', () => {
  const secret = new Secret(userSecret);
  const login = { method: 'login', loginId: otpLoginId, password: new Secret(password), code: null } as const;
  expect(hasOnlyPracticeCredentials({ method: 'server', partnerId: cappedPartnerId, secret })).toBe(true);
  expect(hasOnlyPracticeCredentials({ ...login, partnerId: null })).toBe(true);
  expect(hasOnlyPracticeCredentials({ method: 'server', partnerId: 2_345_678, secret })).toBe(false);
  expect(hasOnlyPracticeCredentials({ method: 'server', partnerId, secret: new Secret('0'.repeat(32)) })).toBe(false);
  expect(hasOnlyPracticeCredentials({ ...login, partnerId, password: new Secret('another') })).toBe(false);
});
