import { widthOf } from '../../terminal/width.js';
import type { View } from '../../wizard/engine/view.js';
import type { Interaction } from '../input/interaction.js';
import { type AdviceBlock, type Parts, partsOf } from './body-parts.js';
import type { Glyphs } from './glyphs.js';
import { EMPTY_LINE, type Line, lineWidth } from './line.js';
import { listBlock, listHeight, type MeasuredList } from './list-block.js';

export interface Position {
  readonly row: number;
  readonly column: number;
}

/** The rows between the header and the key hints. */
export interface Body {
  readonly lines: readonly Line[];
  /** The row that must stay visible: the field with the cursor, or the marked entry. */
  readonly anchor: number;
  /** The last row that belongs to the anchor: the messages about the field. */
  readonly focus: number;
  readonly cursor: Position | null;
  /** Whether all advice, the lead and the explanation of the option or field are shown. */
  readonly isWhole: boolean;
  /** The number of rows at the end that hold the list. They stay visible, and the rows before them scroll. */
  readonly foot: number;
  /** Whether options of the open list are out of sight. */
  readonly isListCut: boolean;
  /** The number of rows that the body may take. */
  readonly rows: number;
}

/** Which parts of a body are shown, and how tall its list is. */
interface Style {
  /** The number of advice blocks that are shown, from the first. */
  readonly advice: number;
  /** The number of empty rows between the parts, from the first. Without any, the explanation of the field is dropped too. */
  readonly gaps: number;
  readonly hasLead: boolean;
  /** Whether the area below the list explains the marked option. */
  readonly hasArea: boolean;
  /** Rows for the open list, without the area below it. */
  readonly listRows: number;
}

/** Returns how many items of the last shown list are hidden. */
function countHiddenItems(shown: readonly AdviceBlock[], hidden: readonly AdviceBlock[]): number {
  if (shown.at(-1)?.isItem !== true) return 0;
  const end = hidden.findIndex(({ isItem, hasHeading }) => !isItem || hasHeading);
  return end === -1 ? hidden.length : end;
}

/** Returns the rows of the advice that is shown. If its last list is cut, the heading of the list says how many items are hidden. */
function adviceLines({ advice, helpKey, width }: Parts, count: number, glyphs: Glyphs): Line[] {
  const shown = advice.slice(0, count);
  const lines = shown.flatMap((block) => block.lines);
  const hiddenCount = countHiddenItems(shown, advice.slice(count));
  const heading = shown.findLast(({ hasHeading }) => hasHeading)?.lines[0];
  if (hiddenCount === 0 || heading === undefined) return lines;
  const note = `${glyphs.down} ${hiddenCount} more (${helpKey})`;
  const gap = ['   ', ' '].find((blanks) => lineWidth(heading) + widthOf(blanks + note) <= width);
  // Without room beside the heading, it has a row of its own below the list.
  if (gap === undefined) return [...lines, [{ text: `  ${note}`, look: 'dim' }]];
  return lines.map((line) => (line === heading ? [...heading, { text: gap + note, look: 'dim' }] : line));
}

/** Whether the list shows the whole explanation of its marked option. */
const isListExplained = ({ area }: MeasuredList, { hasArea }: Style): boolean =>
  !area.isCut && (hasArea || area.lines.length === 0);

function arrange(parts: Parts, style: Style, glyphs: Glyphs): Omit<Body, 'rows'> {
  const lines: Line[] = [];
  let gaps = style.gaps;
  const gap = () => {
    if (gaps === 0 || lines.length === 0 || lines.at(-1) === EMPTY_LINE) return;
    lines.push(EMPTY_LINE);
    gaps -= 1;
  };
  let focus = 0;
  let anchor = 0;
  let cursor: Position | null = null;
  let listTop: number | null = null;
  let isListCut = false;

  for (const part of [style.hasLead ? parts.lead : [], parts.question, parts.facts]) {
    lines.push(...part);
    gap();
  }
  if (parts.areWarningsFirst) {
    lines.push(...parts.warnings);
    gap();
  }
  for (const [index, part] of parts.controls.entries()) {
    const top = lines.length;
    if (part.kind === 'field') {
      const { block, isFocused } = part;
      lines.push(...block.lines);
      if (block.cursor !== null) {
        cursor = { row: top + block.cursor.row, column: block.cursor.column };
        anchor = cursor.row;
      }
      if (isFocused) focus = top + block.lines.length - 1;
    } else if (part.kind === 'list') {
      if (index > 0) gap();
      listTop = lines.length;
      const block = listBlock(part.list, style.listRows, glyphs);
      lines.push(...block.lines);
      isListCut = block.isCut;
      focus = listTop + block.marked;
      anchor = focus;
      if (style.hasArea && part.list.area.lines.length > 0) {
        gap();
        lines.push(...part.list.area.lines);
      }
      if (index < parts.controls.length - 1) gap();
      if (block.cursorColumn !== null) cursor = { row: listTop, column: block.cursorColumn };
    } else {
      lines.push(part.line);
    }
  }
  if (style.gaps > 0 && parts.fieldArea.length > 0) {
    gap();
    lines.push(...parts.fieldArea);
  }
  if (parts.standing.length > 0) {
    gap();
    lines.push(...parts.standing);
  }
  if (!parts.areWarningsFirst && parts.warnings.length > 0) {
    gap();
    lines.push(...parts.warnings);
  }
  const advice = adviceLines(parts, style.advice, glyphs);
  if (advice.length > 0) {
    gap();
    lines.push(...advice);
  }
  while (lines.at(-1) === EMPTY_LINE) lines.pop();
  const isListLast = parts.controls.at(-1)?.kind === 'list';
  const foot = listTop !== null && parts.areWarningsFirst && isListLast ? lines.length - listTop : 0;
  const isExplained = parts.controls.every((part) => part.kind !== 'list' || isListExplained(part.list, style));
  const isFieldExplained = style.gaps > 0 || parts.fieldArea.length === 0;
  const isLeadShown = style.hasLead || parts.lead.length === 0;
  const isWhole = style.advice >= parts.advice.length && isLeadShown && isExplained && isFieldExplained;
  return { lines, anchor, focus, cursor, foot, isWhole, isListCut };
}

const FEWEST_LIST_ROWS = 4;

type Loose = Omit<Style, 'listRows'>;

const ALL = Number.POSITIVE_INFINITY;

/** Drops advice first, from the last block on, because the help shows it too. */
const withLessAndLessAdvice = ({ advice }: Parts): Loose[] => {
  const all = advice.length;
  return Array.from({ length: all + 1 }, (_, index) => ({
    advice: all - index,
    gaps: ALL,
    hasLead: true,
    hasArea: true,
  }));
};

/** Then drops gaps, from the last on. */
const WITH_FEWER_GAPS: readonly Loose[] = [6, 5, 4, 3, 2, 1, 0].map((gaps) => ({
  advice: 0,
  gaps,
  hasLead: true,
  hasArea: true,
}));

/** Then the list scrolls, if enough of it stays visible. Then the gaps are dropped, then the lead, and at last the explanation of the option. */
const SCROLLED: readonly (Loose & { readonly least: number })[] = [
  { advice: 1, gaps: ALL, hasLead: true, hasArea: true, least: 8 },
  { advice: 0, gaps: ALL, hasLead: true, hasArea: true, least: 6 },
  { advice: 0, gaps: 0, hasLead: true, hasArea: true, least: 6 },
  { advice: 0, gaps: 0, hasLead: false, hasArea: true, least: FEWEST_LIST_ROWS },
  { advice: 0, gaps: 0, hasLead: false, hasArea: false, least: FEWEST_LIST_ROWS },
];

/** The list that has the focus; null if a field has it. */
function openListIn({ controls }: Parts): MeasuredList | null {
  const part = controls.find(({ kind }) => kind === 'list');
  return part?.kind === 'list' ? part.list : null;
}

/** The height of a body whose list shows as much as it can. Only a few of the list's rows are built for it. */
function fullHeight(parts: Parts, style: Loose, glyphs: Glyphs): number {
  const list = openListIn(parts);
  const { lines } = arrange(parts, { ...style, listRows: FEWEST_LIST_ROWS }, glyphs);
  return (
    lines.length + (list === null ? 0 : listHeight(list, Number.POSITIVE_INFINITY) - listHeight(list, FEWEST_LIST_ROWS))
  );
}

/**
 * Lays out the body in at most `rows` rows, if possible.
 *
 * @param spare rows that are used only for a list that would be cut
 */
export function bodyFor(
  view: View,
  interaction: Interaction,
  width: number,
  rows: number,
  glyphs: Glyphs,
  spare = 0,
): Body {
  const parts = partsOf(view, interaction, width, glyphs);
  const arranged = (style: Loose, most: number): Body => ({
    ...arrange(parts, { ...style, listRows: Number.POSITIVE_INFINITY }, glyphs),
    rows: most,
  });
  const list = openListIn(parts);
  for (const most of list === null ? [rows] : [rows, rows + spare]) {
    const styles = [...withLessAndLessAdvice(parts), ...WITH_FEWER_GAPS];
    const whole = styles.find((style) => fullHeight(parts, style, glyphs) <= most);
    if (whole !== undefined) return arranged(whole, most);
  }
  const tight: Loose = { advice: 0, gaps: 0, hasLead: true, hasArea: true };
  if (list === null) return arranged(tight, rows);
  const full = listHeight(list, Number.POSITIVE_INFINITY);
  const scrolled = (style: Loose, room: number): Body => {
    const added = full > room ? spare : 0;
    return { ...arrange(parts, { ...style, listRows: room + added }, glyphs), rows: rows + added };
  };
  const tightRows = Math.max(FEWEST_LIST_ROWS, Math.floor(rows / 2));
  for (const { least, ...style } of SCROLLED) {
    // If the whole list fits, leaving its explanations out gains nothing.
    if (!style.hasArea && full <= tightRows) continue;
    const room = rows - (fullHeight(parts, style, glyphs) - full);
    if (room >= Math.min(full, least)) return scrolled(style, room);
  }
  return scrolled(tight, tightRows);
}
