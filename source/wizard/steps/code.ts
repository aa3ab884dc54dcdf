import { readCodeIn } from '../../kaltura/typed-values.js';
import { form, secretField } from '../engine/build-screen.js';
import { goTo, stay } from '../engine/state.js';
import { makeKey } from './steps.js';

/** Asks for the one-time code, only if the server requires one. */
export const code = form({
  fields: ({ form: { code: value } }) => [
    secretField({
      id: 'code',
      label: 'Code',
      value,
      note: 'from your authenticator app',
      problem: readCodeIn(value).problem,
    }),
  ],
  view: (state) => ({
    heading: 'one-time code',
    question: 'Your account asks for a one-time code',
    warnings: state.making.isCodeRefused
      ? [
          {
            tone: 'caution',
            text: 'The server did not accept that code. It changes every half minute: type the one that is shown now.',
          },
        ]
      : [],
    advice: [
      state.form.region === 'practice'
        ? {
            tone: 'good',
            text: `In practice, the code is now ${state.setting.practiceAccount.currentCode(state.now)}.`,
          }
        : { tone: 'plain', text: 'Everything else is kept. Wrong codes count as wrong logins: do not guess.' },
    ],
    help: [
      'The code comes from the authenticator app that was set up with your Kaltura login: as a rule six digits, zeros in front included. Blanks in it do not matter.',
      'If every code is refused, the clock of the phone may be wrong.',
    ],
    enter: 'log in',
    escape: 'back to review',
  }),
  submit: makeKey,
  back: (state) => stay(goTo(state, 'review')),
});
