import { Secret } from '../../kaltura/secret.js';
import { readSecretFor } from '../../kaltura/typed-values.js';
import { ask } from '../engine/ask.js';
import { type Field, form, secretField } from '../engine/build-screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import { withSigningSecret } from './explain.js';

function openingField({ inspection: { openingProfile, openingSecret } }: State): Field {
  const field = {
    id: 'openingSecret',
    value: openingSecret,
    change: (state: State, typed: Secret): State => ({
      ...state,
      inspection: { ...state.inspection, openingSecret: typed },
    }),
  };
  if (openingProfile !== null) {
    const problem = openingSecret.length === 0 ? 'Type the passphrase that the file was encrypted with.' : null;
    return secretField({ ...field, label: 'Passphrase', problem });
  }
  const { problem, warning } = readSecretFor('local', openingSecret);
  return secretField({ ...field, label: 'Admin secret', problem, warning, hasKnownEnding: true });
}

/** Asks for the admin secret of a key, or for the passphrase of the file that contains it. */
export const openKey = form({
  fields: (state) => [openingField(state)],
  view: ({ inspection }) => {
    const profile = inspection.openingProfile;
    return {
      heading: 'explain a key',
      question:
        profile === null ? 'What is the account’s admin secret?' : `What opens the encrypted file of “${profile}”?`,
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
  submit: (state) => {
    const { openingSecret, openingProfile } = state.inspection;
    const next = goTo({ ...state, inspection: { ...state.inspection, openingSecret: new Secret('') } }, 'explain');
    if (openingProfile === null) {
      const secret = new Secret(readSecretFor('local', openingSecret).text);
      return stay(withSigningSecret(next, { secret, source: { from: 'prompt' } }));
    }
    const question = { ask: 'secret-of', profile: openingProfile, passphrase: openingSecret } as const;
    return ask(next, question, 'Opening the encrypted file…');
  },
  back: (state) => stay(goTo(state, 'explain')),
});
