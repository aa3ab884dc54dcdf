import { readPastedError } from '../../kaltura/diagnosis/pasted-error.js';
import { Secret } from '../../kaltura/secret.js';
import type { Key } from '../../terminal/key.js';
import type { WizardEvent } from '../../wizard/engine/event.js';
import type { Control, TextControl, View } from '../../wizard/engine/view.js';
import { editedLine, focusedControl, type Interaction, isTypingIn, openList, textOf } from './interaction.js';
import { type Edit, type EditedLine, editLine } from './line-editor.js';
import { editOf, type Outcome, pressInList, pressInSearch, typedText } from './press-in-list.js';

/** Fewer rows than a window of 15 rows shows, so that no row is skipped there. */
const SCROLL_PAGE = 8;

/** The rows by which a key scrolls a screen that is too tall. */
const SCROLLS: Readonly<Record<string, number>> = { up: -1, down: 1, pageup: -SCROLL_PAGE, pagedown: SCROLL_PAGE };

/** The action of a key on this screen. In a field, only digits and keys that type nothing are actions. */
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

const NOTHING: EditedLine = { text: '', cursor: 0 };

/**
 * Whether an edit replaces the text: if the text is selected, or if a secret is pasted over one that the user can't see and has not edited.
 */
function replacesText(control: TextControl, interaction: Interaction, key: Key, edit: Edit): boolean {
  if (interaction.selected === control.id) return edit.do !== 'move';
  return key.name === 'paste' && control.value instanceof Secret && interaction.cursors[control.id] === undefined;
}

function pressInText(view: View, control: TextControl, interaction: Interaction, key: Key): Outcome {
  const edit = editOf(key);
  if (edit !== undefined) {
    const isReplacing = replacesText(control, interaction, key, edit);
    const line = editLine(isReplacing ? NOTHING : editedLine(control, interaction), edit);
    const value = control.value instanceof Secret ? new Secret(line.text) : line.text;
    return {
      interaction: {
        ...interaction,
        cursors: { ...interaction.cursors, [control.id]: line.cursor },
        selected: null,
        edited: edit.do === 'move' ? interaction.edited : control.id,
        // Someone who types ? probably looks for the help, so what is wrong with the text is shown at once.
        touched:
          key.name === 'text' && key.text.includes('?')
            ? [...new Set([...interaction.touched, control.id])]
            : interaction.touched,
      },
      events: edit.do === 'move' ? [] : [{ type: 'set', control: control.id, value }],
    };
  }
  const hasSecrets = view.controls.some((other) => other.kind === 'text' && other.value instanceof Secret);
  if (key.name === 'ctrl+r' && hasSecrets) {
    return { interaction: { ...interaction, isRevealed: !interaction.isRevealed }, events: [] };
  }
  if (key.name === 'up' || key.name === 'down') {
    return { interaction, events: [], moveFocus: key.name === 'up' ? 'previous' : 'next' };
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
      control.kind === 'text' &&
      control.suggestion != null &&
      (interaction.touched.includes(control.id) || textOf(control) === ''),
  );
  const wanted = offers.find((control) => control.id === interaction.focus) ?? offers[0];
  return wanted?.suggestion == null ? [] : [{ type: 'set', control: wanted.id, value: wanted.suggestion.value }];
}

/** Checks whether no field takes the pasted text. A search shows its text, so it gets no key and no secret. */
const isPastedOutsideField = (control: Control | undefined, { query }: Interaction, text: string): boolean =>
  control?.kind !== 'text' && (query === null || readPastedError(new Secret(text)).hasSecret);

/**
 * Handles one key on a screen.
 *
 * @param isTooTall whether a part of the screen is hidden; then the page keys scroll it instead of moving the mark
 */
export function pressKey(view: View, interaction: Interaction, key: Key, isTooTall: boolean): Outcome {
  if (key.name === 'ctrl+c') return { interaction, events: [{ type: 'cancel' }] };
  if (interaction.isHelpOpen) return pressInHelp(interaction, key);

  const control = focusedControl(view, interaction);
  const isTyping = isTypingIn(control, interaction);

  if (key.name === 'paste' && isPastedOutsideField(control, interaction, key.text))
    return { interaction, events: [{ type: 'pasted', text: new Secret(key.text) }] };
  if (control !== undefined && interaction.query !== null) {
    const outcome = pressInSearch(control, interaction, interaction.query, key);
    if (outcome !== null) return outcome;
  }
  const isFirst = control === undefined || control.id === view.controls[0]?.id;
  if (key.name === 'escape' || (key.name === 'shift+tab' && isFirst))
    return { interaction, events: [{ type: 'back' }] };
  if (key.name === 'shift+tab') return { interaction, events: [], moveFocus: 'previous' };
  if (key.name === 'function' || (!isTyping && typedText(key) === '?')) {
    return { interaction: { ...interaction, isHelpOpen: true, offset: 0 }, events: [] };
  }
  const action = actionOf(view, key, isTyping);
  if (action !== undefined) return { interaction, events: [...markedEvent(control, interaction), action] };
  if (key.name === 'ctrl+y') {
    return { interaction: { ...interaction, cursors: {}, selected: null }, events: takeSuggestion(view, interaction) };
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
  if (key.name === 'enter') return { interaction, events: [], moveFocus: 'forward' };
  if (key.name === 'tab') return { interaction, events: [], moveFocus: 'next' };
  return pressInText(view, control, interaction, key);
}
