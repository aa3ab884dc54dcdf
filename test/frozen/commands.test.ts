import { readdirSync } from 'node:fs';
import { afterAll, describe, test } from 'vitest';
import { isFull } from '../sizes.js';
import { frozenPath, isRecording, readFrozen, writeFrozen } from './golden.js';
import { runCase, stopPractice } from './run-case.js';
import { caseTexts, formatCase, formatTranscript, parseTranscript } from './transcript.js';

const FILES = readdirSync(frozenPath('commands')).filter((name) => name.endsWith('.txt'));

/** Milliseconds: a case starts up to 24 processes. */
const TIMEOUT = 180_000;

afterAll(stopPractice);

for (const file of FILES) {
  const text = readFrozen(`commands/${file}`);
  const { head, cases } = parseTranscript(text);
  const expected = caseTexts(text);

  describe.concurrent(`commands/${file}`, () => {
    const recorded = new Map(expected);

    for (const one of cases) {
      // Recording writes each case.
      const isOnlyFull = one.steps.some(({ kind, text }) => kind === 'directive' && text === 'full');
      test.skipIf(isOnlyFull && !isFull && !isRecording)(
        one.title,
        async ({ expect }) => {
          const actual = formatCase(one, await runCase(one));
          if (isRecording) recorded.set(one.title, actual);
          else expect(actual).toBe(expected.get(one.title));
        },
        TIMEOUT,
      );
    }

    test('has a title of its own for each case', ({ expect }) => {
      expect(expected.size).toBe(cases.length);
    });

    afterAll(() => {
      if (isRecording) writeFrozen(`commands/${file}`, formatTranscript(head, [...recorded.values()]));
    });
  });
}
