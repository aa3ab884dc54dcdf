import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { sampleProfile } from '../profiles/sample-profile.js';
import { saveProfiles } from '../ui/test-servers.js';
import { openTerminal } from './terminal.js';

const NAMES = ['abc', '漢字', 'é', '한국어'];

/** The columns at which the text starts in the rows that contain it. */
const columnsOf = (rows: readonly string[], text: string): number[] =>
  rows.filter((row) => row.includes(text)).map((row) => stringWidth(row.slice(0, row.indexOf(text))));

test.each([
  ['Home', [] as string[], 'EU'],
  ['profiles list', ['profiles', 'list'], 'ADMIN'],
])('keeps the columns of %s aligned beside wide characters', async (_what, args, text) => {
  const folder = await saveProfiles(...NAMES.map((name) => sampleProfile({ name })));
  const terminal = await openTerminal({ args, columns: 120, env: { XDG_CONFIG_HOME: folder } });
  await terminal.waitFor('한국어');
  const rows = terminal.frame().split('\n');
  if (args.length === 0) await terminal.press('ctrl+c');
  await terminal.exit;
  const columns = columnsOf(rows, text);
  expect(columns).toHaveLength(NAMES.length);
  expect(new Set(columns).size).toBe(1);
});

test('a narrow terminal breaks the help and the line-by-line wizard between words', async () => {
  for (const [args, text] of [
    [['token', '--help'], '--secret-stdin'],
    [['--accessible'], 'Step 1 of 7'],
  ] as const) {
    const terminal = await openTerminal({ args, columns: 50, rows: 200 });
    await terminal.waitFor(text);
    if (args[0] === '--accessible') await terminal.press('ctrl+c');
    await terminal.exit;
    // The program breaks the lines itself, so no line is wider than the terminal.
    expect(
      terminal.raw
        .replaceAll('\r', '')
        .split('\n')
        .filter((row) => stringWidth(row) > 50),
    ).toEqual([]);
  }
});
