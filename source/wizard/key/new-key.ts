import type { MenuOption } from '../engine/build-screen.js';
import { type State, stay, type Transition } from '../engine/state.js';
import { startAnew, startNewKey } from '../form/start-anew.js';
import { backToReview } from './subject.js';

/** Creates a key instead of one that no longer works. A key that was created here keeps its answers; a saved key, its profile. */
function createNewKey(state: State): Transition {
  if (state.subject === 'paste') return stay(startAnew(state));
  if (state.key?.request != null) return stay(backToReview(state));
  return stay(startNewKey(state));
}

export const CREATE_NEW_KEY: MenuOption = { value: 'new-key', label: 'Create a new key…', choose: createNewKey };
