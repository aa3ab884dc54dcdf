import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { saveNewKey } from '../../source/commands/keys/make-new-key.js';
import type { SourceAccess } from '../../source/commands/secrets/source-access.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { MadeKey } from '../../source/kaltura/sign-in/key-request.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import type { ProfileStore } from '../../source/profiles/store.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { openSandbox, openServer, type Sandbox, SECRET } from './program.js';

const MINUTE = 60;

const storeIn = (sandbox: Sandbox) =>
  createProfileStore({ configFolder: join(sandbox.home, '.config', 'kaltura-ks'), now: Date.now });

const KEPT = Buffer.from(`v2|${PRACTICE_CREDENTIALS.partnerId}|a kept key`).toString('base64url');

/** A profile of the practice server, with a key that lives so many seconds more; null: kept once, ended since. */
async function openKept(left: number | null) {
  const sandbox = await openSandbox();
  const url = await openServer();
  const seconds = Math.floor(Date.now() / 1000);
  const facts = { partnerId: PRACTICE_CREDENTIALS.partnerId, userId: '', type: 'USER', privileges: '' } as const;
  const profile: Profile = sampleProfile({
    name: 'kept',
    region: 'own',
    serviceUrl: url,
    partnerId: PRACTICE_CREDENTIALS.partnerId,
    holder: 'me',
    type: 'USER',
    userId: '',
    lifetime: 3600,
    privileges: '',
    acceptedRisks: [],
    savedAt: seconds,
    savedKey:
      left === null
        ? null
        : { ks: new Secret(KEPT), facts: { ...facts, expiresAt: seconds + left }, confirmedBy: 'server' },
    lastKeyEndedAt: left === null ? seconds - 10 : null,
  });
  const store = storeIn(sandbox);
  await store.save(profile);
  const saved = async () => (await store.load()).profiles[0]?.savedKey?.ks?.reveal();
  const token = async (...args: string[]) =>
    (await sandbox.run(['token', 'kept', ...args], { env: { KALTURA_SECRET: SECRET } })).stdout.trim();
  return { sandbox, url, saved, token };
}

describe('the kept key', () => {
  test('is used again, without a secret, while more than five minutes are left', async () => {
    const { sandbox } = await openKept(6 * MINUTE);
    const { code, stdout, stderr } = await sandbox.run(['token', 'kept']);
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
    ['another account', ['--partner', String(PRACTICE_CREDENTIALS.cappedPartnerId)]],
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
  const sandbox = await openSandbox();
  await sandbox.run(['profiles', 'add', 'plain', '--region', 'practice']);
  expect((await sandbox.run(['token', 'plain'])).code).toBe(0);
  expect((await storeIn(sandbox).load()).profiles[0]?.savedKey).toBeNull();
});

test('a new key that lives no longer than --min-ttl is cautioned about', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await sandbox.run(['token', '--region', 'practice', '--expiry', '10m', '--min-ttl', '20m']);
  expect(stderr).toContain('--min-ttl');
});

describe('keeping a key with a profile that another program changed meanwhile', () => {
  const MADE: MadeKey = {
    ks: new Secret(KEPT),
    facts: { partnerId: 1234567, userId: '', type: 'ADMIN', privileges: '', expiresAt: null },
    confirmedBy: null,
  };
  const profile = sampleProfile({ name: 'p', lastKeyEndedAt: 1 });
  const silent = { say: () => {}, detail: () => {} };

  /** What is saved after `keepKey`, where `now` is what the disk has from the moment of that look on. */
  async function keep(had: Profile, now: Profile | null, fromLook = 1) {
    const done: string[] = [];
    let looks = 0;
    let saved: Profile | null = null;
    const store = {
      load: async () => {
        looks += 1;
        const found = looks < fromLook ? had : now;
        return { profiles: found === null ? [] : [found], troubles: [] };
      },
      update: async (_before: Profile, after: Profile) => {
        saved = after;
      },
      noteEntries: () => ({ add: () => {}, assertThere: () => {}, done: () => {} }),
      namedEntries: async () => new Set(),
    } as unknown as ProfileStore;
    const access = {
      newEntry: async () => 'a'.repeat(32),
      write: async () => void done.push('write'),
      remove: async () => void done.push('remove'),
    } as unknown as SourceAccess;
    await saveNewKey(had, MADE, 5, store, access, silent);
    return { saved: saved as Profile | null, done };
  }

  test('leaves its changes', async () => {
    const { saved } = await keep(profile, { ...profile, name: 'P', acceptedRisks: ['admin-type'] });
    expect(saved).toMatchObject({ name: 'P', acceptedRisks: ['admin-type'], savedKey: { ks: MADE.ks }, savedAt: 5 });
  });

  test.each<[what: string, now: Profile | null]>([
    ['is gone', null],
    ['has another name', { ...profile, name: 'q' }],
    ['asks for another key', { ...profile, lifetime: 60 }],
    ['keeps none any more', { ...profile, lastKeyEndedAt: null }],
    ['has its secret elsewhere', { ...profile, secretSource: { kind: 'keychain' } }],
  ])('saves nothing where it %s', async (_what, now) => {
    expect(await keep(profile, now)).toEqual({ saved: null, done: [] });
  });

  test('writes nothing to its place, or takes it back', async () => {
    const stored: Profile = { ...profile, secretSource: { kind: 'keychain' } };
    expect(await keep(stored, null)).toEqual({ saved: null, done: [] });
    expect(await keep(stored, null, 2)).toEqual({ saved: null, done: ['write', 'remove'] });
    expect(await keep(stored, stored)).toMatchObject({
      saved: { savedKey: { ks: null }, secretSource: { keyEntry: 'a'.repeat(32) } },
      // What version 0.1.0 may have left.
      done: ['write', 'remove'],
    });
  });
});

test('a kept key that cannot be opened does not stand in the way of a new one', async () => {
  const sandbox = await openSandbox();
  const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: 'open sesame, quietly' };
  await sandbox.run(
    ['profiles', 'add', 'p', '--method', 'local', '--region', 'us', '--partner', '2345678', '--store', 'file'],
    { env },
  );
  const store = storeIn(sandbox);
  const [added] = (await store.load()).profiles;
  if (added === undefined) throw new Error('It was not saved.');
  await store.save({ ...added, lastKeyEndedAt: 1 }, { replace: true });
  const first = await sandbox.run(['token', 'p', '--no-clock-check'], { env });
  expect(await sandbox.run(['token', 'p'], { env })).toEqual({ ...first, stderr: '' });
  const args = ['token', 'p', '--no-clock-check', '--no-input'];
  const given = await sandbox.run([...args, '--secret-stdin'], { input: SECRET });
  expect(given.code).toBe(0);
  expect(given.stdout).toMatch(/^\S+\n$/);
  expect(given.stdout).not.toBe(first.stdout);
  expect(given.stderr).toContain('caution: the saved key could not be read');
  expect(await sandbox.run(args)).toMatchObject({ code: 2, stdout: '' });
});
