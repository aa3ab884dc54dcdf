import type { Secret } from '../../kaltura/secret.js';
import type { FormState } from '../form/form.js';
import type { Answer } from './question.js';
import type { State, StepId, Transition } from './state.js';
import type { View } from './view.js';

/** One screen: what it shows, and what the person can do on it. */
export interface Screen {
  view(state: State): View;
  /** A control got a value; where it is not said, the draft's answer of the control's name takes it. */
  set?(state: State, control: string, value: string | Secret): State;
  /** All controls were gone through and none has a problem. */
  submit(state: State): Transition;
  back(state: State): Transition;
  /** One of the screen's own keys. */
  act?(state: State, action: string): Transition;
  /** The answer to what this screen asked. */
  hear?(state: State, answer: Answer): Transition;
}

/** A screen of the walk: where it goes next and back to follows from the order of the walk. */
export interface Step {
  readonly id: StepId;
  readonly step: StepNumber;
  /** Whether it is asked at all for these answers. */
  applies(draft: FormState): boolean;
  /** Whether its answers can be used as they are. */
  isComplete(draft: FormState): boolean;
  view(state: State): StepView;
  set?(state: State, control: string, value: string | Secret): State;
  /** What follows from the answers, before the walk goes on. */
  leave?(state: State): Transition;
  act?(state: State, action: string): Transition;
  hear?(state: State, answer: Answer): Transition;
}

/** The parts of a view that are the screen's own; heading and path are the walk's. */
export type StepView = Omit<View, 'heading' | 'path'>;

export type StepNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;
