import type { Option } from '../../messages/paragraph.js';
import { widestOf, widthOf } from '../../terminal/width.js';
import type { CheckItem } from '../../wizard/engine/view.js';
import { type Line, paragraph } from './line.js';

export type ListEntry = Option | CheckItem;

/** The columns that the widest label and the widest hint of a list take. */
interface ListWidths {
  readonly labelWidth: number;
  readonly hintWidth: number;
}

// A list can have thousands of entries and stays the same from one key press to the next, so it is measured once.
const measuredWidths = new WeakMap<readonly ListEntry[], ListWidths>();
const measuredHeights = new WeakMap<readonly ListEntry[], Map<string, number>>();

/** Measures the labels and hints of a list, once for each array of entries. */
export function widthsOf(entries: readonly ListEntry[]): ListWidths {
  const known = measuredWidths.get(entries);
  if (known !== undefined) return known;
  const widths = {
    labelWidth: widestOf(entries.map(({ label }) => label)),
    hintWidth: widestOf(entries.map(({ hint }) => hint ?? '')),
  };
  measuredWidths.set(entries, widths);
  return widths;
}

/** A hint in full, as rows beneath its list. */
export const hintRows = (hint: string, width: number): Line[] => paragraph(hint, 'plain', width, '    ');

/**
 * The most rows that a hint of the list takes beneath it, once for each array of entries and size.
 *
 * @param room columns beside the label: a hint that fits there is not shown beneath the list
 * @param width columns of a row beneath the list
 */
export function tallestHint(entries: readonly ListEntry[], room: number, width: number): number {
  const heights = measuredHeights.get(entries) ?? new Map<string, number>();
  measuredHeights.set(entries, heights);
  const size = `${room} ${width}`;
  const cutHints = () => entries.flatMap(({ hint }) => (hint !== undefined && widthOf(hint) > room ? [hint] : []));
  const height = heights.get(size) ?? Math.max(0, ...cutHints().map((hint) => hintRows(hint, width).length));
  heights.set(size, height);
  return height;
}
