import type { RegionId } from '../../kaltura/accounts/regions.js';
import { changeState, goHome, goTo, type State, savedProfiles } from '../engine/state.js';
import { EMPTY_FORM } from './form.js';

/** Returns the region to suggest for a new key: that of the last key, or of the profile that was saved last; practice if there is none. */
function suggestedRegion(state: State): RegionId {
  const key = state.key ?? state.earlierKey?.key;
  if (key != null) return key.server.region;
  const [last] = savedProfiles(state).toSorted((one, other) => other.savedAt - one.savedAt);
  return last?.region ?? 'practice';
}

/** Opens the first step for a new key, without the answers of the current profile. */
export const startAnew = (state: State): State => {
  const form = { ...EMPTY_FORM, region: suggestedRegion(state) };
  return goTo(state, 'region', {
    form,
    profileName: null,
    profileFlow: { isForError: false },
    making: { hasReviewed: false, detour: null },
    key: null,
  });
};

/** Opens the profiles, or the first step if there are none. */
export const startNewKey = (state: State): State =>
  savedProfiles(state).length > 0
    ? changeState(goHome(state), { profileFlow: { isForError: false } })
    : startAnew(state);
