import { Secret } from '../../kaltura/secret.js';
import { readSecret } from '../../kaltura/typed-values.js';
import { ask } from '../engine/ask.js';
import type { Screen } from '../engine/screen.js';
import { goTo, stay } from '../engine/state.js';
import { withSigningSecret } from './explain.js';

/** Asks for the admin secret of a key, or for the passphrase of the file that contains it. */
export const openKey: Screen = {
  view: ({ inspection }) => {
    const profile = inspection.openingProfile;
    const reading = readSecret(inspection.openingSecret.reveal(), 'admin secret');
    const isEmpty = inspection.openingSecret.length === 0;
    return {
      heading: 'explain a key',
      question:
        profile === null ? 'What is the account’s admin secret?' : `What opens the encrypted file of “${profile}”?`,
      controls: [
        profile === null
          ? {
              kind: 'text',
              id: 'openingSecret',
              label: 'Admin secret',
              value: inspection.openingSecret,
              problem: reading.problem,
              warning: reading.warning,
              hasKnownEnding: true,
            }
          : {
              kind: 'text',
              id: 'openingSecret',
              label: 'Passphrase',
              value: inspection.openingSecret,
              problem: isEmpty ? 'Type the passphrase that the file was encrypted with.' : null,
            },
      ],
      advice:
        profile === null
          ? [
              { tone: 'plain', text: 'It opens the key on this computer, and is then forgotten. Nothing is sent.' },
              { tone: 'plain', text: 'In KMC: Settings → Integration settings → Account info.' },
            ]
          : [{ tone: 'plain', text: 'The secret in the file opens the key, on this computer. Nothing is sent.' }],
      help: [
        'Keys of both types are signed with the account’s admin secret, whatever made them: the user secret opens none.',
      ],
      enter: 'open',
    };
  },
  set: (state, _control, value) => ({
    ...state,
    inspection: {
      ...state.inspection,
      openingSecret: typeof value === 'string' ? state.inspection.openingSecret : value,
    },
  }),
  submit: (state) => {
    const { openingSecret, openingProfile } = state.inspection;
    const next = goTo({ ...state, inspection: { ...state.inspection, openingSecret: new Secret('') } }, 'explain');
    if (openingProfile === null) {
      const secret = new Secret(readSecret(openingSecret.reveal(), 'admin secret').text);
      return stay(withSigningSecret(next, { secret, source: { from: 'prompt' } }));
    }
    const question = { ask: 'secret-of', profile: openingProfile, passphrase: openingSecret } as const;
    return ask(next, question, 'Opening the encrypted file…');
  },
  back: (state) => stay(goTo(state, 'explain')),
};
