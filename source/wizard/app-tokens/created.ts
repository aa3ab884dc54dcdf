import { HOUR } from '../../kaltura/lifetime.js';
import { tokenDifferences, tokenFacts } from '../../messages/app-tokens/tokens.js';
import { caution, type Fact, type Paragraph, plain } from '../../messages/paragraph.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { changeForm, EMPTY_FORM } from '../form/form.js';
import { lifetimeAnswers } from '../form/purpose.js';
import { openSave } from '../profiles/save.js';

/** Opens the save screen with answers for a profile that uses the new token. */
function saveProfile(state: State): Transition {
  const { created } = state.tokens;
  const { key } = state;
  if (created === null || key === null) return stay(state);
  const { token, value } = created;
  const form = changeForm(EMPTY_FORM, {
    ...key.server,
    method: 'app-token',
    partnerId: String(key.made.facts.partnerId ?? ''),
    tokenId: token.id,
    token: value,
    holder: 'server',
    type: token.type ?? 'USER',
    userId: token.userId ?? '',
    ...lifetimeAnswers(token.duration ?? HOUR),
    task: token.privileges === '' ? 'nothing' : 'write',
    privileges: token.privileges,
  });
  const profileFlow = { newName: `token-${token.id}` };
  return openSave(changeState(state, { form, profileName: null, profileFlow, returnTo: state.screen }));
}

const backToList = (state: State): Transition =>
  stay(goTo(state, 'tokens', { option: state.tokens.created?.token.id ?? '', tokens: { created: null } }));

/** Whether the current key, and so a token that it creates, exists only in practice. */
export const isPractice = ({ key }: State): boolean => key?.server.region === 'practice';

const SAVE: MenuOption = {
  value: 'save',
  label: 'Save a profile that uses the token…',
  hint: 'choose where to store the value',
  choose: saveProfile,
};

/** Offers to save a profile that creates keys with the new token. Not in practice, where the token ends with the server. */
export const saveOptions = (state: State): readonly MenuOption[] => (isPractice(state) ? [] : [SAVE]);

const options = (state: State): readonly MenuOption[] => [
  ...saveOptions(state),
  { value: 'back', label: 'Back to the list', hint: 'if you have copied the value', choose: backToList },
];

const SHOWN_ONCE = caution(
  'kaltura-ks doesn’t store the value and won’t show it again. Press t to copy it, or save a profile that stores it.',
);

const ENDS_WITH_PRACTICE = caution(
  'The token ends with this practice server. kaltura-ks doesn’t store the value and won’t show it again. Press t to copy it.',
);

/** Lists what a script needs. */
const NEEDED = plain(
  'A program that creates keys from the token needs the service URL, the partner ID, the token ID and this value.',
);

/** Shows only these facts; the user has just typed the rest. */
const SHOWN_FACTS: readonly string[] = ['ID', 'Each key', 'The token'];

/** Returns what to show of the new token. */
export const createdFacts = ({ tokens: { created }, now }: State): readonly Fact[] =>
  created === null ? [] : tokenFacts(created.token, now / 1000).filter(({ label }) => SHOWN_FACTS.includes(label));

/** Says how the new token differs from what was asked for. */
export function differencesIn({ tokens: { created }, waiting: { lastQuestion } }: State): readonly Paragraph[] {
  return created === null || lastQuestion?.question.ask !== 'add-token'
    ? []
    : tokenDifferences(lastQuestion.question.newToken, created.token);
}

/** Shows a new token. Its value is printed above, only this once. */
export const createdToken = menu({
  options,
  view: (state) => ({
    heading: 'new app token',
    question: 'The app token is ready. Its value is printed above.',
    facts: createdFacts(state),
    warnings: [...differencesIn(state), isPractice(state) ? ENDS_WITH_PRACTICE : SHOWN_ONCE],
    advice: [NEEDED],
    help: [
      'The ID and the value together create keys. Store the value where you use it: in a keychain, an encrypted file or a secret store. To replace it, delete the token and create another one.',
    ],
    // As on the screen for a vendor, where c copies a text that may be shared.
    actions: [{ key: 't', id: 'copy', label: 'copy the value' }],
    scrolledAway: 'The value has scrolled away. Press t to copy it.',
    enter: 'go',
  }),
  back: backToList,
  act: (state) => {
    const { created } = state.tokens;
    return created === null ? stay(state) : stay(state, { do: 'copy', text: created.value, isTemporary: false });
  },
});
