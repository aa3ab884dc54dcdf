import type { Option, Tone } from '../../messages/paragraph.js';
import { terminalLine } from '../../terminal/text.js';
import type { CheckItem, Control, TextControl } from '../../wizard/engine/view.js';
import { type Interaction, openList } from '../input/interaction.js';
import { charactersOf } from '../input/line-editor.js';
import type { Glyphs } from './glyphs.js';
import { cut, EMPTY_LINE, type Line, type Look, padTo, paragraph, widthOf } from './line.js';

/** The part of a text that is in sight, and the column of the cursor in it. */
export interface TextWindow {
  readonly text: string;
  readonly cursor: number;
}

/** The part of a text that fits, around the cursor; line ends inside it are made visible. */
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

/** A list as rows; `marked` is the row that must stay in sight. */
export interface ListBlock {
  readonly lines: readonly Line[];
  readonly marked: number;
  /** The column of the terminal's cursor in the first row, while one searches. */
  readonly cursorColumn: number | null;
}

/** A hint beside the label needs this much room to be worth it. */
const NARROWEST_HINT = 20;

/** Rows for the explanation of a checklist's item: the same for all, so that nothing jumps. */
const DETAIL_ROWS = 3;

const lookOf = (tone: Tone | undefined, isMarked: boolean): Look => {
  if (tone === 'danger' || tone === 'caution') return tone;
  return isMarked ? 'accent' : 'plain';
};

const isCheckItem = (entry: Option | CheckItem): entry is CheckItem => 'isTicked' in entry;

/** The rows of a list in at most that many of the terminal's: a window around what is marked, and its hint in full where it was cut. */
export function listBlock(
  control: ListControl,
  interaction: Interaction,
  width: number,
  rows: number,
  glyphs: Glyphs,
): ListBlock {
  const { entries, marked } = openList(control, interaction);
  const all = entries as readonly (Option | CheckItem)[];
  const { lines: search, cursorColumn } = searchLine(control, interaction, all.length, width, glyphs);
  if (all.length === 0)
    return { lines: [...search, [{ text: '  nothing found', look: 'dim' }]], marked: 0, cursorColumn };

  const boxWidth = control.kind === 'checklist' ? 4 : 0;
  const labelWidth = Math.max(...all.map((entry) => widthOf(entry.label)));
  const hintWidth = width - 2 - boxWidth - labelWidth - 3;
  const isHintBeside = hintWidth >= NARROWEST_HINT;
  const beneath = hintBeneath(all, marked, isHintBeside ? hintWidth : 0, width);

  const room = Math.max(2, rows - search.length - beneath.length);
  const isWhole = all.length <= room;
  const shown = isWhole ? all.length : Math.max(1, room - 1);
  const from = Math.min(Math.max(0, marked - Math.floor(shown / 2)), all.length - shown);

  const lines = all.slice(from, from + shown).map((entry, index): Line => {
    const isMarked = from + index === marked;
    const box = isCheckItem(entry) ? (entry.isTicked ? '[x] ' : '[ ] ') : '';
    const label = `${isMarked ? glyphs.pointer : ' '} ${box}${isHintBeside ? padTo(entry.label, labelWidth) : cut(entry.label, width - 2 - boxWidth, glyphs.more)}`;
    const hint = isHintBeside && entry.hint ? cut(entry.hint, hintWidth, glyphs.more) : '';
    return [
      { text: hint === '' ? label.trimEnd() : label, look: lookOf(entry.tone, isMarked) },
      ...(hint === '' ? [] : [{ text: `   ${hint}`, look: 'dim' as const }]),
    ];
  });
  const at = marked - from;
  const above = from;
  const below = all.length - from - shown;
  const counts = [above > 0 ? `${glyphs.up} ${above} more` : '', below > 0 ? `${glyphs.down} ${below} more` : ''];
  const more: Line[] = isWhole
    ? []
    : [[{ text: `  ${counts.filter((count) => count !== '').join('   ')}`, look: 'dim' }]];
  return {
    lines: [...search, ...lines, ...more, ...beneath],
    marked: search.length + at,
    cursorColumn,
  };
}

/**
 * The hint of what is marked, in full, where hints do not fit beside their labels. As many rows as the longest takes, whatever is marked:
 * nothing jumps while one moves.
 */
function hintBeneath(all: readonly (Option | CheckItem)[], marked: number, room: number, width: number): Line[] {
  // An item of a checklist is explained whether its hint fits or not.
  const current = all[marked];
  if (current !== undefined && isCheckItem(current)) {
    const lines = paragraph(current.detail, 'plain', width, '    ').slice(0, DETAIL_ROWS);
    return [...lines, ...Array.from({ length: DETAIL_ROWS - lines.length }, () => EMPTY_LINE)];
  }
  const rows = (entry: Option | CheckItem | undefined): Line[] =>
    entry?.hint ? paragraph(entry.hint, 'plain', width, '    ') : [];
  const cutOnes = all.filter((entry) => widthOf(entry.hint ?? '') > room);
  if (cutOnes.length === 0) return [];
  const height = Math.max(...cutOnes.map((entry) => rows(entry).length));
  const shown = widthOf(current?.hint ?? '') > room ? rows(current) : [];
  return [...shown, ...Array.from({ length: height - shown.length }, () => EMPTY_LINE)];
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

/** What was answered in a list, once it is folded to a row. */
export function foldedAnswer(control: ListControl): string {
  if (control.kind === 'choice')
    return control.options.find((option) => option.value === control.value)?.label.trim() ?? '';
  return control.items
    .filter((item) => item.isTicked)
    .map((item) => item.label)
    .join(', ');
}
