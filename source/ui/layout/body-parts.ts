import type { Fact, Paragraph, Tone } from '../../messages/paragraph.js';
import { terminalLine } from '../../terminal/text.js';
import { padTo, widthOf, wrapText } from '../../terminal/width.js';
import type { Control, TextControl, View } from '../../wizard/engine/view.js';
import { focusedControl, type Interaction, isWithoutResult } from '../input/interaction.js';
import { type FieldBlock, fieldBlock } from './field-block.js';
import type { Glyphs } from './glyphs.js';
import { helpKeyFor } from './header.js';
import { cut, EMPTY_LINE, type Line, paragraph } from './line.js';
import { foldedAnswer, type MeasuredList, measureList } from './list-block.js';
import { BLANK, endingWith } from './list-measures.js';

/** The sign at the start of a list item, in Unicode or ASCII. */
const ITEM = /^ *([·-] )/;

/** The sign at the start of a success message. */
const DONE = /^[✔+] /;

const SIGNED: readonly Tone[] = ['caution', 'danger'];

/** Lays out paragraphs, each with the symbol of its tone. `width` is in columns. */
export function paragraphs(texts: readonly Paragraph[], width: number, glyphs: Glyphs): Line[] {
  return texts.flatMap(({ tone, text }) => {
    // Later rows of a list item are indented below its text, as in a warning.
    const item = ITEM.exec(text);
    if (item !== null) return paragraph(text.slice(item[0].length), tone, width, `  ${item[1]}`);
    const done = tone === 'good' ? (DONE.exec(text)?.[0] ?? '') : '';
    const sign = SIGNED.includes(tone) ? `${glyphs.warning} ` : done;
    return paragraph(text.slice(done.length), tone, width, sign);
  });
}

function factLines(facts: readonly Fact[], width: number): Line[] {
  const labelWidth = Math.max(...facts.map((fact) => widthOf(fact.label)));
  const isNumbered = facts.some(({ number }) => number !== undefined);
  return facts.flatMap(({ number, label, value }) => {
    const shortcut = number === undefined ? (isNumbered ? '  ' : '') : `${number} `;
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

type ControlPart =
  | { readonly kind: 'field'; readonly block: FieldBlock; readonly isFocused: boolean }
  | { readonly kind: 'list'; readonly list: MeasuredList }
  /** A list that is not open: its answer. */
  | { readonly kind: 'folded'; readonly line: Line };

/** The parts of a body, laid out once. A style then decides which of them are shown, and how many rows the open list has. */
export interface Parts {
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
  /** Columns. */
  readonly width: number;
}

/** A paragraph of the advice. A heading and the first paragraph below it are one, so that no heading stands alone. */
export interface AdviceBlock {
  readonly lines: readonly Line[];
  /** Whether the paragraph is a list item. */
  readonly isItem: boolean;
  readonly hasHeading: boolean;
}

/** Lays out the parts of a view at this width, in columns. */
export function partsOf(view: View, interaction: Interaction, width: number, glyphs: Glyphs): Parts {
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
    width,
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
