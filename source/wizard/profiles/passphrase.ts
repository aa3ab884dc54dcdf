import { form, secretField } from '../engine/build-screen.js';
import { goHome, stay } from '../engine/state.js';
import { readSecret } from './use-profile.js';

/** Asks for the passphrase of a profile's encrypted file. */
export const passphrase = form({
  fields: ({ profileFlow: { source } }) => [
    secretField({
      id: 'passphrase',
      label: 'Passphrase',
      value: source.passphrase,
      problem: source.passphrase.length === 0 ? 'Type the passphrase that the file was encrypted with.' : null,
      change: (state, typed) => ({
        ...state,
        profileFlow: { ...state.profileFlow, source: { ...state.profileFlow.source, passphrase: typed } },
      }),
    }),
  ],
  view: (state) => ({
    heading: `profile ${state.profileName ?? ''}`,
    question:
      state.profileFlow.secretReading?.what === 'key'
        ? 'The kept key lies in an encrypted file'
        : 'The secret lies in an encrypted file',
    warnings:
      state.profileFlow.sourceProblem === null ? [] : [{ tone: 'caution', text: state.profileFlow.sourceProblem }],
    advice: [
      { tone: 'plain', text: 'It opens the file for this one key and is then forgotten. Nobody can restore it.' },
    ],
    help: [
      'The file was made when the profile was saved. Without its passphrase the secret can only be typed again: go back, press e on the profile, and save it anew.',
    ],
    enter: 'open',
  }),
  submit: readSecret,
  back: (state) => stay(goHome(state)),
});
