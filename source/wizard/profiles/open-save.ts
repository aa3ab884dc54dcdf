import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { sourceFormOf } from '../form/secret-source.js';

/** Shows the save screen, and finds out meanwhile which places for the secret can be offered. */
export function openSave(state: State): Transition {
  const before = state.profiles.find((profile) => profile.name === state.profileName);
  // Who kept a key with this profile before will want to again.
  const isKeepingKey = before !== undefined && (before.keptKey !== null || before.lastKeyEndedAt !== null);
  const shown = goTo(
    { ...state, isKeepingKey, pick: 'other', place: sourceFormOf(before), placeTrouble: null },
    'save',
  );
  return state.draft.region === 'practice' ? stay(shown) : stay(shown, { do: 'look-at-places' });
}
