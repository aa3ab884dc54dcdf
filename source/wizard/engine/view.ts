import type { Secret } from '../../kaltura/secret.js';
import type { Fact, Option, Paragraph, Tone } from '../../messages/paragraph.js';

/** A view describes a screen as data, without its appearance. All renderers read it. */

/** A single choice: arrow keys select, Enter confirms. */
export interface ChoiceControl {
  readonly kind: 'choice';
  readonly id: string;
  /** Shown before the answer once the control is folded to one line. */
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  /** Whether `/` filters the list. */
  readonly isSearchable?: boolean;
  /** What a search looks through instead of the options, and what the shortcut `/` does. */
  readonly searched?: { readonly options: readonly Option[]; readonly label: string };
  /** Returns the values that match, best first. Called after `/` was pressed. */
  readonly search?: (query: string) => readonly string[];
  /** The option that a typed digit chooses, and the field that the digit then starts. */
  readonly digits?: { readonly option: string; readonly field: string };
  /** Returns what the screen shows while an option is marked that is not the value. */
  readonly preview?: (value: string) => Preview;
}

/** The parts of a view that can depend on the marked option. Its controls replace those with the same ID. */
export type Preview = Pick<View, 'standing' | 'warnings' | 'advice' | 'enter' | 'actions'> & {
  readonly controls?: readonly Control[];
};

/** A value that was probably intended, of the same type as the field's. */
export interface Suggestion<Value> {
  readonly value: Value;
  /** The value as it is shown; public, even in a secret field. */
  readonly shown: string;
}

export interface FieldOf<Value extends string | Secret> {
  readonly kind: 'text';
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  /** Shown in brackets while the field is empty: `optional`, `for example 0_abc12345`. */
  readonly placeholder?: string;
  /** Whether the value is only a suggestion: it starts selected, so that type to replace. */
  readonly isSuggested?: boolean;
  /** Shown beside the field: what a number typed there means, or where to find the value. */
  readonly note?: string;
  /** Explains the field: where to find the value. Shown below the controls while the field has the focus. */
  readonly detail?: string;
  /** Why the value is invalid; shown when the user leaves the field. */
  readonly problem?: string | null;
  /** What looks wrong with a valid value; shown when the user leaves the field. */
  readonly warning?: string | null;
  /** Ctrl+Y fills it in. */
  readonly suggestion?: Suggestion<Value> | null;
  /** Whether the user can compare the end of the secret with its source: it is shown after the user leaves the field. */
  readonly hasKnownEnding?: boolean;
  /** What a masked field holds, for the shortcut that shows it: `secret` or `key`; absent for anything else. */
  readonly noun?: string;
}

/** A line of text. A `Secret` is masked. */
export type TextControl = FieldOf<string> | FieldOf<Secret>;

export const suggestedText = (text: string | null): Suggestion<string> | null =>
  text === null ? null : { value: text, shown: text };

export interface CheckItem {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** Explains the item. Shown below the list while the item is marked. */
  readonly detail: string;
  readonly isTicked: boolean;
  readonly tone: Tone;
}

/** A multiple choice: Space ticks an item, Enter confirms. */
export interface ChecklistControl {
  readonly kind: 'checklist';
  readonly id: string;
  readonly label: string;
  readonly items: readonly CheckItem[];
  /** The item that is selected first. */
  readonly startAt: string;
  readonly isSearchable?: boolean;
}

export type Control = ChoiceControl | TextControl | ChecklistControl;

export interface Action {
  /** A letter, a key name (`ctrl+s`), or `enter`. */
  readonly key: string;
  readonly id: string;
  readonly label: string;
}

export interface PathItem {
  readonly label: string;
  readonly state: 'done' | 'here' | 'ahead';
}

/** What Enter does in every field but the last. */
export const NEXT_FIELD = 'next field';

export interface View {
  /** The position: `Step 4 of 7 · Type`. */
  readonly heading: string;
  readonly path?: readonly PathItem[];
  /** Shown before the question, if the question needs an introduction. */
  readonly lead?: string;
  readonly question: string;
  readonly facts?: readonly Fact[];
  readonly controls: readonly Control[];
  /** Whether the program filled in all fields: Enter in any of them then continues. */
  readonly isFilledIn?: boolean;
  /** Always visible below the controls: the result of the answers so far. */
  readonly standing?: Fact;
  /** Warnings: visible in a window of any size. */
  readonly warnings?: readonly Paragraph[];
  /** Advice: visible if there is room, and always in the help. */
  readonly advice?: readonly Paragraph[];
  /** The long help, which `?` or F1 opens. */
  readonly help: readonly string[];
  /** Shortcuts in addition to those of every screen. */
  readonly actions?: readonly Action[];
  /** The hint for Enter, if not `continue`. */
  readonly enter?: string;
  /** The hint for Esc, if not `back`; '' for none. */
  readonly escape?: string;
  /** Shown if the text that was printed above the frame is not visible any more. */
  readonly scrolledAway?: string;
  /** Whether `scrolledAway` is about the text that was printed last, such as code below a key. */
  readonly isAboutLastPrinted?: boolean;
  /** Whether the screen may use the rows of the text that was printed above the frame. */
  readonly coversPrinted?: boolean;
  /** The times whose distance from now the screen shows, in epoch seconds. */
  readonly expiries?: readonly number[];
  /** Whether an operation is in progress. */
  readonly isBusy?: boolean;
}

/** Returns the long help of a screen: its own paragraphs, then the explanation of each option. Options with the same one share it. */
export function helpOf({ help, controls }: Pick<View, 'help' | 'controls'>): readonly string[] {
  const labels = new Map<string, string[]>();
  for (const control of controls) {
    if (control.kind === 'text') {
      if (control.detail !== undefined)
        labels.set(control.detail, [...(labels.get(control.detail) ?? []), control.label]);
      continue;
    }
    const entries: readonly (Option | CheckItem)[] = control.kind === 'choice' ? control.options : control.items;
    for (const { label, detail } of entries) {
      if (detail !== undefined) labels.set(detail, [...(labels.get(detail) ?? []), label.trim()]);
    }
  }
  return [...help, ...[...labels].map(([detail, names]) => `${names.join(', ')}: ${detail}`)];
}
