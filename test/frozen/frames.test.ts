import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { frozenPath, isRecording, readFrozen, writeFrozen } from './golden.js';

const FILE = 'frames.txt';

/** The folder of the frames. The tests in test/ui compare the frames with the program. */
const FOLDER = frozenPath('../ui/goldens');

const HEAD = 'The frames at 80x24 in test/ui/goldens, with the beginning of the SHA-256 of each.';

/** Returns the part of a file with the frame at 80x24, from its heading to the next one. It always ends with a blank line. */
const frameIn = (text: string): string => {
  const part = text.split(/^(?==== \d)/m).find((candidate) => candidate.startsWith('=== 80x24'));
  return part === undefined ? '' : `${part.trimEnd()}\n\n`;
};

/** One line for each frame: `name hash`. */
const frames = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => {
    const frame = frameIn(readFileSync(join(FOLDER, name), 'utf8'));
    return `${name} ${createHash('sha256').update(frame).digest('hex').slice(0, 12)}`;
  });

test('every scene has a frame at 80x24', () => {
  expect(readdirSync(FOLDER).filter((name) => frameIn(readFileSync(join(FOLDER, name), 'utf8')) === '')).toEqual([]);
});

test.skipIf(isRecording)('the frames at 80x24 have the recorded hashes', () => {
  expect(`${[HEAD, '', ...frames].join('\n')}\n`).toBe(readFrozen(FILE));
});

afterAll(() => {
  if (isRecording) writeFrozen(FILE, `${[HEAD, '', ...frames].join('\n')}\n`);
});
