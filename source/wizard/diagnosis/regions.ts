import { hasAccount } from '../../kaltura/accounts/find-region.js';
import { readPartnerId } from '../../kaltura/accounts/partner-id.js';
import { isPracticeAccount } from '../../kaltura/accounts/practice-account.js';
import { HOSTED_REGIONS, type HostedRegionId } from '../../kaltura/accounts/regions.js';
import { outcomeReason, outcomeWords, verdictParagraphs } from '../../messages/region-search.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { continueWithPurpose } from '../key/explain.js';
import { region as regionStep } from '../steps/region.js';
import { continueFrom } from '../steps/steps.js';
import { askRegions } from './find-region.js';

function options({ regionSearch }: State): MenuOption[] {
  // A region that doesn't know the account can't create a key for it.
  const possible = (regionSearch.answers ?? []).filter(({ outcome }) => outcome !== 'unknown');
  const known = possible.filter(hasAccount);
  const another: MenuOption = { value: 'again', label: 'Look for another partner ID', choose: lookAgain };
  const regionOptions = possible.map((answer): MenuOption => {
    const { label } = HOSTED_REGIONS[answer.region];
    const reason = outcomeReason(answer);
    const isBlocked = answer.outcome === 'blocked';
    return {
      value: answer.region,
      label: isBlocked ? `Use ${label} anyway` : `Use ${label}`,
      hint: outcomeWords(answer),
      ...(reason === '' ? {} : { detail: `${reason}.` }),
      choose: chooseRegion(answer.region),
    };
  });
  const retry: MenuOption[] =
    known.length === possible.length ? [] : [{ value: 'retry', label: 'Ask all regions again', choose: askAgain }];
  // No region of Kaltura has the practice account.
  const practice: MenuOption[] =
    known.length === 0 && isPracticeAccount(Number(readPartnerId(regionSearch.partnerId).text))
      ? [{ value: 'practice', label: 'Use Practice', hint: 'has this account', choose: chooseRegion('practice') }]
      : [];
  // A blocked account can't create keys, so the user more likely needs another one.
  if (known.length > 0 && known.every(({ outcome }) => outcome === 'blocked'))
    return [another, ...regionOptions, ...retry];
  return [
    ...practice,
    ...(known.length === 0 ? retry : []),
    ...regionOptions,
    ...(known.length === 0 ? [] : retry),
    another,
  ];
}

const lookAgain = (state: State): Transition => stay(goTo(state, 'find-region'));

const askAgain = (state: State): Transition => askRegions(goTo(state, 'find-region'));

/** Uses a region and the partner ID on the screen that started the search. */
const chooseRegion =
  (region: HostedRegionId | 'practice') =>
  (state: State): Transition => {
    const { partnerId, by } = state.regionSearch;
    if (by === 'key-region') {
      const server = { region, address: '' };
      return continueWithPurpose(changeState(state, { inspection: { server, typedServer: server } }));
    }
    const form = changeForm(state.form, { region, partnerId: readPartnerId(partnerId).text });
    // Continues as if the user had chosen the region there.
    return continueFrom(regionStep, goTo(state, 'region', { form }));
  };

/** Shows each region's response about the account. */
export const regions = menu({
  label: 'Region',
  options,
  view: (state) => {
    const { answers, partnerId } = state.regionSearch;
    return {
      heading: 'find the region',
      question: `Which region has partner ${readPartnerId(partnerId).text}?`,
      warnings: verdictParagraphs(answers ?? [], Number(readPartnerId(partnerId).text)),
      help: [
        'If you choose a region, the wizard continues with this region and partner ID. Your credentials are sent only to that region, when the key is created.',
        'A region that could not be reached may have the account too.',
      ],
      enter: 'go',
    };
  },
  back: lookAgain,
});
