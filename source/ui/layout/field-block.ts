import { Secret } from '../../kaltura/secret.js';
import { cleanText } from '../../kaltura/typed-values.js';
import { padTo, widthOf } from '../../terminal/width.js';
import type { TextControl } from '../../wizard/engine/view.js';
import { editedLine, type Interaction, textOf } from '../input/interaction.js';
import { charactersOf } from '../input/line-editor.js';
import type { Glyphs } from './glyphs.js';
import { cut, type Line, type Look, paragraph } from './line.js';
import { type TextWindow, windowOf } from './list-block.js';

export interface FieldBlock {
  readonly lines: readonly Line[];
  /** The terminal's cursor: rows from the block's first, columns from the left edge; null if the field has no focus. */
  readonly cursor: { readonly row: number; readonly column: number } | null;
}

/** The longest mask. A longer one would show the length of the secret. */
const LONGEST_MASK = 32;

const GAP = 3;

/** What to do about a warning. */
export const CONTINUE_ANYWAY = 'Press Enter again to continue anyway.';

function visiblePart(control: TextControl, interaction: Interaction, width: number, glyphs: Glyphs): TextWindow {
  const line = editedLine(control, interaction);
  const characters = charactersOf(line.text);
  if (!(control.value instanceof Secret) || interaction.isRevealed) {
    return windowOf(characters, Math.min(line.cursor, characters.length), width, glyphs);
  }
  const longest = Math.min(LONGEST_MASK, width - 1);
  const cursor = Math.min(line.cursor, characters.length, longest);
  return { text: glyphs.bullet.repeat(Math.min(characters.length, longest)), before: '', after: '', cursor };
}

/** The text beside a field. For a secret: its length, and its last characters once the field lost the focus. */
function noteOf(control: TextControl, isFocused: boolean, isSelected: boolean): string {
  const note = valueNote(control, isFocused);
  // The selection is not visible without colors.
  return [note, isSelected ? 'type to replace' : ''].filter((part) => part !== '').join(', ');
}

function valueNote(control: TextControl, isFocused: boolean): string {
  if (!(control.value instanceof Secret)) return control.note ?? '';
  // In a password, blanks count.
  const text = textOf(control);
  const cleaned = new Secret(control.hasKnownEnding === true ? cleanText(text) : text);
  if (cleaned.length === 0) return control.note ?? '';
  const isShown = control.hasKnownEnding === true && !isFocused && cleaned.ending !== '';
  const ending = isShown ? `, ends in ${cleaned.ending}` : '';
  return `${cleaned.length} character${cleaned.length === 1 ? '' : 's'}${ending}`;
}

/** In a field, ? is text: F1 opens the help. */
const helpHint = (control: TextControl): string => (textOf(control).endsWith('?') ? ' F1 opens the help.' : '');

/** The messages about a field. After a warning, Enter continues: the message says so while the field has the focus. */
function troubleLines(control: TextControl, isFocused: boolean, width: number, glyphs: Glyphs): Line[] {
  const next = isFocused ? ` ${CONTINUE_ANYWAY}` : '';
  const said: readonly (readonly [string | null | undefined, Look])[] = [
    [control.problem == null ? control.problem : `${control.problem}${helpHint(control)}`, 'danger'],
    [control.problem != null || control.warning == null ? null : `${control.warning}${next}`, 'caution'],
  ];
  return said.flatMap(([text, look]) => {
    if (text == null) return [];
    const remedy = control.suggestion == null ? '' : `   ctrl+y use ${control.suggestion.shown}`;
    return paragraph(`${text}${remedy}`, look, width, `  ${glyphs.warning} `);
  });
}

/** Lays out a field: label, value, the text beside it, and its problems once it lost the focus. */
export function fieldBlock(
  control: TextControl,
  interaction: Interaction,
  isFocused: boolean,
  labelWidth: number,
  width: number,
  glyphs: Glyphs,
): FieldBlock {
  const isStacked = width - labelWidth - GAP < 16;
  const label = isStacked ? control.label : padTo(control.label, labelWidth + GAP);
  const room = isStacked ? width - 2 : width - labelWidth - GAP;
  const isSelected = isFocused && interaction.selected === control.id;
  const note = noteOf(control, isFocused, isSelected);
  // The note about a selection goes when the user types, so the value needs no more room.
  const valueRoom = isSelected && typeof control.value === 'string' ? Math.min(24, widthOf(control.value) + 1) : 24;
  const isNoteBeside = note !== '' && room - widthOf(note) - GAP >= valueRoom;
  const part = visiblePart(control, interaction, isNoteBeside ? room - widthOf(note) - GAP : room, glyphs);
  const isEmpty = textOf(control) === '';
  // In brackets, so that it doesn't look like a value where there are no colors.
  const placeholder = control.placeholder === undefined ? '' : cut(`(${control.placeholder})`, room - 1, glyphs.more);

  const value: Line = isEmpty
    ? [{ text: placeholder, look: 'dim', isField: true }]
    : [
        { text: part.before, look: 'dim' },
        { text: part.text, look: isSelected ? 'selected' : isFocused ? 'strong' : 'plain', isField: true },
        { text: part.after, look: 'dim' },
      ];
  const beside: Line = isNoteBeside ? [{ text: `${' '.repeat(GAP)}${note}`, look: 'dim' }] : [];
  const labelLook: Look = isFocused ? 'strong' : 'plain';
  const above = isStacked ? paragraph(label, labelLook, width) : [];
  const rows: Line[] = isStacked
    ? [...above, [{ text: '  ', look: 'plain' }, ...value, ...beside]]
    : [[{ text: label, look: labelLook }, ...value, ...beside]];
  if (note !== '' && !isNoteBeside) rows.push(...paragraph(note, 'dim', width, '  '));
  if (interaction.touched.includes(control.id)) rows.push(...troubleLines(control, isFocused, width, glyphs));

  const column = (isStacked ? 2 : widthOf(label)) + (isEmpty ? 0 : part.cursor);
  return { lines: rows, cursor: isFocused ? { row: above.length, column } : null };
}
