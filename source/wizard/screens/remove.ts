import type { Screen } from '../screen.js';
import { goHome, stay } from '../state.js';

export const remove: Screen = {
  view: (state) => {
    const name = state.profileName ?? '';
    const hasKey = state.profiles.find((profile) => profile.name === name)?.keptKey != null;
    return {
      heading: `profile ${name}`,
      question: `Delete the profile “${name}”?`,
      controls: [
        {
          kind: 'choice',
          id: 'pick',
          label: 'Then',
          value: state.pick,
          options: [
            { value: 'keep', label: 'Keep it' },
            { value: 'remove', label: 'Delete it', tone: 'danger' },
          ],
        },
      ],
      advice: [
        {
          tone: 'plain',
          text: hasKey
            ? 'Its answers and the key kept with it are deleted. A key already in use elsewhere goes on working until it ends.'
            : 'Its answers are deleted. Keys made with it go on working until they end.',
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
