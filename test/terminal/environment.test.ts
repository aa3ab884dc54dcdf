import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { first, isFull } from '../sizes.js';
import { markedRow } from '../ui/moves.js';
import { SAVED_KS } from '../ui/test-servers.js';
import type { TerminalOptions } from './terminal.js';
import { type Stop, startTour, TOURS, type TourName } from './tours.js';
import { openWizard, type Wizard } from './wizard.js';

/** Returns the rows of the frame, which is below the printed keys. */
function frameRows(wizard: Wizard): readonly string[] {
  const rows = wizard.frame().split('\n');
  const top = rows.findLastIndex((row) => /^(kaltura-ks {2}|step \d of 7)/.test(row));
  expect(top, `the heading is visible:\n${wizard.frame()}`).not.toBe(-1);
  return rows.slice(top);
}

function expectGoodFrame(wizard: Wizard, stop: Stop, rows: number): void {
  const frame = frameRows(wizard);
  const shown = `${stop.name}:\n${wizard.frame()}`;
  // A frame as tall as the window can't be repainted without scrolling.
  expect(frame.length, shown).toBeLessThan(rows);
  // A line that is too wide wraps, and the scrollback has it as one line.
  expect(wizard.scrollback().slice(-frame.length), shown).toEqual(frame);
  expect(frame.at(-1), shown).toMatch(/(more|help|sent|close)$/);
  expect(frame.slice(-3).join(' '), shown).toMatch(/esc \w+|\bq quit\b/);
  if (stop.focus === 'list') expect(markedRow(frame), shown).toBeDefined();
  if (stop.focus === 'field') {
    const row = wizard.cursor.row - (wizard.frame().split('\n').length - frame.length);
    expect(row, shown).toBeGreaterThan(1);
    expect(row, shown).toBeLessThan(frame.length - 1);
  }
}

/** Returns the rows in red or yellow that have no word or sign with the same meaning. */
function colorsWithoutWord(wizard: Wizard): string[] {
  const rows = wizard.screen().map((text, row) => ({
    text,
    isWarning: wizard.cells(row).some(({ style }) => style.fg === 1 || style.fg === 3),
  }));
  return rows.flatMap(({ text, isWarning: isLoud }, index) => {
    const isContinued = text.startsWith('  ') && rows[index - 1]?.isWarning === true;
    return isLoud && !isContinued && !/! |danger|caution|warning|ADMIN|Delete|Replace/i.test(text) ? [text] : [];
  });
}

const TOUR_NAMES = Object.keys(TOURS) as TourName[];
const stopNamed = (name: string) =>
  Object.values(TOURS)
    .flat()
    .find((stop) => stop.name === name);

describe.each(TOUR_NAMES)('every screen of %s', (tour) => {
  const SIZES = [
    [80, 24],
    [40, 24],
    [200, 50],
  ] as const;
  test.each(first(1, SIZES))(
    'fits into %i x %i, has no color without a word, and writes nothing to standard error',
    async (columns, rows) => {
      const { wizard, goTo } = await startTour(tour, { columns, rows, stderr: 'file' });
      let isColored = false;
      await goTo(undefined, (stop) => {
        expectGoodFrame(wizard, stop, rows);
        expect(colorsWithoutWord(wizard), stop.name).toEqual([]);
        isColored ||= wizard.styles().has('fg');
      });
      expect(isColored).toBe(true);
      expect(wizard.modes.alternateScreenUsed).toBe(false);
      // This sequence would erase the user's scrollback.
      expect(wizard.raw).not.toContain('\x1b[3J');
      await wizard.press('ctrl+c');
      expect((await wizard.exit).code).toBe(130);
      expect(wizard.stderr).toBe('');
    },
  );

  test.runIf(isFull || tour === TOUR_NAMES[0])(
    'fits into 40 x 15 with TERM=dumb, in ASCII and without colors',
    async () => {
      const { wizard, goTo } = await startTour(tour, { columns: 40, rows: 15, env: { TERM: 'dumb' } });
      // test/ui/invariants.test.ts draws every screen in this window, and in ASCII.
      await goTo(isFull ? undefined : stopNamed('sign-in'), (stop) => {
        expectGoodFrame(wizard, stop, 15);
        expect(wizard.frame(), stop.name).toMatch(/^[\n -~]*$/);
      });
      expect([...wizard.styles()].filter((look) => look === 'fg' || look === 'bg')).toEqual([]);
    },
  );
});

describe('resizing the window during a step', () => {
  /** Resizes, and waits until the heading ends at another column: then the frame is redrawn. */
  const resize = async (wizard: Wizard, heading: string, columns: number, rows: number) => {
    const headingIn = (lines: readonly string[]) => lines.findLast((line) => line.endsWith(heading))?.length;
    const before = headingIn(wizard.screen());
    wizard.resize(columns, rows);
    await wizard.waitFor((lines) => headingIn(lines) !== undefined && headingIn(lines) !== before);
  };
  const toPartnerId = async (wizard: Wizard) => {
    await wizard.chooseByPrefix('US');
    await wizard.chooseByPrefix('Account secret, sent');
    await wizard.atField('Partner ID');
  };

  test('keeps the typed text, and redraws the whole frame', async () => {
    const wizard = await openWizard();
    await toPartnerId(wizard);
    await wizard.type('2345678');
    await wizard.see('Partner ID 2345678');
    const before = wizard.frame();
    for (const [columns, rows] of [
      [40, 15],
      [120, 40],
      [80, 24],
    ] as const) {
      await resize(wizard, 'Step 3 of 7 · Account', columns, rows);
      await wizard.atField('Partner ID');
      expect(frameRows(wizard)).toContain('Partner ID   2345678');
    }
    expect(frameRows(wizard).join('\n')).toBe(before);
    await wizard.type('9');
    await wizard.see('Partner ID 23456789');
  });

  test('shows a message below 30 columns, and continues at the same place in a wider window', async () => {
    const wizard = await openWizard({ columns: 60 });
    await toPartnerId(wizard);
    await wizard.type('2345678');
    await wizard.see('Partner ID 2345678');
    wizard.resize(29, 24);
    await wizard.see('Too narrow: 29 columns. Widen the window to 30 or more.');
    wizard.resize(30, 24);
    await wizard.see('2345678');
    await wizard.atField('Partner ID');
    await resize(wizard, 'Step 3 of 7 · Account', 60, 24);
    await wizard.atField('Partner ID');
    expect(frameRows(wizard)).toContain('Partner ID   2345678');
  });

  test('keeps a printed key on one line', async () => {
    const { wizard, goTo } = await startTour('saved profiles');
    await goTo(stopNamed('printed saved key'));
    for (const columns of [60, 120, 40, 80]) {
      await resize(wizard, 'profile beta', columns, 24);
      expect(wizard.scrollback().filter((line) => line === SAVED_KS)).toHaveLength(1);
    }
    await wizard.type('q');
    expect((await wizard.exit).code).toBe(0);
    expect(wizard.scrollback().filter((line) => line === SAVED_KS)).toHaveLength(1);
    expect(wizard.raw.replaceAll(SAVED_KS, '')).not.toContain(SAVED_KS.slice(20, 40));
  });
});

describe('colors', () => {
  const withoutColors: Readonly<Record<string, TerminalOptions>> = {
    'NO_COLOR=1': { env: { NO_COLOR: '1' } },
    'FORCE_COLOR=0': { env: { FORCE_COLOR: '0' } },
    '--no-color': { args: ['--no-color'] },
  };
  test.each(first(1, Object.entries(withoutColors)))('are off with %s', async (_, options) => {
    const wizard = await openWizard(options);
    await wizard.see('Which region is your account in?');
    expect([...wizard.styles()].filter((look) => look === 'fg' || look === 'bg')).toEqual([]);
  });

  const withColors: Readonly<Record<string, TerminalOptions>> = {
    'with CI=true while standard output is captured': { env: { CI: 'true' }, stdout: 'pipe' },
    'while standard error is a file': { stderr: 'file' },
    'on a terminal': {},
    'while standard output is captured': { stdout: 'pipe' },
    'with CI=1': { env: { CI: '1' } },
  };
  test.each(first(1, Object.entries(withColors)))('are on %s', async (_, options) => {
    const wizard = await openWizard(options);
    await wizard.see('Which region is your account in?');
    expect(wizard.styles()).toContain('fg');
    await wizard.chooseByPrefix('US');
    await wizard.see('How do you want to sign in?');
    await wizard.press('ctrl+c');
    expect((await wizard.exit).code).toBe(130);
    expect(wizard.stdout + wizard.stderr).toBe('');
  });
});

describe('without a terminal for input', () => {
  const captured = { stdout: 'pipe', stderr: 'file' } as const;
  const cases: Readonly<Record<string, TerminalOptions>> = {
    'standard input is a pipe without input': { stdin: 'silent', ...captured },
    'standard input is empty': { stdin: 'empty', ...captured },
    'standard input is a pipe with text': { stdin: { text: '\r\r\r' }, ...captured },
    'neither output is a terminal': captured,
    '--no-input': { args: ['--no-input'], ...captured },
    'standard input is empty, with CI=1': { stdin: 'empty', env: { CI: '1' }, ...captured },
  };
  test.each(first(1, Object.entries(cases)))(
    'prints one line that says what to do, and exits with 2: %s',
    async (_, options) => {
      const wizard = await openWizard(options);
      expect(await wizard.exit).toEqual({ code: 2, lineRestored: true });
      expect(wizard.stdout).toBe('');
      expect(wizard.stderr).toMatch(/^kaltura-ks: .+\n$/);
      expect(wizard.stderr).toContain('kaltura-ks token');
      expect(wizard.stderr).not.toContain('\x1b');
      expect(wizard.raw).toBe('');
    },
  );
});

describe('development variables and wrong arguments', () => {
  const DEVELOPMENT = [{ DEV: 'true', NODE_ENV: 'development' }, { DEV: 'true' }, { NODE_ENV: 'development' }];
  test.each(first(1, DEVELOPMENT))('%o changes nothing', async (env) => {
    const [usual, other] = await Promise.all([openWizard(), openWizard({ env })]);
    for (const wizard of [usual, other]) {
      await wizard.see('Which region is your account in?');
      await wizard.press('ctrl+c');
      expect(await wizard.exit).toEqual({ code: 130, lineRestored: true });
    }
    expect(other.scrollback()).toEqual(usual.scrollback());
  });

  const REFUSED = [['--wat=hunter2hunter2'], ['--secret', 'hunter2hunter2'], ['--hunter2hunter2'], ['hunter2hunter2']];
  test.each(first(1, REFUSED))('%s %s is refused, and its value is not printed', async (...args) => {
    const wizard = await openWizard({ args: args.filter(Boolean), stdout: 'pipe' });
    expect((await wizard.exit).code).toBe(2);
    expect(wizard.stdout).toBe('');
    expect(wizard.raw).toMatch(/^kaltura-ks: /);
    expect(wizard.raw).not.toContain('hunter2');
  });
});

describe('the practice command', () => {
  const reservePort = async () => {
    // Reads the data, so that a connection ends when the client closes it.
    const server = createServer((socket) => void socket.on('error', () => {}).resume());
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    return { port: (server.address() as AddressInfo).port, release: () => new Promise((done) => server.close(done)) };
  };
  const ping = (port: number) =>
    fetch(`http://127.0.0.1:${port}/api_v3/service/system/action/ping?format=1`).then((response) => response.json());

  const STOPS = [
    ['Ctrl-C', (wizard: Wizard) => wizard.write('\x03')],
    ['SIGTERM', (wizard: Wizard) => wizard.kill('SIGTERM')],
  ] as const;
  // test/commands/signals.test.ts sends SIGTERM too.
  test.each(first(1, STOPS))('answers until %s, and exits with 0', async (_, stop) => {
    const { port, release } = await reservePort();
    await release();
    const wizard = await openWizard({ args: ['practice', '--port', String(port)] });
    await wizard.see('Press Ctrl+C to stop the server.');
    expect(await ping(port)).toBe(true);
    stop(wizard);
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    await expect(ping(port)).rejects.toThrow();
  });
});
