import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Http } from '../../source/kaltura/api/http.js';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import document from '../fixtures/ks-vectors.json' with { type: 'json' };
import { recording } from '../kaltura/api/recorded-http.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { openSandbox } from './program.js';
import { NOW, run, type Setup } from './run-inspect.js';

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

const vector = (id: string) => document.vectors.find((one) => one.id === id) as (typeof document.vectors)[number];
const V1 = vector('v1-2').ks;
const V2 = vector('v2-2').ks;
const ACCOUNT = 2345678;
const ADMIN_SECRET = vector('v2-2').secret;
const EXPIRED = document.other_cases.find(({ id }) => id === 'neg-6')?.ks as string;

const answering =
  (name: string): Http =>
  async () =>
    recording(name).response;

const facts = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('inspect reads the key', () => {
  const opened = { version: 1, partnerId: 102, userId: 'jane.doe', type: 'USER', signature: 'unchecked' };

  test('from a pipe, also with text around it, and does not print it', async () => {
    const { code, out, err } = await run([], { input: `export KALTURA_KS='${V1}'\n` });
    expect(code).toBe(0);
    expect(out).toContain('jane.doe');
    expect(err).toContain('The key had a name before it');
    for (const text of [out, err]) expect(text).not.toContain(V1.slice(0, 20));
  });

  test('from a file', async () => {
    const { code, out } = await run(['--ks-file', 'a.json', '--json'], {
      files: { 'a.json': JSON.stringify({ ks: V1 }) },
    });
    expect(code).toBe(0);
    expect(facts(out)).toMatchObject(opened);
  });

  test('from a prompt that does not show it', async () => {
    const { code, out, err } = await run(['--json'], { typed: [V1] });
    expect(code).toBe(0);
    expect(facts(out)).toMatchObject(opened);
    expect(err).toContain('The key (KS)');
    expect(err).not.toContain(V1.slice(0, 20));
  });

  test('from a paste of several lines at the prompt', async () => {
    const paste = (V1.match(/.{1,60}/g) ?? []).join('\r  ');
    const { code, out } = await run(['--json'], { typed: [`\x1b[200~${paste}\r\x1b[201~`] });
    expect(code).toBe(0);
    expect(facts(out)).toMatchObject(opened);
  });

  test('from the argument, with a caution if the key is valid', async () => {
    const { code, out, err } = await run([`ks=${V1}`, '--json']);
    expect(code).toBe(0);
    expect(facts(out)).toMatchObject(opened);
    expect(err).toContain('caution: your shell history may now contain this key');
    expect((await run([EXPIRED], { env: { KALTURA_SECRET: ADMIN_SECRET } })).err).not.toContain('history');
    expect((await run([V1.slice(0, 60)])).err).not.toContain('history');
  });

  test.each<[string, readonly string[], Setup]>([
    ['an empty pipe', [], {}],
    ['a terminal with --no-input', ['--no-input'], { typed: [] }],
    ['two sources', [V1, '--ks-file', 'x'], {}],
    ['a pipe that is also for the secret', ['--secret-stdin'], { input: V1 }],
    ['two regions', ['--region', 'us', '--url', 'https://x'], { input: V1 }],
  ])('and fails for %s', async (_what, args, setup) => {
    const { code, out, err } = await run(args, setup);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toContain(V1.slice(0, 20));
  });

  test('and exits with 1 for a text without a key, without printing the text', async () => {
    const { code, out, err } = await run([], { input: 'my-password-of-old' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('The text contains no key');
    expect(err).not.toContain('my-password');
    expect((await run(['--ks-file', 'absent'])).err).toContain('there is no such file');
  });

  test('and reports that a text contains more than one', async () => {
    expect((await run([], { input: `${V1}\n${V2}` })).err).toContain('The text contains another key');
  });
});

describe('inspect verifies the key', () => {
  const verified = { signature: 'valid', userId: 'admin@example.com', privileges: 'all:*,disableentitlement' };
  const profile = (more: Partial<Profile> = {}): Profile =>
    sampleProfile({ name: 'prod', partnerId: ACCOUNT, method: 'server', secretSource: { kind: 'keychain' }, ...more });

  test('only with a secret: without one it shows the account and suggests --ask-server', async () => {
    const { code, out, err } = await run(['--json'], { input: V2 });
    expect(code).toBe(0);
    expect(facts(out)).toEqual({
      version: 2,
      partnerId: ACCOUNT,
      userId: null,
      type: null,
      privileges: null,
      expiresAt: null,
      expiresAtIso: null,
      serviceUrl: null,
      profile: null,
      signature: 'unchecked',
      verifiedBy: null,
      problems: [],
    });
    expect(err).toContain('--ask-server');
  });

  test.each<[string, readonly string[], Setup]>([
    ['KALTURA_SECRET', [], { input: V2, env: { KALTURA_SECRET: ADMIN_SECRET } }],
    ['--secret-file', ['--secret-file', 's'], { input: V2, files: { s: `${ADMIN_SECRET}\n` } }],
    ['--secret-stdin', ['--ks-file', 'k', '--secret-stdin'], { input: `${ADMIN_SECRET}\n`, files: { k: V2 } }],
  ])('with %s', async (_what, args, setup) => {
    const { code, out, err } = await run([...args, '--json'], setup);
    expect(code).toBe(0);
    expect(facts(out)).toMatchObject(verified);
    expect(out + err).not.toContain(ADMIN_SECRET);
  });

  test('with the profile’s secret, even if KALTURA_SECRET is set', async () => {
    const setup = {
      input: V2,
      profiles: [profile()],
      storedSecret: ADMIN_SECRET,
      env: { KALTURA_SECRET: 'f'.repeat(32) },
    };
    const { code, out } = await run(['--profile', 'PROD', '--json'], setup);
    expect(code).toBe(0);
    expect(facts(out)).toMatchObject({ ...verified, profile: 'prod', serviceUrl: profile().serviceUrl });
  });

  test('with a typed secret if the profile asks for it each time', async () => {
    const setup = { typed: [ADMIN_SECRET], files: { k: V2 }, profiles: [profile({ secretSource: { kind: 'ask' } })] };
    const { code, out, err } = await run(['--ks-file', 'k', '--profile', 'prod', '--json'], setup);
    expect(code).toBe(0);
    expect(facts(out)).toMatchObject(verified);
    expect(err).toContain('Administrator Secret of partner 2345678');
    const withoutTerminal = await run(['--ks-file', 'k', '--profile', 'prod', '--json'], {
      ...setup,
      typed: undefined as never,
    });
    expect(facts(withoutTerminal.out)).toMatchObject({ signature: 'unchecked' });
  });

  test('and reads no secret of another account, and no password', async () => {
    for (const [more, words] of [
      [{ partnerId: 5 }, 'is for partner 5. Its secret is not used'],
      [{ method: 'login', loginId: 'a@b.c' }, 'only the account’s Administrator Secret verifies a key'],
    ] as const) {
      const { out, err, read } = await run(['--profile', 'prod', '--json'], { input: V2, profiles: [profile(more)] });
      expect(facts(out)).toMatchObject({ signature: 'unchecked' });
      expect(err).toContain(words);
      expect(read).toEqual([]);
    }
  });

  test('and exits with 1 for a wrong secret, with a warning about unverified details', async () => {
    const encrypted = await run(['--json'], { input: V2, env: { KALTURA_SECRET: 'f'.repeat(32) } });
    expect(encrypted.code).toBe(1);
    expect(facts(encrypted.out)).toMatchObject({ signature: 'invalid', partnerId: ACCOUNT, userId: null });
    const readable = await run([], { input: V1, env: { KALTURA_SECRET: 'f'.repeat(32) } });
    expect(readable.code).toBe(1);
    expect(readable.out).toContain('danger: the details of this key may be forged');
  });

  test('of the practice server without a secret, and says that it is a practice key', async () => {
    const fields = {
      partnerId: PRACTICE_CREDENTIALS.partnerId,
      type: 0,
      expiresAt: NOW / 1000 + 60,
      userId: 'jo',
      privileges: '',
    };
    const { code, out } = await run([], {
      input: signKsV2(fields, new Secret(PRACTICE_CREDENTIALS.adminSecret), new Uint8Array(16)),
    });
    expect(code).toBe(0);
    expect(out).toContain('This key works only on the practice server');
  });
});

describe('inspect exits with 1', () => {
  test('for an expired key, and shows its details', async () => {
    const { code, out } = await run([], { input: EXPIRED, env: { KALTURA_SECRET: ADMIN_SECRET } });
    expect(code).toBe(1);
    expect(out).toMatch(/Sun 13 Sept? 2020, 12:26 \(expired 2263 days ago\)/);
  });

  test('for a damaged key, and names the damage, also as JSON', async () => {
    const text = await run([], { input: V2.slice(0, -4) });
    expect(text.code).toBe(1);
    expect(text.out).toContain('The key is damaged: a part is missing');
    const json = await run(['--json'], { input: V2.slice(0, -4) });
    expect(json.code).toBe(1);
    expect(facts(json.out)).toMatchObject({ version: 2, partnerId: ACCOUNT, signature: 'invalid', fault: 'cut-off' });
  });
});

describe('the server of the key', () => {
  const AT = ['--url', 'https://video.example.com'];
  const EU = ['--region', 'eu'];

  test('is asked only with --ask-server, and returns the details', async () => {
    expect((await run(EU, { input: V2 })).requests).toEqual([]);
    const { code, out, requests } = await run([...AT, '--ask-server', '--json'], {
      input: V2,
      http: answering('246-login-expiry-99999999-get'),
    });
    expect(code).toBe(0);
    expect(facts(out)).toMatchObject({
      signature: 'valid',
      userId: 'admin@example.com',
      type: 'ADMIN',
      privileges: '*',
      serviceUrl: 'https://video.example.com',
    });
    expect(requests).toEqual([
      {
        url: 'https://video.example.com/api_v3/service/session/action/get',
        form: { format: '1', ks: V2 },
        secrets: [expect.any(Secret)],
        signal: expect.anything(),
      },
    ]);
  });

  test('is not asked if a secret verified the key', async () => {
    const setup = { input: V2, env: { KALTURA_SECRET: ADMIN_SECRET } };
    const { requests, err } = await run([...EU, '--ask-server'], setup);
    expect(requests).toEqual([]);
    expect(err).toContain('whether it was revoked: kaltura-ks check');
  });

  test('is not asked about an expired key that a secret verified', async () => {
    const setup = { input: EXPIRED, env: { KALTURA_SECRET: ADMIN_SECRET } };
    const { requests, err } = await run([...EU, '--ask-server'], setup);
    expect(requests).toEqual([]);
    expect(err).toContain('The server was not asked');
    expect(err).not.toContain('revoked');
  });

  test.each([
    ['152-get-user-ks', 0, 'unknown whether the key works', { signature: 'unchecked', forbidden: true }],
    ['165-get-expired-ks-v2', 1, 'The key has expired', { signature: 'valid', ended: 'EXPIRED' }],
    ['189-end-then-get', 1, 'the key was revoked', { signature: 'valid', ended: 'LOGOUT' }],
    ['134-use-iprestrict-other', 0, 'doesn’t work from here', { signature: 'valid' }],
    ['162-get-ks-wrong-secret-v2', 1, 'can’t read the key', { signature: 'unchecked', refused: true }],
  ])('answers %s, which gives exit code %i', async (name, code, words, json) => {
    const text = await run([...EU, '--ask-server'], { input: V2, http: answering(name) });
    expect(text.code).toBe(code);
    expect(text.out).toContain(words);
    const asJson = await run([...EU, '--ask-server', '--json'], { input: V2, http: answering(name) });
    expect(asJson.code).toBe(code);
    expect(facts(asJson.out)).toMatchObject(json);
  });

  test('refuses for another reason: exit code 1, with the cause and the readable details', async () => {
    const http = answering('181-get-ks-of-blocked-partner104');
    const { code, out, err } = await run([...EU, '--ask-server', '--json'], { input: V2, http });
    expect(code).toBe(1);
    expect(facts(out)).toMatchObject({ version: 2, partnerId: ACCOUNT, signature: 'unchecked' });
    expect(err).toContain('SERVICE_FORBIDDEN_CONTENT_BLOCKED');
    expect(out + err).not.toContain(V2.slice(0, 20));
  });

  test('is named in a question on a terminal, and asked after y', async () => {
    const http = answering('152-get-user-ks');
    const yes = await run(EU, { typed: [V2, 'y'], http });
    expect(yes.err).toContain('Ask EU (https://api.eu.kaltura.com)');
    expect({ code: yes.code, asked: yes.requests.length }).toEqual({ code: 0, asked: 1 });
    for (const answer of ['', 'n', 'maybe']) {
      const no = await run(EU, { typed: [V2, answer], http });
      expect({ code: no.code, asked: no.requests.length }).toEqual({ code: 0, asked: 0 });
      expect(no.out).toContain(String(ACCOUNT));
    }
  });

  test('is not asked if it is unknown, if its URL is plain http, or with --no-input', async () => {
    const { code, requests, err } = await run([], { typed: [V2] });
    expect({ code, requests }).toEqual({ code: 0, requests: [] });
    expect(err).not.toContain('Ask ');
    expect((await run([...EU, '--no-input', '--ks-file', 'k'], { typed: [], files: { k: V2 } })).requests).toEqual([]);
    const unknown = await run(['--ask-server'], { input: V2 });
    expect({ code: unknown.code, requests: unknown.requests }).toEqual({ code: 2, requests: [] });
    const inTheClear = await run(['--ask-server', '--url', 'http://video.example.com'], { input: V2 });
    expect({ code: inTheClear.code, requests: inTheClear.requests }).toEqual({ code: 2, requests: [] });
  });

  test('is not asked after Ctrl+C at a question: exit code 130', async () => {
    expect(await run(EU, { typed: [V2, '\x03'] })).toMatchObject({ code: 130, out: '', requests: [] });
    expect(await run([], { typed: ['\x03'] })).toMatchObject({ code: 130, out: '', requests: [] });
  });
});

test('inspect prints no control characters of a hostile key', async () => {
  const fields = {
    partnerId: ACCOUNT,
    type: 2,
    expiresAt: 1893456000,
    userId: '\x1b[2J\u202Eevil\u2028\x07',
    privileges: `a\x1b]0;t\x07:\u200Bb,list:${V1}`,
  };
  const ks = signKsV2(fields, new Secret(ADMIN_SECRET), new Uint8Array(16));
  for (const args of [[], ['--json']]) {
    const { out, err } = await run(args, { input: ks, env: { KALTURA_SECRET: ADMIN_SECRET } });
    expect(out.replaceAll('\n', '') + err.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    if (args.length === 0) expect(out).not.toContain(V1);
    else expect(facts(out)).toMatchObject({ userId: fields.userId, privileges: fields.privileges });
  }
});

test('inspect verifies a key that token created', async () => {
  const sandbox = await openSandbox();
  const made = await sandbox.run(
    ['token', '--method', 'local', '--region', 'us', '--partner', '5', '--user', 'jo', '--no-clock-check'],
    { env: { KALTURA_SECRET: ADMIN_SECRET } },
  );
  const { code, stdout, stderr } = await sandbox.run(['inspect', '--json'], {
    input: made.stdout,
    env: { KALTURA_SECRET: ADMIN_SECRET },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(facts(stdout)).toMatchObject({ version: 2, partnerId: 5, userId: 'jo', type: 'USER', signature: 'valid' });
  const ended = await sandbox.run(['inspect'], { input: EXPIRED, env: { KALTURA_SECRET: ADMIN_SECRET } });
  expect(ended.code).toBe(1);
});

test('inspect explains a profile name that was given instead of a key', async () => {
  const sandbox = await openSandbox();
  await sandbox.run(['profiles', 'add', 'demo', '--region', 'practice']);
  const { code, stderr } = await sandbox.run(['inspect', 'demo']);
  expect([code, stderr]).toEqual([
    1,
    'kaltura-ks: “demo” is a saved profile, not a key. To inspect a key of the profile: kaltura-ks token demo | kaltura-ks inspect\n',
  ]);
});
