import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSandbox } from '../commands/program.js';

const PROGRAM = resolve('dist/cli.js');

const RUNTIMES = [
  ['bun', 'bun', []],
  ['deno', 'deno', ['run', '--allow-all', '--quiet']],
] as const;

describe('the built program in Bun and Deno', () => {
  for (const [name, file, args] of RUNTIMES) {
    const isMissing = spawnSync(file, ['--version']).error !== undefined;
    test.skipIf(isMissing)(
      `${name} encrypts a secret and creates a key with it (skipped if it is not installed)`,
      async () => {
        const { home, env } = await openSandbox();
        writeFileSync(join(home, 'secret.txt'), 'aaaabbbbccccddddaaaabbbbccccdddd', { mode: 0o600 });
        const run = (...words: string[]) =>
          spawnSync(file, [...args, PROGRAM, ...words], {
            cwd: home,
            encoding: 'utf8',
            env: { ...env, PATH: process.env['PATH'], KALTURA_PASSPHRASE: 'correct horse battery' },
          });
        const account = ['--region', 'eu', '--partner', '2345678', '--method', 'local'];
        const added = run('profiles', 'add', 'ci', ...account, '--store', 'file', '--secret-file', 'secret.txt');
        expect(added).toMatchObject({ status: 0, stderr: expect.stringContaining('saved') });
        expect(run('token', 'ci', '--no-clock-check')).toMatchObject({
          status: 0,
          stdout: expect.stringMatching(/^djJ8/),
        });
      },
    );
  }
});
