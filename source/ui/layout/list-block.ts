import type { Tone } from '../../messages/paragraph.js';
import { terminalLine } from '../../terminal/text.js';
import { padTo, widthOf } from '../../terminal/width.js';
import type { CheckItem, Control, TextControl } from '../../wizard/engine/view.js';
import { entriesOf, type Interaction, type ListEntry, openList } from '../input/interaction.js';
import { charactersOf } from '../input/line-editor.js';
import type { Glyphs } from './glyphs.js';
import { cut, type Line, type Look } from './line.js';
import { BLANK, explanationArea, type ListRow, labelWidthOf, rowsOf } from './list-measures.js';

/** The visible part of a text. */
export interface TextWindow {
  readonly text: string;
  /** The marks before and after the text where it is cut; empty where it isn't. */
  readonly before: string;
  readonly after: string;
  /** The column of the cursor, counted from `before`. */
  readonly cursor: number;
}

/** Returns the indexes of the characters around the cursor that fit. The cursor needs a column of its own. */
function rangeAround(drawn: readonly string[], cursor: number, width: number): readonly [from: number, to: number] {
  let from = cursor;
  let used = 1;
  while (from > 0 && used + widthOf(drawn[from - 1] ?? '') <= width) {
    from -= 1;
    used += widthOf(drawn[from] ?? '');
  }
  let to = cursor;
  while (to < drawn.length && used + widthOf(drawn[to] ?? '') <= width) {
    used += widthOf(drawn[to] ?? '');
    to += 1;
  }
  return [from, to];
}

/** Below this width, the marks would leave too little of the text. */
const NARROWEST_CUT = 12;

/** Cuts a text to the part around the cursor that fits. Line breaks are shown as a sign. */
export function windowOf(characters: readonly string[], cursor: number, width: number, glyphs: Glyphs): TextWindow {
  const drawn = characters.map((character) =>
    /[\r\n\u2028\u2029]/.test(character) ? glyphs.lineEnd : terminalLine(character),
  );
  const isShort = drawn.length < width && widthOf(drawn.join('')) < width;
  const marks = isShort || width < NARROWEST_CUT ? 0 : 2 * widthOf(glyphs.more);
  const [from, to] = rangeAround(drawn, cursor, width - marks);
  const before = marks > 0 && from > 0 ? glyphs.more : '';
  const after = marks > 0 && to < drawn.length ? glyphs.more : '';
  const column = widthOf(before) + widthOf(drawn.slice(from, cursor).join(''));
  return { text: drawn.slice(from, to).join(''), before, after, cursor: column };
}

type ListControl = Exclude<Control, TextControl>;

/** A list as rows. `marked` is the row that must stay visible. */
export interface ListBlock {
  readonly lines: readonly Line[];
  readonly marked: number;
  /** The column of the terminal's cursor in the first row; null if there is no search. */
  readonly cursorColumn: number | null;
  /** Whether options are out of sight. */
  readonly isCut: boolean;
}

/** The measures of an open list, before the layout decides how many of its rows are shown. */
export interface MeasuredList {
  readonly rows: readonly ListRow[];
  /** The marked row. */
  readonly marked: number;
  readonly search: SearchLine;
  /** The number of rows without a search: a search doesn't make the list lower. */
  readonly height: number;
  /** Columns that each row has. */
  readonly width: number;
  readonly boxWidth: number;
  readonly labelWidth: number;
  /** Columns for the hint beside a label; 0 if hints are shown only in the area below the list. */
  readonly hintWidth: number;
  /** The area below the list, which explains the marked entry; `isCut` if the explanation is longer. */
  readonly area: { readonly lines: readonly Line[]; readonly isCut: boolean };
}

/** The fewest columns for a hint beside its label. */
const NARROWEST_HINT = 20;

/** Only the marked option has a color. */
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
  const { entries: found, marked } = openList(control, interaction);
  const all = entriesOf(control, interaction);
  const boxWidth = control.kind === 'checklist' ? 4 : 0;
  const labelWidth = labelWidthOf(all);
  const room = width - 2 - boxWidth - labelWidth - 3;
  const hintWidth = room >= NARROWEST_HINT ? room : 0;
  // Search results have their own order, so they have no group headings.
  const rows = found.length === all.length ? rowsOf(found) : found.map((entry) => ({ entry }));
  return {
    rows,
    marked: rows.findIndex((row) => 'entry' in row && row.entry === found[marked]),
    search: searchLine(control, interaction, found.length, width, glyphs),
    height: rowsOf(all).length,
    width,
    boxWidth,
    labelWidth,
    hintWidth,
    area: explanationArea(all, found[marked], hintWidth, width, glyphs.more),
  };
}

/** The height of the list in at most `rows` rows, without its area and without building the rows. */
export const listHeight = ({ height, search }: MeasuredList, rows: number): number =>
  Math.min(Math.max(height, search.lines.length + 1), Math.max(2, rows));

function rowLine(row: ListRow, isMarked: boolean, list: MeasuredList, glyphs: Glyphs): Line {
  const { width, boxWidth, labelWidth, hintWidth } = list;
  if ('heading' in row) return [{ text: cut(row.heading, width, glyphs.more), look: 'dim' }];
  const { entry } = row;
  const box = isCheckItem(entry) ? (entry.isTicked ? '[x] ' : '[ ] ') : '';
  const label = `${isMarked ? glyphs.pointer : ' '} ${box}${hintWidth > 0 ? padTo(entry.label, labelWidth) : cut(entry.label, width - 2 - boxWidth, glyphs.more)}`;
  const hint = hintWidth > 0 && entry.hint ? cut(entry.hint, hintWidth, glyphs.more) : '';
  return [
    { text: hint === '' ? label.trimEnd() : label, look: lookOf(entry.tone, isMarked) },
    ...(hint === '' ? [] : [{ text: `   ${hint}`, look: 'dim' as const }]),
  ];
}

/** Lays out a list in at most `limit` rows: the rows around the marked one, and how many are hidden. */
export function listBlock(list: MeasuredList, limit: number, glyphs: Glyphs): ListBlock {
  const { rows, marked } = list;
  const { lines: search, cursorColumn } = list.search;
  const height = listHeight(list, limit);
  const room = Math.max(1, height - search.length);
  const shown = rows.length <= room ? rows.length : Math.max(1, room - 1);
  const from = Math.min(Math.max(0, marked - Math.floor(shown / 2)), rows.length - shown);
  const lines =
    rows.length === 0
      ? [[{ text: cut('  No match. Esc shows the whole list.', list.width, glyphs.more), look: 'dim' as const }]]
      : rows.slice(from, from + shown).map((row, index) => rowLine(row, from + index === marked, list, glyphs));
  const below = rows.length - from - shown;
  const counts = [from > 0 ? `${glyphs.up} ${from}` : '', below > 0 ? `${glyphs.down} ${below}` : ''];
  const more: Line[] =
    shown === rows.length
      ? []
      : [
          [
            {
              text: cut(
                `  ${counts.filter((count) => count !== '').join('   ')} more options`,
                list.width,
                glyphs.more,
              ),
              look: 'dim',
            },
          ],
        ];
  const said = [...search, ...lines, ...more];
  return {
    lines: [...said, ...Array.from({ length: Math.max(0, height - said.length) }, () => BLANK)],
    marked: search.length + Math.max(0, marked - from),
    cursorColumn,
    isCut: shown < rows.length,
  };
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
    { text: part.before, look: 'dim' },
    { text: part.text, look: 'strong', isField: true },
    { text: `${part.after}${count}`, look: 'dim' },
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
