import { Secret } from '../../kaltura/secret.js';
import type { Option } from '../../messages/paragraph.js';
import type { CheckItem, Control, TextControl, View } from '../../wizard/engine/view.js';
import { charactersOf, type EditedLine } from './line-editor.js';

/** The user's input on the current screen, such as focus and search. Each screen starts with a fresh one. */
export interface Interaction {
  /** The control with the focus; null if there is none. */
  readonly focus: string | null;
  /** Cursor positions by text control. Without one, the cursor is at the end. */
  readonly cursors: Readonly<Record<string, number>>;
  /** The text control whose whole text is selected, so that typing replaces it; null if there is none. */
  readonly selected: string | null;
  /** Marked options by list. Without one, the control's value is marked. */
  readonly marked: Readonly<Record<string, string>>;
  /** The search text of the focused list; null if there is no search. */
  readonly query: EditedLine | null;
  /** The controls that show their problems: those that lost the focus, were filled from the start, or had a “?” typed into them. */
  readonly touched: readonly string[];
  /** The text control that was edited since Enter was last pressed: Enter must show its warning again. */
  readonly edited: string | null;
  readonly isRevealed: boolean;
  readonly isHelpOpen: boolean;
  /** Lines by which the help, or a body too tall for the window, was scrolled. */
  readonly offset: number;
}

/** Returns the first field that is empty or wrong, up to the first list; the first control if nothing must be filled in. */
function firstToFill({ controls, isFilledIn }: View): Control | undefined {
  const [first] = controls;
  const isSuggestion = first?.kind === 'text' && first.isSuggested === true;
  if (isFilledIn === true || isSuggestion) return first;
  const list = controls.findIndex((control) => control.kind !== 'text');
  const fields = (list === -1 ? controls : controls.slice(0, list)).filter((control) => control.kind === 'text');
  if (fields.every(({ problem }) => problem == null)) return first;
  return fields.find((field) => field.problem != null || !isFilled(field));
}

/** Returns the interaction of a screen that was just opened. `focusOn` names a control that the user wants to correct. */
export function freshInteraction(view: View, focusOn: string | null): Interaction {
  const wanted = view.controls.find((control) => control.id === focusOn) ?? firstToFill(view);
  return {
    focus: wanted?.id ?? null,
    cursors: {},
    selected: wanted !== undefined && startsSelected(wanted, focusOn) ? wanted.id : null,
    edited: null,
    marked: {},
    query: null,
    // A field that is already filled shows its problems at once.
    touched: view.controls
      .filter((control) => control.id === focusOn || isFilled(control))
      .map((control) => control.id),
    isRevealed: false,
    isHelpOpen: false,
    offset: 0,
  };
}

/** A field starts selected if it is opened to be corrected, or if its value is only a suggestion. */
export const startsSelected = (control: Control, focusOn: string | null = null): boolean =>
  isFilled(control) && control.kind === 'text' && (control.id === focusOn || control.isSuggested === true);

const isFilled = (control: Control): boolean => control.kind === 'text' && textOf(control) !== '';

/** Whether a character key adds to a text or a search. */
export const isTypingIn = (focused: Control | undefined, { query }: Interaction): boolean =>
  focused?.kind === 'text' || query !== null;

/** The control with the focus; undefined on a screen without controls. */
export const focusedControl = (view: View, interaction: Interaction): Control | undefined =>
  view.controls.find((control) => control.id === interaction.focus) ?? view.controls[0];

/** The text in a field. Reveals a secret only for editing; the layout decides what is shown. */
export const textOf = (control: TextControl): string =>
  control.value instanceof Secret ? control.value.reveal() : control.value;

/** The text of a field with the cursor, in characters as the user sees them. */
export function editedLine(control: TextControl, interaction: Interaction): EditedLine {
  const text = textOf(control);
  return { text, cursor: interaction.cursors[control.id] ?? charactersOf(text).length };
}

export type ListEntry = Option | CheckItem;

/** The entries of a list that are shown, and the index of the marked one. */
export interface OpenList {
  readonly entries: readonly ListEntry[];
  readonly marked: number;
}

const matches = (entry: ListEntry, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${entry.label} ${entry.hint ?? ''}`.toLowerCase().includes(word));

/** The entries that match a search, or those that the control's own search has found. */
const searchResults = (
  all: readonly ListEntry[],
  query: string,
  found: readonly string[] | undefined,
): readonly ListEntry[] =>
  found === undefined
    ? all.filter((entry) => matches(entry, query))
    : found.flatMap((value) => all.filter((entry) => entry.value === value));

/** Returns all entries of a list. During a search, a list can have others. */
export function entriesOf(control: Exclude<Control, TextControl>, { query }: Interaction): readonly ListEntry[] {
  if (control.kind === 'checklist') return control.items;
  return query === null ? control.options : (control.searched?.options ?? control.options);
}

/** The entries of a list that match the search, and the index of the marked one. */
export function openList(control: Control, interaction: Interaction): OpenList {
  if (control.kind === 'text') return { entries: [], marked: 0 };
  const all = entriesOf(control, interaction);
  const query = interaction.query?.text.trim() ?? '';
  const found = control.kind === 'choice' && query !== '' ? control.search?.(query) : undefined;
  const entries = query === '' ? all : searchResults(all, query, found);
  const wanted = interaction.marked[control.id] ?? (control.kind === 'choice' ? control.value : control.startAt);
  const at = entries.findIndex((entry) => entry.value === wanted);
  return { entries, marked: Math.max(0, at) };
}

/** Checks whether the search in a list has no result, so that there is nothing to choose. */
export const isWithoutResult = (control: Control | undefined, interaction: Interaction): boolean =>
  control !== undefined &&
  control.kind !== 'text' &&
  interaction.query !== null &&
  openList(control, interaction).entries.length === 0;
