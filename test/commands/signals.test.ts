import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKeychain } from '../../source/platform/secrets/keychain.js';
import { LOCAL, openSandbox, SECRET } from './program.js';

/** A port that is neither the default, which another test may use, nor in the range that the system assigns to connections. */
const PRACTICE = ['practice', '--port', String(20_000 + (process.pid % 10_000))];

/** Finds the port of Node's debugger on standard error. */
const debuggerPort = (output: string): number | undefined => {
  const port = /ws:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
  return port === undefined ? undefined : Number(port);
};

const canConnect = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

test('SIGUSR1 opens no debugger', async () => {
  const sandbox = await openSandbox();
  let isSent = false;
  const { code, stderr } = await sandbox.spawn(PRACTICE, {
    onStderr: (output, child) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (isSent || url === undefined || !output.includes('to stop the server')) return;
      isSent = true;
      child.kill('SIGUSR1');
      // The answer shows that the signal was handled.
      void fetch(url).then(() => child.kill('SIGTERM'));
    },
  });
  expect(code).toBe(0);
  expect(stderr).not.toContain('Debugger');
});

test('a debugger that was opened during the start of Node is closed', async () => {
  const sandbox = await openSandbox();
  const hook = join(sandbox.home, 'early.cjs');
  // Loaded before the program. The debug port 0 makes Node choose a free port.
  writeFileSync(hook, `process.debugPort = 0; process.kill(process.pid, 'SIGUSR1');`);
  let isOpen: boolean | null = null;
  const { code, stderr } = await sandbox.spawn(PRACTICE, {
    env: { NODE_OPTIONS: `--require=${hook}` },
    onStderr: (output, child) => {
      const port = debuggerPort(output);
      if (isOpen !== null || port === undefined || !output.includes('to stop the server')) return;
      isOpen = true;
      void (async () => {
        while (await canConnect(port));
        isOpen = false;
        child.kill('SIGTERM');
      })();
    },
  });
  expect({ code, isOpen }).toEqual({ code: 0, isOpen: false });
  expect(stderr).toContain('Debugger listening');
});

test('the keychain process first listens for SIGUSR1', async () => {
  const started: string[] = [];
  const keychain = createKeychain({
    env: {},
    platform: 'linux',
    spawn: ((_node: string, args: string[]) => {
      started.push(...args);
      throw new Error('not needed here');
    }) as never,
    node: process.execPath,
    keyringFrom: __filename,
    randomBytes: (size) => Buffer.alloc(size),
    limit: 1000,
    longLimit: 1000,
    onWaiting: null,
    leaving: undefined,
  });
  await expect(keychain.has({ profile: 'p', what: 'secret' })).rejects.toThrow();
  expect(started[1]).toMatch(/^process\.on\('SIGUSR1',/);
});

test('variables with a secret are removed from the environment of the program', async () => {
  const sandbox = await openSandbox();
  const [hook, log] = [join(sandbox.home, 'names.cjs'), join(sandbox.home, 'names')];
  const note = `require('node:fs').writeFileSync('${log}', JSON.stringify(Object.keys(process.env)))`;
  writeFileSync(hook, `process.on('exit', () => ${note});`);
  const secrets = {
    KALTURA_SECRET: SECRET,
    KALTURA_PASSWORD: 'planted',
    KALTURA_APP_TOKEN: 'planted',
    KALTURA_CODE: '012345',
    KALTURA_PASSPHRASE: 'planted',
    KALTURA_KS: 'planted',
  };
  const env = { ...secrets, NODE_OPTIONS: `--require=${hook}`, STAYS: 'yes' };
  expect((await sandbox.spawn(['token', ...LOCAL], { env })).code).toBe(0);
  const names = JSON.parse(readFileSync(log, 'utf8')) as string[];
  expect(names).toContain('STAYS');
  expect(names.filter((name) => name in secrets)).toEqual([]);

  // The secret variable of a profile is removed too.
  const add = ['profiles', 'add', 'acme', ...LOCAL.slice(0, -1), '--from-variable', 'ACME_SECRET'];
  expect(await sandbox.run(add, { env: { ACME_SECRET: SECRET } })).toMatchObject({ code: 0 });
  const own = { ACME_SECRET: SECRET, NODE_OPTIONS: `--require=${hook}` };
  expect(await sandbox.spawn(['token', 'acme', '--no-clock-check'], { env: own })).toMatchObject({ code: 0 });
  expect(JSON.parse(readFileSync(log, 'utf8'))).not.toContain('ACME_SECRET');
});
