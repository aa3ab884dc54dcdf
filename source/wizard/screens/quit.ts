import { pickControl } from '../picked.js';
import type { Screen } from '../screen.js';
import { goTo, stay } from '../state.js';

export const quit: Screen = {
  view: (state) => ({
    heading: 'quit',
    question: state.setting.isCaptured && state.lastKs !== null ? 'Leave, and hand the last key over?' : 'Leave now?',
    controls: [
      pickControl(state, [
        { value: 'stay', label: 'Stay' },
        { value: 'quit', label: 'Quit', hint: 'what is not saved is forgotten' },
      ]),
    ],
    help: ['Ctrl+C quits at once, from everywhere.'],
  }),
  set: (state, _control, value) => ({ ...state, pick: String(value) }),
  submit: (state) =>
    state.pick === 'quit' ? stay(state, { do: 'quit', how: 'done' }) : stay(goTo(state, state.cameFrom)),
  back: (state) => stay(goTo(state, state.cameFrom)),
};
