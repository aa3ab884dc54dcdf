import { readAddress } from '../../kaltura/accounts/hosts.js';
import { type RegionId, readServiceUrl } from '../../kaltura/accounts/regions.js';
import { Secret } from '../../kaltura/secret.js';
import { readSecretFor } from '../../kaltura/typed-values.js';
import { type Option, plain } from '../../messages/paragraph.js';
import { FIND_REGION, openFindRegion } from '../diagnosis/find-region.js';
import { ask } from '../engine/ask.js';
import { type Field, form, secretField, textField } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay } from '../engine/state.js';
import { addressNotes, HOSTED, OWN, PRACTICE } from '../steps/region.js';
import { continueWithPurpose, withSigningSecret } from './explain.js';
import { type KeyServer, peekedPartner } from './key-use.js';

function openingField({ inspection: { openingProfile, openingSecret } }: State): Field {
  const field = {
    id: 'openingSecret',
    value: openingSecret,
    change: (state: State, typed: Secret): State => changeState(state, { inspection: { openingSecret: typed } }),
  };
  if (openingProfile !== null) {
    const problem = openingSecret.length === 0 ? 'Type the passphrase that the file was encrypted with.' : null;
    return secretField({ ...field, label: 'Passphrase', problem });
  }
  const { problem, warning } = readSecretFor('local', openingSecret);
  return secretField({
    ...field,
    label: 'Administrator Secret',
    problem,
    warning,
    hasKnownEnding: true,
    noun: 'secret',
  });
}

/** Asks for the Administrator Secret of a key, or for the passphrase of the file that contains it. */
export const openKey = form({
  fields: (state) => [openingField(state)],
  view: ({ inspection }) => {
    const profile = inspection.openingProfile;
    return {
      heading: 'explain a key',
      question:
        profile === null
          ? 'What is the account’s Administrator Secret?'
          : `What is the passphrase for the encrypted file of profile “${profile}”?`,
      advice:
        profile === null
          ? [
              plain('It decrypts the key on this computer and is then forgotten. Nothing is sent.'),
              plain('In KMC: Settings → Integration settings → Account info.'),
            ]
          : [plain('The secret in the file decrypts the key on this computer. Nothing is sent.')],
      help: [
        'Keys of both types are signed with the account’s Administrator Secret, however they were created. The User Secret can’t decrypt a key.',
      ],
      enter: 'decrypt the key',
    };
  },
  submit: (state) => {
    const { openingSecret, openingProfile } = state.inspection;
    const next = goTo(state, 'explain', { inspection: { openingSecret: new Secret('') } });
    if (openingProfile === null) {
      const secret = new Secret(readSecretFor('local', openingSecret).text);
      return stay(withSigningSecret(next, { secret, source: { from: 'prompt' } }));
    }
    const question = { ask: 'secret-of', profile: openingProfile, passphrase: openingSecret } as const;
    return ask(next, question, 'Opening the encrypted file…');
  },
  back: (state) => stay(goTo(state, 'explain')),
});

/** Suggests the server of a saved profile of the account, else the default. Practice keys are recognized without asking. */
function suggestedServer({ profiles, inspection }: State): KeyServer {
  const ofAccount = profiles.find(({ partnerId }) => String(partnerId) === peekedPartner(inspection));
  if (ofAccount === undefined) return { region: 'us', address: '' };
  const { region, serviceUrl } = ofAccount;
  return { region, address: region === 'own' ? serviceUrl : '' };
}

const chosenServer = (state: State): KeyServer => state.inspection.typedServer ?? suggestedServer(state);

function addressField(state: State): Field[] {
  const { region, address } = chosenServer(state);
  if (region !== 'own') return [];
  const reading = readServiceUrl(address);
  const problem = reading.ok
    ? reading.address.isSafe
      ? null
      : 'This URL uses http, so no key is sent to it. Use an https URL.'
    : reading.problem;
  return [
    textField({
      id: 'address',
      label: 'URL',
      value: address,
      problem: readAddress(address).kind === 'region' ? null : problem,
      ...addressNotes(address),
      change: (now, typed) => typeServer(now, { ...chosenServer(now), address: typed }),
    }),
  ];
}

/** Returns the region that a pasted address belongs to; any other server as it is. */
function serverIn(server: KeyServer): KeyServer {
  const reading = server.region === 'own' ? readAddress(server.address) : null;
  return reading?.kind === 'region' ? { region: reading.region, address: '' } : server;
}

const typeServer = (state: State, typedServer: KeyServer): State =>
  changeState(state, { option: '', inspection: { typedServer } });

const chooseRegion = (state: State, region: string): State =>
  region === FIND_REGION.value
    ? { ...state, option: region }
    : typeServer(state, { ...chosenServer(state), region: region as RegionId });

/** The key is not sent to find out its region. */
const FIND_ACCOUNT: Option = {
  ...FIND_REGION,
  hint: 'ask all six regions, without sending the key',
  detail: 'kaltura-ks asks each region whether it has the account. It sends only the partner ID, not the key.',
};

/** Asks for the server of a pasted key, which names only its account. */
export const keyRegion = form({
  fields: (state) => [
    {
      kind: 'choice',
      id: 'region',
      label: 'Region',
      value: state.option === FIND_REGION.value ? FIND_REGION.value : chosenServer(state).region,
      options: [{ ...PRACTICE, hint: 'the practice server' }, ...HOSTED, FIND_ACCOUNT, OWN],
      change: chooseRegion,
    },
    ...(state.option === FIND_REGION.value ? [] : addressField(state)),
  ],
  view: (state) => ({
    heading: 'explain a key',
    lead:
      state.inspection.purpose === 'use'
        ? 'A key contains its account, but not the account’s region.'
        : 'The key is sent only to the server that you choose here.',
    question: 'Which server is the key for?',
    help: [
      'A key contains the partner ID but not the region, and each account is in one region only. The server of another region answers that it can’t read the key. Choose only a server that may have the account, because it gets the key.',
      'If you don’t know the region, all six regions can be asked whether they have the account. That sends only the partner ID, not the key.',
    ],
  }),
  submit: (state) => {
    if (state.option === FIND_REGION.value) return openFindRegion(state, 'key-region', peekedPartner(state.inspection));
    return continueWithPurpose(changeState(state, { inspection: { server: serverIn(chosenServer(state)) } }));
  },
  back: (state) => stay(goTo(state, 'explain', { option: '' })),
});
