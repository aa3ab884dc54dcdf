import { readdirSync } from 'node:fs';
import { afterAll, describe, test } from 'vitest';
import { everyNth, isFull } from '../sizes.js';
import { frozenPath, isRecording, readFrozen, writeFrozen } from './golden.js';
import { runCase, stopPractice } from './run-case.js';
import { type Case, caseTexts, formatCase, formatTranscript, parseTranscript } from './transcript.js';

const FILES = readdirSync(frozenPath('commands')).filter((name) => name.endsWith('.txt'));

/** In milliseconds. A case starts up to 24 processes. */
const TIMEOUT = 180_000;

const isOnlyFull = ({ steps }: Case): boolean =>
  steps.some(({ kind, text }) => kind === 'directive' && text === 'full');

afterAll(stopPractice);

for (const file of FILES) {
  const text = readFrozen(`commands/${file}`);
  const { head, cases } = parseTranscript(text);
  const expected = caseTexts(text);

  describe.concurrent(`commands/${file}`, () => {
    const recorded = new Map(expected);

    const small = everyNth(
      12,
      cases.filter((one) => isFull || !isOnlyFull(one)),
    );

    for (const one of cases) {
      // Recording runs every case.
      test.runIf(isRecording || small.includes(one))(
        one.title,
        async ({ expect }) => {
          const actual = formatCase(one, await runCase(one));
          if (isRecording) recorded.set(one.title, actual);
          else expect(actual).toBe(expected.get(one.title));
        },
        TIMEOUT,
      );
    }

    test('has a different title for each case', ({ expect }) => {
      expect(expected.size).toBe(cases.length);
    });

    afterAll(() => {
      if (isRecording) writeFrozen(`commands/${file}`, formatTranscript(head, [...recorded.values()]));
    });
  });
}
