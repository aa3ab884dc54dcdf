import type { ScreenId } from '../engine/screen-id.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { subjectOf } from './subject.js';

/** Returns the screens before the given one; all of them if it is not among them. */
const trailBefore = (screen: ScreenId, { keyUse: { trail } }: State): readonly ScreenId[] =>
  trail.includes(screen) ? trail.slice(0, trail.indexOf(screen)) : trail;

const withTrail = (state: State, trail: readonly ScreenId[]): State => changeState(state, { keyUse: { trail } });

/** Opens a screen about the key, with its first option selected. Esc there goes back to the current screen. */
export const openKeyScreen =
  (screen: ScreenId) =>
  (state: State): Transition => {
    const trail = screen === state.screen ? state.keyUse.trail : [...trailBefore(state.screen, state), state.screen];
    return stay(goTo(withTrail({ ...state, option: '' }, trail), screen));
  };

/** Goes back to the previous screen, with the option selected that led here. Options that open a screen have its ID as their value. */
export function goBackOnTrail(state: State): Transition {
  const previous = state.keyUse.trail.at(-1);
  if (previous === undefined) return backToKey(state);
  return stay(goTo(withTrail({ ...state, option: state.screen }, state.keyUse.trail.slice(0, -1)), previous));
}

/** Goes back to the screen that shows the key, past all screens in between. */
export function backToKey(state: State): Transition {
  const screen = subjectOf(state)?.returnTo ?? 'home';
  return stay(goTo(withTrail(state, trailBefore(screen, state)), screen));
}
