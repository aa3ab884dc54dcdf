import type { Secret } from '../../kaltura/secret.js';
import type { FormState } from '../form/form.js';
import type { Answer } from './question.js';
import type { State, StepId, Transition } from './state.js';
import type { View } from './view.js';

/** One screen: what it shows, and what the user can do on it. */
export interface Screen {
  view(state: State): View;
  /** Handles a new value of a control. Without this function, the value is saved in the form field of the control's name. */
  set?(state: State, control: string, value: string | Secret): State;
  /** Handles Enter on the last control. Called only if no control has a problem. */
  submit(state: State): Transition;
  back(state: State): Transition;
  /** Handles a shortcut of the screen. */
  act?(state: State, action: string): Transition;
  /** Handles the answer to this screen's question. */
  receive?(state: State, answer: Answer): Transition;
}

/** A screen that is a step of creating a key. The order of the steps decides which screen is next or previous. */
export interface Step {
  readonly id: StepId;
  readonly step: StepNumber;
  /** Checks whether the step is needed for these answers. */
  isNeeded(form: FormState): boolean;
  /** Checks whether the answers of the step are complete and valid. */
  isComplete(form: FormState): boolean;
  view(state: State): StepView;
  set?(state: State, control: string, value: string | Secret): State;
  /** Updates the state before the wizard continues with the next step. */
  leave?(state: State): Transition;
  act?(state: State, action: string): Transition;
  receive?(state: State, answer: Answer): Transition;
}

/** The parts of a view that the step supplies itself; heading and path are added. */
export type StepView = Omit<View, 'heading' | 'path'>;

export type StepNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;
