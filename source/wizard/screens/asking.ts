import { ConnectionError } from '../../kaltura/http.js';
import type { AskName } from '../question.js';
import type { Screen } from '../screen.js';
import { goTo, type State, stay } from '../state.js';

/** Questions that change something: given up, they may have been carried out all the same. */
const ORDERS: readonly AskName[] = ['end', 'add-token', 'delete-token'];

/** What is to be said of an order that was given up. */
function doubtAbout({ asked }: State): State['unanswered'] {
  if (asked === null || !ORDERS.includes(asked.question.ask) || !('server' in asked.question)) return null;
  const host = new URL(asked.question.server.serviceUrl).host;
  return { cause: new ConnectionError('aborted', host, '', { mayHaveArrived: true }) };
}

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
    const back = { ...goTo(next, state.asked?.by ?? 'result'), unanswered: doubtAbout(state) };
    return stay(back, { do: 'abort' });
  },
};
