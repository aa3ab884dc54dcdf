import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { sourceFormOf } from '../form/secret-source.js';

/** Opens the save screen, and finds out in the background which secret sources can be offered. */
export function openSave(state: State): Transition {
  const before = state.profiles.find((profile) => profile.name === state.profileName);
  // If the profile has saved a key before, suggest that again.
  const includesKey = before !== undefined && (before.keptKey !== null || before.lastKeyEndedAt !== null);
  const shown = goTo(
    {
      ...state,
      profileFlow: { ...state.profileFlow, includesKey, source: sourceFormOf(before), sourceProblem: null },
      option: 'other',
    },
    'save',
  );
  return state.form.region === 'practice' ? stay(shown) : stay(shown, { do: 'find-secret-sources' });
}
