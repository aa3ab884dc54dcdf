import type { Fact, Paragraph, Tone } from '../../messages/paragraph.js';
import type { Control, TextControl, View } from '../../wizard/engine/view.js';
import { focusedControl, type Interaction } from '../input/interaction.js';
import { fieldBlock } from './field-block.js';
import type { Glyphs } from './glyphs.js';
import { cut, EMPTY_LINE, type Line, type Look, padTo, paragraph, widthOf } from './line.js';
import { foldedAnswer, listBlock } from './list-block.js';

export interface Position {
  readonly row: number;
  readonly column: number;
}

/** What stands between heading and keys. */
export interface Body {
  readonly lines: readonly Line[];
  /** The row that must stay in sight: where one types, or what is marked. */
  readonly anchor: number;
  /** The last row that belongs to it: what is said about the field. */
  readonly focus: number;
  readonly cursor: Position | null;
  /** How many rows at the end are the choice: they stay in sight, and what is said before them scrolls. */
  readonly foot: number;
}

const LOOKS: Readonly<Record<Tone, Look>> = {
  plain: 'plain',
  dim: 'dim',
  good: 'good',
  caution: 'caution',
  danger: 'danger',
};

/** The sign that begins an item, in whatever letters the terminal has. */
const ITEM = /^ *([·-] )/;

/** What went well begins with a sign of its own, and hangs from it. */
const DONE = /^[✔+] /;

const SIGNED: readonly Tone[] = ['caution', 'danger'];

export function paragraphs(texts: readonly Paragraph[], width: number, glyphs: Glyphs): Line[] {
  return texts.flatMap(({ tone, text }) => {
    // An item of an enumeration hangs from its sign, as a warning does.
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
    const door = number === undefined ? '' : `${number} `;
    const lead = `${door}${padTo(label, labelWidth)}  `;
    return paragraph(value, 'plain', width, lead).map(([row], index): Line => {
      if (index > 0 || row === undefined) return row === undefined ? EMPTY_LINE : [row];
      return [
        { text: door, look: 'accent' },
        { text: lead.slice(door.length), look: 'dim' },
        { text: row.text.slice(lead.length), look: 'plain' },
      ];
    });
  });
}

const isText = (control: Control): control is TextControl => control.kind === 'text';

/** How generous to be with the room there is. */
interface Style {
  /** Paragraphs of advice, the first ones first. */
  readonly advice: number;
  readonly hasGaps: boolean;
  readonly hasLead: boolean;
  /** Rows for the open list. */
  readonly listRows: number;
}

function arrange(view: View, interaction: Interaction, width: number, glyphs: Glyphs, style: Style): Body {
  const lines: Line[] = [];
  const gap = () => {
    if (style.hasGaps && lines.length > 0 && lines.at(-1) !== EMPTY_LINE) lines.push(EMPTY_LINE);
  };
  const focused = focusedControl(view, interaction);
  const fields = view.controls.filter(isText);
  const labelWidth = Math.max(0, ...view.controls.map((control) => widthOf(control.label)));
  let focus = 0;
  let anchor = 0;
  let cursor: Position | null = null;
  let choice: number | null = null;

  if (view.lead !== undefined && style.hasLead) {
    lines.push(...paragraph(view.lead, 'plain', width));
    gap();
  }
  lines.push(...paragraph(view.question, 'strong', width));
  gap();
  if (view.facts !== undefined) {
    lines.push(...factLines(view.facts, width));
    gap();
  }
  const warnings = paragraphs(view.warnings ?? [], width, glyphs);
  // What must be read comes before what is to be decided, but under a field whose value it is about.
  const isBefore = fields.length === 0 || view.facts !== undefined;
  if (isBefore && warnings.length > 0) {
    lines.push(...warnings);
    gap();
  }
  for (const control of view.controls) {
    const isFocused = control === focused;
    const top = lines.length;
    if (isText(control)) {
      const block = fieldBlock(control, interaction, isFocused, labelWidth, width, glyphs);
      lines.push(...block.lines);
      if (block.cursor !== null) {
        cursor = { row: top + block.cursor.row, column: block.cursor.column };
        anchor = cursor.row;
      }
      if (isFocused) focus = top + block.lines.length - 1;
    } else if (isFocused) {
      if (lines.length > 0 && control !== view.controls[0]) gap();
      const listTop = lines.length;
      choice = listTop;
      const block = listBlock(control, interaction, width, style.listRows, glyphs);
      lines.push(...block.lines);
      focus = listTop + block.marked;
      anchor = focus;
      if (control !== view.controls.at(-1)) gap();
      if (block.cursorColumn !== null) cursor = { row: listTop, column: block.cursorColumn };
    } else {
      lines.push([
        { text: padTo(control.label, labelWidth + 3), look: 'plain' },
        { text: cut(foldedAnswer(control), width - labelWidth - 3, glyphs.more), look: 'dim' },
      ]);
    }
  }
  if (view.standing !== undefined) {
    gap();
    const { label, value } = view.standing;
    lines.push([
      { text: `${label}: `, look: 'dim' },
      { text: cut(value, width - widthOf(label) - 2, glyphs.more), look: 'plain' },
    ]);
  }
  if (!isBefore && warnings.length > 0) {
    gap();
    lines.push(...warnings);
  }
  const advice = (view.advice ?? []).slice(0, style.advice);
  if (advice.length > 0) {
    gap();
    lines.push(...paragraphs(advice, width, glyphs));
  }
  while (lines.at(-1) === EMPTY_LINE) lines.pop();
  const isLast = focused === view.controls.at(-1);
  const foot = choice !== null && isBefore && isLast ? lines.length - choice : 0;
  return { lines, anchor, focus, cursor, foot };
}

const ENOUGH = 1000;
const FEWEST_LIST_ROWS = 4;

type Loose = Omit<Style, 'listRows'>;

/** The advice gives way first, its last paragraph first: the help has it too. */
const withLessAndLessAdvice = (view: View): Loose[] => {
  const all = view.advice?.length ?? 0;
  return Array.from({ length: all + 1 }, (_, index) => ({ advice: all - index, hasGaps: true, hasLead: true }));
};

/** Then a list scrolls, so long as a good part of it stays in sight; then the gaps go, and what leads to the question. */
const SCROLLED: readonly (Loose & { readonly least: number })[] = [
  { advice: 1, hasGaps: true, hasLead: true, least: 8 },
  { advice: 0, hasGaps: true, hasLead: true, least: 6 },
  { advice: 0, hasGaps: false, hasLead: true, least: 6 },
  { advice: 0, hasGaps: false, hasLead: false, least: FEWEST_LIST_ROWS },
];

/** The body in at most that many rows where it can be. */
export function bodyFor(view: View, interaction: Interaction, width: number, rows: number, glyphs: Glyphs): Body {
  const arranged = (style: Loose, listRows: number): Body =>
    arrange(view, interaction, width, glyphs, { ...style, listRows });
  const tight: Loose = { advice: 0, hasGaps: false, hasLead: true };
  for (const style of [...withLessAndLessAdvice(view), tight]) {
    const whole = arranged(style, ENOUGH);
    if (whole.lines.length <= rows) return whole;
  }
  const focused = focusedControl(view, interaction);
  if (focused !== undefined && focused.kind !== 'text') {
    const count = (focused.kind === 'choice' ? focused.options : focused.items).length;
    for (const { least, ...style } of SCROLLED) {
      const room = rows - (arranged(style, ENOUGH).lines.length - count);
      const scrolled = room < Math.min(count, least) ? null : arranged(style, room);
      if (scrolled !== null && scrolled.lines.length <= rows) return scrolled;
    }
  }
  return arranged(tight, Math.max(FEWEST_LIST_ROWS, Math.floor(rows / 2)));
}
