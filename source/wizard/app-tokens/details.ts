import { deletedParagraphs, deletionParagraphs, tokenFacts, tokenParagraphs } from '../../messages/app-tokens.js';
import { joinMessages, type Message, withoutSymbols } from '../../messages/paragraph.js';
import { ask, contextOfUse, unansweredMessage } from '../engine/ask.js';
import { menu } from '../engine/build-screen.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { accessOf, factsOf } from '../key/subject.js';

const chosenIn = ({ tokens }: State) => tokens.list?.find(({ id }) => id === tokens.chosen);

/** Returns the token's warnings, the result of a deletion, and what deleting it does. */
function briefOf(state: State): Message {
  const chosen = chosenIn(state);
  const odd = chosen === undefined ? [] : tokenParagraphs(chosen, state.now / 1000);
  const danger = chosen === undefined ? [] : deletionParagraphs(chosen);
  return { warnings: [...withoutSymbols(state.tokens.messages), ...odd, ...danger], advice: [] };
}

const backToList = (state: State): Transition => stay(goTo({ ...state, option: state.tokens.chosen ?? '' }, 'tokens'));

function deleteToken(state: State): Transition {
  const access = accessOf(state);
  const chosen = chosenIn(state);
  if (access === null || chosen === undefined) return backToList(state);
  const partnerId = factsOf(state)?.partnerId ?? null;
  // Without a response, the token may still be deleted: the user has to choose Delete again.
  return ask(
    { ...state, option: 'keep' },
    { ask: 'delete-token', id: chosen.id, partnerId, ...access },
    `Deleting app token ${chosen.id}…`,
  );
}

/** Shows one app token, with an option to delete it. */
export const token = menu({
  options: () => [
    { value: 'keep', label: 'Leave it as it is', choose: backToList },
    {
      value: 'delete',
      label: 'Delete it',
      hint: 'and end all keys that it has made',
      tone: 'danger',
      choose: deleteToken,
    },
  ],
  view: (state) => {
    const chosen = chosenIn(state);
    return {
      heading: 'app token',
      question: `App token ${state.tokens.chosen ?? ''}`,
      // The question already shows the ID.
      facts: chosen === undefined ? [] : tokenFacts(chosen, state.now / 1000).slice(1),
      ...joinMessages(unansweredMessage(state), briefOf(state)),
      help: [
        'Deleting cannot be taken back. Whatever uses the token stops working at once, keys that it has made included.',
      ],
      enter: 'go',
    };
  },
  back: backToList,
  receive: (state, answer) => {
    if (answer.to !== 'delete-token' || state.waiting.lastQuestion === null) return stay(state);
    const { chosen, list } = state.tokens;
    const { report, profiles } = answer.is;
    const said = deletedParagraphs(chosen ?? '', report, contextOfUse(state.waiting.lastQuestion.question));
    const left = 'left' in report ? report.left : list;
    const isGone = report.outcome === 'deleted';
    const tokens = { ...state.tokens, list: left, messages: said };
    const next: State = { ...state, option: 'keep', tokens, profiles: profiles ?? state.profiles };
    return stay(isGone ? { ...goTo(next, 'tokens'), option: left?.[0]?.id ?? ' new' } : next);
  },
});
