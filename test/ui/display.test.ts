import xterm from '@xterm/headless';
import { expect, test } from 'vitest';
import { createDisplay } from '../../source/ui/display.js';
import type { Size } from '../../source/ui/layout/frame.js';

/** Rows of a frame, as wide as the window. */
const frameOf = ({ columns, rows }: Size) => ({
  lines: Array.from({ length: rows - 1 }, () => [{ text: 'x'.repeat(columns - 1), look: 'plain' as const }]),
  cursor: null,
  reach: { up: 0, down: 0 },
});

test('a smaller window erases the frame without moving it into the history of tmux', async () => {
  let size = { columns: 80, rows: 24 };
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  const erased: string[] = [];
  // tmux scrolls the whole screen into its history where it is erased from the top left.
  terminal.parser.registerCsiHandler({ final: 'J' }, () => {
    const { cursorX, cursorY } = terminal.buffer.active;
    erased.push(cursorX === 0 && cursorY === 0 ? 'into the history' : 'for good');
    return false;
  });
  const display = createDisplay(
    { size: () => size, write: (text) => terminal.write(text), eraseFrame: () => {} },
    false,
    String,
  );
  const { lines } = display.draw(() => frameOf(size));
  await new Promise<void>((done) =>
    terminal.write(
      `${lines
        .flat()
        .map(({ text }) => text)
        .join('\r\n')}\r\n`,
      done,
    ),
  );
  size = { columns: 40, rows: 12 };
  terminal.resize(40, 12);
  display.resized();
  await new Promise<void>((done) => terminal.write('', done));
  expect(erased).toEqual(['for good']);
  const shown = Array.from({ length: 12 }, (_, row) =>
    terminal.buffer.active.getLine(terminal.buffer.active.baseY + row),
  );
  expect(shown.map((line) => line?.translateToString(true))).toEqual(Array.from({ length: 12 }, () => ''));
});
