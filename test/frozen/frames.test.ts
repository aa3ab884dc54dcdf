import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { frozenPath, isRecording, readFrozen, writeFrozen } from './golden.js';

const FILE = 'frames.txt';

/** Where the frames are; the tests beside them compare them with what the program draws. */
const FOLDER = frozenPath('../ui/goldens');

const HEAD = 'The frames at 80x24 in test/ui/goldens, with the beginning of the SHA-256 of each.';

/** `name hash`, one line for each frame. */
const frames = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map(
    (name) =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(FOLDER, name)))
        .digest('hex')
        .slice(0, 12)}`,
  );

test.skipIf(isRecording)('the frames at 80x24 are the recorded ones', () => {
  expect(`${[HEAD, '', ...frames].join('\n')}\n`).toBe(readFrozen(FILE));
});

afterAll(() => {
  if (isRecording) writeFrozen(FILE, `${[HEAD, '', ...frames].join('\n')}\n`);
});
