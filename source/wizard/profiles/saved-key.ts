import { formatDuration } from '../../kaltura/lifetime.js';
import { type Profile, savedKeyExpiry } from '../../profiles/profile.js';
import { menu } from '../engine/build-screen.js';
import { goHome, type State, stay, type Transition } from '../engine/state.js';
import { createKeyFromProfile, outputSavedKey, profileInUse } from './use-profile.js';

/** Continues with the profile in use. */
const withProfile =
  (go: (state: State, profile: Profile) => Transition) =>
  (state: State): Transition => {
    const profile = profileInUse(state);
    return profile === undefined ? stay(goHome(state)) : go(state, profile);
  };

function timeLeft(state: State): string {
  const profile = profileInUse(state);
  const left = profile === undefined ? 0 : (savedKeyExpiry(profile) ?? 0) - state.now / 1000;
  return formatDuration(Math.max(0, left));
}

/** Shows a profile that has a valid saved key. Copying it is the first option. */
export const savedKey = menu({
  options: (state) => [
    {
      value: 'copy',
      label: `Copy the kept key (${timeLeft(state)} left)`,
      choose: withProfile((now, profile) => outputSavedKey(now, profile, 'copy')),
    },
    {
      value: 'show',
      label: 'Show the kept key',
      hint: 'as a line on this terminal',
      choose: withProfile((now, profile) => outputSavedKey(now, profile, 'show')),
    },
    { value: 'new', label: 'Make a new one', choose: withProfile(createKeyFromProfile) },
  ],
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    question: 'This profile has a living key',
    help: [
      'The key was kept with the profile when it was saved, and is good until it ends, unless it was ended or used up elsewhere.',
      'Copying puts it into the clipboard without showing it. Showing writes it to the terminal as one line, where it stays in the scrollback.',
    ],
  }),
  back: (state) => stay(goHome(state)),
});
