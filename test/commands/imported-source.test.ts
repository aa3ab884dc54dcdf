import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandSpec } from '../../source/cli/specs/command-spec.js';
import { COMMANDS } from '../../source/cli/specs/program.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { writeProfile } from '../../source/profiles/record.js';
import type { SecretSource } from '../../source/secrets/source.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { openSandbox, type Sandbox } from './program.js';

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const PARTNER = '2345678';

const storeIn = (sandbox: Sandbox) =>
  createProfileStore({ configFolder: join(sandbox.home, '.config', 'kaltura-ks'), now: Date.now });

/** The file that the imported command creates when it runs. */
const markerFile = (sandbox: Sandbox): string => join(sandbox.home, 'it-ran');

const shell = (line: string, isConfirmed = false): SecretSource => ({
  kind: 'command',
  command: [line],
  usesShell: true,
  isConfirmed,
});

const markingLine = (sandbox: Sandbox): string => `touch '${markerFile(sandbox)}'; echo ${SECRET}`;

const imported = (secretSource: SecretSource) =>
  sampleProfile({
    name: 'p',
    region: 'us',
    serviceUrl: 'https://www.kaltura.com',
    method: 'local',
    partnerId: Number(PARTNER),
    type: 'USER',
    userId: 'jo',
    privileges: '',
    acceptedRisks: [],
    secretSource,
  });

/** A proxy that does not exist, so that no request leaves this computer. */
const NO_NETWORK = { HTTPS_PROXY: 'http://127.0.0.1:9' };

async function sandboxWith(secretSource: (sandbox: Sandbox) => SecretSource): Promise<Sandbox> {
  const sandbox = await openSandbox();
  await storeIn(sandbox).save(imported(secretSource(sandbox)));
  return sandbox;
}

const sandboxWithCommand = () => sandboxWith((sandbox) => shell(markingLine(sandbox)));

const sourceOfP = async (sandbox: Sandbox) =>
  (await storeIn(sandbox).load()).profiles.find(({ name }) => name === 'p')?.secretSource;

async function createKey(): Promise<string> {
  const sandbox = await openSandbox();
  const args = ['token', '--method', 'local', '--region', 'us', '--partner', PARTNER, '--type', 'user', '--user', 'jo'];
  return (await sandbox.run([...args, '--no-clock-check', '--secret-stdin'], { input: SECRET })).stdout;
}

/** Every command with arguments for the profile `p`, and whether it reads the secret of a profile. */
const CALLS: Readonly<Record<string, { readonly args: readonly string[]; readonly reads?: true }>> = {
  token: { args: ['p', '--no-clock-check'], reads: true },
  exec: { args: ['p', '--no-clock-check', '--', 'true'], reads: true },
  inspect: { args: ['--profile', 'p'], reads: true },
  explain: { args: ['CATEGORY_NOT_FOUND'] },
  call: { args: ['baseEntry.count', '--profile', 'p', '--timeout', '1s'], reads: true },
  help: { args: [] },
  check: { args: ['p', '--timeout', '1s'], reads: true },
  end: { args: ['p', '--yes'] },
  use: { args: ['curl', 'p'] },
  'env-file': { args: ['p', '--no-clock-check'], reads: true },
  'app-tokens list': { args: ['--profile', 'p', '--timeout', '1s'], reads: true },
  'app-tokens create': { args: ['--profile', 'p', '--user', 'jo', '--timeout', '1s'], reads: true },
  'app-tokens delete': { args: ['0_abcdefgh', '--profile', 'p', '--yes', '--timeout', '1s'], reads: true },
  'recipes list': { args: [] },
  'recipes show': { args: ['upload'] },
  regions: { args: [PARTNER, '--timeout', '1s'] },
  'profiles list': { args: [] },
  'profiles show': { args: ['p'] },
  'profiles add': { args: ['q', '--region', 'us', '--partner', PARTNER] },
  'profiles edit': { args: ['p', '--expiry', '1h'] },
  'profiles default': { args: ['p'] },
  'profiles rename': { args: ['p', 'q'] },
  'profiles remove': { args: ['p', '--yes'] },
  'profiles export': { args: [] },
  'profiles import': { args: ['absent.json'] },
  status: { args: ['--timeout', '1s'] },
  completion: { args: ['bash'] },
  forget: { args: ['--yes'] },
  practice: { args: ['--port', 'none'] },
};

const leavesOf = ({ name, commands }: CommandSpec): string[] => {
  const word = name.replace(/ .*/, '');
  return commands === undefined ? [word] : commands.flatMap(leavesOf).map((child) => `${word} ${child}`);
};

describe('an imported command that is not confirmed', () => {
  test('is tested with every command', () => {
    expect(Object.keys(CALLS).sort()).toEqual(COMMANDS.flatMap(leavesOf).sort());
  });

  const READING = Object.entries(CALLS).filter(([, { reads }]) => reads === true);

  test.each(READING)('is not run by %s, which says how to confirm it', async (command, { args }) => {
    const sandbox = await sandboxWithCommand();
    const input = command === 'inspect' ? await createKey() : '';
    const { code, stderr } = await sandbox.run([...command.split(' '), ...args], { env: NO_NETWORK, input });
    expect(existsSync(markerFile(sandbox))).toBe(false);
    expect(code).toBe(2);
    expect(stderr).toContain('--confirm-command');
    expect(stderr).toContain('https://www.kaltura.com');
    expect(await sourceOfP(sandbox)).toMatchObject({ isConfirmed: false });
  });

  test('is not run by any other command', async () => {
    const sandbox = await sandboxWithCommand();
    for (const [command, { args, reads }] of Object.entries(CALLS)) {
      if (reads === true) continue;
      const isThere = (await sourceOfP(sandbox)) !== undefined;
      // The previous command may have renamed or deleted the profile.
      if (!isThere) await storeIn(sandbox).save(imported(shell(markingLine(sandbox))));
      await sandbox.run([...command.split(' '), ...args], { env: NO_NETWORK });
      expect(existsSync(markerFile(sandbox)), command).toBe(false);
    }
  });

  test.each(READING)('is run by %s with --confirm-command, and stays confirmed', async (command, { args }) => {
    const sandbox = await sandboxWithCommand();
    const input = command === 'inspect' ? await createKey() : '';
    const [own, after] = [args.slice(0, args.indexOf('--') >>> 0), args.includes('--') ? ['--', 'true'] : []];
    const words = [...command.split(' '), ...own, '--confirm-command', ...after];
    const { stderr } = await sandbox.run(words, { env: NO_NETWORK, input });
    expect(stderr).toContain(`touch '${markerFile(sandbox)}'`);
    expect(stderr).not.toContain(SECRET);
    expect(existsSync(markerFile(sandbox))).toBe(true);
    expect(await sourceOfP(sandbox)).toMatchObject({ isConfirmed: true });
  });

  test('is shown by list, show and status, and shortened only in the list', async () => {
    const line = `pass show ${'kaltura/'.repeat(12)}secret`;
    const sandbox = await sandboxWith(() => shell(line));
    expect((await sandbox.run(['profiles', 'list'])).stdout).toMatch(
      /shell command \(not confirmed\): pass show .*…\n$/,
    );
    expect((await sandbox.run(['profiles', 'show', 'p'])).stdout).toContain(`shell command (not confirmed): ${line}\n`);
    expect((await sandbox.run(['status', '--timeout', '1s'], { env: NO_NETWORK })).stdout).toContain(line);
    const shown = JSON.parse((await sandbox.run(['profiles', 'show', 'p', '--json'])).stdout) as object;
    expect(shown).toMatchObject({ secretPlace: { command: [line], isConfirmed: false } });
  });
});

test('an imported variable is not read before it is confirmed', async () => {
  const sandbox = await sandboxWith(() => ({ kind: 'variable', name: 'AWS_SECRET_ACCESS_KEY', isConfirmed: false }));
  const env = { AWS_SECRET_ACCESS_KEY: SECRET };
  const refused = await sandbox.run(['token', 'p', '--no-clock-check'], { env });
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('AWS_SECRET_ACCESS_KEY');
  expect((await sandbox.run(['token', 'p', '--no-clock-check', '--confirm-command'], { env })).code).toBe(0);
  expect((await sandbox.run(['token', 'p', '--no-clock-check'], { env })).code).toBe(0);
});

test('a record of a version without confirmations counts as confirmed', async () => {
  const sandbox = await sandboxWithCommand();
  const file = join(sandbox.home, '.config', 'kaltura-ks', 'profiles', 'p.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/,\s*"isConfirmed": false/, ''));
  expect((await sandbox.run(['token', 'p', '--no-clock-check'])).code).toBe(0);
});

describe('profiles import', () => {
  const fileIn = (sandbox: Sandbox, ...records: object[]): string => {
    const file = join(sandbox.home, 'in.json');
    writeFileSync(file, JSON.stringify({ kalturaKsProfiles: 1, profiles: records }));
    return file;
  };
  const record = (secretSource: SecretSource, changes: object = {}) => ({
    ...writeProfile(imported(secretSource)),
    ...changes,
  });

  test('warns about a service URL that resembles another one', async () => {
    const sandbox = await openSandbox();
    const lookalike = { region: 'own', serviceUrl: 'https://www.kaltura.com.example.com' };
    const { stderr } = await sandbox.run(['profiles', 'import', fileIn(sandbox, record({ kind: 'ask' }, lookalike))]);
    expect(stderr).toContain('caution: service URL: this host doesn’t belong to Kaltura');
  });

  test.each([
    ['an erased line', '\u001B[1A\u001B[2K'],
    ['an OSC sequence', '\u001B]0;title\u0007'],
    ['reversed text', '\u202E'],
    ['a zero-width space', '\u200B'],
    ['a tag character', '\u{E0041}'],
    ['a line break', '\n'],
  ])('refuses a command with %s, and never prints the character', async (_what, attack) => {
    const sandbox = await openSandbox();
    for (const [usesShell, command] of [
      [true, [`touch x ${attack}`]],
      [false, ['touch', `x${attack}`]],
    ] as const) {
      const file = fileIn(sandbox, record({ kind: 'command', command, usesShell, isConfirmed: true }));
      const { code, stdout, stderr } = await sandbox.run(['profiles', 'import', file]);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('Not imported: “p”. The record contains an invisible or control character (U+');
      expect(stderr.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
    const add = ['profiles', 'add', 'q', '--region', 'us', '--partner', '5'];
    for (const flag of ['--from-command', '--from-shell']) {
      expect(await sandbox.run([...add, flag, `'touch${attack}'`])).toMatchObject({ code: 2 });
    }
    expect((await storeIn(sandbox).load()).profiles).toEqual([]);
  });

  test('refuses such a character in every other field of a record', async () => {
    const sandbox = await openSandbox();
    const ask: SecretSource = { kind: 'ask' };
    const file = fileIn(
      sandbox,
      ...['userId', 'holder', 'privileges', 'unknown'].map((field) => record(ask, { [field]: 'a\u200Bb' })),
      record(ask, { nested: [{ deep: ['\u001B'] }] }),
    );
    const { code, stderr } = await sandbox.run(['profiles', 'import', file]);
    expect(code).toBe(1);
    expect(stderr.match(/invisible or control character/g)).toHaveLength(5);
  });

  test('never imports a confirmation, accepted risks, or a reference to a stored secret', async () => {
    const sandbox = await openSandbox();
    const dangerous = { type: 'ADMIN', holder: 'browser', acceptedRisks: ['admin-for-others'] };
    const file = fileIn(
      sandbox,
      record(shell('true', true), dangerous),
      record({ kind: 'keychain' }, { name: 'k', secretPlace: { kind: 'keychain', secretEntry: 'a'.repeat(32) } }),
    );
    const { code, stderr } = await sandbox.run(['profiles', 'import', file]);
    expect(code).toBe(0);
    expect(stderr).toContain('Risks accepted in the file are not accepted here');
    expect(stderr).toContain('not confirmed yet');
    const { profiles } = await storeIn(sandbox).load();
    expect(profiles.map(({ secretSource, acceptedRisks }) => ({ secretSource, acceptedRisks }))).toEqual([
      { secretSource: { kind: 'ask' }, acceptedRisks: [] },
      { secretSource: shell('true'), acceptedRisks: [] },
    ]);
  });

  test('with --confirm-command prints the commands first and confirms them', async () => {
    const sandbox = await openSandbox();
    const file = fileIn(sandbox, record(shell(markingLine(sandbox))));
    const { stderr } = await sandbox.run(['profiles', 'import', file, '--confirm-command']);
    expect(stderr.indexOf('touch')).toBeGreaterThan(0);
    expect(stderr.indexOf('touch')).toBeLessThan(stderr.indexOf('Imported “p”'));
    expect((await sandbox.run(['token', 'p', '--no-clock-check'])).code).toBe(0);
  });

  test('keeps a confirmation only for the same command of the same account', async () => {
    const sandbox = await openSandbox();
    await storeIn(sandbox).save(imported(shell(markingLine(sandbox), true)));
    const again = async (changed: object): Promise<unknown> => {
      await sandbox.run([
        'profiles',
        'import',
        fileIn(sandbox, record(shell(markingLine(sandbox)), changed)),
        '--replace',
      ]);
      const secretSource = await sourceOfP(sandbox);
      await storeIn(sandbox).save(imported(shell(markingLine(sandbox), true)), { replace: true });
      return secretSource;
    };
    expect(await again({})).toMatchObject({ isConfirmed: true });
    expect(await again({ region: 'own', serviceUrl: 'https://evil.example' })).toMatchObject({ isConfirmed: false });
    const other = { ...record(shell('echo x')) };
    await sandbox.run(['profiles', 'import', fileIn(sandbox, other), '--replace']);
    expect(await sourceOfP(sandbox)).toMatchObject({ isConfirmed: false });
  });
});
