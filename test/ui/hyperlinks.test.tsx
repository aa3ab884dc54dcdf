import { render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { withHyperlinks } from '../../source/terminal/hyperlinks.js';
import { Rows } from '../../source/ui/rows.js';

const LINKS = [
  { text: 'Settings → Integration settings', url: 'https://kmc.example.com/settings' },
  { text: 'KMC', url: 'https://kmc.example.com' },
];
const ROW = 'In KMC: Settings → Integration settings.';
const LINKED =
  'In \x1b]8;;https://kmc.example.com\x07KMC\x1b]8;;\x07: ' +
  '\x1b]8;;https://kmc.example.com/settings\x07Settings → Integration settings\x1b]8;;\x07.';

test('links the known texts of a row, and keeps its width', () => {
  expect(withHyperlinks(ROW, LINKS)).toBe(LINKED);
  expect(stringWidth(LINKED)).toBe(stringWidth(ROW));
});

test('does not link a part of a word or of a URL', () => {
  for (const row of ['KMCs', 'myKMC', 'x.KMC', 'https://kmc.example.com']) expect(withHyperlinks(row, LINKS)).toBe(row);
});

test('does not cut or wrap a row that fills the window', () => {
  const row = `KMC ${'x'.repeat(34)} `.padEnd(38, 'x');
  const lines = [[{ text: `${row}KMC`.slice(0, 38), look: 'plain' as const }], [{ text: 'KMC', look: 'dim' as const }]];
  const { lastFrame } = render(<Rows lines={lines} links={LINKS} />);
  const rows = (lastFrame() ?? '').split('\n');
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('\x1b]8;;https://kmc.example.com\x07KMC\x1b]8;;\x07');
  expect(rows.map((one) => stringWidth(one))).toEqual([38, 3]);
});

test('adds no links to fields and to rows without links', () => {
  const { lastFrame } = render(<Rows lines={[[{ text: 'KMC', look: 'plain', isField: true }]]} links={LINKS} />);
  expect(lastFrame()).not.toContain('\x1b]8');
  expect(render(<Rows lines={[[{ text: ROW, look: 'plain' }]]} />).lastFrame()).toBe(ROW);
});
