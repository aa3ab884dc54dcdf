import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { PRETEND } from '../../source/practice/pretend-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import { createProfileStore } from '../../source/runtime/profile-store.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { openPlace, openServer, type Place, SECRET } from './program.js';

const MINUTE = 60;

const storeIn = (place: Place) =>
  createProfileStore({ configFolder: join(place.home, '.config', 'kaltura-ks'), now: Date.now });

const KEPT = Buffer.from(`v2|${PRETEND.partnerId}|a kept key`).toString('base64url');

/** A profile of the practice server, with a key that lives so many seconds more; null: kept once, ended since. */
async function openKept(left: number | null) {
  const place = await openPlace();
  const url = await openServer();
  const seconds = Math.floor(Date.now() / 1000);
  const facts = { partnerId: PRETEND.partnerId, userId: '', type: 'USER', privileges: '' } as const;
  const profile: Profile = sampleProfile({
    name: 'kept',
    region: 'own',
    serviceUrl: url,
    partnerId: PRETEND.partnerId,
    holder: 'me',
    type: 'USER',
    userId: '',
    lifetime: 3600,
    privileges: '',
    acceptedRisks: [],
    savedAt: seconds,
    keptKey:
      left === null
        ? null
        : { ks: new Secret(KEPT), facts: { ...facts, expiresAt: seconds + left }, confirmedBy: 'server' },
    lastKeyEndedAt: left === null ? seconds - 10 : null,
  });
  const store = storeIn(place);
  await store.save(profile);
  const saved = async () => (await store.load()).profiles[0]?.keptKey?.ks?.reveal();
  const token = async (...args: string[]) =>
    (await place.run(['token', 'kept', ...args], { env: { KALTURA_SECRET: SECRET } })).stdout.trim();
  return { place, url, saved, token };
}

describe('the kept key', () => {
  test('is used again, without a secret, while more than five minutes are left', async () => {
    const { place } = await openKept(6 * MINUTE);
    const { code, stdout, stderr } = await place.run(['token', 'kept']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${KEPT}\n`, stderr: '' });
  });

  test('gives way to a new one, which is kept, when less is left', async () => {
    const { token, saved } = await openKept(4 * MINUTE);
    const ks = await token();
    expect(ks).not.toBe(KEPT);
    expect(await saved()).toBe(ks);
    expect(await token()).toBe(ks);
  });

  test('has to live as long as --min-ttl says', async () => {
    const { token } = await openKept(6 * MINUTE);
    expect(await token('--min-ttl', '5m')).toBe(KEPT);
    expect(await token('--min-ttl', '0')).toBe(KEPT);
    expect(await token('--min-ttl', '10m')).not.toBe(KEPT);
  });

  test('is followed by another where one was kept before and has ended', async () => {
    const { token, saved } = await openKept(null);
    expect(await token()).toBe(await saved());
  });

  test('is passed over by --no-cache, which keeps none', async () => {
    const { token, saved } = await openKept(60 * MINUTE);
    expect(await token('--no-cache')).not.toBe(KEPT);
    expect(await saved()).toBe(KEPT);
  });

  test.each([
    ['another type', ['--type', 'admin']],
    ['another user', ['--user', 'jo']],
    ['another lifetime', ['--expiry', '2h']],
    ['other privileges', ['--privilege', 'sview:0_a']],
    ['another account', ['--partner', String(PRETEND.cappedPartnerId)]],
  ])('is not used for %s, and stays as it is', async (_what, args) => {
    const { token, saved } = await openKept(60 * MINUTE);
    const ks = await token(...args);
    expect(ks).not.toBe('');
    expect(ks).not.toBe(KEPT);
    expect(await saved()).toBe(KEPT);
  });

  test('is used where the flags say what the profile says', async () => {
    const { token, url } = await openKept(60 * MINUTE);
    expect(await token('--url', url, '--type', 'user', '--expiry', '60m', '--user', '', '--privilege', '')).toBe(KEPT);
  });
});

test('a profile that keeps no key is not given one', async () => {
  const place = await openPlace();
  await place.run(['profiles', 'add', 'plain', '--region', 'practice']);
  expect((await place.run(['token', 'plain'])).code).toBe(0);
  expect((await storeIn(place).load()).profiles[0]?.keptKey).toBeNull();
});

test('a new key that lives no longer than --min-ttl is cautioned about', async () => {
  const place = await openPlace();
  const { stderr } = await place.run(['token', '--region', 'practice', '--expiry', '10m', '--min-ttl', '20m']);
  expect(stderr).toContain('--min-ttl');
});
