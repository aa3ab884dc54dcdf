import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { diagnosisOf } from './failure.js';

const backToFailure = (state: State): Transition => stay(goTo(state, 'failure'));

/** Shows the server's response, which no other screen shows. */
export const answer: Screen = {
  view: (state) => ({
    heading: 'the server’s answer',
    question: 'The server’s answer',
    controls: [],
    warnings: [
      ...(diagnosisOf(state)?.serverAnswer ?? '').split('\n').map((text) => ({ tone: 'plain' as const, text })),
      { tone: 'caution', text: 'It can contain parts of what was sent. Read it before you send it to anyone.' },
    ],
    help: [
      'The text comes from the server. Your secret is masked where it appears exactly as you typed it, but a server can repeat it in another form.',
    ],
    enter: 'back',
  }),
  submit: backToFailure,
  back: backToFailure,
};
