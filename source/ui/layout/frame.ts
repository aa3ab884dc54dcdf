import { type Paragraph, plain } from '../../messages/paragraph.js';
import type { Notice } from '../../wizard/engine/state.js';
import { helpOf, type View } from '../../wizard/engine/view.js';
import { NOTHING_PRINTED, type PrintedRows } from '../display.js';
import type { Interaction } from '../input/interaction.js';
import { type Body, bodyFor, type Position } from './body.js';
import { paragraphs } from './body-parts.js';
import { type Glyphs, viewInLetters } from './glyphs.js';
import { hintLines, hintsFor, pathLine, titleLine } from './header.js';
import { EMPTY_LINE, type Line, paragraph } from './line.js';

/** The window of the terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Frame {
  readonly lines: readonly Line[];
  /** The position of the terminal's cursor; null if no field has the focus. */
  readonly cursor: Position | null;
  /** The rows by which this frame can be scrolled, up and down. */
  readonly reach: { readonly up: number; readonly down: number };
}

/** In narrower windows, fields and lists are unreadable. */
const NARROWEST = 30;

/** Longer lines are hard to read. */
const WIDEST = 120;

/** The fewest rows of a scrolling text, even if the text above the frame scrolls out of the window. */
const FEWEST_ROWS = 5;

const FEWEST_BODY_ROWS = 3;

function tooNarrow({ columns }: Size): Frame {
  const text = `Too narrow: ${columns} columns. Widen the window to ${NARROWEST} or more. Ctrl+C quits.`;
  return { lines: paragraph(text, 'plain', Math.max(1, columns - 1)), cursor: null, reach: { up: 0, down: 0 } };
}

function helpBody(view: View, width: number, rows: number, glyphs: Glyphs): Body {
  const advice = paragraphs(view.advice ?? [], width, glyphs);
  const help = helpOf(view).flatMap((text) => [...paragraph(text, 'plain', width), EMPTY_LINE]);
  return {
    lines: [
      ...(view.question === '' ? [] : [...paragraph(view.question, 'strong', width), EMPTY_LINE]),
      ...advice,
      ...(advice.length > 0 ? [EMPTY_LINE] : []),
      ...help.slice(0, -1),
    ],
    anchor: 0,
    focus: 0,
    cursor: null,
    foot: 0,
    isWhole: true,
    isListCut: false,
    rows,
  };
}

interface Slice {
  readonly lines: readonly Line[];
  readonly top: number;
  /** The number of hidden rows, if a row of the slice tells it. */
  readonly above: number;
  readonly below: number;
  readonly reach: Frame['reach'];
}

const HIDDEN = (text: string): Line => [{ text, look: 'dim' }];

/** Scrolls the rows before the list from their start, so that both the question and the list are visible. */
function overFoot(body: Body, rows: number, offset: number, glyphs: Glyphs): Slice {
  const head = body.lines.slice(0, -body.foot);
  const said: Body = { ...body, lines: head, anchor: 0, focus: 0, foot: 0 };
  const { lines, above, below, reach } = sliceOf(said, rows - body.foot, offset, glyphs);
  return { lines: [...lines, ...body.lines.slice(-body.foot)], top: body.lines.length - rows, above, below, reach };
}

/** Whether the body has neither fields nor options. */
const isText = ({ cursor, anchor, focus, foot }: Body): boolean =>
  cursor === null && anchor === 0 && focus === 0 && foot === 0;

/** Cuts a body that is too tall to the rows around its focus, moved by `offset`. A row tells how many are hidden. */
function sliceOf(body: Body, rows: number, offset: number, glyphs: Glyphs): Slice {
  if (body.lines.length <= rows) return { lines: body.lines, top: 0, above: 0, below: 0, reach: { up: 0, down: 0 } };
  if (body.foot > 0 && rows - body.foot > FEWEST_BODY_ROWS) return overFoot(body, rows, offset, glyphs);
  const last = body.lines.length - rows;
  const wanted = Math.min(Math.max(0, body.focus - rows + 2), last);
  // The field itself is more important than the messages below it.
  const rest = Math.min(rows > 1 ? wanted : body.anchor, Math.max(0, body.anchor - (rows > 1 ? 1 : 0)));
  const top = Math.min(Math.max(0, rest + offset), last);
  const lines = body.lines.slice(top, top + rows);
  // With only three rows, each is needed for a field or an option.
  const isSaid = rows > (isText(body) ? 1 : FEWEST_BODY_ROWS);
  if (isSaid && top > 0) lines[0] = HIDDEN(`${glyphs.up} ${top + 1} more lines (page up)`);
  if (isSaid && top < last) lines[rows - 1] = HIDDEN(`${glyphs.down} ${last - top + 1} more lines (page down)`);
  return {
    lines,
    top,
    above: isSaid ? top : 0,
    below: isSaid ? last - top : 0,
    reach: { up: rest, down: last - rest },
  };
}

/** Says first that the printed text is not visible. */
const withScrolledAway = (view: View, { isAway, isLastAway }: PrintedRows): View =>
  view.scrolledAway === undefined || !(view.isAboutLastPrinted === true ? isLastAway : isAway)
    ? view
    : { ...view, warnings: [plain(view.scrolledAway), ...(view.warnings ?? [])] };

/**
 * Lays out the whole frame. If advice doesn't fit, the hint for the help says so. The frame is always lower than the window, because Ink can't repaint a frame of full height cleanly.
 *
 * @param isPlain whether the terminal shows only ASCII
 * @param printed what is printed above the frame, and stays visible if possible
 */
export function frameFor(
  shown: View,
  interaction: Interaction,
  told: Notice | null,
  size: Size,
  glyphs: Glyphs,
  isPlain: boolean,
  printed: PrintedRows = NOTHING_PRINTED,
): Frame {
  const known = withScrolledAway(shown, printed);
  const [view, notice] = isPlain ? viewInLetters([known, told] as const) : [known, told];
  if (size.columns < NARROWEST) return tooNarrow(size);
  const isKept = !printed.isAway && view.coversPrinted !== true && view.path === undefined;
  const below = (above: number): Laid => {
    const whole = layOut(view, interaction, notice, size, above, glyphs, true);
    return whole.isWhole ? whole : layOut(view, interaction, notice, size, above, glyphs, false);
  };
  const kept = below(isKept ? printed.count : 0);
  return isKept && kept.isCramped ? below(0) : kept;
}

interface Laid extends Frame {
  readonly isWhole: boolean;
  /** Whether a part of a screen with fields or options is out of sight. */
  readonly isCramped: boolean;
}

function layOut(
  view: View,
  interaction: Interaction,
  notice: Notice | null,
  size: Size,
  above: number,
  glyphs: Glyphs,
  isWhole: boolean,
): Laid {
  const width = Math.min(size.columns, WIDEST) - 1;
  const isLow = size.rows < 20;
  // The marked option and the hints come first. In a very low window, the path is dropped, then the title, then the hints.
  const free = Math.max(1, size.rows - 1);
  const title = [
    titleLine(view, width, glyphs),
    ...(view.path === undefined ? [] : [pathLine(view.path, width, glyphs)]),
    ...(isLow ? [] : [EMPTY_LINE]),
  ];
  const header = title.slice(0, Math.max(0, free - FEWEST_BODY_ROWS));
  const noticeLines = paragraphs(noticeParagraphs(notice), width, glyphs);
  // In a very low window, the notice is dropped before the key hints, and the last hints before the question.
  const room = free < 3 ? 0 : Math.max(1, free - header.length - FEWEST_BODY_ROWS);
  const hints = hintLines(hintsFor(view, interaction, glyphs, isWhole), width).slice(0, room);
  const gaps = isLow || room < hints.length + noticeLines.length + 2 ? [] : [EMPTY_LINE];
  const footer = [
    ...(noticeLines.length > 0 ? gaps : []),
    ...noticeLines.slice(0, Math.max(0, room - hints.length - gaps.length)),
    ...gaps,
    ...hints,
  ];
  const fewest = Math.min(
    interaction.isHelpOpen ? FEWEST_ROWS : FEWEST_BODY_ROWS,
    free - header.length - footer.length,
  );
  // The last row stays empty, unless a list that would be cut needs it.
  const most = Math.max(fewest, free - above - header.length - footer.length);
  const fewer = Math.max(fewest, most - 1);
  const body = interaction.isHelpOpen
    ? helpBody(view, width, fewer, glyphs)
    : bodyFor(view, interaction, width, fewer, glyphs, most - fewer);
  const slice = sliceOf(body, body.rows, interaction.offset, glyphs);
  const lines = [...header, ...slice.lines, ...footer];
  const row = body.cursor === null ? -1 : body.cursor.row - slice.top;
  const isHidden = (row === 0 && slice.above > 0) || (row === slice.lines.length - 1 && slice.below > 0);
  const isInSight = body.cursor !== null && row >= 0 && row < slice.lines.length && !isHidden;
  return {
    lines,
    cursor: isInSight && body.cursor !== null ? { row: header.length + row, column: body.cursor.column } : null,
    reach: slice.reach,
    isWhole: body.isWhole,
    isCramped: body.isListCut || (body.lines.length > body.rows && !isText(body)),
  };
}

/** The notice as paragraphs: its command has a line of its own. */
const noticeParagraphs = (notice: Notice | null): readonly Paragraph[] =>
  notice === null ? [] : [notice, ...(notice.command === undefined ? [] : [plain(notice.command)])];

/** The rows that stay on the terminal below the key when the program ends: warnings and the notice, without key hints. */
export function farewellFor(
  shown: View,
  told: Notice | null,
  size: Size,
  glyphs: Glyphs,
  isPlain: boolean,
): readonly Line[] {
  const [view, notice] = isPlain ? viewInLetters([shown, told] as const) : [shown, told];
  const width = Math.min(size.columns, WIDEST) - 1;
  return paragraphs([...(view.warnings ?? []), ...noticeParagraphs(notice)], width, glyphs);
}
