import type { Runtime } from '../../operations/runtime.js';
import { wrapText } from '../../terminal/width.js';

/** Longer lines are hard to read. */
const WIDEST = 90;

/** The columns before the text of a line: spaces, the mark of an item, or a label of a table. */
const BEFORE_TEXT = /^ *(?:· )?(?:[\w -]{1,26}? {2,})?/;

function wrapped(text: string, columns: number): string {
  const width = Math.min(columns - 1, WIDEST);
  return text
    .split('\n')
    .flatMap((line) => {
      const [before = ''] = BEFORE_TEXT.exec(line) ?? [];
      if (line.startsWith('  kaltura-ks')) return [line];
      const rows = wrapText(line.slice(before.length), width - before.length);
      return rows.map((row, index) => (index === 0 ? before : ' '.repeat(before.length)) + row);
    })
    .join('\n');
}

/** Wraps prose between words if standard output is a terminal. Commands stay on one line, so that they can be copied. */
export const wrapProse = (text: string, { isTTY, columns }: Pick<Runtime['stdout'], 'isTTY' | 'columns'>): string =>
  isTTY ? wrapped(text, columns || 80) : text;
