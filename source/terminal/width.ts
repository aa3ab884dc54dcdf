import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Matches texts of one-column characters only. They are measured by their length, because `string-width` is slow. */
const ONE_COLUMN_EACH = /^[ -~\u00a1-\u00ac\u00ae-\u00ff\u2013-\u2027\u2190-\u2193\u2500-\u257f❯]*$/;

/** Columns that a text takes in a terminal. Wide characters take two, and combining ones none. */
export const widthOf = (text: string): number => (ONE_COLUMN_EACH.test(text) ? text.length : stringWidth(text));

/** The columns of the widest text; 0 if there is none. */
export const widestOf = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));

export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Wraps a text between words. Wraps a text that has no spaces after its commas. */
export function wrapText(text: string, width: number): string[] {
  const rows = text.includes(' ') || widthOf(text) <= width ? [text] : wrapAfterCommas(text, width);
  return rows.flatMap((row) => wrapAnsi(row, Math.max(1, width), { hard: true, trim: true }).split('\n'));
}

function wrapAfterCommas(text: string, width: number): string[] {
  const rows: string[] = [];
  for (const part of text.split(/(?<=,)/)) {
    const last = rows.at(-1);
    if (last !== undefined && widthOf(last + part) <= width) rows[rows.length - 1] = last + part;
    else rows.push(part);
  }
  return rows;
}

/** Joins the cells of each row, and aligns the columns. */
export function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widthAt = (column: number): number => widestOf(rows.map((row) => row[column] ?? ''));
  return rows.map((row) =>
    row
      .map((cell, column) => padTo(cell, widthAt(column)))
      .join('   ')
      .trimEnd(),
  );
}
