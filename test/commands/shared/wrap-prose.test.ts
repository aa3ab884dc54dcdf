import { expect, test } from 'vitest';
import { wrapProse } from '../../../source/commands/shared/wrap-prose.js';

const TEXT = [
  'Values:',
  '  --entry    entry ID: such as 0_abc12345. In KMC: Content',
  '  · a cause that is longer than the row',
  '  kaltura-ks token <profile> --recipe play-entry --entry <entry>',
].join('\n');

test('text for a terminal is wrapped with a hanging indent, but a command stays on one line', () => {
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

test('text for a pipe is not wrapped', () => {
  expect(wrapProse(TEXT, { isTTY: false, columns: 33 })).toBe(TEXT);
});
