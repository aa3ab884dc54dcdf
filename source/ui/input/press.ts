import { Secret } from '../../kaltura/secret.js';
import type { WizardEvent } from '../../wizard/event.js';
import type { Control, TextControl, View } from '../../wizard/view.js';
import { editedLine, focusedControl, type Interaction, openList } from './interaction.js';
import type { Key } from './key.js';
import { type Edit, editLine } from './line-editor.js';

/** What a key press comes to: a change of the interaction, events for the wizard, and whether the control is done with. */
export interface Outcome {
  readonly interaction: Interaction;
  readonly events: readonly WizardEvent[];
  /** `forward` from this control: to the next one, or off the screen; `next` and `previous` only among the controls. */
  readonly leads?: 'forward' | 'next' | 'previous';
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

const editOf = (key: Key): Edit | undefined =>
  key.name === 'text' || key.name === 'paste' ? { do: 'insert', text: key.text } : EDITS[key.name];

const PAGE = 10;

/** Rows by which a key scrolls what is too tall for the window. */
const SCROLLS: Readonly<Record<string, number>> = { up: -1, down: 1, pageup: -PAGE, pagedown: PAGE };

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

const textOf = (key: Key): string => (key.name === 'text' ? key.text : '');

/** The action that a key stands for on this screen. While one types, only keys that type nothing, and digits, are commands. */
function actionOf(view: View, key: Key, isTyping: boolean): WizardEvent | undefined {
  const pressed = key.name === 'text' ? key.text : key.name;
  const action = view.actions?.find((candidate) => candidate.key === pressed);
  if (action === undefined || (isTyping && key.name === 'text' && !/^\d$/.test(pressed))) return undefined;
  return { type: 'act', action: action.id };
}

function pressInHelp(interaction: Interaction, key: Key): Outcome {
  const step = SCROLLS[key.name];
  if (step !== undefined) {
    return { interaction: { ...interaction, offset: Math.max(0, interaction.offset + step) }, events: [] };
  }
  return { interaction: { ...interaction, isHelpOpen: false, offset: 0 }, events: [] };
}

function pressInText(view: View, control: TextControl, interaction: Interaction, key: Key): Outcome {
  const edit = editOf(key);
  if (edit !== undefined) {
    const line = editLine(editedLine(control, interaction), edit);
    const value = control.value instanceof Secret ? new Secret(line.text) : line.text;
    return {
      interaction: { ...interaction, cursors: { ...interaction.cursors, [control.id]: line.cursor } },
      events: edit.do === 'move' ? [] : [{ type: 'set', control: control.id, value }],
    };
  }
  const hasSecrets = view.controls.some((other) => other.kind === 'text' && other.value instanceof Secret);
  if (key.name === 'ctrl+r' && hasSecrets) {
    return { interaction: { ...interaction, isRevealed: !interaction.isRevealed }, events: [] };
  }
  if (key.name === 'up' || key.name === 'down') {
    return { interaction, events: [], leads: key.name === 'up' ? 'previous' : 'next' };
  }
  return { interaction, events: [] };
}

/** The search is over; what it led to stays marked. */
function endSearch(control: Control, interaction: Interaction): Outcome {
  const { entries, marked } = openList(control, interaction);
  const found = entries[marked];
  const kept = found === undefined ? interaction.marked : { ...interaction.marked, [control.id]: found.value };
  return { interaction: { ...interaction, query: null, marked: kept }, events: [] };
}

function pressInSearch(
  control: Control,
  interaction: Interaction,
  query: NonNullable<Interaction['query']>,
  key: Key,
): Outcome | null {
  if (key.name === 'escape' || (key.name === 'backspace' && query.text === '')) return endSearch(control, interaction);
  // In a checklist Space ticks, as it does without a search, and Enter only ends the search.
  if (control.kind === 'checklist' && key.name === 'enter') return endSearch(control, interaction);
  if (control.kind === 'checklist' && textOf(key) === ' ') return null;
  const edit = editOf(key);
  if (edit === undefined || key.name === 'home' || key.name === 'end') return null;
  return { interaction: { ...interaction, query: editLine(query, edit), marked: {} }, events: [] };
}

function pressInList(control: Exclude<Control, TextControl>, interaction: Interaction, key: Key): Outcome {
  const { entries, marked } = openList(control, interaction);
  const entry = entries[marked];
  const to = moved(marked, entries.length, key);
  const target = to === null ? undefined : entries[to];
  if (target !== undefined) {
    const next = { ...interaction, marked: { ...interaction.marked, [control.id]: target.value }, offset: 0 };
    return { interaction: next, events: [] };
  }
  if (control.isSearchable === true && interaction.query === null && textOf(key) === '/') {
    return { interaction: { ...interaction, query: { text: '', cursor: 0 } }, events: [] };
  }
  if (control.kind === 'checklist') {
    const isTick = textOf(key) === ' ' || key.name === 'right';
    if (isTick && entry !== undefined) {
      return { interaction, events: [{ type: 'act', action: `tick:${entry.value}` }] };
    }
    return key.name === 'enter' ? { interaction, events: [], leads: 'forward' } : { interaction, events: [] };
  }
  if ((key.name === 'enter' || key.name === 'tab') && entry !== undefined) {
    const events: WizardEvent[] = [{ type: 'set', control: control.id, value: entry.value }];
    return { interaction, events, leads: key.name === 'enter' ? 'forward' : 'next' };
  }
  return { interaction, events: [] };
}

/** The value that a list action (`rename`, `delete`…) is about: the marked entry of the focused list. */
function markedEvent(control: Control | undefined, interaction: Interaction): WizardEvent[] {
  if (control === undefined || control.kind !== 'choice') return [];
  const { entries, marked } = openList(control, interaction);
  const entry = entries[marked];
  return entry === undefined ? [] : [{ type: 'set', control: control.id, value: entry.value }];
}

function takeSuggestion(view: View, interaction: Interaction): WizardEvent[] {
  const offers = view.controls.filter(
    (control): control is TextControl =>
      control.kind === 'text' && control.suggestion != null && interaction.left.includes(control.id),
  );
  const wanted = offers.find((control) => control.id === interaction.focus) ?? offers[0];
  return wanted?.suggestion == null ? [] : [{ type: 'set', control: wanted.id, value: wanted.suggestion }];
}

/**
 * What one key does on a screen.
 *
 * @param isTooTall whether a part of the screen is out of sight: then the page keys move it rather than the mark in a list
 */
export function pressKey(view: View, interaction: Interaction, key: Key, isTooTall = false): Outcome {
  if (key.name === 'ctrl+c') return { interaction, events: [{ type: 'cancel' }] };
  if (interaction.isHelpOpen) return pressInHelp(interaction, key);

  const control = focusedControl(view, interaction);
  const isTyping = control?.kind === 'text' || interaction.query !== null;

  if (control !== undefined && interaction.query !== null) {
    const outcome = pressInSearch(control, interaction, interaction.query, key);
    if (outcome !== null) return outcome;
  }
  const isFirst = control === undefined || control.id === view.controls[0]?.id;
  if (key.name === 'escape' || (key.name === 'shift+tab' && isFirst))
    return { interaction, events: [{ type: 'back' }] };
  if (key.name === 'shift+tab') return { interaction, events: [], leads: 'previous' };
  if (key.name === 'function' || (!isTyping && textOf(key) === '?')) {
    return { interaction: { ...interaction, isHelpOpen: true, offset: 0 }, events: [] };
  }
  const action = actionOf(view, key, isTyping);
  if (action !== undefined) return { interaction, events: [...markedEvent(control, interaction), action] };
  if (key.name === 'ctrl+y') {
    return { interaction: { ...interaction, cursors: {} }, events: takeSuggestion(view, interaction) };
  }

  const scroll = SCROLLS[key.name];
  const isPage = key.name === 'pageup' || key.name === 'pagedown';
  if (scroll !== undefined && (control === undefined || (isPage && (control.kind === 'text' || isTooTall)))) {
    return { interaction: { ...interaction, offset: interaction.offset + scroll }, events: [] };
  }
  if (control === undefined) {
    return key.name === 'enter' ? { interaction, events: [{ type: 'submit' }] } : { interaction, events: [] };
  }
  if (control.kind !== 'text') return pressInList(control, interaction, key);
  if (key.name === 'enter') return { interaction, events: [], leads: 'forward' };
  if (key.name === 'tab') return { interaction, events: [], leads: 'next' };
  return pressInText(view, control, interaction, key);
}
