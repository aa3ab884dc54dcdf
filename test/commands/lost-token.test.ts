import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { askPractice } from './ask-practice.js';
import { openSandbox, openServer, PARTNER, SECRET, type SpawnOptions } from './program.js';

/** Starts a practice account, and returns a function that creates an app token in it with a given key. */
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

const closedPipe: SpawnOptions = {
  // The reader closes the pipe before anything is written.
  onStart: (child) => child.stdout?.destroy(),
};

test.each([
  ['to a closed pipe', [], closedPipe],
  ['to a full disk, as JSON', ['--json'], { stdoutFile: '/dev/full' }],
])(
  'a token value that is printed %s is reported as lost, with the command that deletes the token',
  async (_what, args, options) => {
    if ('stdoutFile' in options && !existsSync('/dev/full')) return;
    const { url, create, newest } = await setUp();
    const { code, stderr } = await create(args, options);
    const { id, token } = (await newest()) as Record<string, unknown>;
    expect(code).toBe(1);
    expect(stderr).toContain(`The app token ${id} was created, but its value could not be printed. Delete the token`);
    expect(stderr).toContain(`(kaltura-ks app-tokens delete ${id} --url ${url})`);
    expect(stderr).not.toContain(String(token));
  },
);

test('no token is created if standard output is the null device, because its value would be lost', async () => {
  const { create, newest } = await setUp();
  const { code, stderr } = await create([], { stdoutFile: '/dev/null' });
  expect(code).toBe(1);
  expect(stderr).toContain('Nothing was created: standard output is closed');
  expect(await newest()).toBeUndefined();
});
