import { hasAccount } from '../../kaltura/accounts/find-region.js';
import { readPartnerId } from '../../kaltura/accounts/partner-id.js';
import { type Option, plain } from '../../messages/paragraph.js';
import { ask, unansweredMessage } from '../engine/ask.js';
import { form, textField } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { suggestedText } from '../engine/view.js';
import type { RegionSearch } from './diagnosing.js';

/** Offers to find the region by the partner ID. */
export const FIND_REGION: Option = {
  value: 'unknown',
  label: 'I don’t know…',
  hint: 'ask all six regions',
  detail: 'kaltura-ks asks each region whether it has your account. It sends only the partner ID.',
};

/** Opens the search with the partner ID that is known or was typed here before. */
export const openFindRegion = (state: State, by: RegionSearch['by'], known: string): Transition => {
  const partnerId = known === '' ? state.regionSearch.partnerId : known;
  return stay(goTo(state, 'find-region', { regionSearch: { partnerId, answers: null, by } }));
};

/** Asks all regions for the typed partner ID. */
export function askRegions(state: State): Transition {
  const { text, problem } = readPartnerId(state.regionSearch.partnerId);
  if (problem !== null) return stay(state);
  const question = { ask: 'regions', partnerId: Number(text) } as const;
  return ask(state, question, `Asking all six regions for partner ${text}…`);
}

/** Goes back to the screen that started the search. A list of regions has its option for the search selected, as before. */
function leaveSearch(state: State): Transition {
  const { by } = state.regionSearch;
  return stay(goTo(state, by, { option: by === 'explain-error' ? '' : FIND_REGION.value }));
}

/** Searches for the account's region by its partner ID. Asks all six regions at once, and sends no secret. */
export const findRegion = form({
  fields: ({ regionSearch: { partnerId } }) => {
    const { problem, warning, suggestion } = readPartnerId(partnerId);
    return [
      textField({
        id: 'partnerId',
        label: 'Partner ID',
        value: partnerId,
        problem,
        warning,
        suggestion: suggestedText(suggestion),
        change: (state, typed) => changeState(state, { regionSearch: { partnerId: typed, answers: null } }),
      }),
    ];
  },
  view: (state) => {
    const { warnings, advice } = unansweredMessage(state);
    return {
      heading: 'find the region',
      question: 'Which account are you looking for?',
      warnings,
      advice: [
        ...advice,
        plain(
          'kaltura-ks asks all six regions whether they have this account. It doesn’t send your secret or your keys.',
        ),
        plain('The partner ID is in KMC: Settings → Integration settings → Account info.'),
      ],
      help: [
        'kaltura-ks asks each region for a public session of the account (session.startWidgetSession). Anyone can get one, even of a blocked account. A region that creates one has the account. A region that refuses does not have it.',
        'The public session is then used for one call, which shows whether the account is blocked.',
      ],
      enter: 'ask all six',
    };
  },
  submit: askRegions,
  back: leaveSearch,
  receive: {
    regions: (state, answers) => {
      // A blocked account is not marked, because it can't create keys.
      const usable = answers.filter((one) => hasAccount(one) && one.outcome !== 'blocked');
      const known = usable.find(({ outcome }) => outcome === 'known') ?? usable[0];
      return stay(goTo(state, 'regions', { regionSearch: { answers }, option: known?.region ?? '' }));
    },
  },
});
