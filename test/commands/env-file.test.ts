import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openKs } from '../../source/kaltura/ks/open.js';
import { Secret } from '../../source/kaltura/secret.js';
import { first } from '../sizes.js';
import { accountAt, LOCAL, openSandbox, openServer, openSilentServer, SECRET } from './program.js';

const env = { KALTURA_SECRET: SECRET };

const keyIn = (file: string): string => parseEnv(readFileSync(file, 'utf8'))['KALTURA_KS'] ?? '';

const hasGit = spawnSync('git', ['--version']).error === undefined;

describe('env-file', () => {
  test('writes a valid key to .env, and reports it only on standard error', async () => {
    const sandbox = await openSandbox();
    const file = join(sandbox.home, '.env');
    const url = await openServer();
    const { code, stdout, stderr } = await sandbox.run(['env-file', ...accountAt(url), '--user', 'jo'], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(openKs(keyIn(file), [new Secret(SECRET)])).toMatchObject({ userId: 'jo', type: 0 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stderr).toContain(`Created ${file} with KALTURA_KS`);
    expect(stderr).toContain(`Created ${file} with KALTURA_KS.`);
    expect(stderr).not.toContain(keyIn(file));
    expect((await sandbox.run(['check', '--ks-file', '.env', '--url', url, '--json'])).code).toBe(0);
  });

  test('changes only the line of the key in the given file, and removes access for other users', async () => {
    const sandbox = await openSandbox();
    mkdirSync(join(sandbox.home, 'app'));
    const file = join(sandbox.home, 'app', 'dev.env');
    writeFileSync(file, '# mine\r\nA=\'1\'\r\nexport KALTURA_KS="old" # old\r\nB=2');
    chmodSync(file, 0o644);
    const { code, stderr } = await sandbox.run(['env-file', ...LOCAL, '--file', 'app/dev.env'], { env });
    expect(code).toBe(0);
    const key = keyIn(file);
    expect(readFileSync(file, 'utf8')).toBe(`# mine\r\nA='1'\r\nexport KALTURA_KS="${key}" # old\r\nB=2`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stderr).toContain('caution: Other users of this computer can read the file now');
    expect(stderr).toContain('Now only you can');
  });

  test('writes a key of a profile', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'p', '--region', 'practice']);
    expect((await sandbox.run(['env-file', 'p'])).code).toBe(0);
    expect(keyIn(join(sandbox.home, '.env'))).toMatch(/^djJ8/);
  });

  test('creates no key if the file cannot be written', async () => {
    const sandbox = await openSandbox();
    const { url, onConnection } = await openSilentServer();
    let wasContacted = false;
    onConnection(() => {
      wasContacted = true;
    });
    mkdirSync(join(sandbox.home, '.env'));
    const folder = await sandbox.run(['env-file', ...accountAt(url)], { env });
    expect(folder).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('it is a folder') });
    const missing = await sandbox.run(['env-file', ...accountAt(url), '--file', 'none/.env'], { env });
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('its folder does not exist') });
    expect((await sandbox.run(['env-file', ...accountAt(url), '--file', ''], { env })).code).toBe(2);
    expect(wasContacted).toBe(false);
  });

  test.each(first(1, ['SIGINT', 'SIGTERM', 'SIGHUP']))(
    'finishes the file before %s ends it, and leaves no temporary file',
    async (signal) => {
      const sandbox = await openSandbox();
      const file = join(sandbox.home, '.env');
      writeFileSync(file, 'OTHER_SECRET=x\n');
      const hook = resolve('test/commands/fixtures/signal-at-sync.cjs');
      const hooked = { ...env, NODE_OPTIONS: `--require=${hook}`, SIGNAL_AT_SYNC: signal };
      const outcome = await sandbox.spawn(['env-file', ...LOCAL], { env: hooked });
      expect(outcome.signal).toBe(signal);
      expect(readFileSync(file, 'utf8')).toMatch(/^OTHER_SECRET=x\nKALTURA_KS=\S+\n$/);
      expect(readdirSync(sandbox.home).filter((name) => name.includes('.tmp'))).toEqual([]);
    },
  );

  test('refuses a link to a file outside of its folder, unless --force is given', async () => {
    const sandbox = await openSandbox();
    mkdirSync(join(sandbox.home, 'site'));
    const file = join(sandbox.home, 'shared.env');
    writeFileSync(file, 'A=1\n');
    symlinkSync(file, join(sandbox.home, 'site', '.env'));
    const args = ['env-file', ...LOCAL, '--file', 'site/.env'];
    const refused = await sandbox.run(args, { env });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`danger: The path is a symbolic link to ${file}. It is outside`);
    expect(refused.stderr).toContain(
      'Nothing was written. Give the path of the file itself, not of a link, or add --force',
    );
    expect(readFileSync(file, 'utf8')).toBe('A=1\n');
    expect((await sandbox.run([...args, '--force'], { env })).code).toBe(0);
    expect(keyIn(file)).toMatch(/^djJ8/);
  });

  test('leaves the file unchanged if no key is created', async () => {
    const sandbox = await openSandbox();
    const file = join(sandbox.home, '.env');
    writeFileSync(file, 'KALTURA_KS=old\n');
    const wrong = { KALTURA_SECRET: 'f'.repeat(32) };
    const { code } = await sandbox.run(['env-file', ...accountAt(await openServer())], { env: wrong });
    expect(code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('KALTURA_KS=old\n');
    expect(readdirSync(sandbox.home).filter((name) => name.includes('.tmp'))).toEqual([]);
  });
});

describe.skipIf(!hasGit)('in a git repository (skipped if git is not installed)', () => {
  async function openRepository() {
    const sandbox = await openSandbox();
    const git = (...args: string[]) => spawnSync('git', ['-C', sandbox.home, ...args], { env: sandbox.env });
    git('init', '-q');
    return { ...sandbox, git, file: join(sandbox.home, '.env') };
  }

  test('refuses a file that git would commit, and names the line to add to .gitignore', async () => {
    const sandbox = await openRepository();
    const { code, stdout, stderr } = await sandbox.run(['env-file', ...LOCAL], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('danger: git would commit this file');
    expect(stderr).toContain('Nothing was written. Add the line .env to .gitignore, or add --force');
    expect(existsSync(sandbox.file)).toBe(false);
    writeFileSync(join(sandbox.home, '.gitignore'), '.env\n');
    const again = await sandbox.run(['env-file', ...LOCAL], { env });
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('git ignores the file') });
    expect(keyIn(sandbox.file)).toMatch(/^djJ8/);
  });

  test('refuses a tracked file, even if .gitignore lists it', async () => {
    const sandbox = await openRepository();
    writeFileSync(sandbox.file, 'A=1\n');
    sandbox.git('add', '.env');
    writeFileSync(join(sandbox.home, '.gitignore'), '.env\n');
    const { code, stderr } = await sandbox.run(['env-file', ...LOCAL], { env });
    expect(code).toBe(1);
    expect(stderr).toContain('danger: git tracks this file');
    expect(stderr).toContain('git rm --cached');
    expect(readFileSync(sandbox.file, 'utf8')).toBe('A=1\n');
  });

  test('checks git again before writing, and refuses if .gitignore changed meanwhile', async () => {
    const sandbox = await openRepository();
    const ignored = join(sandbox.home, '.gitignore');
    writeFileSync(ignored, '.env\n');
    // The first check is done before the prompt for the secret.
    const type = () => {
      writeFileSync(ignored, '');
      return `${SECRET}\r`;
    };
    const { code, stderr } = await sandbox.run(['env-file', ...LOCAL], { typed: [type] });
    expect(code).toBe(1);
    expect(stderr).toMatch(/git ignores the file[\s\S]*git would commit it now/);
    expect(existsSync(sandbox.file)).toBe(false);
  });

  test('writes the file with --force, and still warns that git would commit it', async () => {
    const sandbox = await openRepository();
    const { code, stderr } = await sandbox.run(['env-file', ...LOCAL, '--force'], { env });
    expect(code).toBe(0);
    expect(stderr).toContain('danger: git would commit this file');
    expect(keyIn(sandbox.file)).toMatch(/^djJ8/);
  });

  test.each([
    ['y', true],
    ['n', false],
    ['', false],
  ])('asks on a terminal: answer %j, written: %s', async (answer, isWritten) => {
    const sandbox = await openRepository();
    const outcome = await sandbox.run(['env-file', ...LOCAL], { env, typed: [`${answer}\r`] });
    expect(outcome.code).toBe(isWritten ? 0 : 1);
    expect(outcome.stderr).toContain('Write the key to the file anyway?');
    expect(existsSync(sandbox.file)).toBe(isWritten);
  });
});
