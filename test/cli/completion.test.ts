import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlace, type Place } from '../commands/program.js';

// Looked for on this machine; they need not be there.
const [ZSH, FISH] = ['zsh', 'fish'] as const;

const isHere = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined;

async function withProgram(): Promise<Place> {
  const place = await openPlace();
  mkdirSync(join(place.home, 'bin'));
  const program = `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.js')}' "$@"\n`;
  writeFileSync(join(place.home, 'bin', 'kaltura-ks'), program, { mode: 0o755 });
  for (const name of ['prod', 'prod eu', `it's $(touch pwned)`]) {
    await place.run(['profiles', 'add', name, '--region', 'practice']);
  }
  return place;
}

/** What a real bash offers after these words, the last of which is being typed. */
async function offered(place: Place, ...words: string[]): Promise<string[]> {
  const { stdout } = await place.run(['completion', 'bash']);
  const script = `${stdout}
COMP_WORDS=(kaltura-ks "$@"); COMP_CWORD=$#; _kaltura_ks; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { ...place.env, PATH: `${join(place.home, 'bin')}:/usr/bin:/bin` };
  const printed = execFileSync('bash', ['--norc', '-c', script, 'bash', ...words], {
    encoding: 'utf8',
    env,
    cwd: place.home,
  });
  return printed.split('\n').filter((line) => line !== '');
}

describe('in a real bash', () => {
  test('commands, the commands in them, flags and their values', async () => {
    const place = await withProgram();
    expect(await offered(place, '')).toEqual(
      expect.arrayContaining(['token', 'exec', 'profiles', 'status', 'completion', 'forget', 'practice']),
    );
    expect(await offered(place, 'to')).toEqual(['token']);
    expect(await offered(place, 'profiles', 're')).toEqual(['rename', 'remove']);
    expect(await offered(place, 'token', '--secret')).toEqual(['--secret-stdin', '--secret-file']);
    expect(await offered(place, 'token', '--region', '')).toEqual(['us', 'eu', 'de', 'sg', 'ap', 'ca', 'practice']);
    expect(await offered(place, 'token', '--type', 'a')).toEqual(['admin']);
    expect(await offered(place, 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await offered(place, 'status', '--')).toEqual(['--json', '--timeout', '--show-answer', '--help']);
  });

  test('names of profiles, quoted, whatever is in them', async () => {
    const place = await withProgram();
    expect(await offered(place, 'token', 'prod')).toEqual(['prod', 'prod\\ eu']);
    const all = await offered(place, 'exec', '');
    expect(all).toHaveLength(3);
    // Read back by the shell, they are what they were; and nothing of them was run.
    const read = execFileSync('bash', ['-c', `printf '%s\\n' ${all.join(' ')}`], { encoding: 'utf8', cwd: place.home });
    expect(read.split('\n')).toContain(`it's $(touch pwned)`);
    expect(spawnSync('ls', [place.home], { encoding: 'utf8' }).stdout).not.toContain('pwned');
    expect(await offered(place, 'profiles', 'add', 'p')).toEqual([]);
    expect(await offered(place, 'token', '--partner', 'p')).toEqual([]);
  });

  test('files where a file is meant, programs behind --', async () => {
    const place = await withProgram();
    expect(await offered(place, 'profiles', 'import', 'b')).toEqual(['bin']);
    expect(await offered(place, 'token', '--secret-file', 'b')).toEqual(['bin']);
    expect(await offered(place, 'exec', 'prod', '--', 'ca')).toContain('cat');
  });
});

describe('other shells', () => {
  test.runIf(isHere(ZSH))('a real zsh reads the script (where there is one)', async () => {
    const place = await withProgram();
    const { stdout } = await place.run(['completion', 'zsh']);
    expect(spawnSync(ZSH, ['-fc', `autoload -U compinit; compinit -u; ${stdout}`], { env: place.env }).status).toBe(0);
  });

  test.runIf(isHere(FISH))('a real fish completes (where there is one)', async () => {
    const place = await withProgram();
    const { stdout } = await place.run(['completion', 'fish']);
    const env = { ...place.env, PATH: `${join(place.home, 'bin')}:/usr/bin:/bin` };
    const complete = (line: string) =>
      execFileSync(FISH, ['-c', `${stdout}\ncomplete -C '${line}'`], { encoding: 'utf8', env });
    expect(complete('kaltura-ks tok')).toMatch(/^token\t/);
    expect(complete('kaltura-ks token pro')).toContain('prod');
  });

  test('the scripts for zsh and fish know every command and flag', async () => {
    const place = await openPlace();
    for (const shell of ['zsh', 'fish']) {
      const { stdout } = await place.run(['completion', shell]);
      for (const word of ['token', 'rename', 'app-token-id', 'min-ttl', 'practice']) expect(stdout).toContain(word);
    }
  });
});

test('names are read only: nothing is set aside or made on the way', async () => {
  const place = await openPlace();
  expect((await place.run(['completion', 'names'])).stdout).toBe('');
  await place.run(['profiles', 'add', 'one', '--region', 'practice']);
  const folder = join(place.home, '.config', 'kaltura-ks', 'profiles');
  writeFileSync(join(folder, 'bad.json'), '{');
  expect((await place.run(['completion', 'names'])).stdout).toBe('one\n');
  expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).toBe('bad.json\none.json\n');
});
