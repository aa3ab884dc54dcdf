import { Secret } from '../../kaltura/secret.js';
import { readCode } from '../../kaltura/typed-values.js';
import { caution, good, plain } from '../../messages/paragraph.js';
import { form, secretField } from '../engine/build-screen.js';
import { goTo, stay } from '../engine/state.js';
import { lastStepOf } from '../form/purpose.js';
import { makeKey } from './steps.js';

/** Asks for the one-time code, only if the server requires one. */
export const code = form({
  fields: ({ form: { region, code: value }, now, setting: { practiceAccount } }) => {
    const practiceCode = region === 'practice' ? new Secret(practiceAccount.currentCode(now)) : null;
    return [
      secretField({
        id: 'code',
        label: 'Code',
        value,
        placeholder: 'from your authenticator app',
        problem: readCode(value).problem,
        isSuggested: practiceCode?.equals(value) === true,
        suggestion: practiceCode === null ? null : { value: practiceCode, shown: 'the practice code' },
      }),
    ];
  },
  view: (state) => ({
    heading: 'one-time code',
    question: 'Your account requires a one-time code',
    warnings: state.making.isCodeRefused
      ? [
          caution(
            'The server refused the code. Codes change every 30 seconds: type the one that your app shows now. If the server refuses that one too, set the clock of your phone to automatic, or ask an administrator of your account.',
          ),
        ]
      : [],
    advice: [
      state.form.region === 'practice'
        ? good(
            state.form.code.length === 0
              ? 'Practice: press Ctrl+Y to fill in the current code.'
              : 'Practice: the current code is filled in. Press Enter to use it.',
          )
        : plain(
            'Don’t guess: wrong codes count as failed logins, and too many of them lock the login. Your other answers are kept.',
          ),
    ],
    help: [
      'The code is in the authenticator app that you set up with your Kaltura login. It usually has six digits, including zeros at the start. Spaces don’t matter.',
      'If every code is refused, check the clock of your phone.',
    ],
    enter: 'sign in',
    escape: lastStepOf(state.form) === 'review' ? 'back to the review' : 'back',
  }),
  submit: makeKey,
  back: (state) => stay(goTo(state, lastStepOf(state.form))),
});
