import { terminalLine } from '../../terminal/text.js';
import { widestOf, widthOf, wrapText } from '../../terminal/width.js';
import type { ListEntry } from '../input/interaction.js';
import { cut, type Line } from './line.js';

// A list can have thousands of entries and stays the same from one key press to the next, so it is measured once.
const measuredLabels = new WeakMap<readonly ListEntry[], number>();
const measuredHeights = new WeakMap<readonly ListEntry[], Map<string, number>>();

/** Returns the columns of the widest label, once for each array of entries. */
export function labelWidthOf(entries: readonly ListEntry[]): number {
  const width = measuredLabels.get(entries) ?? widestOf(entries.map(({ label }) => label));
  measuredLabels.set(entries, width);
  return width;
}

/** A row of a list: an entry, or the heading of a group. */
export type ListRow = { readonly entry: ListEntry } | { readonly heading: string };

const measuredRows = new WeakMap<readonly ListEntry[], readonly ListRow[]>();

/** Returns the rows of a list, once for each array of entries: each entry, below a heading where its group begins. */
export function rowsOf(entries: readonly ListEntry[]): readonly ListRow[] {
  const known = measuredRows.get(entries);
  if (known !== undefined) return known;
  const rows = entries.flatMap((entry): ListRow[] => {
    const group = 'group' in entry ? entry.group : undefined;
    return group === undefined ? [{ entry }] : [{ heading: group }, { entry }];
  });
  measuredRows.set(entries, rows);
  return rows;
}

/** The most rows of the area below a list. */
const AREA_ROWS = 3;

/** An empty row that keeps its place, where `EMPTY_LINE` is a gap. */
export const BLANK: Line = [{ text: ' ', look: 'plain' }];

/** Columns before a label: the mark, and the box of a checklist. */
const leadWidth = (entry: ListEntry): number => ('isTicked' in entry ? 6 : 2);

/** Returns the explanation of an entry as rows: its label if that is cut, its hint if there is no room beside the label, and its detail. */
function explanationOf(entry: ListEntry, room: number, width: number): string[] {
  const { label, hint = '', detail = '' } = entry;
  const cutLabel = widthOf(label.trim()) > width - leadWidth(entry) ? label.trim() : '';
  const cutHint = widthOf(hint) > room && !detail.startsWith(hint) ? hint.replaceAll(/ {2,}/g, ', ') : '';
  return [cutLabel, cutHint, detail].flatMap((text) => (text === '' ? [] : wrapText(terminalLine(text), width)));
}

/** Returns the number of rows that the area below the list needs for any of its entries, once for each array of entries and size. */
function areaHeight(entries: readonly ListEntry[], room: number, width: number): number {
  const heights = measuredHeights.get(entries) ?? new Map<string, number>();
  measuredHeights.set(entries, heights);
  const size = `${room} ${width}`;
  const tallest = () => Math.max(0, ...entries.map((entry) => explanationOf(entry, room, width).length));
  const height = heights.get(size) ?? Math.min(AREA_ROWS, tallest());
  heights.set(size, height);
  return height;
}

/** Ends a row with a mark, in place of its last word if there is no room. */
export function endingWith(mark: string, row: string, width: number): string {
  const room = width - widthOf(mark) - 1;
  const kept = widthOf(row) <= room ? row : row.slice(0, Math.max(0, row.lastIndexOf(' ')));
  return `${cut(kept, room, '')} ${mark}`;
}

/**
 * Returns the area below a list, which explains the marked entry. Its height is the same for all entries, so that the screen doesn't move
 * with the mark. A longer explanation ends with a mark; the help shows all of it.
 *
 * @param room columns beside the label: a hint that fits there is not repeated
 */
export function explanationArea(
  entries: readonly ListEntry[],
  marked: ListEntry | undefined,
  room: number,
  width: number,
  more: string,
): { readonly lines: Line[]; readonly isCut: boolean } {
  const height = areaHeight(entries, room, width);
  const texts = marked === undefined ? [] : explanationOf(marked, room, width);
  const isCut = texts.length > height;
  const lines = texts.slice(0, height).map((text, index): Line => {
    const isLast = index === height - 1;
    return [{ text: isCut && isLast ? endingWith(more, text, width) : text, look: 'plain' }];
  });
  return { lines: [...lines, ...Array.from({ length: height - lines.length }, () => BLANK)], isCut };
}
