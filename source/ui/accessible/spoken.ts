import { Secret } from '../../kaltura/secret.js';
import { type Paragraph, upperFirst } from '../../messages/paragraph.js';
import { terminalLine } from '../../terminal/text.js';
import type { Control, TextControl, View } from '../../wizard/engine/view.js';
import { CONTINUE_ANYWAY } from '../layout/field-block.js';

const TONES: Readonly<Partial<Record<Paragraph['tone'], string>>> = { caution: 'Caution: ', danger: 'Danger: ' };

/** Returns a paragraph with its tone in words, for screen readers. */
export function spokenParagraph({ tone, text }: Paragraph): string {
  const said = text.replace(/^[✔·] ?/, '');
  const word = TONES[tone] ?? '';
  return terminalLine(/^(caution|danger|warning)/i.test(said) ? said : `${word}${said}`);
}

/** Returns the lines for a new screen: all of it, in the order in which it is needed. */
export function spokenScreen(view: View): string[] {
  const facts = (view.facts ?? []).map(({ number, label, value }) =>
    terminalLine(`${number === undefined ? '' : `${number}. `}${label}: ${value}`),
  );
  return [
    '',
    `${view.heading}.`,
    ...(view.lead === undefined ? [] : [view.lead]),
    terminalLine(view.question),
    ...facts,
    ...[...(view.warnings ?? []), ...(view.advice ?? [])].map(spokenParagraph),
    ...(view.standing === undefined ? [] : [terminalLine(`${view.standing.label}: ${view.standing.value}`)]),
  ].filter((line, index) => index === 0 || line !== '');
}

/** Returns the options of a list, numbered from 1. */
export function spokenList(control: Exclude<Control, TextControl>): string[] {
  if (control.kind === 'choice') {
    return control.options.map(
      ({ label, hint }, index) =>
        `  ${index + 1}. ${terminalLine(label.trim())}${hint ? `: ${terminalLine(hint).replaceAll(/ {2,}/g, ', ')}` : ''}`,
    );
  }
  return control.items.map(
    ({ label, hint, isTicked }, index) =>
      `  ${index + 1}. ${label}${isTicked ? ', selected' : ''}: ${terminalLine(hint)}`,
  );
}

/** Returns the text with a capital letter and without its full stop. */
const asSentence = (text: string): string => upperFirst(terminalLine(text)).replace(/\.$/, '');

/** Describes the present value of a field; of a secret, only its length. */
function presentValue({ value, placeholder }: TextControl): string {
  if (value instanceof Secret)
    return value.length === 0 ? '' : ` (${value.length} characters are entered; Enter keeps them)`;
  if (value === '') return placeholder === undefined ? '' : ` (${placeholder})`;
  return ` (now ${terminalLine(value)}; Enter keeps it, a space clears it)`;
}

/** Returns the letter to type for a shortcut: `s` for `ctrl+s`. */
export const letterOf = (key: string): string => key.replace('ctrl+', '');

/** Returns the question to ask for the focused control, with what can be typed. */
export function spokenQuestion(view: View, control: Control | undefined): string {
  if (control === undefined) {
    const letters = (view.actions ?? [])
      .filter((action) => action.label !== '')
      .map(({ key, label }) => `${letterOf(key)} ${label}`);
    const enter = view.enter === undefined ? [] : [`Enter ${view.enter}`];
    const hint = [...enter, ...letters, ...numbersOf(view), 'b back', '? help'].join(', ');
    return view.isBusy === true ? 'Esc cancels:' : `${hint}:`;
  }
  if (control.kind === 'text') {
    const hidden = control.value instanceof Secret ? ', not shown' : '';
    const said = [control.note, control.detail].filter((text) => text !== undefined).map(asSentence);
    return `${[`${control.label}${hidden}`, ...said].join('. ')}${presentValue(control)}:`;
  }
  if (control.kind === 'checklist') return 'Type a number to select or clear it. Enter when done, b back, ? help:';
  const at = control.options.findIndex((option) => option.value === control.value) + 1;
  const letters = (view.actions ?? [])
    .filter(({ key }) => /^[a-z]$/.test(key))
    .map(({ key, label }) => `${key} ${label}`);
  const more = letters.length === 0 ? '' : ` A letter before the number: ${letters.join(', ')}.`;
  return `Number${at > 0 ? `, or Enter for ${at}` : ''}, b back, ? help.${more}`;
}

const numbersOf = (view: View): string[] =>
  (view.actions ?? []).some(({ key }) => /^\d$/.test(key)) ? ['a number changes that line'] : [];

/** Returns the problem or warning of a field, after the user has left it. */
export const spokenTroubles = (control: Control | undefined): string[] => {
  if (control === undefined || control.kind !== 'text') return [];
  const remedy = control.suggestion == null ? '' : ` Probably meant: ${control.suggestion.shown}.`;
  if (control.problem != null) return [terminalLine(`Not accepted: ${control.problem}${remedy}`)];
  return control.warning == null ? [] : [terminalLine(`Caution: ${control.warning}${remedy} ${CONTINUE_ANYWAY}`)];
};
