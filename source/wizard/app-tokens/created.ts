import { tokenDifferences, tokenFacts } from '../../messages/app-tokens.js';
import type { Paragraph } from '../../messages/paragraph.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { changeForm, EMPTY_FORM } from '../form/form.js';
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
    lifetime: 'other',
    otherLifetime: `${token.duration ?? 3600}s`,
    task: token.privileges === '' ? 'nothing' : 'write',
    privileges: token.privileges,
  });
  const named = {
    ...state,
    form,
    profileName: null,
    profileFlow: { ...state.profileFlow, newName: `token-${token.id}` },
    returnTo: 'created-token' as const,
  };
  return openSave(named);
}

const backToList = (state: State): Transition =>
  stay(
    goTo(
      { ...state, option: state.tokens.created?.token.id ?? '', tokens: { ...state.tokens, created: null } },
      'tokens',
    ),
  );

const options = ({ key }: State): readonly MenuOption[] => [
  {
    value: 'save',
    label: 'Save a profile that uses it…',
    hint:
      key?.server.region === 'practice' ? 'without its value, in practice' : 'its value in the place that you choose',
    choose: saveProfile,
  },
  { value: 'back', label: 'I have taken it: back to the list', choose: backToList },
];

const NOWHERE_ELSE: Paragraph = {
  tone: 'caution',
  text: 'The value is nowhere else: copy it (c), or save a profile that keeps it.',
};

/** Lists what a vendor or a script needs. */
const NEEDED: Paragraph = {
  tone: 'plain',
  text: 'Whoever makes keys with it needs the region, the partner ID, the ID of the token and this value.',
};

/** Shows only these facts; the user has just typed the rest. */
const SHOWN_FACTS: readonly string[] = ['ID', 'Each key', 'The token'];

function differencesIn({ tokens: { created }, waiting: { lastQuestion } }: State): readonly Paragraph[] {
  return created === null || lastQuestion?.question.ask !== 'add-token'
    ? []
    : tokenDifferences(lastQuestion.question.wish, created.token);
}

/** Shows a new token. Its value is printed above, only this once. */
export const createdToken = menu({
  options,
  view: (state) => {
    const { created } = state.tokens;
    return {
      heading: 'new app token',
      question: 'This is its value, on the line above: it is not shown again',
      facts:
        created === null
          ? []
          : tokenFacts(created.token, state.now / 1000).filter(({ label }) => SHOWN_FACTS.includes(label)),
      warnings: [...differencesIn(state), NOWHERE_ELSE],
      advice: [NEEDED],
      help: [
        'ID and value together make keys. Put the value where it is to be used: the keychain, an encrypted file, a vault. It can be replaced, unlike the account’s secret: delete the token and make another.',
      ],
      actions: [{ key: 'c', id: 'copy', label: 'copy the value' }],
      scrolledAway: 'The value has scrolled away. Press c to copy it.',
      enter: 'go',
      escape: 'app tokens',
    };
  },
  back: backToList,
  act: (state) => {
    const { created } = state.tokens;
    return created === null ? stay(state) : stay(state, { do: 'copy', ks: created.value });
  },
});
