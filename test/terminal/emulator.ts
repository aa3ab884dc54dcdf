import xterm from '@xterm/headless';
import { type Style, type StyledText, styledTextsOf } from './cells.js';
import { reportCode } from './leader.js';
import { followModes, type Modes } from './modes.js';

/** A terminal emulator without a window: it reads a program's output, and returns what a user would see. */
export type Emulator = {
  /** Resolves when these bytes are on the screen. */
  write(bytes: Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  /** The visible rows, without the blanks at their ends. */
  screen(): string[];
  /** Everything since the start, soft-wrapped rows joined: what selecting with a mouse would copy. */
  scrollback(): string[];
  /** One visible row with its styles. */
  cells(row: number): StyledText[];
  /** All styles on the screen and in the scrollback. */
  styles(): Set<keyof Style>;
  readonly cursor: { readonly column: number; readonly row: number; readonly visible: boolean };
  readonly modes: Modes;
  /** Each text that the program sent to the clipboard (OSC 52). */
  readonly clipboard: readonly string[];
  readonly applicationCursorKeys: boolean;
  dispose(): void;
};

type Listeners = {
  /** The terminal's reply to a query of the program, such as the cursor position. */
  onAnswer(bytes: string): void;
  /** A message of the shell that leads the session. */
  onReport(text: string): void;
};

export function createEmulator(columns: number, rows: number, { onAnswer, onReport }: Listeners): Emulator {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
  const modes = followModes(terminal);
  terminal.onData(onAnswer);
  terminal.parser.registerOscHandler(reportCode, (text) => {
    onReport(text);
    return true;
  });
  const clipboard: string[] = [];
  terminal.parser.registerOscHandler(52, (data) => {
    clipboard.push(Buffer.from(data.slice(data.indexOf(';') + 1), 'base64').toString('utf8'));
    return true;
  });
  const buffer = () => terminal.buffer.active;
  const allLines = () => Array.from({ length: buffer().length }, (_, y) => buffer().getLine(y));
  return {
    write: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
    resize: (newColumns, newRows) => terminal.resize(newColumns, newRows),
    screen: () =>
      allLines()
        .slice(buffer().baseY, buffer().baseY + terminal.rows)
        .map((line) => (line?.translateToString(true) ?? '').trimEnd()),
    scrollback: () => {
      const logical: string[] = [];
      for (const line of allLines()) {
        const text = line?.translateToString(false) ?? '';
        if (line?.isWrapped && logical.length > 0) logical.push(logical.pop() + text);
        else logical.push(text);
      }
      const trimmed = logical.map((line) => line.trimEnd());
      return trimmed.slice(0, trimmed.findLastIndex(Boolean) + 1);
    },
    cells: (row) => styledTextsOf(buffer().getLine(buffer().baseY + row)),
    styles: () =>
      new Set(
        allLines().flatMap((line) => styledTextsOf(line).flatMap(({ style }) => Object.keys(style) as (keyof Style)[])),
      ),
    get cursor() {
      return { column: buffer().cursorX, row: buffer().cursorY, visible: modes.now.cursorVisible };
    },
    get modes() {
      return modes.now;
    },
    clipboard,
    get applicationCursorKeys() {
      return terminal.modes.applicationCursorKeysMode;
    },
    dispose: () => terminal.dispose(),
  };
}
