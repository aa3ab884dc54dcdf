import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/kaltura/accounts/practice-account.js';
import { signKsV1 } from '../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import cases from '../fixtures/field-cases.json' with { type: 'json' };
import { sampleProfile } from '../profiles/sample-profile.js';
import { everyNth } from '../sizes.js';
import { NOW, run, type Setup } from './run-inspect.js';

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

const SECRETS = {
  practice: PRACTICE_CREDENTIALS.adminSecret,
  own: '0123456789abcdef'.repeat(2),
  unknown: 'f'.repeat(32),
} as const;
type SecretName = keyof typeof SECRETS;

const ACCOUNTS = { practice: [1234567, 1234568, 1234569], other: [2345678] } as const;

function keyFor(version: 1 | 2, partnerId: number, signer: SecretName): string {
  const fields = { partnerId, type: 2, expiresAt: NOW / 1000 + 3600, userId: 'jo', privileges: '' };
  const secret = new Secret(SECRETS[signer]);
  return version === 1 ? signKsV1(fields, secret, '1') : signKsV2(fields, secret, new Uint8Array(16));
}

/** Arguments and setup of a call of inspect with a given secret. */
interface InspectCall {
  readonly args: readonly string[];
  readonly setup: Setup;
}

/** The sources of a secret, and how the text names them. */
const SOURCES: Readonly<
  Record<string, { readonly give: (secret: string, partnerId: number) => InspectCall; readonly text: string }>
> = {
  stdin: {
    give: (secret) => ({ args: ['--secret-stdin'], setup: { input: `${secret}\n` } }),
    text: 'the secret from standard input',
  },
  file: {
    give: (secret) => ({ args: ['--secret-file', 's'], setup: { files: { s: secret } } }),
    text: 'the secret from --secret-file',
  },
  variable: {
    give: (secret) => ({ args: [], setup: { env: { KALTURA_SECRET: secret } } }),
    text: 'the secret from KALTURA_SECRET',
  },
  profile: {
    give: (secret, partnerId) => {
      const secretSource = { kind: 'keychain' } as const;
      const profile = sampleProfile({ name: 'prod', partnerId, method: 'server', secretSource });
      return { args: ['--profile', 'prod'], setup: { profiles: [profile], storedSecret: secret } };
    },
    text: 'the secret of profile “prod”',
  },
};

async function verdictOn(ks: string, { args, setup }: InspectCall) {
  const all: Setup = { ...setup, files: { ...setup.files, k: ks } };
  const json = await run(['--ks-file', 'k', '--json', ...args], all);
  const text = await run(['--ks-file', 'k', ...args], all);
  expect(text.code).toBe(json.code);
  const { signature, verifiedBy } = JSON.parse(json.out) as { signature: string; verifiedBy: string | null };
  return { code: json.code, signature, verifiedBy, text: text.out };
}

/** Version, account, signer, given secret (or null), and verdict on the signature. */
type Row = readonly [1 | 2, keyof typeof ACCOUNTS, SecretName, SecretName | null, 'valid' | 'invalid' | 'unchecked'];

/** Every combination of key and secret, with its verdict. Both versions give the same verdicts. */
const ROWS: readonly Row[] = ([1, 2] as const).flatMap((version): Row[] => [
  [version, 'practice', 'practice', null, 'valid'],
  [version, 'practice', 'practice', 'practice', 'valid'],
  [version, 'practice', 'practice', 'own', 'invalid'],
  [version, 'practice', 'own', null, 'unchecked'],
  [version, 'practice', 'own', 'practice', 'invalid'],
  [version, 'practice', 'own', 'own', 'valid'],
  [version, 'practice', 'unknown', null, 'unchecked'],
  [version, 'practice', 'unknown', 'practice', 'invalid'],
  [version, 'practice', 'unknown', 'own', 'invalid'],
  [version, 'other', 'practice', null, 'unchecked'],
  [version, 'other', 'practice', 'practice', 'invalid'],
  [version, 'other', 'practice', 'own', 'invalid'],
  [version, 'other', 'own', null, 'unchecked'],
  [version, 'other', 'own', 'practice', 'invalid'],
  [version, 'other', 'own', 'own', 'valid'],
  [version, 'other', 'unknown', null, 'unchecked'],
  [version, 'other', 'unknown', 'practice', 'invalid'],
  [version, 'other', 'unknown', 'own', 'invalid'],
]);

describe.each(ROWS.map((row, index) => [...row, index] as const))(
  'version %i, %s account, signed with %s, given secret: %s',
  (version, account, signer, given, verdict, index) => {
    if (given === null) {
      test.each(ACCOUNTS[account])(`partner %i: ${verdict}`, async (partnerId) => {
        const found = await verdictOn(keyFor(version, partnerId, signer), { args: [], setup: {} });
        const verifiedBy = verdict === 'valid' ? 'practice' : null;
        expect(found).toMatchObject({ code: 0, signature: verdict, verifiedBy });
        if (verdict === 'valid') expect(found.text).toContain('valid: signed with the practice secret');
        else expect(found.text).not.toContain('valid:');
      });
      return;
    }
    const cases = ACCOUNTS[account].flatMap((partnerId) =>
      Object.entries(SOURCES).map(([name, source]) => ({ partnerId, name, ...source })),
    );
    // Each row starts with another case, so that even the smaller settings test each partner and each source.
    const start = index % cases.length;
    const rotated = [...cases.slice(start), ...cases.slice(0, start)];
    test.each(everyNth(12, rotated))(`partner $partnerId: ${verdict}, from $name`, async (one) => {
      const { partnerId, name, give, text } = one;
      const found = await verdictOn(keyFor(version, partnerId, signer), give(SECRETS[given], partnerId));
      expect(found).toMatchObject({
        code: verdict === 'valid' ? 0 : 1,
        signature: verdict,
        verifiedBy: verdict === 'valid' ? name : null,
      });
      const isPublic = account === 'other' && given === 'practice';
      expect(found.text).toContain(isPublic ? 'is accepted for practice accounts only' : `signed with ${text}`);
    });
  },
);

test('a practice profile of another account verifies nothing with the public secret', async () => {
  const profile = sampleProfile({ name: 'prod', region: 'practice', partnerId: 2345678, method: 'server' });
  for (const version of [1, 2] as const) {
    const ks = keyFor(version, 2345678, 'practice');
    const found = await verdictOn(ks, { args: ['--profile', 'prod'], setup: { profiles: [profile] } });
    expect(found).toMatchObject({ code: 1, signature: 'invalid', verifiedBy: null });
  }
});

describe('the forged key of the field cases', () => {
  const forged = cases.cases.find(({ id }) => id === 'forged_v2')?.text as string;

  test.each(Object.entries(SOURCES))('is invalid with another secret from %s', async (_name, { give, text }) => {
    const found = await verdictOn(forged, give(SECRETS.own, 2345678));
    expect(found).toMatchObject({ code: 1, signature: 'invalid', verifiedBy: null });
    expect(found.text).toContain(`not signed with ${text}`);
    expect(found.text).not.toContain('ADMIN');
  });

  test.each(Object.entries(SOURCES))('is invalid with the practice secret from %s too', async (_name, { give }) => {
    const found = await verdictOn(forged, give(SECRETS.practice, 2345678));
    expect(found).toMatchObject({ code: 1, signature: 'invalid', verifiedBy: null });
    expect(found.text).toContain('can’t verify a key of partner 2345678');
  });

  test('is not read without a secret', async () => {
    const found = await verdictOn(forged, { args: [], setup: {} });
    expect(found).toMatchObject({ code: 0, signature: 'unchecked', verifiedBy: null });
    expect(found.text).not.toContain('ADMIN');
  });
});

describe('a self-hosted server that only a saved profile names', () => {
  const HOST = 'video.example.com';
  const profile = sampleProfile({ name: 'own', region: 'own', serviceUrl: `https://${HOST}`, partnerId: 2345678 });
  const setup: Setup = { profiles: [profile], files: { k: keyFor(2, 2345678, 'unknown') } };
  const args = ['--ks-file', 'k', '--ask-server'];

  test('gets no key before the user agrees', async () => {
    const asked = { ...setup, http: async () => ({ status: 200, headers: {}, body: '{}' }) };
    const refused = await run(args, { ...asked, typed: ['n'] });
    expect(refused).toMatchObject({ code: 1, requests: [] });
    expect(refused.err).toContain(`Send it to ${HOST}, the server of profile “own”?`);
    const agreed = await run(args, { ...asked, typed: ['y'] });
    expect(agreed.requests.map(({ url }) => new URL(url).host)).toEqual([HOST]);
  });

  test.each([
    ['without a terminal', []],
    ['with --no-input', ['--no-input']],
  ])('gets no key %s', async (_how, more) => {
    const { code, requests, err } = await run([...args, ...more], setup);
    expect({ code, requests }).toEqual({ code: 2, requests: [] });
    expect(err).toContain('--region, --url or a profile');
  });
});
