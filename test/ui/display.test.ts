import xterm from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { createDisplay } from '../../source/ui/display.js';
import type { Size } from '../../source/ui/layout/frame.js';

const KEY = 'djJ8'.repeat(30);

/** Rows of a frame, as wide as the window. */
const frameOf = ({ columns }: Size, rows: number) => ({
  lines: Array.from({ length: rows }, () => [{ text: 'x'.repeat(columns - 1), look: 'plain' as const }]),
  cursor: null,
  reach: { up: 0, down: 0 },
});

/** A display in a terminal emulator, with a clock that only the test moves. */
function open(columns: number, rows: number) {
  let size = { columns, rows };
  let now = 0;
  let alarm: { at: number; listener: () => void } | null = null;
  let drawn = 0;
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const erased: string[] = [];
  // tmux moves the whole screen into its history if it is erased from the top left.
  terminal.parser.registerCsiHandler({ final: 'J' }, () => {
    const { cursorX, cursorY } = terminal.buffer.active;
    erased.push(cursorX === 0 && cursorY === 0 ? 'into the history' : 'for good');
    return false;
  });
  const write = (text: string): void => terminal.write(text.replaceAll('\n', '\r\n'));
  const eraseFrame = (): void => {
    write('\u001B[2K\u001B[1A'.repeat(drawn));
    drawn = 0;
  };
  const display = createDisplay(
    {
      size: () => size,
      write,
      eraseFrame,
      now: () => now,
      wakeIn: (delay, listener) => {
        const set = { at: now + delay, listener };
        alarm = set;
        return () => {
          if (alarm === set) alarm = null;
        };
      },
    },
    false,
    // Like chalk, which joins its arguments.
    (...texts: readonly string[]) => texts.join(' '),
  );
  const draw = (frameRows: number): void => {
    const { lines } = display.draw(() => frameOf(display.size(), frameRows));
    eraseFrame();
    write(`${lines.map((line) => line.map(({ text }) => text).join('')).join('\n')}\n`);
    drawn = lines.length;
  };
  return {
    erased,
    write,
    draw,
    print: (label = 'Session key 1') => {
      eraseFrame();
      write(display.print({ label, text: () => KEY, isCode: false }));
    },
    pass: (time: number): void => {
      now += time;
      if (alarm === null || alarm.at > now) return;
      const { listener } = alarm;
      alarm = null;
      listener();
    },
    /** Changes the window size. If `silent`, the program is not notified. */
    resize: (to: Size, silent = false): void => {
      write('');
      size = to;
      terminal.resize(to.columns, to.rows);
      if (!silent) display.resized();
    },
    screen: async (): Promise<string[]> => {
      await new Promise<void>((done) => terminal.write('', done));
      const { active } = terminal.buffer;
      return Array.from(
        { length: size.rows },
        (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
      );
    },
  };
}

const SETTLED = 300;
const LARGE = { columns: 80, rows: 24 };
const SMALL = { columns: 40, rows: 12 };

test('a label that is wider than the window wraps between its parts', async () => {
  const { print, screen } = open(40, 12);
  print('Session key 5 · 12:47 · USER · partner 1234567');
  expect((await screen()).filter(Boolean).slice(0, 3)).toEqual([
    '── Session key 5 · 12:47 · USER ───────',
    '   partner 1234567',
    KEY.slice(0, 40),
  ]);
});

describe('a resize of the window', () => {
  test('erases the frame without moving it into the history of tmux', async () => {
    const { draw, resize, pass, erased, screen } = open(80, 24);
    draw(23);
    pass(1000);
    await screen();
    resize(SMALL);
    pass(SETTLED);
    expect(await screen()).toEqual(Array.from({ length: 12 }, () => ''));
    expect(erased).toEqual(['for good']);
  });

  test('keeps the output of other programs above the frame if the frame still fits', async () => {
    const { write, draw, resize, pass, screen } = open(80, 24);
    write('$ ls\n');
    draw(5);
    pass(1000);
    await screen();
    resize({ columns: 100, rows: 30 });
    pass(SETTLED);
    draw(3);
    expect((await screen()).filter(Boolean)).toEqual(['$ ls', ...Array.from({ length: 3 }, () => 'x'.repeat(99))]);
  });

  test('does not repeat rows that were above a smaller window', async () => {
    const { print, draw, resize, pass, screen } = open(120, 40);
    print();
    draw(12);
    for (const size of [SMALL, { columns: 80, rows: 40 }, { columns: 60, rows: 20 }, { columns: 120, rows: 40 }]) {
      pass(1000);
      await screen();
      resize(size);
      pass(SETTLED);
      draw(5);
      const rows = (await screen()).filter(Boolean);
      expect(rows.filter((row) => row.startsWith('── Session key 1')).length).toBeLessThan(2);
      expect(rows.filter((row) => row.startsWith('xxx'))).toHaveLength(5);
    }
    expect((await screen()).slice(0, 2)).toEqual([expect.stringMatching(/^── Session key 1 ─+$/), KEY]);
  });

  test('erases the whole window if a frame was drawn before the program was notified', async () => {
    const { write, draw, resize, pass, screen } = open(120, 40);
    write('$ ls\n');
    draw(12);
    pass(1000);
    await screen();
    resize(LARGE, true);
    draw(8);
    await screen();
    pass(100);
    resize(LARGE);
    pass(SETTLED);
    draw(2);
    expect((await screen()).filter(Boolean)).toEqual(['x'.repeat(79), 'x'.repeat(79)]);
  });

  test('draws nothing until the size is stable', async () => {
    const { draw, resize, pass, screen } = open(80, 24);
    draw(5);
    pass(1000);
    await screen();
    resize({ columns: 90, rows: 24 });
    pass(SETTLED - 1);
    draw(2);
    expect((await screen()).filter(Boolean)).toHaveLength(5);
    resize({ columns: 100, rows: 24 });
    pass(SETTLED);
    draw(2);
    expect((await screen()).filter(Boolean)).toEqual(['x'.repeat(99), 'x'.repeat(99)]);
  });
});
