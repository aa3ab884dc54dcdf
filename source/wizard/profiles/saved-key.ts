import { formatDuration } from '../../kaltura/lifetime.js';
import { savedKeyExpiry } from '../../profiles/profile.js';
import { optionControl } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goHome, stay } from '../engine/state.js';
import { createKeyFromProfile, outputSavedKey, profileInUse } from './use-profile.js';

/** Shows a profile that has a valid saved key. Copying it is the first option. */
export const savedKey: Screen = {
  view: (state) => {
    const profile = profileInUse(state);
    const left = profile === undefined ? 0 : (savedKeyExpiry(profile) ?? 0) - state.now / 1000;
    return {
      heading: `profile ${state.profileName ?? ''}`,
      question: 'This profile has a living key',
      controls: [
        optionControl(state, [
          { value: 'copy', label: `Copy the kept key (${formatDuration(Math.max(0, left))} left)` },
          { value: 'show', label: 'Show the kept key', hint: 'as a line on this terminal' },
          { value: 'new', label: 'Make a new one' },
        ]),
      ],
      help: [
        'The key was kept with the profile when it was saved, and is good until it ends, unless it was ended or used up elsewhere.',
        'Copying puts it into the clipboard without showing it. Showing writes it to the terminal as one line, where it stays in the scrollback.',
      ],
    };
  },
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    const profile = profileInUse(state);
    if (profile === undefined) return stay(goHome(state));
    if (state.option === 'new') return createKeyFromProfile(state, profile);
    return outputSavedKey(state, profile, state.option === 'show' ? 'show' : 'copy');
  },
  back: (state) => stay(goHome(state)),
};
