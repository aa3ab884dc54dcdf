import { expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyFacts, KeyRequest, SignIn } from '../../source/kaltura/sign-in/key-request.js';
import { differencesFromAsked } from '../../source/messages/differences.js';

const NOW = 1_700_000_000;
const secret = new Secret('0123456789abcdef0123456789abcdef');
const byToken: SignIn = { method: 'app-token', partnerId: 102, tokenId: '0_fixed', token: secret };
const byServer: SignIn = { method: 'server', partnerId: 102, secret };
const byLogin: SignIn = { method: 'login', partnerId: 102, loginId: 'jo@example.com', password: secret, code: null };

function textOf(signIn: SignIn, asked: Partial<KeyRequest>, got: Partial<KeyFacts>, isTypeAsked = true): string {
  const request: KeyRequest = {
    serviceUrl: 'https://www.kaltura.com',
    signIn,
    type: 'USER',
    userId: '',
    lifetime: 86_400,
    privileges: '',
    ...asked,
  };
  const facts: KeyFacts = {
    partnerId: 102,
    userId: request.userId,
    type: request.type,
    privileges: '',
    expiresAt: NOW + 86_400,
    ...got,
  };
  const made = { ks: new Secret('djJ8'), facts, confirmedBy: 'key' } as const;
  return differencesFromAsked(request, made, NOW * 1000, isTypeAsked)
    .map(({ text }) => text)
    .join('\n');
}

test('names the app token or account that shortened the lifetime', () => {
  const short = { expiresAt: NOW + 1800 };
  expect(textOf(byToken, { lifetime: 7200 }, short)).toBe(
    'The app token allows 30 minutes, not the requested 2 hours.',
  );
  expect(textOf(byServer, {}, short)).toBe('The account allows 30 minutes, not the requested 24 hours.');
});

test('says in one line what an app token sets and the request left open', () => {
  const got = { userId: 'fixeduser', privileges: 'setrole:UPLOAD_BASE_ROLE', expiresAt: NOW + 3600 };
  expect(textOf(byToken, {}, got)).toBe(
    'The app token decides the user “fixeduser”, the privileges setrole:UPLOAD_BASE_ROLE and the lifetime of 1 hour.',
  );
  expect(textOf(byToken, { privileges: 'list:*' }, got)).toContain('privileges that you did not ask for');
});

test('compares the user of an app token with the requested user', () => {
  expect(textOf(byToken, { userId: 'jane' }, { userId: 'fixeduser' })).toBe(
    'The key’s user is “fixeduser”, not “jane”, because the app token decides.',
  );
  expect(textOf(byServer, { userId: 'jane' }, { userId: '' })).toBe('The key has no user, not “jane”.');
});

test('does not blame an app token for the type of a key from session.start', () => {
  expect(textOf(byServer, { type: 'ADMIN' }, { type: 'USER' })).toBe(
    'You asked for an ADMIN key, but this is a USER key.',
  );
  expect(textOf(byServer, { type: 'USER' }, { type: 'ADMIN' })).toContain(
    'it is an ADMIN key, not a USER key. Don’t share the key.',
  );
});

test('mentions the clock if a new key has already expired', () => {
  expect(textOf(byServer, {}, { expiresAt: NOW - 60 })).toContain('Make sure that the clock is right.');
});

test('says that a login created a USER key instead of an ADMIN key', () => {
  const got = { type: 'USER', userId: 'jo@example.com' } as const;
  expect(textOf(byLogin, { type: 'ADMIN' }, got)).toContain('You asked for an ADMIN key, but this is a USER key');
  expect(textOf(byLogin, { type: 'ADMIN' }, got, false)).toBe('');
});
