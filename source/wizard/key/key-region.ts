import type { RegionId } from '../../kaltura/accounts/regions.js';
import { readServiceUrl } from '../../kaltura/accounts/regions.js';
import { openFindRegion } from '../diagnosis/find-region.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import type { Control } from '../engine/view.js';
import { FIND_REGION, HOSTED, OWN, PRACTICE } from '../steps/region.js';
import { continueWithPurpose } from './explain.js';
import { type KeyServer, peekedPartner } from './inspection.js';

/** Suggests the server of a saved profile of the account, else the default. Practice keys are recognized without asking. */
function likelyPlace({ profiles, inspection }: State): KeyServer {
  const ofAccount = profiles.find(({ partnerId }) => String(partnerId) === peekedPartner(inspection));
  if (ofAccount === undefined) return { region: 'us', address: '' };
  const { region, serviceUrl } = ofAccount;
  return { region, address: region === 'own' ? serviceUrl : '' };
}

const placeIn = (state: State): KeyServer => state.inspection.typedServer ?? likelyPlace(state);

function addressControl(state: State): Control[] {
  const { region, address } = placeIn(state);
  if (region !== 'own') return [];
  const reading = readServiceUrl(address);
  const problem = reading.ok
    ? reading.address.isSafe
      ? null
      : 'The address is plain http, so no key is sent to it. Use its https address.'
    : reading.problem;
  return [{ kind: 'text', id: 'address', label: 'Address', value: address, problem }];
}

/** Asks for the server of a pasted key, which names only its account. */
export const keyRegion: Screen = {
  view: (state) => ({
    heading: 'explain a key',
    lead:
      state.inspection.purpose === 'use'
        ? 'A key names its account, and not where that lives.'
        : 'The key is sent to the server that you choose here, and to no other.',
    question: 'Where does its account live?',
    controls: [
      {
        kind: 'choice',
        id: 'region',
        label: 'Region',
        value: state.option === FIND_REGION.value ? FIND_REGION.value : placeIn(state).region,
        options: [...HOSTED, FIND_REGION, OWN, { ...PRACTICE, hint: 'the practice server' }],
      },
      ...(state.option === FIND_REGION.value ? [] : addressControl(state)),
    ],
    help: [
      'A key names its account, not its region, and each account lives in one region only. Another one answers that it cannot read the key. Choose only a server that may hold the account: it gets the key.',
      'If you do not know: all six regions can be asked which of them knows the account. That takes the partner ID alone; the key is not sent for it.',
    ],
  }),
  set: (state, control, value) => {
    if (control === 'region' && value === FIND_REGION.value) return { ...state, option: FIND_REGION.value };
    const place = placeIn(state);
    const next =
      control === 'address'
        ? { ...place, address: String(value) }
        : { region: value as RegionId, address: place.address };
    return { ...state, option: '', inspection: { ...state.inspection, typedServer: next } };
  },
  submit: (state) => {
    if (state.option === FIND_REGION.value) return openFindRegion(state, 'key-region', peekedPartner(state.inspection));
    return continueWithPurpose({ ...state, inspection: { ...state.inspection, server: placeIn(state) } });
  },
  back: (state) => stay(goTo({ ...state, option: '' }, 'explain')),
};
