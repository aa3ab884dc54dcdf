import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { askPractice } from './ask-practice.js';
import { openSandbox, openServer, PARTNER, SECRET, type SpawnOptions } from './program.js';

/** An account, and the making of a token in it with a key that is given. */
async function setUp() {
  const [sandbox, url] = [await openSandbox(), await openServer()];
  const ks = String(await askPractice(url, 'session.start', { partnerId: PARTNER, secret: SECRET, type: '2' }));
  const create = (args: readonly string[], options: SpawnOptions) =>
    sandbox.spawn(['app-tokens', 'create', '--user', 'jo', '--url', url, ...args], {
      env: { KALTURA_KS: ks },
      ...options,
    });
  const newest = async (): Promise<Record<string, unknown> | undefined> => {
    const known: unknown[] = [PRACTICE_CREDENTIALS.tokenId, PRACTICE_CREDENTIALS.fixedTokenId];
    const tokens = ((await askPractice(url, 'appToken.list', { ks }))?.['objects'] ?? []) as Record<string, unknown>[];
    return tokens.find(({ id }) => !known.includes(id));
  };
  return { sandbox, url, create, newest };
}

const left: SpawnOptions = {
  // The reader is gone before there is anything to read.
  onStart: (child) => child.stdout?.destroy(),
};

test.each([
  ['to a reader that has gone', [], left],
  ['to a full disk, as JSON', ['--json'], { stdoutFile: '/dev/full' }],
])('a value that goes %s is told as lost, with the way to delete its token', async (_what, args, options) => {
  if ('stdoutFile' in options && !existsSync('/dev/full')) return;
  const { url, create, newest } = await setUp();
  const { code, stderr } = await create(args, options);
  const { id, token } = (await newest()) as Record<string, unknown>;
  expect(code).toBe(1);
  expect(stderr).toContain(`The app token ${id} was created, but its value could not be printed. Delete the token`);
  expect(stderr).toContain(`(kaltura-ks app-tokens delete ${id} --url ${url})`);
  expect(stderr).not.toContain(String(token));
});

test('none is made where standard output leads nowhere, for its value would be lost', async () => {
  const { create, newest } = await setUp();
  const { code, stderr } = await create([], { stdoutFile: '/dev/null' });
  expect(code).toBe(1);
  expect(stderr).toContain('Nothing was created: standard output is closed');
  expect(await newest()).toBeUndefined();
});
