import { expect, test } from 'vitest';
import { wrapProse } from '../../../source/commands/shared/wrap-prose.js';

const TEXT = [
  'Values:',
  '  --entry    entry ID: such as 0_abc12345. In KMC: Content',
  '  · a cause that is longer than the row',
  '  kaltura-ks token <profile> --recipe play-entry --entry <entry>',
].join('\n');

test('a terminal gets prose wrapped below its own beginning, and commands on one line', () => {
  expect(wrapProse(TEXT, { isTTY: true, columns: 33 }).split('\n')).toEqual([
    'Values:',
    '  --entry    entry ID: such as',
    '             0_abc12345. In KMC:',
    '             Content',
    '  · a cause that is longer than',
    '    the row',
    '  kaltura-ks token <profile> --recipe play-entry --entry <entry>',
  ]);
});

test('a pipe gets the text as it is', () => {
  expect(wrapProse(TEXT, { isTTY: false, columns: 33 })).toBe(TEXT);
});
