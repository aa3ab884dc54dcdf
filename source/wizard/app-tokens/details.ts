import { deletedParagraphs, deletionParagraphs, tokenFacts, tokenParagraphs } from '../../messages/app-tokens.js';
import { joinMessages, type Message, withoutSymbols } from '../../messages/paragraph.js';
import { ask, contextOfUse, unansweredMessage } from '../engine/ask.js';
import { optionControl } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay } from '../engine/state.js';
import { subjectOf } from '../key/subject.js';
import { tokenAccess } from './list.js';

const chosenIn = ({ tokens }: State) => tokens.list?.find(({ id }) => id === tokens.chosen);

/** Returns the token's warnings, the result of a deletion, and what deleting it does. */
function briefOf(state: State): Message {
  const chosen = chosenIn(state);
  const odd = chosen === undefined ? [] : tokenParagraphs(chosen, state.now / 1000);
  const danger = chosen === undefined ? [] : deletionParagraphs(chosen);
  return { warnings: [...withoutSymbols(state.tokens.messages), ...odd, ...danger], advice: [] };
}

/** Shows one app token, with an option to delete it. */
export const token: Screen = {
  view: (state) => {
    const chosen = chosenIn(state);
    return {
      heading: 'app token',
      question: `App token ${state.tokens.chosen ?? ''}`,
      // The question already shows the ID.
      facts: chosen === undefined ? [] : tokenFacts(chosen, state.now / 1000).slice(1),
      controls: [
        optionControl(state, [
          { value: 'keep', label: 'Leave it as it is' },
          { value: 'delete', label: 'Delete it', hint: 'and end all keys that it has made', tone: 'danger' },
        ]),
      ],
      ...joinMessages(unansweredMessage(state), briefOf(state)),
      help: [
        'Deleting cannot be taken back. Whatever uses the token stops working at once, keys that it has made included.',
      ],
      enter: 'go',
    };
  },
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    const access = tokenAccess(state);
    const chosen = chosenIn(state);
    const partnerId = subjectOf(state)?.facts?.partnerId ?? null;
    if (state.option !== 'delete' || access === null || chosen === undefined) return token.back(state);
    // Without a response, the token may still be deleted: the user has to choose Delete again.
    return ask(
      { ...state, option: 'keep' },
      { ask: 'delete-token', id: chosen.id, partnerId, ...access },
      `Deleting app token ${chosen.id}…`,
    );
  },
  back: (state) => stay(goTo({ ...state, option: state.tokens.chosen ?? '' }, 'tokens')),
  receive: (state, answer) => {
    if (answer.to !== 'delete-token' || state.lastQuestion === null) return stay(state);
    const { chosen, list } = state.tokens;
    const { report, profiles } = answer.is;
    const said = deletedParagraphs(chosen ?? '', report, contextOfUse(state.lastQuestion.question));
    const left = 'left' in report ? report.left : list;
    const isGone = report.outcome === 'deleted';
    const tokens = { ...state.tokens, list: left, messages: said };
    const next: State = { ...state, option: 'keep', tokens, profiles: profiles ?? state.profiles };
    return stay(isGone ? { ...goTo(next, 'tokens'), option: left?.[0]?.id ?? ' new' } : next);
  },
};
