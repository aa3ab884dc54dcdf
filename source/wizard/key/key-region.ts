import type { RegionId } from '../../kaltura/accounts/regions.js';
import { readServiceUrl } from '../../kaltura/accounts/regions.js';
import { openFindRegion } from '../diagnosis/find-region.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import { FIND_REGION, HOSTED, OWN, PRACTICE } from '../steps/region.js';
import { continueWithPurpose } from './explain.js';
import { type KeyServer, peekedPartner } from './inspection.js';

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
      : 'The address is plain http, so no key is sent to it. Use its https address.'
    : reading.problem;
  return [
    textField({
      id: 'address',
      label: 'Address',
      value: address,
      problem,
      change: (now, typed) => typeServer(now, { ...chosenServer(now), address: typed }),
    }),
  ];
}

const typeServer = (state: State, typedServer: KeyServer): State => ({
  ...state,
  option: '',
  inspection: { ...state.inspection, typedServer },
});

const chooseRegion = (state: State, region: string): State =>
  region === FIND_REGION.value
    ? { ...state, option: region }
    : typeServer(state, { ...chosenServer(state), region: region as RegionId });

/** Asks for the server of a pasted key, which names only its account. */
export const keyRegion = form({
  fields: (state) => [
    {
      kind: 'choice',
      id: 'region',
      label: 'Region',
      value: state.option === FIND_REGION.value ? FIND_REGION.value : chosenServer(state).region,
      options: [...HOSTED, FIND_REGION, OWN, { ...PRACTICE, hint: 'the practice server' }],
      change: chooseRegion,
    },
    ...(state.option === FIND_REGION.value ? [] : addressField(state)),
  ],
  view: (state) => ({
    heading: 'explain a key',
    lead:
      state.inspection.purpose === 'use'
        ? 'A key names its account, and not where that lives.'
        : 'The key is sent to the server that you choose here, and to no other.',
    question: 'Where does its account live?',
    help: [
      'A key names its account, not its region, and each account lives in one region only. Another one answers that it cannot read the key. Choose only a server that may hold the account: it gets the key.',
      'If you do not know: all six regions can be asked which of them knows the account. That takes the partner ID alone; the key is not sent for it.',
    ],
  }),
  submit: (state) => {
    if (state.option === FIND_REGION.value) return openFindRegion(state, 'key-region', peekedPartner(state.inspection));
    return continueWithPurpose({ ...state, inspection: { ...state.inspection, server: chosenServer(state) } });
  },
  back: (state) => stay(goTo({ ...state, option: '' }, 'explain')),
});
