import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CommandSpec } from '../../source/cli/specs/command-spec.js';
import { COMMANDS } from '../../source/cli/specs/program.js';
import { LOCAL, openSandbox, openServer, PARTNER, type RunOptions, type Sandbox, SECRET, signKey } from './program.js';

/** The home folder has the file `key` with a key of the practice server at `url`, and `encrypted` with a key of an unknown secret. */
interface Setup {
  readonly sandbox: Sandbox;
  readonly url: string;
}

interface Case {
  readonly command: string;
  readonly what: string;
  readonly args: readonly string[];
  readonly exit: number;
  /** Whether the document has the key `error`. */
  readonly isError: boolean;
  readonly env?: RunOptions['env'];
  /** Runs before the command. The result replaces `{id}` in the arguments. */
  readonly prepare?: (setup: Setup) => Promise<string> | Promise<void> | void;
}

const WRONG_SECRET = 'f'.repeat(32);
const UNREACHABLE = 'http://127.0.0.1:9';
const PROXY = { HTTPS_PROXY: UNREACHABLE, https_proxy: UNREACHABLE, NO_PROXY: undefined, no_proxy: undefined };
const KEY = ['--ks-file', 'key'];
const AT_SERVER = [...KEY, '--url', '{url}'];
const AT_UNREACHABLE = [...KEY, '--url', UNREACHABLE];
const AT_BROKEN = [...KEY, '--url', '{broken}'];
const ENCRYPTED = ['--ks-file', 'encrypted', '--ask-server'];
const NEW_TOKEN = ['--user', 'web', '--description', 'a site'];

/** A case whose document is an error. */
const failure = (command: string, what: string, args: readonly string[], more: Partial<Case> = {}): Case => ({
  command,
  what,
  args,
  exit: 1,
  isError: true,
  ...more,
});
/** A case whose document is a result, with exit code 1 unless `exit` is given. */
const result = (command: string, what: string, args: readonly string[], more: Partial<Case> = {}): Case =>
  failure(command, what, args, { isError: false, ...more });

const created = async ({ sandbox, url }: Setup): Promise<string> => {
  const { stdout } = await sandbox.run(['app-tokens', 'create', ...KEY, '--url', url, ...NEW_TOKEN, '--json']);
  return (JSON.parse(stdout) as { id: string }).id;
};
const revoked = async ({ sandbox, url }: Setup): Promise<void> => {
  await sandbox.run(['end', ...KEY, '--url', url, '--yes']);
};
const config = ({ sandbox }: Setup): string => join(sandbox.home, '.config', 'kaltura-ks');
const damaged = async (setup: Setup): Promise<void> => {
  await setup.sandbox.run(['profiles', 'add', 'bad', '--region', 'us', '--partner', PARTNER]);
  const file = readdirSync(config(setup)).find((name) => name.includes('bad'));
  writeFileSync(join(config(setup), String(file)), '{"name":"bad"}');
};
const unusableFolder = (setup: Setup): void => writeFileSync(config(setup), 'a file with the name of the folder');

const CASES: readonly Case[] = [
  result('token', 'a key', [...LOCAL], { exit: 0 }),
  failure('token', 'a server that cannot be reached', ['--url', UNREACHABLE, '--partner', PARTNER]),
  failure('token', 'a server that is not Kaltura', ['--url', '{broken}', '--partner', PARTNER]),
  failure('token', 'a wrong secret', ['--url', '{url}', '--partner', PARTNER], {
    env: { KALTURA_SECRET: WRONG_SECRET },
  }),
  failure('token', 'no such profile', ['nothing']),

  result('inspect', 'a key', ['--ks-file', 'key'], { exit: 0 }),
  result('inspect', 'a wrong secret', ['--ks-file', 'key'], { env: { KALTURA_SECRET: WRONG_SECRET } }),
  failure('inspect', 'no key', ['--ks-file', 'nothing']),
  failure('inspect', 'a server that cannot be reached', [...ENCRYPTED, '--url', UNREACHABLE]),
  failure('inspect', 'a server that is not Kaltura', [...ENCRYPTED, '--url', '{broken}']),

  result('check', 'a key', AT_SERVER, { exit: 0 }),
  result('check', 'a plan', [...AT_SERVER, '--plan'], { exit: 0 }),
  result('check', 'a revoked key', AT_SERVER, { prepare: revoked }),
  result('check', 'an entry that the key does not find', [...AT_SERVER, '--entry', '0_nothing1']),
  result('check', 'a revoked key and an entry', [...AT_SERVER, '--entry', '0_nothing1'], { prepare: revoked }),
  failure('check', 'a server that cannot be reached', AT_UNREACHABLE),
  failure('check', 'a server that is not Kaltura', AT_BROKEN),

  result('end', 'a key', [...AT_SERVER, '--yes'], { exit: 0 }),
  result('end', 'a revoked key', [...AT_SERVER, '--yes'], { exit: 0, prepare: revoked }),
  failure('end', 'without --yes', AT_SERVER, { exit: 2 }),
  failure('end', 'a server that cannot be reached', [...AT_UNREACHABLE, '--yes']),
  failure('end', 'a server that is not Kaltura', [...AT_BROKEN, '--yes']),

  result('app-tokens list', 'no tokens', AT_SERVER, { exit: 0 }),
  failure('app-tokens list', 'a revoked key', AT_SERVER, { prepare: revoked }),
  failure('app-tokens list', 'a server that cannot be reached', AT_UNREACHABLE),
  failure('app-tokens list', 'a server that is not Kaltura', AT_BROKEN),
  result('app-tokens create', 'a token', [...AT_SERVER, ...NEW_TOKEN], { exit: 0 }),
  failure('app-tokens create', 'a type that does not exist', [...AT_SERVER, ...NEW_TOKEN, '--type', 'x'], {
    exit: 2,
  }),
  failure('app-tokens create', 'a revoked key', [...AT_SERVER, ...NEW_TOKEN], { prepare: revoked }),
  failure('app-tokens create', 'a server that cannot be reached', [...AT_UNREACHABLE, ...NEW_TOKEN]),
  result('app-tokens create', 'a token and its profile', [...AT_SERVER, ...NEW_TOKEN, '--save-as', 'web'], { exit: 0 }),
  result('app-tokens delete', 'a token', ['{id}', ...AT_SERVER, '--yes'], { exit: 0, prepare: created }),
  failure('app-tokens delete', 'an unknown token', ['0_nothing1', ...AT_SERVER, '--yes']),
  failure('app-tokens delete', 'a server that cannot be reached', ['0_nothing1', ...AT_UNREACHABLE, '--yes']),
  failure('app-tokens delete', 'the value of a token', [WRONG_SECRET, ...AT_SERVER], { exit: 2 }),

  result('regions', 'no region that answers', [PARTNER], { env: PROXY }),
  failure('regions', 'no partner ID', ['words'], { exit: 2 }),

  result('profiles list', 'a damaged profile', [], { exit: 0, prepare: damaged }),
  failure('profiles list', 'an unusable folder', [], { prepare: unusableFolder }),
  result('profiles show', 'a damaged profile', ['bad'], { exit: 0, prepare: damaged }),
  failure('profiles show', 'no such profile', ['nothing']),

  result('explain', 'a code', ['CATEGORY_NOT_FOUND'], { exit: 0 }),
  failure('explain', 'no code', ['nothing at all']),

  result('recipes list', 'the list', [], { exit: 0 }),
  failure('recipes list', 'an argument too many', ['nothing'], { exit: 2 }),
  result('recipes show', 'a recipe', ['play-entry'], { exit: 0 }),
  failure('recipes show', 'an unknown recipe', ['nothing'], { exit: 2 }),

  result('status', 'a damaged profile', [], { exit: 0, prepare: damaged }),
  failure('status', 'an unusable folder', [], { prepare: unusableFolder }),
];

async function openBroken(): Promise<string> {
  const server = createServer((_, response) => response.writeHead(503, { 'content-type': 'text/html' }).end('<p>'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function setUp(): Promise<Setup> {
  const [sandbox, url] = [await openSandbox(), await openServer()];
  writeFileSync(join(sandbox.home, 'key'), signKey({ type: 2, userId: 'jo' }));
  writeFileSync(join(sandbox.home, 'encrypted'), signKey({ partnerId: 2345678 }, WRONG_SECRET));
  return { sandbox, url };
}

describe('with --json, standard output has one JSON document', () => {
  test.each(CASES)('$command: $what', async ({ command, args, exit, isError, env, prepare }) => {
    const setup = await setUp();
    const id = (await prepare?.(setup)) ?? '';
    const broken = await openBroken();
    const filled = args.map((arg) => arg.replace('{url}', setup.url).replace('{broken}', broken).replace('{id}', id));
    const outcome = await setup.sandbox.run([...command.split(' '), ...filled, '--json'], {
      env: { KALTURA_SECRET: SECRET, ...env },
    });
    expect(outcome.stdout).toMatch(/\n$/);
    const output = JSON.parse(outcome.stdout) as Readonly<Record<string, unknown>>;
    expect({ exit: outcome.code, isError: 'error' in output }).toEqual({ exit, isError });
    if (isError) expect(output['exit']).toBe(exit);
  });

  test.each(CASES.filter(({ isError, what }) => isError && what.includes('server')))(
    '$command prints one error for wrong usage, instead of $what',
    async ({ command, args }) => {
      const { code, stdout } = await (await openSandbox()).run([...command.split(' '), ...args, '--json', '--nothing']);
      expect(code).toBe(2);
      expect(Object.keys(JSON.parse(stdout))).toEqual(['error', 'exit']);
    },
  );

  test('inspect includes the readable details of the key if its server fails', async () => {
    const { sandbox } = await setUp();
    const { stdout } = await sandbox.run(['inspect', ...ENCRYPTED, '--url', UNREACHABLE, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 2,
      partnerId: 2345678,
      exit: 1,
      error: { code: 'connection-refused' },
    });
  });
});

test('the table has a result and an error for every command with --json', () => {
  const commandsOf = (specs: readonly CommandSpec[], path = ''): string[] =>
    specs.flatMap(({ name, flags = [], commands = [] }) => {
      const full = `${path}${name.split(' ')[0]}`;
      // `call` prints the answer of the server unchanged. test/commands/call.test.ts tests its errors.
      const hasDocument = full !== 'call' && flags.some(({ flag }) => flag === '--json');
      return [...(hasDocument ? [full] : []), ...commandsOf(commands, `${full} `)];
    });
  const tested = (isError: boolean) =>
    [...new Set(CASES.filter((one) => one.isError === isError).map(({ command }) => command))].sort();
  expect(tested(true)).toEqual(commandsOf(COMMANDS).sort());
  expect(tested(false)).toEqual(commandsOf(COMMANDS).sort());
});
