import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlace, type Place } from '../commands/program.js';

const BREAKS = ' \t\n"\'@><=;|&(:';

async function withProfiles(): Promise<Place> {
  const place = await openPlace();
  for (const name of ['prod', 'prod eu', `it's $(touch pwned)`, 'a@b:c=d e']) {
    await place.run(['profiles', 'add', name, '--region', 'practice']);
  }
  return place;
}

/** Asks as the scripts do: the input on standard input, each part ended by a zero byte. */
async function answer(place: Place, ...parts: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await place.run(['completion', 'words'], {
    input: parts.map((part) => `${part}\0`).join(''),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.split('\n').slice(0, -1);
}

const inBash = (place: Place, line: string) => answer(place, 'bash', BREAKS, `kaltura-ks ${line}`);

describe('words', () => {
  test('are commands, flags, and the values of flags and arguments', async () => {
    const place = await openPlace();
    const words = async (line: string) => {
      const [kind, ...offered] = await inBash(place, line);
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

  test('are the names of profiles where a saved profile can stand', async () => {
    const place = await withProfiles();
    const lines = ['token prod', 'use curl prod', 'profiles export x prod', 'inspect --profile=prod'];
    for (const line of lines) expect(await inBash(place, line)).toEqual(['words', 'prod', 'prod\\ eu']);
    expect(await inBash(place, 'profiles add p')).toEqual(['words']);
    expect(await inBash(place, 'token prod p')).toEqual(['words']);
    expect(await inBash(place, 'token --partner p')).toEqual(['words']);
  });

  test('are quoted for bash as the line needs it', async () => {
    const place = await withProfiles();
    expect(await inBash(place, 'token it')).toEqual(['words', String.raw`it\'s\ \$\(touch\ pwned\)`]);
    expect(await inBash(place, 'token "it')).toEqual(['words', String.raw`it's \$(touch pwned)`]);
    expect(await inBash(place, `token 'it`)).toEqual(['words', String.raw`it'\''s $(touch pwned)`]);
    expect(await inBash(place, String.raw`token prod\ `)).toEqual(['words', 'prod\\ eu']);
    expect(await inBash(place, 'token a@b:')).toEqual(['words', 'c=d\\ e']);
    expect(await inBash(place, 'token "a@b:')).toEqual(['words', 'a@b:c=d e']);
    expect(await inBash(place, 'token a@')).toEqual(['words', '@b:c=d\\ e']);
  });

  test('have descriptions in zsh and fish, with colons and backslashes kept', async () => {
    const place = await withProfiles();
    const zsh = await answer(place, 'zsh', 'token', '--ex');
    expect(zsh).toContainEqual(expect.stringMatching(/^--expiry:the lifetime: 90m/));
    expect(await answer(place, 'zsh', 'token', 'a')).toContain(String.raw`a@b\:c=d e`);
    expect(await answer(place, 'zsh', 'token', '--region=')).toContain('practice');
    const fish = await answer(place, 'fish', 'token', '--ex');
    expect(fish).toContainEqual(expect.stringMatching(/^--expiry\tthe lifetime: 90m/));
    expect(await answer(place, 'fish', 'token', '--region=')).toContain('--region=practice\t');
  });
});

test('files and the command of exec are left to the shell', async () => {
  const place = await openPlace();
  expect(await inBash(place, String.raw`profiles import b\ c`)).toEqual(['files', 'b c', '']);
  expect(await inBash(place, 'token --secret-file=a:b')).toEqual(['files', 'a:b', 'a:']);
  expect(await inBash(place, 'exec prod -- ca')).toEqual(['command', 'ca', '']);
  expect(await answer(place, 'fish', 'exec', '--', 'cat', 'x')).toEqual(['command']);
  expect(await answer(place, 'zsh', 'inspect', '--ks-file', '')).toEqual(['files']);
});

test('names are read only: nothing is quarantined or created', async () => {
  const place = await openPlace();
  expect(await inBash(place, 'token ')).toEqual(['words']);
  await place.run(['profiles', 'add', 'one', '--region', 'practice']);
  const folder = join(place.home, '.config', 'kaltura-ks', 'profiles');
  writeFileSync(join(folder, 'bad.json'), '{');
  expect(await inBash(place, 'token ')).toEqual(['words', 'one']);
  expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).toBe('bad.json\none.json\n');
});

test('input that is missing or too long gets an answer without an error', async () => {
  const place = await openPlace();
  expect(await answer(place)).toEqual(expect.arrayContaining(['words']));
  expect((await answer(place, 'bash', BREAKS, 'x'.repeat(1_100_000)))[0]).toBe('words');
});

test('PowerShell sends the words through a pipe, gets them with descriptions, and ignores the line end that it adds', async () => {
  const place = await withProfiles();
  const { stdout } = await place.run(['completion', 'powershell']);
  expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName kaltura-ks');
  expect(stdout).toContain('$text | kaltura-ks completion words');
  // PowerShell ends what it sends to a program with a line end.
  const input = `${['powershell', 'token', '--region', ''].join('\0')}\0\r\n`;
  const { stdout: words } = await place.run(['completion', 'words'], { input });
  expect(words.split('\n').slice(0, 2)).toEqual(['words', 'us\t']);
  const names = await answer(place, 'powershell', 'token', '');
  expect(names).toContain("it's $(touch pwned)\t");
});
