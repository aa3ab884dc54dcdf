import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSandbox, type Sandbox } from '../commands/program.js';

const BREAKS = ' \t\n"\'@><=;|&(:';

async function sandboxWithProfiles(): Promise<Sandbox> {
  const sandbox = await openSandbox();
  for (const name of ['prod', 'prod eu', `it's $(touch pwned)`, 'a@b:c=d e']) {
    await sandbox.run(['profiles', 'add', name, '--region', 'practice']);
  }
  return sandbox;
}

/** Asks for completions as the scripts do, with a zero byte after each part of the input. */
async function complete(sandbox: Sandbox, ...parts: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await sandbox.run(['completion', 'words'], {
    input: parts.map((part) => `${part}\0`).join(''),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.split('\n').slice(0, -1);
}

const inBash = (sandbox: Sandbox, line: string) => complete(sandbox, 'bash', BREAKS, `kaltura-ks ${line}`);

describe('completed words', () => {
  test('are commands, flags, and the values of flags and arguments', async () => {
    const sandbox = await openSandbox();
    const words = async (line: string) => {
      const [kind, ...offered] = await inBash(sandbox, line);
      expect(kind).toBe('words');
      return offered;
    };
    expect(await words('')).toEqual(expect.arrayContaining(['token', 'exec', 'profiles', 'status', 'practice']));
    expect(await words('to')).toEqual(['token']);
    expect(await words('profiles re')).toEqual(['rename', 'remove']);
    expect(await words('token --secret')).toEqual(['--secret-stdin', '--secret-file']);
    expect(await words('token --region ')).toEqual(['us', 'eu', 'de', 'sg', 'ap', 'ca', 'practice']);
    // readline keeps `--region=`, because `=` is a word break.
    expect(await words('check --region=p')).toEqual(['practice']);
    expect(await words('token --export=f')).toEqual(['fish']);
    expect(await words('token --no-cache=x')).toEqual([]);
    expect(await words('token --type a')).toEqual(['admin']);
    expect(await words('completion ')).toEqual(['bash', 'zsh', 'fish', 'powershell']);
    expect(await words('call baseEntry.co')).toEqual(['baseEntry.count']);
    expect(await words('use ')).toEqual(expect.arrayContaining(['curl', 'python', 'testme']));
    expect(await words('use --type admin c')).toContain('curl');
    expect(await words('help exit')).toEqual(['exit-codes']);
    expect(await words('explain CATEGORY')).toEqual(['CATEGORY_NOT_FOUND']);
    expect(await words('status --')).toEqual(['--timeout', '--json', '--show-answer', '--dotenv', '--help']);
    expect(await words('status -- ')).toEqual([]);
  });

  test('are profile names for arguments that accept a saved profile', async () => {
    const sandbox = await sandboxWithProfiles();
    const lines = ['token prod', 'use curl prod', 'profiles export x prod', 'inspect --profile=prod'];
    for (const line of lines) expect(await inBash(sandbox, line)).toEqual(['words', 'prod', 'prod\\ eu']);
    expect(await inBash(sandbox, 'profiles add p')).toEqual(['words']);
    expect(await inBash(sandbox, 'token prod p')).toEqual(['words']);
    expect(await inBash(sandbox, 'token --partner p')).toEqual(['words']);
  });

  test('are quoted for bash like the rest of the word', async () => {
    const sandbox = await sandboxWithProfiles();
    expect(await inBash(sandbox, 'token it')).toEqual(['words', String.raw`it\'s\ \$\(touch\ pwned\)`]);
    expect(await inBash(sandbox, 'token "it')).toEqual(['words', String.raw`it's \$(touch pwned)`]);
    expect(await inBash(sandbox, `token 'it`)).toEqual(['words', String.raw`it'\''s $(touch pwned)`]);
    expect(await inBash(sandbox, String.raw`token prod\ `)).toEqual(['words', 'prod\\ eu']);
    expect(await inBash(sandbox, 'token a@b:')).toEqual(['words', 'c=d\\ e']);
    expect(await inBash(sandbox, 'token "a@b:')).toEqual(['words', 'a@b:c=d e']);
    expect(await inBash(sandbox, 'token a@')).toEqual(['words', '@b:c=d\\ e']);
  });

  test('have descriptions in zsh and fish, with escaped colons and backslashes', async () => {
    const sandbox = await sandboxWithProfiles();
    const zsh = await complete(sandbox, 'zsh', 'token', '--ex');
    expect(zsh).toContainEqual(expect.stringMatching(/^--expiry:the lifetime: 90m/));
    expect(await complete(sandbox, 'zsh', 'token', 'a')).toContain(String.raw`a@b\:c=d e`);
    expect(await complete(sandbox, 'zsh', 'token', '--region=')).toContain('practice');
    const fish = await complete(sandbox, 'fish', 'token', '--ex');
    expect(fish).toContainEqual(expect.stringMatching(/^--expiry\tthe lifetime: 90m/));
    expect(await complete(sandbox, 'fish', 'token', '--region=')).toContain('--region=practice\t');
  });
});

test('the shell completes files and the command of exec', async () => {
  const sandbox = await openSandbox();
  expect(await inBash(sandbox, String.raw`profiles import b\ c`)).toEqual(['files', 'b c', '']);
  expect(await inBash(sandbox, 'token --secret-file=a:b')).toEqual(['files', 'a:b', 'a:']);
  expect(await inBash(sandbox, 'exec prod -- ca')).toEqual(['command', 'ca', '']);
  expect(await complete(sandbox, 'fish', 'exec', '--', 'cat', 'x')).toEqual(['command']);
  expect(await complete(sandbox, 'zsh', 'inspect', '--ks-file', '')).toEqual(['files']);
});

test('completion creates and quarantines no file', async () => {
  const sandbox = await openSandbox();
  expect(await inBash(sandbox, 'token ')).toEqual(['words']);
  await sandbox.run(['profiles', 'add', 'one', '--region', 'practice']);
  const folder = join(sandbox.home, '.config', 'kaltura-ks', 'profiles');
  writeFileSync(join(folder, 'bad.json'), '{');
  expect(await inBash(sandbox, 'token ')).toEqual(['words', 'one']);
  expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).toBe('bad.json\none.json\n');
});

test('completion prints no error for missing or too long input', async () => {
  const sandbox = await openSandbox();
  expect(await complete(sandbox)).toEqual(expect.arrayContaining(['words']));
  expect((await complete(sandbox, 'bash', BREAKS, 'x'.repeat(1_100_000)))[0]).toBe('words');
});

test('PowerShell pipes the words, and the line break that it adds is ignored', async () => {
  const sandbox = await sandboxWithProfiles();
  const { stdout } = await sandbox.run(['completion', 'powershell']);
  expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName kaltura-ks');
  expect(stdout).toContain('$text | kaltura-ks completion words');
  // PowerShell adds a line break to the input of a program.
  const input = `${['powershell', 'token', '--region', ''].join('\0')}\0\r\n`;
  const { stdout: words } = await sandbox.run(['completion', 'words'], { input });
  expect(words.split('\n').slice(0, 2)).toEqual(['words', 'us\t']);
  const names = await complete(sandbox, 'powershell', 'token', '');
  expect(names).toContain("it's $(touch pwned)\t");
});
