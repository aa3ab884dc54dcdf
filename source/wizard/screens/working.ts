import { serviceUrlOf } from '../reading.js';
import type { Screen } from '../screen.js';
import { goTo, stay } from '../state.js';

/** A request is under way. Esc gives it up; a late answer to it is not listened to. */
export const working: Screen = {
  view: (state) => ({
    heading: state.reading === null ? 'making the key' : 'reading the secret',
    question: state.stage === '' ? 'Making the key…' : state.stage,
    controls: [],
    advice:
      state.reading !== null
        ? []
        : state.draft.method === 'local'
          ? [{ tone: 'plain', text: 'Signed on this computer: nothing is sent.' }]
          : [{ tone: 'plain', text: `Waiting for ${serviceUrlOf(state.draft, state.practiceUrl)}.` }],
    help: [
      'Esc gives the request up and goes back to the review. A key that the server has made by then is not shown, and ends by itself.',
    ],
    escape: 'give up',
    isBusy: true,
  }),
  submit: (state) => stay(state),
  back: (state) => stay(goTo({ ...state, attempt: state.attempt + 1, isRetry: false }, 'review'), { do: 'abort' }),
};
