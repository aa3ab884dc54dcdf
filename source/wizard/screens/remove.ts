import { shownName } from '../../profiles/profile-name.js';
import { isWritable } from '../../profiles/secret-place.js';
import { pickControl } from '../picked.js';
import type { Screen } from '../screen.js';
import { goHome, savedProfileOf, stay } from '../state.js';

export const remove: Screen = {
  view: (state) => {
    const name = state.profileName ?? '';
    const profile = savedProfileOf(state);
    const shown = shownName(name);
    const hasKey = profile?.keptKey != null;
    const hasStored = profile !== undefined && isWritable(profile.secretPlace);
    const what = [hasStored ? 'the secret stored for it' : '', hasKey ? 'the key kept with it' : ''].filter(
      (part) => part !== '',
    );
    return {
      heading: `profile ${shown}`,
      question: `Delete the profile “${shown}”?`,
      controls: [
        pickControl(state, [
          { value: 'keep', label: 'Keep it' },
          { value: 'remove', label: 'Delete it', tone: 'danger' },
        ]),
      ],
      advice: [
        {
          tone: 'plain',
          text: `Deleted are ${['its answers', ...what].join(', ')}. Keys made with it go on working until they end.`,
        },
      ],
      help: [`The file ${state.setting.fileOf(name)} is removed.`],
    };
  },
  set: (state, _control, value) => ({ ...state, pick: String(value) }),
  submit: (state) =>
    state.pick === 'remove'
      ? stay(state, { do: 'remove-profile', name: state.profileName ?? '' })
      : stay(goHome(state)),
  back: (state) => stay(goHome(state)),
};
