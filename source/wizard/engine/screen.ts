import type { Secret } from '../../kaltura/secret.js';
import type { FormState } from '../form/form.js';
import type { Answers, AskName } from './question.js';
import type { StepId } from './screen-id.js';
import type { State, Transition } from './state.js';
import type { View } from './view.js';

/** One screen: what it shows, and what the user can do on it. */
export interface Screen {
  /** Present on the steps of creating a key. */
  readonly step?: Step;
  view(state: State): ScreenView;
  /** Handles a new value of a control. */
  set?(state: State, control: string, value: string | Secret): State;
  /**
   * Handles Enter on the last control. Called only if no control has a problem. A step only updates the state: if it stays on its screen and
   * shows no notice, the wizard continues with the next step.
   */
  submit?(state: State): Transition;
  /** Handles Esc. Without this function, a step goes back to the previous step. */
  back?(state: State): Transition;
  /** Handles a shortcut of the screen. */
  act?(state: State, action: string): Transition;
  /** Handles text that was pasted while no field has the focus; null if the screen doesn't use it. */
  paste?(state: State, text: Secret): Transition | null;
  /** Handles the answers to this screen's questions. */
  readonly receive?: { readonly [Name in AskName]?: (state: State, answer: Answers[Name]) => Transition };
}

/** The place of a screen among the steps of creating a key. Their order decides which screen is next or previous. */
export interface Step {
  readonly id: StepId;
  readonly number: StepNumber;
  /** Checks whether the step is needed for these answers. Without this function, it always is. */
  isNeeded?(form: FormState): boolean;
  /** Checks whether the answers of the step are complete and valid. Without this function, they always are. */
  isComplete?(form: FormState): boolean;
}

/** A screen that is a step of creating a key. */
export interface StepScreen extends Screen {
  readonly step: Step;
}

/** A view as a screen supplies it. The heading and path of a step are added. */
export type ScreenView = Omit<View, 'heading' | 'path'> & { readonly heading?: string };

export type StepNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;
