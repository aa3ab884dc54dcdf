import { expect, test } from 'vitest';
import { isSameAccount } from '../../source/kaltura/sign-in/key-spec.js';
import type { Profile } from '../../source/profiles/profile.js';
import { specOfProfile } from '../../source/profiles/profile-spec.js';
import { acceptsKeyOf, keepsSameKey } from '../../source/profiles/same-profile.js';
import { ksWith, sampleProfile, savedKeyWith } from './sample-profile.js';

const login = { method: 'login', loginId: 'a@b.c' } as const;
const token = { method: 'app-token', tokenId: '0_a' } as const;

test.each<[one: Partial<Profile>, other: Partial<Profile>, isSame: boolean]>([
  [{}, { name: 'other', type: 'USER', userId: 'jo', lifetime: 60, privileges: '', holder: null }, true],
  // Both sign with the same secret.
  [{}, { method: 'local', ksVersion: 1 }, true],
  [{}, { partnerId: 5 }, false],
  [{}, { serviceUrl: 'https://kaltura.example', region: 'own' }, false],
  [{}, login, false],
  [{}, token, false],
  [login, { ...login, loginId: 'd@b.c' }, false],
  [login, { ...login, tokenId: '0_b' }, true],
  [token, { ...token, tokenId: '0_b' }, false],
  [token, { ...token, loginId: 'd@b.c' }, true],
])('the account of %j is the account of %j: %s', (one, other, isSame) => {
  expect(isSameAccount(specOfProfile(sampleProfile(one)), specOfProfile(sampleProfile(other)))).toBe(isSame);
});

test.each<[changes: Partial<Profile>, isSame: boolean]>([
  [{ name: 'other', holder: null, acceptedRisks: [], savedAt: 1 }, true],
  // The version matters only for local signing.
  [{ ksVersion: 1 }, true],
  [{ method: 'local' }, false],
  [{ type: 'USER' }, false],
  [{ userId: '' }, false],
  [{ lifetime: 60 }, false],
  [{ privileges: '' }, false],
  [{ secretSource: { kind: 'file' } }, false],
])('a key fits a profile with %j: %s', (changes, isSame) => {
  expect(acceptsKeyOf(sampleProfile(), sampleProfile(changes))).toBe(isSame);
});

test('the same key has the same text, facts and secret source', () => {
  const one = sampleProfile({ savedKey: savedKeyWith(ksWith('One'), 5) });
  expect(keepsSameKey(one, sampleProfile({ savedKey: savedKeyWith(ksWith('One'), 5), userId: 'jo' }))).toBe(true);
  expect(keepsSameKey(one, sampleProfile({ savedKey: savedKeyWith(ksWith('Two'), 5) }))).toBe(false);
  expect(keepsSameKey(one, sampleProfile({ savedKey: savedKeyWith(ksWith('One'), 6) }))).toBe(false);
  expect(keepsSameKey(one, { ...one, secretSource: { kind: 'variable', name: 'X', isConfirmed: true } })).toBe(false);
  expect(keepsSameKey(sampleProfile(), sampleProfile())).toBe(false);
});
