import { goHome, goTo, inFlow, type State, savedProfiles } from '../engine/state.js';
import { EMPTY_FORM } from './form.js';

/** Opens the first step for a new key, without any answers of a profile. */
export const startAnew = (state: State): State => {
  const form = {
    ...EMPTY_FORM,
    region: savedProfiles(state).length === 0 ? ('practice' as const) : EMPTY_FORM.region,
  };
  return goTo(
    {
      ...state,
      form,
      profileName: null,
      profileFlow: { ...state.profileFlow, isForError: false },
      making: { ...state.making, hasReviewed: false, detour: null },
      key: null,
    },
    'region',
  );
};

/** Opens the profiles, or the first step if there are none. */
export const startNewKey = (state: State): State =>
  savedProfiles(state).length > 0 ? inFlow(goHome(state), 'profileFlow', { isForError: false }) : startAnew(state);
