import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CommandSpec } from '../../source/cli/specs/command-spec.js';
import { COMMANDS } from '../../source/cli/specs/program.js';
import { LOCAL, openSandbox, openServer, PARTNER, type RunOptions, type Sandbox, SECRET, signKey } from './program.js';

/** The home folder holds the file `key`, with a key of the practice server at `url`, and `sealed`, with a key of an unknown secret. */
interface World {
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
  /** Its result replaces `{id}` in the arguments. */
  readonly prepare?: (world: World) => Promise<string> | Promise<void> | void;
}

const WRONG_SECRET = 'f'.repeat(32);
const UNREACHABLE = 'http://127.0.0.1:9';
const PROXY = { HTTPS_PROXY: UNREACHABLE, https_proxy: UNREACHABLE, NO_PROXY: undefined, no_proxy: undefined };
const GIVEN = ['--ks-file', 'key'];
const ASKED = [...GIVEN, '--url', '{url}'];
const LOST = [...GIVEN, '--url', UNREACHABLE];
const BROKEN = [...GIVEN, '--url', '{broken}'];
const SEALED = ['--ks-file', 'sealed', '--ask-server'];
const NEW_TOKEN = ['--user', 'web', '--description', 'a site'];

const failing = (command: string, what: string, args: readonly string[], more: Partial<Case> = {}): Case => ({
  command,
  what,
  args,
  exit: 1,
  isError: true,
  ...more,
});
const negative = (command: string, what: string, args: readonly string[], more: Partial<Case> = {}): Case =>
  failing(command, what, args, { isError: false, ...more });

const created = async ({ sandbox, url }: World): Promise<string> => {
  const { stdout } = await sandbox.run(['app-tokens', 'create', ...GIVEN, '--url', url, ...NEW_TOKEN, '--json']);
  return (JSON.parse(stdout) as { id: string }).id;
};
const revoked = async ({ sandbox, url }: World): Promise<void> => {
  await sandbox.run(['end', ...GIVEN, '--url', url, '--yes']);
};
const config = ({ sandbox }: World): string => join(sandbox.home, '.config', 'kaltura-ks');
const damaged = async (world: World): Promise<void> => {
  await world.sandbox.run(['profiles', 'add', 'bad', '--region', 'us', '--partner', PARTNER]);
  const file = readdirSync(config(world)).find((name) => name.includes('bad'));
  writeFileSync(join(config(world), String(file)), '{"name":"bad"}');
};
const unusableFolder = (world: World): void => writeFileSync(config(world), 'a file with the name of the folder');

const CASES: readonly Case[] = [
  negative('token', 'a key', [...LOCAL], { exit: 0 }),
  failing('token', 'a server that cannot be reached', ['--url', UNREACHABLE, '--partner', PARTNER]),
  failing('token', 'a server that is not Kaltura', ['--url', '{broken}', '--partner', PARTNER]),
  failing('token', 'a wrong secret', ['--url', '{url}', '--partner', PARTNER], {
    env: { KALTURA_SECRET: WRONG_SECRET },
  }),
  failing('token', 'no such profile', ['nothing']),

  negative('inspect', 'a key', ['--ks-file', 'key'], { exit: 0 }),
  negative('inspect', 'a wrong secret', ['--ks-file', 'key'], { env: { KALTURA_SECRET: WRONG_SECRET } }),
  failing('inspect', 'no key', ['--ks-file', 'nothing']),
  failing('inspect', 'a server that cannot be reached', [...SEALED, '--url', UNREACHABLE]),
  failing('inspect', 'a server that is not Kaltura', [...SEALED, '--url', '{broken}']),

  negative('check', 'a key', ASKED, { exit: 0 }),
  negative('check', 'a plan', [...ASKED, '--plan'], { exit: 0 }),
  negative('check', 'a revoked key', ASKED, { prepare: revoked }),
  negative('check', 'an entry that the key does not find', [...ASKED, '--entry', '0_nothing1']),
  negative('check', 'a revoked key and an entry', [...ASKED, '--entry', '0_nothing1'], { prepare: revoked }),
  failing('check', 'a server that cannot be reached', LOST),
  failing('check', 'a server that is not Kaltura', BROKEN),

  negative('end', 'a key', [...ASKED, '--yes'], { exit: 0 }),
  negative('end', 'a revoked key', [...ASKED, '--yes'], { exit: 0, prepare: revoked }),
  failing('end', 'without --yes', ASKED, { exit: 2 }),
  failing('end', 'a server that cannot be reached', [...LOST, '--yes']),
  failing('end', 'a server that is not Kaltura', [...BROKEN, '--yes']),

  negative('app-tokens list', 'no tokens', ASKED, { exit: 0 }),
  failing('app-tokens list', 'a revoked key', ASKED, { prepare: revoked }),
  failing('app-tokens list', 'a server that cannot be reached', LOST),
  failing('app-tokens list', 'a server that is not Kaltura', BROKEN),
  negative('app-tokens create', 'a token', [...ASKED, ...NEW_TOKEN], { exit: 0 }),
  failing('app-tokens create', 'a type that does not exist', [...ASKED, ...NEW_TOKEN, '--type', 'x'], {
    exit: 2,
  }),
  failing('app-tokens create', 'a revoked key', [...ASKED, ...NEW_TOKEN], { prepare: revoked }),
  failing('app-tokens create', 'a server that cannot be reached', [...LOST, ...NEW_TOKEN]),
  negative('app-tokens create', 'a token and its profile', [...ASKED, ...NEW_TOKEN, '--save-as', 'web'], { exit: 0 }),
  negative('app-tokens delete', 'a token', ['{id}', ...ASKED, '--yes'], { exit: 0, prepare: created }),
  failing('app-tokens delete', 'an unknown token', ['0_nothing1', ...ASKED, '--yes']),
  failing('app-tokens delete', 'a server that cannot be reached', ['0_nothing1', ...LOST, '--yes']),
  failing('app-tokens delete', 'the value of a token', [WRONG_SECRET, ...ASKED], { exit: 2 }),

  negative('regions', 'no region that answers', [PARTNER], { env: PROXY }),
  failing('regions', 'no partner ID', ['words'], { exit: 2 }),

  negative('profiles list', 'a damaged profile', [], { exit: 0, prepare: damaged }),
  failing('profiles list', 'an unusable folder', [], { prepare: unusableFolder }),
  negative('profiles show', 'a damaged profile', ['bad'], { exit: 0, prepare: damaged }),
  failing('profiles show', 'no such profile', ['nothing']),

  negative('explain', 'a code', ['CATEGORY_NOT_FOUND'], { exit: 0 }),
  failing('explain', 'no code', ['nothing at all']),

  negative('recipes list', 'the list', [], { exit: 0 }),
  failing('recipes list', 'an argument too many', ['nothing'], { exit: 2 }),
  negative('recipes show', 'a recipe', ['play-entry'], { exit: 0 }),
  failing('recipes show', 'an unknown recipe', ['nothing'], { exit: 2 }),

  negative('status', 'a damaged profile', [], { exit: 0, prepare: damaged }),
  failing('status', 'an unusable folder', [], { prepare: unusableFolder }),
];

async function openBroken(): Promise<string> {
  const server = createServer((_, response) => response.writeHead(503, { 'content-type': 'text/html' }).end('<p>'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openWorld(): Promise<World> {
  const [sandbox, url] = [await openSandbox(), await openServer()];
  writeFileSync(join(sandbox.home, 'key'), signKey({ type: 2, userId: 'jo' }));
  writeFileSync(join(sandbox.home, 'sealed'), signKey({ partnerId: 2345678 }, WRONG_SECRET));
  return { sandbox, url };
}

describe('with --json, standard output holds one document', () => {
  test.each(CASES)('$command: $what', async ({ command, args, exit, isError, env, prepare }) => {
    const world = await openWorld();
    const id = (await prepare?.(world)) ?? '';
    const broken = await openBroken();
    const filled = args.map((arg) => arg.replace('{url}', world.url).replace('{broken}', broken).replace('{id}', id));
    const outcome = await world.sandbox.run([...command.split(' '), ...filled, '--json'], {
      env: { KALTURA_SECRET: SECRET, ...env },
    });
    expect(outcome.stdout).toMatch(/\n$/);
    const output = JSON.parse(outcome.stdout) as Readonly<Record<string, unknown>>;
    expect({ exit: outcome.code, isError: 'error' in output }).toEqual({ exit, isError });
    if (isError) expect(output['exit']).toBe(exit);
  });

  test.each(CASES.filter(({ isError, what }) => isError && what.includes('server')))(
    '$command: a usage error in place of $what',
    async ({ command, args }) => {
      const { code, stdout } = await (await openSandbox()).run([...command.split(' '), ...args, '--json', '--nothing']);
      expect(code).toBe(2);
      expect(Object.keys(JSON.parse(stdout))).toEqual(['error', 'exit']);
    },
  );

  test('a key that was read before its server failed is part of the document', async () => {
    const { sandbox } = await openWorld();
    const { stdout } = await sandbox.run(['inspect', ...SEALED, '--url', UNREACHABLE, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 2,
      partnerId: 2345678,
      exit: 1,
      error: { code: 'connection-refused' },
    });
  });
});

test('every command with --json has a result and a failure in the table', () => {
  const commandsOf = (specs: readonly CommandSpec[], path = ''): string[] =>
    specs.flatMap(({ name, flags = [], commands = [] }) => {
      const full = `${path}${name.split(' ')[0]}`;
      // `call` prints the answer of the server as it is; test/commands/call.test.ts has its errors.
      const hasDocument = full !== 'call' && flags.some(({ flag }) => flag === '--json');
      return [...(hasDocument ? [full] : []), ...commandsOf(commands, `${full} `)];
    });
  const tested = (isError: boolean) =>
    [...new Set(CASES.filter((one) => one.isError === isError).map(({ command }) => command))].sort();
  expect(tested(true)).toEqual(commandsOf(COMMANDS).sort());
  expect(tested(false)).toEqual(commandsOf(COMMANDS).sort());
});
