import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { CommandError, UsageError } from '../../source/commands/shared/exit-codes.js';
import { type InputKind, MAX_LENGTH, readStdin } from '../../source/commands/shared/read-stdin.js';
import type { Runtime } from '../../source/operations/runtime.js';
import { LOCAL, openPlace } from './program.js';

const CHUNK = 64 * 1024;

/** Standard input that goes on until it is closed, and counts what was taken from it. */
function endless(character: string) {
  const counted = { characters: 0 };
  const stream = new Readable({
    highWaterMark: CHUNK,
    read() {
      counted.characters += CHUNK;
      this.push(character.repeat(CHUNK));
    },
  });
  return { stdin: stream as unknown as NodeJS.ReadStream, counted };
}

const from = (...chunks: readonly string[]): Pick<Runtime, 'stdin'> => ({
  stdin: Readable.from(chunks.map((chunk) => Buffer.from(chunk))) as unknown as NodeJS.ReadStream,
});

const KINDS = Object.keys(MAX_LENGTH) as InputKind[];

describe.each(KINDS)('a %s from standard input', (kind) => {
  test('that never ends is refused, and only a little of it is read', async () => {
    const { stdin, counted } = endless('a');
    const reading = readStdin(kind, '--x', { stdin });
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(`more than ${MAX_LENGTH[kind].toLocaleString('en-US')} characters`);
    expect(counted.characters).toBeLessThanOrEqual(MAX_LENGTH[kind] + 3 * CHUNK);
    expect(stdin.destroyed).toBe(true);
  });

  test('as long as the limit is read whole, in any pieces', async () => {
    const half = 'é'.repeat(MAX_LENGTH[kind] / 2);
    expect((await readStdin(kind, '--x', from(half, half))).reveal()).toBe(half + half);
    await expect(readStdin(kind, '--x', from(half, half, 'a'))).rejects.toThrow(UsageError);
  });

  test('loses a byte order mark', async () => {
    expect((await readStdin(kind, '--x', from('\uFEFFabc'))).reveal()).toBe('abc');
  });

  test('is not read from a terminal', async () => {
    const { stdin, counted } = endless('a');
    Object.assign(stdin, { isTTY: true });
    await expect(readStdin(kind, '--x', { stdin })).rejects.toThrow('Leave out --x to be prompted');
    expect(counted.characters).toBe(0);
  });

  test('that cannot be read is an error with a reason', async () => {
    const broken = new Readable({
      read() {
        this.destroy(Object.assign(new Error('EISDIR: illegal operation on a directory'), { code: 'EISDIR' }));
      },
    });
    const reading = readStdin(kind, '--x', { stdin: broken as unknown as NodeJS.ReadStream });
    await expect(reading).rejects.toThrow(CommandError);
    await expect(reading).rejects.toThrow('Standard input cannot be read: it is a folder.');
  });
});

test('a secret ends with its line, though the pipe stays open', async () => {
  const stdin = new Readable({ read() {} });
  stdin.push('abc\n');
  const secret = await readStdin('secret', '--x', { stdin: stdin as unknown as NodeJS.ReadStream });
  expect(secret.reveal()).toBe('abc\n');
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
  ])('%s refuses a flood, names the limit and repeats nothing', async (_name, args, limit) => {
    const place = await openPlace();
    const { code, stdout, stderr } = await place.run(args, {
      input: FLOOD,
      env: { KALTURA_PASSPHRASE: 'a long enough passphrase' },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(limit);
    expect(stderr).not.toContain('aaaaaaaa');
  });

  test('refuses a secret that is too long from a file and from a variable', async () => {
    const place = await openPlace();
    const long = 'a'.repeat(5_000);
    const byVariable = await place.run(['token', ...LOCAL], { env: { KALTURA_SECRET: long } });
    expect(byVariable.code).toBe(2);
    expect(byVariable.stderr).toContain('KALTURA_SECRET has more than 4,096 characters');
    const byFile = await place.run(['token', ...LOCAL, '--secret-file', process.execPath]);
    expect(byFile.code).not.toBe(0);
    expect(byFile.stderr).toMatch(/--secret-file/);
  });
});
