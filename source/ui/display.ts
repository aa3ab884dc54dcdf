import { inLetters } from '../terminal/ascii.js';
import { terminalLine, terminalText } from '../terminal/text.js';
import { widthOf } from '../terminal/width.js';
import type { Frame, Size } from './layout/frame.js';
import { lineWidth } from './layout/line.js';

/** A text to print above the frame, such as a key. The terminal wraps it, so that a selection yields it whole. */
export interface PrintedText {
  readonly label: string;
  /** Returns the text, so that a secret is revealed only while it is written. */
  readonly text: () => string;
  /** Code is printed below a key, so the key may still be visible. */
  readonly isCode: boolean;
}

/** The terminal as `Display` uses it. */
export interface DisplayTarget {
  readonly size: () => Size;
  /** Writes text as it is, without the frame knowing. */
  readonly write: (text: string) => void;
  /** Erases the frame, as it was when it was drawn. */
  readonly eraseFrame: () => void;
  /** The time, in milliseconds. */
  readonly now: () => number;
  /** Calls the listener after a delay in milliseconds, unless the returned function is called before. */
  readonly wakeIn: (delay: number, listener: () => void) => () => void;
}

/** Knows what is on the screen: the printed text, and the frame below it. */
export interface Display {
  readonly size: () => Size;
  readonly subscribe: (listener: () => void) => () => void;
  /** Returns what to write above the frame for a text, and remembers the text. */
  readonly print: (printed: PrintedText) => string;
  /** Returns the frame to draw below the printed rows, and remembers it. */
  readonly draw: (frameWith: (printed: PrintedRows) => Frame) => Frame;
  /** Once the window keeps its new size, erases the printed text and the frame, and prints the text again if it fits. */
  readonly resized: () => void;
  /** Stops waiting for the window to keep its size. */
  readonly stop: () => void;
  /** Leaves the screen to another program until the returned function is called. */
  readonly lend: () => () => void;
}

export interface PrintedRows {
  /** 0 if nothing is printed. */
  readonly count: number;
  /** Whether a part of the printed texts is not visible. */
  readonly isAway: boolean;
  /** Whether a part of the text that was printed last is not visible. */
  readonly isLastAway: boolean;
}

export const NOTHING_PRINTED: PrintedRows = { count: 0, isAway: false, isLastAway: false };

/** The fewest rows of a frame that is useful. */
const FEWEST_FRAME_ROWS = 5;

const WIDEST_RULE = 120;

/** How long a window must keep its size, in milliseconds. tmux reports a new size up to 250 ms after it has wrapped the rows anew. */
const SETTLE_TIME = 300;

/** Erases from the start of the row. Not from the first column on: at the top left, tmux keeps what it erases in its history. */
const ERASE_BELOW = '\r\u001B[K\u001B[C\u001B[J\r';

/** Returns the number of rows in which a terminal shows a line. */
const rowsOf = (width: number, columns: number): number => Math.max(1, Math.ceil(width / columns));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Separates the parts of a label. */
const SEPARATOR = ' · ';

/** Divides a label at its separators into rows of at most that width. */
function labelRows(label: string, width: number): string[] {
  const rows: string[] = [];
  for (const part of label.split(SEPARATOR)) {
    const longer = rows.length === 0 ? part : `${rows.at(-1)}${SEPARATOR}${part}`;
    if (rows.length > 0 && widthOf(longer) <= width) rows.splice(-1, 1, longer);
    else rows.push(part);
  }
  return rows;
}

/** Returns the label as a rule over the width of the window; several rows if the window is narrow. */
function rule(label: string, columns: number, isPlain: boolean): string[] {
  const line = isPlain ? '-' : '─';
  const start = `${line}${line} `;
  return labelRows(terminalLine(label), columns - widthOf(start) - 1).map((row, index) => {
    const text = `${index === 0 ? start : ' '.repeat(widthOf(start))}${isPlain ? inLetters(row) : row} `;
    return index > 0
      ? text.trimEnd()
      : text + line.repeat(Math.max(0, Math.min(columns, WIDEST_RULE) - 1 - widthOf(text)));
  });
}

/** @param dim styles the label */
export function createDisplay(target: DisplayTarget, isPlain: boolean, dim: (text: string) => string): Display {
  const listeners = new Set<() => void>();
  let size = target.size();
  /** The last key or token value, and the code that was printed since. */
  let printed: readonly PrintedText[] = [];
  /** The widths of the printed lines, as they were written; none if they can't be found on the screen any more. */
  let lines: readonly number[] = [];
  /** How many of the lines belong to the text that was printed last. */
  let lastCount = 0;
  let frame: Frame | null = null;
  /** The height of the highest frame since the first of the texts was printed, and since the last. */
  let highest = 0;
  let highestSinceLast = 0;
  let isLost = false;
  let isLent = false;
  /**
   * Whether it is unknown where the printed text begins: rows may be above the window, or were written while the window changed. From then
   * on, each resize erases the whole window, until the screen is lent.
   */
  let isPositionUnknown = false;
  let lastWrite = Number.NEGATIVE_INFINITY;
  let stopSettling: (() => void) | null = null;

  const blockOf = ({ label, text }: PrintedText) => {
    const labels = rule(label, size.columns, isPlain);
    return { labels, rows: [...labels, ...terminalText(text()).split('\n'), ''] };
  };
  /** Returns what to write for the texts. */
  const blocksText = (texts: readonly PrintedText[]): string => {
    const blocks = texts.map(blockOf);
    lines = [...lines, ...blocks.flatMap(({ rows }) => rows).map(widthOf)];
    lastCount = blocks.at(-1)?.rows.length ?? 0;
    const styled = ({ labels, rows }: (typeof blocks)[number]) => [
      ...labels.map((row) => dim(row)),
      ...rows.slice(labels.length),
    ];
    return blocks.map((block) => `${styled(block).join('\n')}\n`).join('');
  };
  const rowsOfAll = (widths: readonly number[]): number => sum(widths.map((width) => rowsOf(width, size.columns)));
  const areAway = (widths: readonly number[], height: number): boolean =>
    isLost || rowsOfAll(widths) + height + 1 > size.rows;
  const printedRows = (): PrintedRows => ({
    count: rowsOfAll(lines),
    isAway: areAway(lines, highest),
    isLastAway: areAway(lines.slice(-lastCount), highestSinceLast),
  });

  /** Returns the escape codes that erase the printed text and the rest of the frame. Call it after `eraseFrame`. */
  function eraseText({ lines: drawn, cursor }: Frame, before: Size): string {
    const widths = drawn.map(lineWidth);
    const upTo = cursor === null ? widths.length : cursor.row;
    // Terminals wrap the rows anew, so the frame has more rows now than when it was drawn.
    const above = [...lines, ...widths.slice(0, upTo)];
    const rows = rowsOfAll(above) + (cursor === null ? 0 : Math.floor(cursor.column / size.columns));
    const up = rows - upTo;
    const erase = isPositionUnknown ? `\u001B[H${ERASE_BELOW}` : `${up > 0 ? `\u001B[${up}A` : ''}${ERASE_BELOW}`;
    // tmux moves rows into its history as soon as there are more of them, even if rows below the frame are empty.
    const isLonger = rows > sum(above.map((width) => rowsOf(width, before.columns)));
    isPositionUnknown ||= isLonger || rows + 1 > size.rows;
    return erase;
  }

  function settle(): void {
    stopSettling = null;
    const before = size;
    size = target.size();
    const isSame = before.columns === size.columns && before.rows === size.rows;
    if (frame !== null && !isLent && (!isSame || isPositionUnknown)) {
      target.eraseFrame();
      target.write(eraseText(frame, before));
      const needed = rowsOfAll(printed.flatMap((text) => blockOf(text).rows).map(widthOf));
      const fits = printed.length > 0 && !isLost && needed + FEWEST_FRAME_ROWS + 1 <= size.rows;
      frame = null;
      lines = [];
      highest = fits ? 0 : size.rows;
      highestSinceLast = highest;
      if (fits) target.write(blocksText(printed));
    }
    for (const listener of listeners) listener();
  }

  return {
    size: () => size,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    print: (text) => {
      highestSinceLast = 0;
      lastWrite = target.now();
      if (stopSettling !== null) isPositionUnknown = true;
      if (text.isCode) {
        printed = [...printed, text];
        return blocksText([text]);
      }
      printed = [text];
      lines = [];
      highest = 0;
      isLost = false;
      return `\n${blocksText([text])}`;
    },
    draw: (frameWith) => {
      // A frame for the old size would be drawn in the wrong rows.
      if (stopSettling !== null && frame !== null) return frame;
      lastWrite = target.now();
      const keepHeight = (next: Frame): void => {
        frame = next;
        highest = Math.max(highest, next.lines.length);
        highestSinceLast = Math.max(highestSinceLast, next.lines.length);
      };
      const rows = (): PrintedRows => (printed.length === 0 ? NOTHING_PRINTED : printedRows());
      const before = rows();
      keepHeight(frameWith(before));
      // The frame itself may be too high for the printed rows to stay.
      const after = rows();
      if (after.isAway !== before.isAway || after.isLastAway !== before.isLastAway) keepHeight(frameWith(after));
      return frame as Frame;
    },
    resized: () => {
      if (stopSettling === null && target.now() - lastWrite < SETTLE_TIME) isPositionUnknown = true;
      stopSettling?.();
      stopSettling = target.wakeIn(SETTLE_TIME, settle);
    },
    stop: () => stopSettling?.(),
    lend: () => {
      isPositionUnknown = false;
      lines = [];
      isLost = printed.length > 0;
      isLent = true;
      return () => {
        isLent = false;
      };
    },
  };
}
