import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SecretSource } from '../../../source/secrets/source.js';
import { faultOf, neverAsked, PLANTED, program, tempFolder, tempKeeper } from './temp-keeper.js';

const OF = { profile: 'Acme', what: 'secret' } as const;

const sourceOf = (...command: string[]): SecretSource => ({
  kind: 'command',
  command,
  usesShell: false,
  isConfirmed: true,
});
const shell = (line: string): SecretSource => ({
  kind: 'command',
  command: [line],
  usesShell: true,
  isConfirmed: true,
});

const read = async (where: SecretSource, deps: Parameters<typeof tempKeeper>[0] = {}, signal?: AbortSignal) =>
  (await tempKeeper(deps).keeper.read(where, OF, neverAsked, signal)).reveal();

test.each([
  ['without a line end', `printf %s '${PLANTED}'`],
  ['with one', `printf '%s\\n' '${PLANTED}'`],
  ['with that of Windows', `printf '%s\\r\\n' '${PLANTED}'`],
])('reads the secret that a command prints %s', async (_how, script) => {
  expect(await read(sourceOf(program('op', script)))).toBe(PLANTED);
});

test('removes one line end, and keeps spaces', async () => {
  expect(await read(sourceOf(program('op', `printf ' two words  \\n'`)))).toBe(' two words  ');
});

test('passes arguments unchanged, without a shell', async () => {
  const echo = program('echo-all', `printf '%s|' "$@"`);
  expect(await read(sourceOf(echo, '$HOME', 'a b', '; echo x', '*'))).toBe('$HOME|a b|; echo x|*|');
});

test('runs a line in a shell only on request', async () => {
  const path = program('op', `echo '${PLANTED} second'`);
  expect(await read(shell(`'${path}' | cut -d' ' -f1`))).toBe(PLANTED);
  expect((await faultOf(read(sourceOf(`${path} | cat`)))).fault).toBe('not-found');
});

test('passes the environment without the secrets in it', async () => {
  const env = {
    ...process.env,
    VAULT_ADDR: 'https://vault.example',
    KALTURA_SECRET: PLANTED,
    Kaltura_Password: PLANTED,
  };
  const path = program('vault', `env > "$0.env"; echo fine`);
  expect(await read(sourceOf(path), { env })).toBe('fine');
  const seen = readFileSync(`${path}.env`, 'utf8');
  expect(seen).toContain('VAULT_ADDR=https://vault.example');
  expect(seen).not.toContain(PLANTED);
});

test('gives the command an empty input', async () => {
  expect(await read(sourceOf(program('op', 'cat; echo done')))).toBe('done');
});

test.each([
  ['nothing', 'true', 'empty', 'The command “op” printed nothing.'],
  ['a line end', 'echo', 'empty', 'The command “op” printed nothing.'],
  ['several lines', 'echo one; echo two', 'failed', 'The command “op” printed several lines. A secret is one line.'],
  [
    'bytes that are not text',
    `printf '\\377\\376'`,
    'failed',
    'The command “op” printed something that is not UTF-8 text.',
  ],
  ['far too much', 'yes', 'too-long', 'The command “op” printed too much text for a secret.'],
] as const)('refuses the output of a command that prints %s', async (_what, script, fault, message) => {
  expect(await faultOf(read(sourceOf(program('op', script))))).toMatchObject({ fault, message });
});

test('reports a failure with the exit code, without any output of the command', async () => {
  const script = `echo '${PLANTED}'; echo 'vault sealed: ${PLANTED} token=abc' >&2; exit 3`;
  const error = await faultOf(read(sourceOf(program('vault', script), PLANTED)));
  expect(error.message).toBe('The command “vault” failed with exit code 3.');
  expect(error.remedy).toBe('To see its error message, run the command yourself in this terminal.');
});

test('reports a command with a long error message, and one that a signal ended', async () => {
  const long = await faultOf(read(sourceOf(program('op', 'yes never | head -c 1000000 >&2; exit 1'))));
  expect(long.message).toBe('The command “op” failed with exit code 1.');
  const silent = await faultOf(read(sourceOf(program('op', 'kill -TERM $$'))));
  expect(silent.message).toBe('The command “op” failed with SIGTERM.');
});

test('reports a command that does not exist, or can’t be run', async () => {
  expect(await faultOf(read(sourceOf('no-such-program-here')))).toMatchObject({
    fault: 'not-found',
    message: 'The command “no-such-program-here” was not found.',
  });
  expect((await faultOf(read(shell('no-such-program-here')))).message).toContain(
    'exit code 127 (the shell did not find it)',
  );
  expect(await faultOf(read(sourceOf(tempFolder())))).toMatchObject({ fault: 'denied' });
});

test('stops a command at the time limit, and writes nothing to its terminal before', async () => {
  const notices: string[] = [];
  const deps = { commandLimit: 300, keychainLimit: 50, onWaiting: (sentence: string) => notices.push(sentence) };
  expect(await faultOf(read(sourceOf(program('op', 'exec sleep 1000')), deps))).toMatchObject({
    fault: 'timed-out',
    message: 'The command “op” did not finish within 0.3 seconds and was stopped.',
  });
  expect(notices).toEqual([]);
});

test('can be canceled before and while the command runs', async () => {
  expect((await faultOf(read(sourceOf('true'), {}, AbortSignal.abort()))).fault).toBe('cancelled');
  const controller = new AbortController();
  const spawnAndAbort = ((...given: Parameters<typeof spawn>) => {
    setImmediate(() => controller.abort());
    return spawn(...given);
  }) as typeof spawn;
  const deps = { spawn: spawnAndAbort };
  expect((await faultOf(read(sourceOf(program('op', 'exec sleep 1000')), deps, controller.signal))).fault).toBe(
    'cancelled',
  );
});

test('does not wait for background processes of the command', async () => {
  const pidFile = join(tempFolder(), 'pid');
  const path = program('op', `sleep 1000 & echo $! > '${pidFile}'; echo '${PLANTED}'`);
  expect(await read(sourceOf(path))).toBe(PLANTED);
  process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
});

test('explains how to print only the first line', async () => {
  const path = program('pass', 'echo one; echo two');
  expect((await faultOf(read(sourceOf(path, 'show', 'kaltura/secret')))).remedy).toBe(
    `To take the first line, use a shell line (--from-shell): ${path} show kaltura/secret | head -n 1`,
  );
  expect((await faultOf(read(shell(path)))).remedy).toBe(
    `To take the first line, change the command to: ${path} | head -n 1`,
  );
  expect(await read(shell(`${path} | head -n 1`))).toBe('one');
});

test('can’t save a secret with a command', async () => {
  const { keeper } = tempKeeper();
  const where = sourceOf('true');
  expect(await keeper.remove(where, OF)).toBe(false);
  expect((await faultOf(keeper.read(where, { ...OF, what: 'key' }, neverAsked))).fault).toBe('read-only');
});
