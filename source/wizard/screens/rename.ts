import { cleanName, nameKey, nameProblem, shownName } from '../../profiles/profile-name.js';
import type { Screen } from '../screen.js';
import { goHome, type State, savedProfiles, stay } from '../state.js';
import { nameParagraphs } from './name-paragraphs.js';

const isTaken = (state: State): boolean =>
  savedProfiles(state).some(
    (profile) => profile.name !== state.profileName && nameKey(profile.name) === nameKey(state.newName),
  );

export const rename: Screen = {
  view: (state) => ({
    heading: `profile ${shownName(state.profileName ?? '')}`,
    question: 'What should it be called?',
    controls: [
      {
        kind: 'text',
        id: 'newName',
        label: 'Name',
        value: state.newName,
        problem: nameProblem(cleanName(state.newName)) ?? (isTaken(state) ? 'Another profile has this name.' : null),
      },
    ],
    warnings: nameParagraphs(state),
    help: ['Names are up to 64 characters long. Capital and small letters count as the same.'],
    enter: 'rename',
  }),
  set: (state, _control, value) => ({ ...state, newName: String(value) }),
  submit: (state) => {
    const to = cleanName(state.newName);
    if (to === state.profileName) return stay(goHome(state));
    return stay(state, { do: 'rename-profile', from: state.profileName ?? '', to });
  },
  back: (state) => stay(goHome(state)),
};
