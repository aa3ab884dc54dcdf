import type { Key } from '../../terminal/key.js';
import type { WizardEvent } from '../../wizard/engine/event.js';
import type { Control, TextControl } from '../../wizard/engine/view.js';
import { type Interaction, openList } from './interaction.js';
import { type Edit, editLine } from './line-editor.js';

/** The result of a key press: the new interaction, events for the wizard, and where the focus moves. */
export interface Outcome {
  readonly interaction: Interaction;
  readonly events: readonly WizardEvent[];
  /** `forward`: to the next control, or to the next screen after the last one. `next` and `previous` stay on the screen. */
  readonly moveFocus?: 'forward' | 'next' | 'previous';
}

const EDITS: Readonly<Record<string, Edit>> = {
  left: { do: 'move', to: 'left' },
  right: { do: 'move', to: 'right' },
  home: { do: 'move', to: 'start' },
  end: { do: 'move', to: 'end' },
  'ctrl+a': { do: 'move', to: 'start' },
  'ctrl+e': { do: 'move', to: 'end' },
  'ctrl+b': { do: 'move', to: 'left' },
  'ctrl+f': { do: 'move', to: 'right' },
  'word-left': { do: 'move', to: 'word-left' },
  'word-right': { do: 'move', to: 'word-right' },
  backspace: { do: 'delete', what: 'before' },
  delete: { do: 'delete', what: 'at' },
  'ctrl+d': { do: 'delete', what: 'at' },
  'ctrl+u': { do: 'delete', what: 'to-start' },
  'ctrl+k': { do: 'delete', what: 'to-end' },
  'ctrl+w': { do: 'delete', what: 'word-before' },
};

/** The edit that a key makes in a line of text; undefined if it is not a key of the line editor. */
export const editOf = (key: Key): Edit | undefined =>
  key.name === 'text' || key.name === 'paste' ? { do: 'insert', text: key.text } : EDITS[key.name];

/** Rows that a page key moves by. */
const PAGE = 10;

/** The text that a key types; '' if none. */
export const typedText = (key: Key): string => (key.name === 'text' ? key.text : '');

/** Returns the index of the entry that a key moves the mark to; null if it is not a key for moving. */
function moved(marked: number, count: number, key: Key): number | null {
  if (count === 0) return null;
  switch (key.name) {
    case 'up':
      return (marked - 1 + count) % count;
    case 'down':
      return (marked + 1) % count;
    case 'pageup':
      return Math.max(0, marked - PAGE);
    case 'pagedown':
      return Math.min(count - 1, marked + PAGE);
    case 'home':
      return 0;
    case 'end':
      return count - 1;
    default:
      return null;
  }
}

/** Ends the search and keeps the mark on the entry that it found. */
function endSearch(control: Control, interaction: Interaction): Outcome {
  const { entries, marked } = openList(control, interaction);
  const found = entries[marked];
  const kept = found === undefined ? interaction.marked : { ...interaction.marked, [control.id]: found.value };
  return { interaction: { ...interaction, query: null, marked: kept }, events: [] };
}

/** Handles a key during a search in a list; null if the key works as without a search. */
export function pressInSearch(
  control: Control,
  interaction: Interaction,
  query: NonNullable<Interaction['query']>,
  key: Key,
): Outcome | null {
  if (key.name === 'escape' || (key.name === 'backspace' && query.text === '')) return endSearch(control, interaction);
  // In a checklist Space ticks, as it does without a search, and Enter only ends the search.
  if (control.kind === 'checklist' && key.name === 'enter') return endSearch(control, interaction);
  if (control.kind === 'checklist' && typedText(key) === ' ') return null;
  const edit = editOf(key);
  if (edit === undefined || key.name === 'home' || key.name === 'end') return null;
  return { interaction: { ...interaction, query: editLine(query, edit), marked: {} }, events: [] };
}

/** Handles a key in a list: moves the mark, starts the search, ticks, or chooses the marked entry. */
export function pressInList(control: Exclude<Control, TextControl>, interaction: Interaction, key: Key): Outcome {
  const { entries, marked } = openList(control, interaction);
  const entry = entries[marked];
  const to = moved(marked, entries.length, key);
  const target = to === null ? undefined : entries[to];
  if (target !== undefined) {
    const next = { ...interaction, marked: { ...interaction.marked, [control.id]: target.value }, offset: 0 };
    return { interaction: next, events: [] };
  }
  if (control.isSearchable === true && interaction.query === null && typedText(key) === '/') {
    return { interaction: { ...interaction, query: { text: '', cursor: 0 } }, events: [] };
  }
  if (control.kind === 'choice' && control.digits !== undefined && /^\d$/.test(typedText(key))) {
    const { option, field } = control.digits;
    const { [control.id]: _, ...marked } = interaction.marked;
    const events: WizardEvent[] = [
      { type: 'set', control: control.id, value: option },
      { type: 'set', control: field, value: typedText(key) },
    ];
    return { interaction: { ...interaction, query: null, marked }, events, moveFocus: 'next' };
  }
  if (control.kind === 'checklist') {
    const isTick = typedText(key) === ' ' || key.name === 'right';
    if (isTick && entry !== undefined) {
      return { interaction, events: [{ type: 'act', action: `tick:${entry.value}` }] };
    }
    return key.name === 'enter' ? { interaction, events: [], moveFocus: 'forward' } : { interaction, events: [] };
  }
  if ((key.name === 'enter' || key.name === 'tab') && entry !== undefined) {
    const events: WizardEvent[] = [{ type: 'set', control: control.id, value: entry.value }];
    return { interaction, events, moveFocus: key.name === 'enter' ? 'forward' : 'next' };
  }
  return { interaction, events: [] };
}
