import type { Tone } from '../../messages/paragraph.js';
import { terminalLine } from '../../terminal/text.js';
import { padTo, widthOf } from '../../terminal/width.js';
import type { CheckItem, Control, TextControl } from '../../wizard/engine/view.js';
import { type Interaction, openList } from '../input/interaction.js';
import { charactersOf } from '../input/line-editor.js';
import type { Glyphs } from './glyphs.js';
import { cut, EMPTY_LINE, type Line, type Look, paragraph } from './line.js';
import { hintRows, type ListEntry, tallestHint, widthsOf } from './list-measures.js';

/** The visible part of a text, and the column of the cursor in it. */
export interface TextWindow {
  readonly text: string;
  readonly cursor: number;
}

/** Cuts a text to the part around the cursor that fits. Line breaks are shown as a sign. */
export function windowOf(characters: readonly string[], cursor: number, width: number, glyphs: Glyphs): TextWindow {
  const drawn = characters.map((character) =>
    /[\r\n\u2028\u2029]/.test(character) ? glyphs.lineEnd : terminalLine(character),
  );
  let from = cursor;
  let used = 1;
  while (from > 0 && used + widthOf(drawn[from - 1] ?? '') <= width) used += widthOf(drawn[--from] ?? '');
  let to = cursor;
  while (to < drawn.length && used + widthOf(drawn[to] ?? '') <= width) used += widthOf(drawn[to++] ?? '');
  return { text: drawn.slice(from, to).join(''), cursor: widthOf(drawn.slice(from, cursor).join('')) };
}

type ListControl = Exclude<Control, TextControl>;

/** A list as rows. `marked` is the row that must stay visible. */
export interface ListBlock {
  readonly lines: readonly Line[];
  readonly marked: number;
  /** The column of the terminal's cursor in the first row; null if there is no search. */
  readonly cursorColumn: number | null;
}

/** The measures of an open list, before the layout decides how many entries are shown. */
export interface MeasuredList {
  readonly entries: readonly ListEntry[];
  readonly marked: number;
  readonly search: SearchLine;
  /** Columns that each row has. */
  readonly width: number;
  readonly boxWidth: number;
  readonly labelWidth: number;
  /** Columns for the hint beside a label; 0 where hints are shown only beneath the list. */
  readonly hintWidth: number;
  /** The rows beneath the entries. */
  readonly beneath: readonly Line[];
}

/** The fewest columns for a hint beside its label. */
const NARROWEST_HINT = 20;

/** Rows for the explanation of a checklist's item: the same number for all, so that the screen doesn't move. */
const DETAIL_ROWS = 3;

/** Only the marked option has a colour. */
const lookOf = (tone: Tone | undefined, isMarked: boolean): Look => {
  if (!isMarked) return 'plain';
  return tone === 'danger' || tone === 'caution' ? tone : 'accent';
};

const isCheckItem = (entry: ListEntry): entry is CheckItem => 'isTicked' in entry;

/** Measures an open list. */
export function measureList(
  control: ListControl,
  interaction: Interaction,
  width: number,
  glyphs: Glyphs,
): MeasuredList {
  const { entries, marked } = openList(control, interaction);
  const all = entries as readonly ListEntry[];
  const boxWidth = control.kind === 'checklist' ? 4 : 0;
  const { labelWidth } = widthsOf(all);
  const room = width - 2 - boxWidth - labelWidth - 3;
  const hintWidth = room >= NARROWEST_HINT ? room : 0;
  return {
    entries: all,
    marked,
    search: searchLine(control, interaction, all.length, width, glyphs),
    width,
    boxWidth,
    labelWidth,
    hintWidth,
    beneath: hintBeneath(all, marked, hintWidth, width),
  };
}

/** The number of entries shown in at most `rows` rows. If some are hidden, one row tells how many. */
function shownCount({ entries, search, beneath }: MeasuredList, rows: number): number {
  const room = Math.max(2, rows - search.lines.length - beneath.length);
  return entries.length <= room ? entries.length : Math.max(1, room - 1);
}

/** The height of the list in at most `rows` rows, without building them. */
export function listHeight(list: MeasuredList, rows: number): number {
  const { entries, search, beneath } = list;
  if (entries.length === 0) return search.lines.length + 1;
  const shown = shownCount(list, rows);
  return search.lines.length + shown + (shown < entries.length ? 1 : 0) + beneath.length;
}

/** Lays out a list in at most `rows` rows: the entries around the marked one, and its hint in full if it was cut. */
export function listBlock(list: MeasuredList, rows: number, glyphs: Glyphs): ListBlock {
  const { entries, marked, width, boxWidth, labelWidth, hintWidth, beneath } = list;
  const { lines: search, cursorColumn } = list.search;
  if (entries.length === 0)
    return { lines: [...search, [{ text: '  nothing found', look: 'dim' }]], marked: 0, cursorColumn };

  const shown = shownCount(list, rows);
  const from = Math.min(Math.max(0, marked - Math.floor(shown / 2)), entries.length - shown);
  const lines = entries.slice(from, from + shown).map((entry, index): Line => {
    const isMarked = from + index === marked;
    const box = isCheckItem(entry) ? (entry.isTicked ? '[x] ' : '[ ] ') : '';
    const label = `${isMarked ? glyphs.pointer : ' '} ${box}${hintWidth > 0 ? padTo(entry.label, labelWidth) : cut(entry.label, width - 2 - boxWidth, glyphs.more)}`;
    const hint = hintWidth > 0 && entry.hint ? cut(entry.hint, hintWidth, glyphs.more) : '';
    return [
      { text: hint === '' ? label.trimEnd() : label, look: lookOf(entry.tone, isMarked) },
      ...(hint === '' ? [] : [{ text: `   ${hint}`, look: 'dim' as const }]),
    ];
  });
  const above = from;
  const below = entries.length - from - shown;
  const counts = [above > 0 ? `${glyphs.up} ${above} more` : '', below > 0 ? `${glyphs.down} ${below} more` : ''];
  const more: Line[] =
    shown === entries.length
      ? []
      : [[{ text: `  ${counts.filter((count) => count !== '').join('   ')}`, look: 'dim' }]];
  return {
    lines: [...search, ...lines, ...more, ...beneath],
    marked: search.length + marked - from,
    cursorColumn,
  };
}

/**
 * The full hint of the marked entry, if some hints don't fit beside their labels. Always takes as many rows as the longest hint, so that the
 * screen doesn't move with the mark.
 */
function hintBeneath(all: readonly ListEntry[], marked: number, room: number, width: number): Line[] {
  // An item of a checklist is explained whether its hint fits or not.
  const current = all[marked];
  if (current !== undefined && isCheckItem(current)) {
    const lines = paragraph(current.detail, 'plain', width, '    ').slice(0, DETAIL_ROWS);
    return [...lines, ...Array.from({ length: DETAIL_ROWS - lines.length }, () => EMPTY_LINE)];
  }
  if (widthsOf(all).hintWidth <= room) return [];
  const hint = current?.hint ?? '';
  const shown = widthOf(hint) > room ? hintRows(hint, width) : [];
  return [...shown, ...Array.from({ length: tallestHint(all, room, width) - shown.length }, () => EMPTY_LINE)];
}

interface SearchLine {
  readonly lines: Line[];
  readonly cursorColumn: number | null;
}

function searchLine(
  control: ListControl,
  { query, focus }: Interaction,
  found: number,
  width: number,
  glyphs: Glyphs,
): SearchLine {
  if (query === null || focus !== control.id) return { lines: [], cursorColumn: null };
  const count = query.text.trim() === '' ? '' : `   ${found} found`;
  const part = windowOf(charactersOf(query.text), query.cursor, width - 1 - widthOf(count), glyphs);
  const line: Line = [
    { text: '/', look: 'accent' },
    { text: part.text, look: 'strong', isField: true },
    { text: count, look: 'dim' },
  ];
  return { lines: [line], cursorColumn: 1 + part.cursor };
}

/** The answer of a list that is folded to one row. */
export function foldedAnswer(control: ListControl): string {
  if (control.kind === 'choice')
    return control.options.find((option) => option.value === control.value)?.label.trim() ?? '';
  return control.items
    .filter((item) => item.isTicked)
    .map((item) => item.label)
    .join(', ');
}
