import { serviceUrlAt } from '../../kaltura/accounts/regions.js';
import { ConnectionError } from '../../kaltura/api/http.js';
import { type Paragraph, plain } from '../../messages/paragraph.js';
import { hasTypedCredentials } from '../form/practice.js';
import { requestsKey } from '../form/profile.js';
import { lastStepOf } from '../form/purpose.js';
import { specOf } from '../form/reading.js';
import { menu } from './build-screen.js';
import type { AskName } from './question.js';
import type { Screen } from './screen.js';
import { goTo, type State, stay } from './state.js';

/** Shows that a key is being created. Esc cancels; a late result is ignored. */
export const working: Screen = {
  view: (state) => ({
    heading: state.profileFlow.secretReading === null ? 'creating the key' : 'reading the secret',
    question: state.waiting.stage === '' ? 'Creating the key…' : state.waiting.stage,
    controls: [],
    advice:
      state.profileFlow.secretReading !== null
        ? []
        : state.form.method === 'local'
          ? [plain('The key is signed on this computer. Nothing is sent.')]
          : [plain(`Waiting for ${serviceUrlAt(state.form, state.practiceUrl)}.`)],
    help: [
      'Esc cancels the request and goes back. If the server has already created a key, it is not shown, and it expires by itself.',
    ],
    escape: 'cancel',
    isBusy: true,
  }),
  back: (state) =>
    stay(
      goTo(state, lastStepOf(state.form), {
        waiting: { attempt: state.waiting.attempt + 1 },
        making: { isRetry: false },
      }),
      { do: 'abort' },
    ),
};

/** Questions that change something: after a cancel, the server may still have carried them out. */
const CHANGING_QUESTIONS: readonly AskName[] = ['end', 'add-token', 'delete-token'];

/** Returns the error to show after such a question was cancelled. */
function uncertainOutcome({ waiting: { lastQuestion } }: State): State['waiting']['unanswered'] {
  if (
    lastQuestion === null ||
    !CHANGING_QUESTIONS.includes(lastQuestion.question.ask) ||
    !('server' in lastQuestion.question)
  )
    return null;
  const host = new URL(lastQuestion.question.server.serviceUrl).host;
  return { cause: new ConnectionError('aborted', host, '', { mayHaveArrived: true }) };
}

/** Shows that a question is in progress. Esc cancels, and goes back to the screen that asked. */
export const asking: Screen = {
  view: (state) => ({
    heading: 'waiting',
    question: state.waiting.stage === '' ? (state.waiting.lastQuestion?.text ?? '') : state.waiting.stage,
    controls: [],
    help: ['Esc cancels the request and goes back. What the server has already done is not undone.'],
    escape: 'cancel',
    isBusy: true,
  }),
  back: (state) => {
    const { attempt, lastQuestion } = state.waiting;
    const waiting = { attempt: attempt + 1, unanswered: uncertainOutcome(state) };
    return stay(goTo(state, lastQuestion?.by ?? 'result', { waiting }), { do: 'abort' });
  },
};

/** Says what the user may need before quitting; null if nothing is lost. */
function lossText(state: State): string | null {
  const { form, keyCount, tokens, setting, profiles } = state;
  if (tokens.created !== null) return 'The value of the app token is never shown again.';
  if (keyCount > 0) return 'Copy or save the key first if you still need it.';
  if (!hasTypedCredentials(form, setting.practiceAccount)) return null;
  if (profiles.some((profile) => requestsKey(profile, specOf(form), state))) return null;
  return 'Your answers will be lost.';
}

export const quit = menu({
  options: () => [
    { value: 'stay', label: 'Don’t quit', choose: (state) => stay(goTo(state, state.returnTo)) },
    {
      value: 'quit',
      label: 'Quit',
      choose: (state) => stay(state, { do: 'quit', how: 'done' }),
    },
  ],
  view: (state) => ({
    heading: 'quit',
    question: state.setting.isCaptured && state.lastKs !== null ? 'Quit, and print the last key?' : 'Quit now?',
    warnings: [lossText(state)].flatMap((text): Paragraph[] => (text === null ? [] : [plain(text)])),
    help: ['Ctrl+C quits immediately, on every screen.'],
  }),
  back: (state) => stay(goTo(state, state.returnTo)),
});
