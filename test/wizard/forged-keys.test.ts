import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/kaltura/accounts/practice-account.js';
import { signKsV1 } from '../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import { viewOf } from '../../source/wizard/engine/screens.js';
import type { State } from '../../source/wizard/engine/state.js';
import cases from '../fixtures/field-cases.json' with { type: 'json' };
import { ADMIN_SECRET, act, answered, enter, made, madeKey, play, SECONDS, sample, start, TO_REVIEW } from './play.js';

/** The wizard never shows a signature as valid because of a secret that doesn't belong to the key's account. */

function keyFor(version: 1 | 2, partnerId: number, secret: string): string {
  const fields = { partnerId, type: 2, expiresAt: SECONDS + 3600, userId: 'jo', privileges: '' };
  return version === 1
    ? signKsV1(fields, new Secret(secret), '1')
    : signKsV2(fields, new Secret(secret), new Uint8Array(16));
}

const signatureIn = (state: State): string | undefined =>
  viewOf(state).facts?.find(({ label }) => label === 'Signature')?.value;

const pasted = (ks: string): State =>
  play(start([sample({ secretSource: { kind: 'keychain' } })]), act('inspect'), enter({ paste: ks })).state;

const typed = (ks: string, secret: string): State =>
  play(pasted(ks), enter({ option: 'open-key' }), enter({ openingSecret: secret })).state;

const fromProfile = (ks: string, secret: string): State =>
  play(pasted(ks), enter({ option: 'open:production' }), answered({ to: 'secret-of', is: new Secret(secret) })).state;

const PARTNER = 2345678;
const ONLY_PRACTICE = 'INVALID: the practice secret is accepted for practice accounts only';

describe.each([1, 2] as const)('a version %i key', (version) => {
  test.each([1234567, 1234568, 1234569])('of practice account %i is verified by the practice secret', (partnerId) => {
    const state = pasted(keyFor(version, partnerId, PRACTICE_CREDENTIALS.adminSecret));
    expect(signatureIn(state)).toBe('valid: signed with the practice secret');
    expect(state.inspection.server?.region).toBe('practice');
  });

  test('of a practice account with another signature is not verified', () => {
    const state = pasted(keyFor(version, 1234567, ADMIN_SECRET));
    expect(signatureIn(state)).toBe(
      'not checked: it isn’t signed with the practice secret. It is damaged, or belongs to a real account 1234567',
    );
    expect(state.inspection.server).toBeNull();
  });

  const forged = keyFor(version, PARTNER, PRACTICE_CREDENTIALS.adminSecret);
  const own = keyFor(version, PARTNER, ADMIN_SECRET);

  test('that is signed with the practice secret and names another account is never valid', () => {
    expect(signatureIn(pasted(forged))).toBe('not checked');
    expect(pasted(forged).inspection.server).toBeNull();
    expect(signatureIn(typed(forged, ADMIN_SECRET))).toBe('INVALID: not signed with the secret that you entered');
    expect(signatureIn(typed(forged, PRACTICE_CREDENTIALS.adminSecret))).toBe(ONLY_PRACTICE);
    expect(signatureIn(fromProfile(forged, ADMIN_SECRET))).toBe(
      'INVALID: not signed with the secret of profile “production”',
    );
    expect(signatureIn(fromProfile(forged, PRACTICE_CREDENTIALS.adminSecret))).toBe(ONLY_PRACTICE);
  });

  test('names the secret that verified it', () => {
    expect(signatureIn(typed(own, ADMIN_SECRET))).toBe('valid: signed with the secret that you entered');
    expect(signatureIn(fromProfile(own, ADMIN_SECRET))).toBe('valid: signed with the secret of profile “production”');
  });

  test('that a server created with the practice secret for another account is not verified', () => {
    const key = madeKey({ partnerId: PARTNER }, { ks: new Secret(forged) });
    const state = play(start(), ...TO_REVIEW, enter(), made(key), act('next'), enter({ option: 'explain' })).state;
    expect(signatureIn(state)).toBe('not checked');
  });
});

test('the forged key of the field cases shows nothing of its contents', () => {
  const forged = cases.cases.find(({ id }) => id === 'forged_v2')?.text as string;
  for (const state of [pasted(forged), typed(forged, ADMIN_SECRET), typed(forged, PRACTICE_CREDENTIALS.adminSecret)]) {
    expect(JSON.stringify(viewOf(state).facts)).not.toContain('ADMIN');
    expect(signatureIn(state)).not.toMatch(/^valid/);
  }
});

test.each([
  [
    'signed with the practice secret may go to another program’s practice server',
    PRACTICE_CREDENTIALS.adminSecret,
    'any',
  ],
  ['signed with another secret goes only to our own practice server', ADMIN_SECRET, 'own'],
] as const)('a key of the practice account that is %s', (_what, secret, practice) => {
  const state = pasted(keyFor(1, 1234567, secret));
  const toRegion = state.inspection.server === null ? [enter({ region: 'practice' })] : [];
  const { effects } = play(state, enter({ option: 'check' }), ...toRegion, enter());
  const servers = effects.flatMap((effect) =>
    effect.do === 'ask' && 'server' in effect.question ? [effect.question.server] : [],
  );
  expect(servers.at(-1)).toMatchObject({ practice });
});
