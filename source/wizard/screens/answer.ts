import type { Screen } from '../screen.js';
import { goTo, stay } from '../state.js';
import { adviceOf } from './failure.js';

/** What the server said, as it came; keys and secrets in it shortened. */
export const answer: Screen = {
  view: (state) => ({
    heading: 'the server’s answer',
    question: 'What the server said',
    controls: [],
    warnings: (adviceOf(state)?.serverAnswer ?? '').split('\n').map((text) => ({ tone: 'plain' as const, text })),
    help: ['Keys and secrets in it are shortened, so it can be shown to Kaltura’s support.'],
    enter: 'back',
  }),
  submit: (state) => stay(goTo(state, 'failure')),
  back: (state) => stay(goTo(state, 'failure')),
};
