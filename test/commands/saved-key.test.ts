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

const SAVED = Buffer.from(`v2|${PRACTICE_CREDENTIALS.partnerId}|a saved key`).toString('base64url');

/** A profile of the practice server whose saved key expires in `left` seconds. Null: its last saved key has expired. */
async function setUp(left: number | null) {
  const sandbox = await openSandbox();
  const url = await openServer();
  const seconds = Math.floor(Date.now() / 1000);
  const facts = { partnerId: PRACTICE_CREDENTIALS.partnerId, userId: '', type: 'USER', privileges: '' } as const;
  const profile: Profile = sampleProfile({
    name: 'prod',
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
        : { ks: new Secret(SAVED), facts: { ...facts, expiresAt: seconds + left }, confirmedBy: 'server' },
    lastKeyEndedAt: left === null ? seconds - 10 : null,
  });
  const store = storeIn(sandbox);
  await store.save(profile);
  const saved = async () => (await store.load()).profiles[0]?.savedKey?.ks?.reveal();
  const token = async (...args: string[]) =>
    (await sandbox.run(['token', 'prod', ...args], { env: { KALTURA_SECRET: SECRET } })).stdout.trim();
  return { sandbox, url, saved, token };
}

describe('the saved key', () => {
  test('is used again, without a secret, while it is valid for more than five minutes', async () => {
    const { sandbox } = await setUp(6 * MINUTE);
    const { code, stdout, stderr } = await sandbox.run(['token', 'prod']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${SAVED}\n`, stderr: '' });
  });

  test('is replaced by a new one if it expires sooner', async () => {
    const { token, saved } = await setUp(4 * MINUTE);
    const ks = await token();
    expect(ks).not.toBe(SAVED);
    expect(await saved()).toBe(ks);
    expect(await token()).toBe(ks);
  });

  test('must be valid for the time of --min-ttl', async () => {
    const { token } = await setUp(6 * MINUTE);
    expect(await token('--min-ttl', '5m')).toBe(SAVED);
    expect(await token('--min-ttl', '0')).toBe(SAVED);
    expect(await token('--min-ttl', '10m')).not.toBe(SAVED);
  });

  test('is created again if the last one has expired', async () => {
    const { token, saved } = await setUp(null);
    expect(await token()).toBe(await saved());
  });

  test('is neither used nor replaced with --no-cache', async () => {
    const { token, saved } = await setUp(60 * MINUTE);
    expect(await token('--no-cache')).not.toBe(SAVED);
    expect(await saved()).toBe(SAVED);
  });

  test.each([
    ['another type', ['--type', 'admin']],
    ['another user', ['--user', 'jo']],
    ['another lifetime', ['--expiry', '2h']],
    ['other privileges', ['--privilege', 'sview:0_a']],
    ['another account', ['--partner', String(PRACTICE_CREDENTIALS.cappedPartnerId)]],
  ])('is not used for %s, and stays saved', async (_what, args) => {
    const { token, saved } = await setUp(60 * MINUTE);
    const ks = await token(...args);
    expect(ks).not.toBe('');
    expect(ks).not.toBe(SAVED);
    expect(await saved()).toBe(SAVED);
  });

  test('is used if the flags repeat the answers of the profile', async () => {
    const { token, url } = await setUp(60 * MINUTE);
    expect(await token('--url', url, '--type', 'user', '--expiry', '60m', '--user', '', '--privilege', '')).toBe(SAVED);
  });
});

test('token saves no key with a profile that saves none', async () => {
  const sandbox = await openSandbox();
  await sandbox.run(['profiles', 'add', 'plain', '--region', 'practice']);
  expect((await sandbox.run(['token', 'plain'])).code).toBe(0);
  expect((await storeIn(sandbox).load()).profiles[0]?.savedKey).toBeNull();
});

test('token warns about a new key that expires before --min-ttl', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await sandbox.run(['token', '--region', 'practice', '--expiry', '10m', '--min-ttl', '20m']);
  expect(stderr).toContain('--min-ttl');
});

describe('saving a key with a profile that another program changed meanwhile', () => {
  const CREATED: MadeKey = {
    ks: new Secret(SAVED),
    facts: { partnerId: 1234567, userId: '', type: 'ADMIN', privileges: '', expiresAt: null },
    confirmedBy: null,
  };
  const profile = sampleProfile({ name: 'p', lastKeyEndedAt: 1 });
  const silent = { say: () => {}, detail: () => {} };

  /** Saves a new key with the profile `before`. The store returns `now` instead from the given load on. */
  async function saveKey(before: Profile, now: Profile | null, fromLoad = 1) {
    const done: string[] = [];
    let loads = 0;
    let saved: Profile | null = null;
    const store = {
      load: async () => {
        loads += 1;
        const found = loads < fromLoad ? before : now;
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
    await saveNewKey(before, CREATED, 5, store, access, silent);
    return { saved: saved as Profile | null, done };
  }

  test('keeps the changes of the other program', async () => {
    const { saved } = await saveKey(profile, { ...profile, name: 'P', acceptedRisks: ['admin-type'] });
    expect(saved).toMatchObject({ name: 'P', acceptedRisks: ['admin-type'], savedKey: { ks: CREATED.ks }, savedAt: 5 });
  });

  test.each<[what: string, now: Profile | null]>([
    ['is gone', null],
    ['has another name', { ...profile, name: 'q' }],
    ['asks for another key', { ...profile, lifetime: 60 }],
    ['saves no keys any more', { ...profile, lastKeyEndedAt: null }],
    ['has another secret source', { ...profile, secretSource: { kind: 'keychain' } }],
  ])('saves nothing if the profile %s', async (_what, now) => {
    expect(await saveKey(profile, now)).toEqual({ saved: null, done: [] });
  });

  test('stores nothing in the secret source, or deletes it again', async () => {
    const stored: Profile = { ...profile, secretSource: { kind: 'keychain' } };
    expect(await saveKey(stored, null)).toEqual({ saved: null, done: [] });
    expect(await saveKey(stored, null, 2)).toEqual({ saved: null, done: ['write', 'remove'] });
    expect(await saveKey(stored, stored)).toMatchObject({
      saved: { savedKey: { ks: null }, secretSource: { keyEntry: 'a'.repeat(32) } },
      // Version 0.1.0 may have left an entry under the profile's name.
      done: ['write', 'remove'],
    });
  });
});

test('token creates a new key if the saved one cannot be read', async () => {
  const sandbox = await openSandbox();
  const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: 'open sesame, quietly' };
  await sandbox.run(
    ['profiles', 'add', 'p', '--method', 'local', '--region', 'us', '--partner', '2345678', '--store', 'file'],
    { env },
  );
  const store = storeIn(sandbox);
  const [added] = (await store.load()).profiles;
  if (added === undefined) throw new Error('The profile was not saved.');
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
