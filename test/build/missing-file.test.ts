import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const home = await mkdtemp(join(tmpdir(), 'kaltura-ks-'));
afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs a copy of the program without some of its files. */
async function runWithout(folder: string, isMissing: (name: string) => boolean, args: readonly string[]) {
  const dist = join(home, folder);
  await cp('dist', dist, { recursive: true });
  for (const name of await readdir(dist)) if (isMissing(name)) await rm(join(dist, name));
  const env = { PATH: process.env['PATH'], HOME: home, XDG_CONFIG_HOME: home };
  return spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], { env, encoding: 'utf8', input: '' });
}

test.each([
  ['of a command', (name: string) => name.startsWith('explain-'), ['explain', 'INVALID_KS']],
  ['that reports errors', (name: string) => name.startsWith('failure-'), ['token', '--unknown']],
  ['that every command needs', (name: string) => name.startsWith('chunk-'), ['status']],
])('the program names the fix, without a stack trace, if a file %s is missing', async (folder, isMissing, args) => {
  const { status, stdout, stderr } = await runWithout(folder, isMissing, args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^kaltura-ks: A file of kaltura-ks is missing, .*Start kaltura-ks again.*\n$/);
});
