import type { Screen } from '../screen.js';
import { goTo, stay } from '../state.js';

/** Something is being asked. Esc gives it up and goes back to the screen that wants to know. */
export const asking: Screen = {
  view: (state) => ({
    heading: 'asking',
    question: state.stage === '' ? (state.asked?.text ?? '') : state.stage,
    controls: [],
    help: ['Esc gives the question up and goes back. What the server has done by then stays done.'],
    escape: 'give up',
    isBusy: true,
  }),
  submit: (state) => stay(state),
  back: (state) => {
    const next = { ...state, attempt: state.attempt + 1 };
    return stay(goTo(next, state.asked?.by ?? 'result'), { do: 'abort' });
  },
};
