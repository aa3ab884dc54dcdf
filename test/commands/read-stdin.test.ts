import { Readable } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CommandError, UsageError } from '../../source/commands/shared/exit-codes.js';
import { type InputKind, MAX_LENGTH, readStdin } from '../../source/commands/shared/read-stdin.js';
import type { Runtime } from '../../source/operations/runtime.js';
import { isFull } from '../sizes.js';
import { LOCAL, openSandbox } from './program.js';

const CHUNK = 64 * 1024;

/** Returns a standard input that never ends, and the number of characters that were read from it. */
function endless(character: string) {
  const counted = { characters: 0 };
  const stream = new Readable({
    highWaterMark: CHUNK,
    read() {
      counted.characters += CHUNK;
      this.push(character.repeat(CHUNK));
    },
  });
  return { stdin: stream, counted };
}

type Streams = Pick<Runtime, 'stdin' | 'stderr'>;

/** Returns the streams of a command with this standard input. Text on standard error is added to `messages`. */
const streams = (stdin: Readable, messages: string[] = []): Streams => ({
  stdin: stdin as unknown as NodeJS.ReadStream,
  stderr: { write: (text: string) => messages.push(text) > 0 } as unknown as NodeJS.WriteStream,
});

const from = (...chunks: readonly string[]): Streams =>
  streams(Readable.from(chunks.map((chunk) => Buffer.from(chunk))));

const KINDS = Object.keys(MAX_LENGTH) as InputKind[];

describe.each(KINDS)('a %s from standard input', (kind) => {
  test('is refused if it never ends, and only a little of it is read', async () => {
    const { stdin, counted } = endless('a');
    const reading = readStdin(kind, '--x', streams(stdin));
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(`more than ${MAX_LENGTH[kind].toLocaleString('en-US')} characters`);
    expect(counted.characters).toBeLessThanOrEqual(MAX_LENGTH[kind] + 3 * CHUNK);
    expect(stdin.destroyed).toBe(true);
  });

  // Only the large settings read a body, because its limit is eight million characters.
  test.runIf(isFull || kind !== 'body')('is read up to the limit, also in several chunks', async () => {
    const half = 'é'.repeat(MAX_LENGTH[kind] / 2);
    expect((await readStdin(kind, '--x', from(half, half))).reveal()).toBe(half + half);
    await expect(readStdin(kind, '--x', from(half, half, 'a'))).rejects.toThrow(UsageError);
  });

  test('is read without its byte order mark', async () => {
    expect((await readStdin(kind, '--x', from('\uFEFFabc'))).reveal()).toBe('abc');
  });

  test('is not read from a terminal', async () => {
    const { stdin, counted } = endless('a');
    Object.assign(stdin, { isTTY: true });
    await expect(readStdin(kind, '--x', streams(stdin))).rejects.toThrow('Leave out --x to be prompted');
    expect(counted.characters).toBe(0);
  });

  test('is an error with a reason if it cannot be read', async () => {
    const broken = new Readable({
      read() {
        this.destroy(Object.assign(new Error('EISDIR: illegal operation on a directory'), { code: 'EISDIR' }));
      },
    });
    const reading = readStdin(kind, '--x', streams(broken));
    await expect(reading).rejects.toThrow(CommandError);
    await expect(reading).rejects.toThrow('Standard input can’t be read: it is a folder.');
  });
});

test('a secret ends with its line, even if the pipe stays open', async () => {
  const stdin = new Readable({ read() {} });
  stdin.push('abc\n');
  const secret = await readStdin('secret', '--x', streams(stdin));
  expect(secret.reveal()).toBe('abc\n');
});

describe('an open pipe', () => {
  afterEach(() => void vi.useRealTimers());

  test('is reported after three seconds without data', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const messages: string[] = [];
    const stdin = new Readable({ read() {} });
    const reading = readStdin('key', '--ks-stdin', streams(stdin, messages));
    vi.advanceTimersByTime(2_999);
    expect(messages).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(messages).toEqual([
      'kaltura-ks: Waiting for a key on standard input, which is an open pipe. Ctrl+C to stop.\n',
    ]);
    stdin.push('abc');
    stdin.push(null);
    expect((await reading).reveal()).toBe('abc');
  });

  test('is not reported if data arrives in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const messages: string[] = [];
    await readStdin('key', '--ks-stdin', streams(Readable.from([Buffer.from('abc')]), messages));
    vi.advanceTimersByTime(10_000);
    expect(messages).toEqual([]);
  });
});

describe('the built program', () => {
  const FLOOD = 'a'.repeat(2_000_000);

  test.each<[string, readonly string[], string]>([
    ['token --secret-stdin', ['token', ...LOCAL, '--secret-stdin'], '4,096 characters'],
    [
      'profiles add --secret-stdin',
      [
        'profiles',
        'add',
        'p',
        '--method',
        'local',
        '--region',
        'us',
        '--partner',
        '5',
        '--store',
        'file',
        '--secret-stdin',
      ],
      '4,096 characters',
    ],
    ['check --ks-stdin', ['check', '--region', 'eu', '--ks-stdin'], '1,000,000 characters'],
    ['end --ks-stdin', ['end', '--region', 'eu', '--ks-stdin'], '1,000,000 characters'],
    ['inspect', ['inspect'], '1,000,000 characters'],
  ])('%s refuses too much input, names the limit and does not repeat the input', async (_name, args, limit) => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(args, {
      input: FLOOD,
      env: { KALTURA_PASSPHRASE: 'a long enough passphrase' },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(limit);
    expect(stderr).not.toContain('aaaaaaaa');
  });

  test('refuses a secret that is too long from a file and from a variable', async () => {
    const sandbox = await openSandbox();
    const long = 'a'.repeat(5_000);
    const byVariable = await sandbox.run(['token', ...LOCAL], { env: { KALTURA_SECRET: long } });
    expect(byVariable.code).toBe(2);
    expect(byVariable.stderr).toContain('KALTURA_SECRET has more than 4,096 characters');
    const byFile = await sandbox.run(['token', ...LOCAL, '--secret-file', process.execPath]);
    expect(byFile.code).not.toBe(0);
    expect(byFile.stderr).toMatch(/--secret-file/);
  });
});
