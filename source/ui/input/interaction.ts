import { Secret } from '../../kaltura/secret.js';
import type { Control, TextControl, View } from '../../wizard/engine/view.js';
import { charactersOf, type EditedLine } from './line-editor.js';

/** What the person is doing on the screen that is shown: nothing of it outlives the screen. */
export interface Interaction {
  /** The control that has the keys; null where there is none. */
  readonly focus: string | null;
  /** By text control: where the cursor stands; at the end where nothing is said. */
  readonly cursors: Readonly<Record<string, number>>;
  /** By list: the option that is marked; the control's value where nothing is said. */
  readonly marked: Readonly<Record<string, string>>;
  /** What is being searched for in the focused list; null while no search is on. */
  readonly query: EditedLine | null;
  /** The controls that were left at least once: only they show their troubles. */
  readonly left: readonly string[];
  readonly isRevealed: boolean;
  readonly isHelpOpen: boolean;
  /** Lines by which the help, or a body too tall for the window, was scrolled. */
  readonly offset: number;
}

export function freshInteraction(view: View, focusOn: string | null): Interaction {
  const wanted = view.controls.find((control) => control.id === focusOn) ?? view.controls[0];
  return {
    focus: wanted?.id ?? null,
    cursors: {},
    marked: {},
    query: null,
    // What was filled in before shows its troubles at once.
    left: view.controls.filter((control) => control.id === focusOn || isFilled(control)).map((control) => control.id),
    isRevealed: false,
    isHelpOpen: false,
    offset: 0,
  };
}

const isFilled = (control: Control): boolean => control.kind === 'text' && textOf(control) !== '';

export const focusedControl = (view: View, interaction: Interaction): Control | undefined =>
  view.controls.find((control) => control.id === interaction.focus) ?? view.controls[0];

/** The text in a field. Revealed here for editing alone; what is drawn of it is decided by the layout. */
export const textOf = (control: TextControl): string =>
  control.value instanceof Secret ? control.value.reveal() : control.value;

export function editedLine(control: TextControl, interaction: Interaction): EditedLine {
  const text = textOf(control);
  return { text, cursor: interaction.cursors[control.id] ?? charactersOf(text).length };
}

interface ListEntry {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface OpenList<Entry extends ListEntry> {
  readonly entries: readonly Entry[];
  readonly marked: number;
}

const matches = (entry: ListEntry, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${entry.label} ${entry.hint ?? ''}`.toLowerCase().includes(word));

/** The entries that match a search; where the control has searched itself, those that it found. */
const narrowed = (all: readonly ListEntry[], query: string, found?: readonly string[]): readonly ListEntry[] =>
  found === undefined
    ? all.filter((entry) => matches(entry, query))
    : found.flatMap((value) => all.filter((entry) => entry.value === value));

/** The entries of a list as narrowed by the search, and which of them is marked. */
export function openList(control: Control, interaction: Interaction): OpenList<ListEntry> {
  if (control.kind === 'text') return { entries: [], marked: 0 };
  const all: readonly ListEntry[] = control.kind === 'choice' ? control.options : control.items;
  const query = interaction.query?.text.trim() ?? '';
  const found = control.kind === 'choice' && query !== '' ? control.search?.(query) : undefined;
  const entries = query === '' ? all : narrowed(all, query, found);
  const wanted = interaction.marked[control.id] ?? (control.kind === 'choice' ? control.value : control.startAt);
  const at = entries.findIndex((entry) => entry.value === wanted);
  return { entries, marked: Math.max(0, at) };
}
