import type { Secret } from '../../kaltura/secret.js';
import type { Fact, Option, Paragraph, Tone } from '../../messages/paragraph.js';

/** A screen as data: what is said and asked, without a word on how it looks. Every way of showing the wizard reads this. */

/** One of several: arrows move, Enter takes and goes on. */
export interface ChoiceControl {
  readonly kind: 'choice';
  readonly id: string;
  /** What stands before the answer once the control is folded to a line. */
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  /** `/` narrows the list. */
  readonly isSearchable?: boolean;
  /** Called for when `/` has been typed: the values that match, best first. */
  readonly search?: (query: string) => readonly string[];
}

/** A value that was probably meant, of the same type as the field's. */
export interface Suggestion<Value> {
  readonly value: Value;
  /** The value as it is shown: public, also in a secret field. */
  readonly shown: string;
}

interface FieldOf<Value extends string | Secret> {
  readonly kind: 'text';
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly placeholder?: string;
  /** Beside the field: what a number typed there means, where to look for it. */
  readonly note?: string;
  /** Why it cannot be used: said when the field is left. */
  readonly problem?: string | null;
  /** What looks odd, though it can be used: said when the field is left. */
  readonly warning?: string | null;
  /** Ctrl+Y puts it into the field. */
  readonly suggestion?: Suggestion<Value> | null;
  /** Of a secret that can be compared with where it came from: its end is shown once it was left. */
  readonly hasKnownEnding?: boolean;
}

/** One line of text. A `Secret` is masked. */
export type TextControl = FieldOf<string> | FieldOf<Secret>;

export const suggestedText = (text: string | null): Suggestion<string> | null =>
  text === null ? null : { value: text, shown: text };

export interface CheckItem {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** Said beneath the list while the item is marked. */
  readonly detail: string;
  readonly isTicked: boolean;
  readonly tone: Tone;
}

/** Any of several: Space ticks, Enter is done. */
export interface ChecklistControl {
  readonly kind: 'checklist';
  readonly id: string;
  readonly label: string;
  readonly items: readonly CheckItem[];
  /** The item to begin at. */
  readonly startAt: string;
  readonly isSearchable?: boolean;
}

export type Control = ChoiceControl | TextControl | ChecklistControl;

export interface Action {
  /** A letter, a word for a key (`ctrl+s`), or `enter`. */
  readonly key: string;
  readonly id: string;
  readonly label: string;
}

export interface PathItem {
  readonly label: string;
  readonly state: 'done' | 'here' | 'ahead';
}

export interface View {
  /** Where one is: `step 4 of 7 · Session type`. */
  readonly heading: string;
  readonly path?: readonly PathItem[];
  /** Before the question, where one is needed to understand it. */
  readonly lead?: string;
  readonly question: string;
  readonly facts?: readonly Fact[];
  readonly controls: readonly Control[];
  /** Stays on the screen under the controls: what the answers have come to so far. */
  readonly standing?: Fact;
  /** What must be read: stays on the screen however small it is. */
  readonly warnings?: readonly Paragraph[];
  /** What helps to answer: shown where there is room, and always in the help. */
  readonly advice?: readonly Paragraph[];
  /** The longer help, behind `?` or F1. */
  readonly help: readonly string[];
  /** Keys beyond those that every screen has. */
  readonly actions?: readonly Action[];
  /** What Enter does here, if not `next`. */
  readonly enter?: string;
  /** What Esc does here, if not `back`; null where there is nothing to go back to. */
  readonly escape?: string;
  /** What the help is about here, if not `more`. */
  readonly more?: string;
  /** Columns that a text needs which stands above the frame, and should stay in sight. */
  readonly textAbove?: number;
  /** Something is going on. */
  readonly isBusy?: boolean;
}
