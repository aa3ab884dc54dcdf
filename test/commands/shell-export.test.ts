import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportLine, quoted, type Shell, shellOf, unsetLine } from '../../source/commands/shared/shell-quoting.js';
import { LOCAL, openSandbox, PARTNER, SECRET } from './program.js';

const withSecret = (env = {}) => ({ env: { KALTURA_SECRET: SECRET, ...env } });
const HOSTILE = [
  `a'b`,
  `'`,
  '$(touch x)',
  '`id`',
  'a"b\\',
  '\\',
  '!!',
  'a\nb',
  ' ',
  '*',
  '~',
  '-n',
  '%PATH%',
  'a\u2019b',
];

/** May not be installed. */
const FISH = 'fish';

const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).error === undefined;

describe('quoting', () => {
  test('a real sh reads back every text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((one) => !one.includes('\0'));
    const texts = [...HOSTILE, ...fc.sample(text, 200)];
    // One shell reads all texts, which is faster.
    const script = texts.map((one) => `${exportLine('X', one, 'sh')}; printf '%s\\0' "$X"\n`).join('');
    const read = execFileSync('/bin/sh', ['-s'], { input: script, encoding: 'utf8' });
    expect(read.split('\0').slice(0, -1)).toEqual(texts);
  });

  test.runIf(isInstalled(FISH))('a real fish reads back every text (skipped if it is not installed)', () => {
    for (const text of HOSTILE) {
      expect(execFileSync(FISH, ['-c', `${exportLine('X', text, 'fish')}; printf %s "$X"`], { encoding: 'utf8' })).toBe(
        text,
      );
    }
  });

  test('fish and PowerShell escape or double the quotes', () => {
    expect(quoted(`a'b\\c`, 'fish')).toBe(`'a\\'b\\\\c'`);
    expect(quoted(`a'b\u2019c`, 'powershell')).toBe(`'a''b\u2019\u2019c'`);
    expect(exportLine('X', 'y', 'powershell')).toBe(`$env:X = 'y'`);
    expect(exportLine('X', 'y', 'fish')).toBe(`set -gx X 'y'`);
  });

  test.each<[string | undefined, Shell]>([
    ['/bin/bash', 'sh'],
    ['/usr/bin/zsh', 'sh'],
    ['/usr/bin/fish', 'fish'],
    ['/opt/pwsh', 'powershell'],
    [undefined, 'sh'],
  ])('the shell of SHELL=%s is %s', (shell, expected) => {
    expect(shellOf({ SHELL: shell })).toBe(expected);
  });
});

describe('--export', () => {
  test('prints lines that set the variables in a real sh', async () => {
    const sandbox = await openSandbox();
    const { stdout } = await sandbox.run(['token', ...LOCAL, '--export'], withSecret({ SHELL: '/bin/bash' }));
    const printed = execFileSync(
      '/bin/sh',
      ['-c', `${stdout}printf '%s %s %s %s' "$KALTURA_SERVICE_URL" "$KALTURA_URL" "$KALTURA_PARTNER_ID" "$KALTURA_KS"`],
      { encoding: 'utf8', env: {} },
    );
    expect(printed).toMatch(
      new RegExp(`^https://www\\.kaltura\\.com/api_v3 https://www\\.kaltura\\.com ${PARTNER} [A-Za-z0-9_=-]+$`),
    );
  });

  test.each(['sh', 'fish', 'powershell'] as const)(
    'unsets an inherited server in %s, for a key without one',
    async (shell) => {
      const sandbox = await openSandbox();
      const args = ['token', '--method', 'local', '--partner', PARTNER, '--export', shell];
      const fresh = await sandbox.run(args, withSecret());
      expect(fresh.stdout).toContain('KALTURA_PARTNER_ID');
      expect(fresh.stdout).not.toContain('KALTURA_SERVICE_URL');
      const { stdout } = await sandbox.run(
        args,
        withSecret({ KALTURA_SERVICE_URL: 'https://other.example', KALTURA_PARTNER_ID: '99' }),
      );
      expect(stdout.split('\n')).toContain(unsetLine('KALTURA_SERVICE_URL', shell));
      if (!isInstalled(shell)) return;
      const script = `${stdout}printf %s "$KALTURA_SERVICE_URL"`;
      const env = { KALTURA_SERVICE_URL: 'https://other.example' };
      expect(execFileSync(shell, ['-c', script], { encoding: 'utf8', env })).toBe('');
    },
  );

  test('uses the given shell, or else the one in SHELL', async () => {
    const sandbox = await openSandbox();
    const first = async (args: readonly string[], env = {}) =>
      (await sandbox.run(['token', ...LOCAL, ...args], withSecret(env))).stdout.split(' ')[0];
    expect(await first(['--export', 'fish'])).toBe('set');
    expect(await first(['--export=powershell'])).toBe('$env:KALTURA_KS');
    expect(await first(['--export'], { SHELL: '/usr/bin/fish' })).toBe('set');
    expect(await first(['--export', 'sh'], { SHELL: '/usr/bin/fish' })).toBe('export');
  });

  test('does not read a profile name as a shell', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'mine', '--region', 'practice']);
    const { code, stdout } = await sandbox.run(['token', '--export', 'mine'], { env: { SHELL: '/bin/sh' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^export KALTURA_KS='/);
  });
});
