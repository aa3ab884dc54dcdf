import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { frozenPath, isRecording, readFrozen, writeFrozen } from './golden.js';

const FILE = 'frames.txt';

/** Where the frames are; the tests beside them compare them with what the program draws. */
const FOLDER = frozenPath('../ui/goldens');

const HEAD = 'The frames at 80x24 in test/ui/goldens, with the beginning of the SHA-256 of each.';

/** The part of a file that shows the frame at 80x24: from its heading to the next one. It ends with a blank line wherever it stands. */
const frameIn = (text: string): string => {
  const part = text.split(/^(?==== \d)/m).find((candidate) => candidate.startsWith('=== 80x24'));
  return part === undefined ? '' : `${part.trimEnd()}\n\n`;
};

/** `name hash`, one line for each frame. */
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

test.skipIf(isRecording)('the frames at 80x24 are the recorded ones', () => {
  expect(`${[HEAD, '', ...frames].join('\n')}\n`).toBe(readFrozen(FILE));
});

afterAll(() => {
  if (isRecording) writeFrozen(FILE, `${[HEAD, '', ...frames].join('\n')}\n`);
});
