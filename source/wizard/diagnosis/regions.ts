import { HOSTED_REGIONS, type HostedRegionId } from '../../kaltura/accounts/regions.js';
import { readPartnerId } from '../../kaltura/typed-values.js';
import type { Option } from '../../messages/paragraph.js';
import { outcomeText, verdictParagraphs } from '../../messages/region-search.js';
import { optionControl, selectedOption } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { continueWithPurpose } from '../key/explain.js';
import { region as regionScreen } from '../steps/region.js';
import { asScreen } from '../steps/steps.js';
import { findRegion } from './find-region.js';

function options({ regionSearch }: State): Option[] {
  // A region that doesn't know the account can't create a key for it.
  const possible = (regionSearch.answers ?? []).filter(({ outcome }) => outcome !== 'unknown');
  const isAnyKnown = possible.some(({ outcome }) => outcome === 'known' || outcome === 'blocked');
  return [
    ...(isAnyKnown || possible.length === 0 ? [] : [{ value: 'retry', label: 'Ask all of them again' }]),
    ...possible.map((answer): Option => {
      const { label } = HOSTED_REGIONS[answer.region];
      return { value: answer.region, label: `Take ${label}`, hint: outcomeText(answer) };
    }),
    { value: 'again', label: 'Look for another partner ID' },
  ];
}

/** Uses a region and the partner ID on the screen that started the search. */
function chooseRegion(state: State, region: HostedRegionId): Transition {
  const { partnerId, by } = state.regionSearch;
  if (by === 'key-region') {
    const server = { region, address: '' };
    return continueWithPurpose({ ...state, inspection: { ...state.inspection, server, typedServer: server } });
  }
  const form = changeForm(state.form, { region, partnerId: readPartnerId(partnerId).text });
  // Continues as if the user had chosen the region there.
  return asScreen(regionScreen).submit(goTo({ ...state, form }, 'region'));
}

/** Shows each region's response about the account. */
export const regions: Screen = {
  view: (state) => {
    const { answers, partnerId } = state.regionSearch;
    return {
      heading: 'find the region',
      question: `Who knows partner ${readPartnerId(partnerId).text}?`,
      controls: [optionControl(state, options(state), 'Region')],
      warnings: verdictParagraphs(answers ?? [], Number(readPartnerId(partnerId).text)),
      help: [
        'Taking a region goes on with it, and with the partner ID. Your credentials go to that region alone, when the key is made.',
        'A region that could not be reached says nothing about the account.',
      ],
      enter: 'go',
    };
  },
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    const option = selectedOption(state, options(state));
    if (option === 'retry') return findRegion.submit(goTo(state, 'find-region'));
    return option === 'again' ? stay(goTo(state, 'find-region')) : chooseRegion(state, option as HostedRegionId);
  },
  back: (state) => stay(goTo(state, 'find-region')),
};
