import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { frozenPath, isRecording, readFrozen, writeFrozen } from './golden.js';
import { runCase } from './run-case.js';
import { caseTexts, formatCase, formatTranscript, parseTranscript } from './transcript.js';

const FIXTURES = frozenPath('../fixtures');
const FILE = 'earlier-versions.txt';

/** The saved files of this version in `homes/`, and of every earlier version that has a fixture. */
const HOMES = [
  'filed',
  ...readdirSync(FIXTURES).filter(
    (name) => name.startsWith('version-') && existsSync(join(FIXTURES, name, 'profiles')),
  ),
];

/** Commands that read saved files without their secrets. */
const caseOf = (home: string): string => `## reads the files of ${home}
@home ${home}
$ kaltura-ks profiles list --json
$ kaltura-ks profiles export
$ files
`;

describe('saved files of earlier versions', () => {
  const { cases } = parseTranscript(HOMES.map(caseOf).join('\n'));
  const expected = caseTexts(readFrozen(FILE));
  const recorded: string[] = [];

  for (const one of cases) {
    test(one.title, async ({ expect }) => {
      const actual = formatCase(one, await runCase(one));
      if (isRecording) recorded.push(actual);
      else expect(actual).toBe(expected.get(one.title));
    });
  }

  afterAll(() => {
    if (isRecording)
      writeFrozen(
        FILE,
        formatTranscript('Saved files of this version and of earlier ones, read and left as they are.', recorded),
      );
  });
});
