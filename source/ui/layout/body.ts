import type { Fact, Paragraph, Tone } from '../../messages/paragraph.js';
import { terminalLine } from '../../terminal/text.js';
import { padTo, widthOf, wrapText } from '../../terminal/width.js';
import type { Control, TextControl, View } from '../../wizard/engine/view.js';
import { focusedControl, type Interaction, isWithoutResult } from '../input/interaction.js';
import { type FieldBlock, fieldBlock } from './field-block.js';
import type { Glyphs } from './glyphs.js';
import { helpKeyFor } from './header.js';
import { cut, EMPTY_LINE, type Line, type Look, paragraph } from './line.js';
import { foldedAnswer, listBlock, listHeight, type MeasuredList, measureList } from './list-block.js';
import { BLANK, endingWith } from './list-measures.js';

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
  /** Whether all advice and the lead are shown. */
  readonly isWhole: boolean;
  /** The number of rows at the end that hold the list. They stay visible, and the rows before them scroll. */
  readonly foot: number;
}

const LOOKS: Readonly<Record<Tone, Look>> = {
  plain: 'plain',
  dim: 'dim',
  good: 'good',
  caution: 'caution',
  danger: 'danger',
};

/** The sign at the start of a list item, in Unicode or ASCII. */
const ITEM = /^ *([·-] )/;

/** The sign at the start of a success message. */
const DONE = /^[✔+] /;

const SIGNED: readonly Tone[] = ['caution', 'danger'];

export function paragraphs(texts: readonly Paragraph[], width: number, glyphs: Glyphs): Line[] {
  return texts.flatMap(({ tone, text }) => {
    // Later rows of a list item are indented below its text, as in a warning.
    const item = ITEM.exec(text);
    if (item !== null) return paragraph(text.slice(item[0].length), LOOKS[tone], width, `  ${item[1]}`);
    const done = tone === 'good' ? (DONE.exec(text)?.[0] ?? '') : '';
    const sign = SIGNED.includes(tone) ? `${glyphs.warning} ` : done;
    return paragraph(text.slice(done.length), LOOKS[tone], width, sign);
  });
}

function factLines(facts: readonly Fact[], width: number): Line[] {
  const labelWidth = Math.max(...facts.map((fact) => widthOf(fact.label)));
  return facts.flatMap(({ number, label, value }) => {
    const shortcut = number === undefined ? '' : `${number} `;
    const lead = `${shortcut}${padTo(label, labelWidth)}  `;
    return paragraph(value, 'plain', width, lead).map(([row], index): Line => {
      if (index > 0 || row === undefined) return row === undefined ? EMPTY_LINE : [row];
      return [
        { text: shortcut, look: 'accent' },
        { text: lead.slice(shortcut.length), look: 'dim' },
        { text: row.text.slice(lead.length), look: 'plain' },
      ];
    });
  });
}

const isText = (control: Control): control is TextControl => control.kind === 'text';

/** Which parts of a body are shown, and how tall its list is. */
interface Style {
  /** The number of advice blocks that are shown, from the first. */
  readonly advice: number;
  /** The number of empty rows between the parts, from the first. Without any, the explanation of the field is dropped too. */
  readonly gaps: number;
  readonly hasLead: boolean;
  /** Rows for the open list, without the area below it. */
  readonly listRows: number;
}

type ControlPart =
  | { readonly kind: 'field'; readonly block: FieldBlock; readonly isFocused: boolean }
  | { readonly kind: 'list'; readonly list: MeasuredList }
  /** A list that is not open: its answer. */
  | { readonly kind: 'folded'; readonly line: Line };

/** The parts of a body, laid out once. A style then decides which of them are shown, and how many rows the open list has. */
interface Parts {
  readonly lead: readonly Line[];
  readonly question: readonly Line[];
  readonly facts: readonly Line[];
  readonly warnings: readonly Line[];
  /** Whether the warnings come before the controls. */
  readonly areWarningsFirst: boolean;
  readonly controls: readonly ControlPart[];
  /** Explains the field that has the focus. Its height is the same for all fields. */
  readonly fieldArea: readonly Line[];
  readonly standing: readonly Line[];
  readonly advice: readonly AdviceBlock[];
  /** The key that opens the help. */
  readonly helpKey: string;
}

/** A paragraph of the advice. A heading and the first paragraph below it are one, so that no heading stands alone. */
interface AdviceBlock {
  readonly lines: readonly Line[];
  /** Whether the paragraph is a list item. */
  readonly isItem: boolean;
  readonly hasHeading: boolean;
}

function partsOf(view: View, interaction: Interaction, width: number, glyphs: Glyphs): Parts {
  const focused = focusedControl(view, interaction);
  const labelWidth = Math.max(0, ...view.controls.map((control) => widthOf(control.label)));
  const partOf = (control: Control): ControlPart => {
    const isFocused = control === focused;
    if (isText(control)) {
      const block = fieldBlock(control, interaction, isFocused, labelWidth, width, glyphs);
      return { kind: 'field', block, isFocused };
    }
    if (isFocused) return { kind: 'list', list: measureList(control, interaction, width, glyphs) };
    const line: Line = [
      { text: padTo(control.label, labelWidth + 3), look: 'plain' },
      { text: cut(foldedAnswer(control), width - labelWidth - 3, glyphs.more), look: 'dim' },
    ];
    return { kind: 'folded', line };
  };
  return {
    lead: view.lead === undefined ? [] : paragraph(view.lead, 'plain', width),
    question: view.question === '' ? [] : paragraph(view.question, 'strong', width),
    facts: view.facts === undefined ? [] : factLines(view.facts, width),
    warnings: paragraphs(view.warnings ?? [], width, glyphs),
    // Warnings come before the list that they are about, but below a field that they are about.
    areWarningsFirst: !view.controls.some(isText) || view.facts !== undefined,
    controls: view.controls.map(partOf),
    fieldArea: fieldArea(view.controls, focused, width),
    standing: isWithoutResult(focused, interaction)
      ? standingLines(view.standing, focused, width, glyphs).map(() => BLANK)
      : standingLines(view.standing, focused, width, glyphs),
    advice: withHeadings(view.advice ?? []).map((group) => ({
      lines: paragraphs(group, width, glyphs),
      isItem: ITEM.test(group.at(-1)?.text ?? ''),
      hasHeading: group.length > 1,
    })),
    helpKey: helpKeyFor(focused, interaction),
  };
}

/** Groups each heading, which ends in a colon, with the paragraph below it. */
function withHeadings(advice: readonly Paragraph[]): (readonly Paragraph[])[] {
  const isBelowHeading = (index: number): boolean => advice[index - 1]?.text.endsWith(':') === true;
  return advice.flatMap((one, index) => {
    if (isBelowHeading(index + 1) && index < advice.length - 1) return [];
    return [isBelowHeading(index) ? advice.slice(index - 1, index + 1) : [one]];
  });
}

/** The most rows of the fact below a list. */
const STANDING_ROWS = 2;

/** In longer lists, the facts of the other options are not compared. */
const FEW_OPTIONS = 20;

/** Returns the rows that the fact needs for any option of the list, so that the screen doesn't move with the mark. */
function standingHeight(fact: Fact, list: Control, width: number): number {
  const { options = [], preview } = list.kind === 'choice' ? list : {};
  const facts = preview === undefined || options.length > FEW_OPTIONS ? [] : options.map(({ value }) => preview(value));
  const isLong = [fact, ...facts.flatMap(({ standing }) => standing ?? [])].some(
    ({ label, value }) => widthOf(`${label}: ${value}`) > width,
  );
  return isLong && width < WIDTH_OF_ONE_ROW ? STANDING_ROWS : 1;
}

/** At this width, facts fit in one row, except those with a long value of the user. */
const WIDTH_OF_ONE_ROW = 60;

/** Lays out the fact. Below a list, it may be cut. */
function standingLines(fact: Fact | undefined, focused: Control | undefined, width: number, glyphs: Glyphs): Line[] {
  if (fact === undefined) return [];
  const isBelowList = focused !== undefined && !isText(focused);
  const lead = `${fact.label}: `;
  const text = terminalLine(`${lead}${fact.value}`);
  const height = isBelowList ? standingHeight(fact, focused, width) : Number.POSITIVE_INFINITY;
  const rows = height === 1 ? [cut(text, width, glyphs.more)] : wrapText(text, width);
  const shown = rows.slice(0, height).map((row, index): Line => {
    const said = index === height - 1 && rows.length > height ? endingWith(glyphs.more, row, width) : row;
    return index === 0 && said.startsWith(lead)
      ? [
          { text: lead, look: 'dim' },
          { text: said.slice(lead.length), look: 'plain' },
        ]
      : [{ text: said, look: 'plain' }];
  });
  return isBelowList ? [...shown, ...Array.from({ length: height - shown.length }, () => BLANK)] : shown;
}

/** Returns the area below fields that explain themselves: the detail of the focused one. */
function fieldArea(controls: readonly Control[], focused: Control | undefined, width: number): Line[] {
  const linesOf = (control: Control | undefined): Line[] =>
    control?.kind === 'text' && control.detail !== undefined ? paragraph(control.detail, 'plain', width) : [];
  const height = Math.max(0, ...controls.map((control) => linesOf(control).length));
  const lines = linesOf(focused);
  return [...lines, ...Array.from({ length: height - lines.length }, () => BLANK)];
}

/** Returns how many items of the last shown list are hidden. */
function countHiddenItems(shown: readonly AdviceBlock[], hidden: readonly AdviceBlock[]): number {
  if (shown.at(-1)?.isItem !== true) return 0;
  const end = hidden.findIndex(({ isItem, hasHeading }) => !isItem || hasHeading);
  return end === -1 ? hidden.length : end;
}

/** Returns the rows of the advice that is shown. If its last list is cut, the heading of the list says how many items are hidden. */
function adviceLines({ advice, helpKey }: Parts, count: number, glyphs: Glyphs): Line[] {
  const shown = advice.slice(0, count);
  const hiddenCount = countHiddenItems(shown, advice.slice(count));
  const heading = hiddenCount === 0 ? -1 : shown.findLastIndex(({ hasHeading }) => hasHeading);
  return shown.flatMap(({ lines: [first = EMPTY_LINE, ...others] }, index) => [
    index === heading
      ? [...first, { text: `   ${glyphs.down} ${hiddenCount} more (${helpKey})`, look: 'dim' as const }]
      : first,
    ...others,
  ]);
}

function arrange(parts: Parts, style: Style, glyphs: Glyphs): Body {
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
      focus = listTop + block.marked;
      anchor = focus;
      if (part.list.area.length > 0) {
        gap();
        lines.push(...part.list.area);
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
  const isWhole = style.advice >= parts.advice.length && (style.hasLead || parts.lead.length === 0);
  return { lines, anchor, focus, cursor, foot, isWhole };
}

const FEWEST_LIST_ROWS = 4;

type Loose = Omit<Style, 'listRows'>;

const ALL = Number.POSITIVE_INFINITY;

/** Drops advice first, from the last block on, because the help shows it too. */
const withLessAndLessAdvice = ({ advice }: Parts): Loose[] => {
  const all = advice.length;
  return Array.from({ length: all + 1 }, (_, index) => ({ advice: all - index, gaps: ALL, hasLead: true }));
};

/** Then drops gaps, from the last on. */
const WITH_FEWER_GAPS: readonly Loose[] = [6, 5, 4, 3, 2, 1, 0].map((gaps) => ({ advice: 0, gaps, hasLead: true }));

/** Then the list scrolls, if enough of it stays visible. Then the gaps are dropped, and at last the lead. */
const SCROLLED: readonly (Loose & { readonly least: number })[] = [
  { advice: 1, gaps: ALL, hasLead: true, least: 8 },
  { advice: 0, gaps: ALL, hasLead: true, least: 6 },
  { advice: 0, gaps: 0, hasLead: true, least: 6 },
  { advice: 0, gaps: 0, hasLead: false, least: FEWEST_LIST_ROWS },
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

/** Lays out the body in at most `rows` rows, if possible. */
export function bodyFor(view: View, interaction: Interaction, width: number, rows: number, glyphs: Glyphs): Body {
  const parts = partsOf(view, interaction, width, glyphs);
  const arranged = (style: Loose, listRows: number): Body => arrange(parts, { ...style, listRows }, glyphs);
  const tight: Loose = { advice: 0, gaps: 0, hasLead: true };
  const whole = [...withLessAndLessAdvice(parts), ...WITH_FEWER_GAPS].find(
    (style) => fullHeight(parts, style, glyphs) <= rows,
  );
  if (whole !== undefined) return arranged(whole, Number.POSITIVE_INFINITY);
  const list = openListIn(parts);
  if (list !== null) {
    const full = listHeight(list, Number.POSITIVE_INFINITY);
    for (const { least, ...style } of SCROLLED) {
      const room = rows - (fullHeight(parts, style, glyphs) - full);
      if (room >= Math.min(full, least)) return arranged(style, room);
    }
  }
  return arranged(tight, Math.max(FEWEST_LIST_ROWS, Math.floor(rows / 2)));
}
