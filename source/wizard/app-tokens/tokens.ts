import { ApiError } from '../../kaltura/api/client.js';
import { countOf } from '../../kaltura/typed-values.js';
import {
  cutListText,
  deletedParagraphs,
  deletionParagraphs,
  tokenFacts,
  tokenLine,
  tokenParagraphs,
} from '../../messages/app-tokens/tokens.js';
import { caution, joinMessages, type Message, plain, withoutSymbols } from '../../messages/paragraph.js';
import { ask, contextOfUse, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import type { Answers } from '../engine/question.js';
import { changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { startNewKey } from '../form/start-anew.js';
import { accessOf, factsOf } from '../key/subject.js';
import { goBackOnTrail, openKeyScreen } from '../key/trail.js';
import { EMPTY_TOKEN_FORM, type TokenFlow } from './work.js';

const NEW: MenuOption = { value: ' new', label: 'Create a new app token…', choose: openNewToken };

/** Requests the app tokens of the account, and shows them. */
export function openTokens(state: State): Transition {
  const access = accessOf(state);
  if (access === null) return stay(state);
  const opened = openKeyScreen('tokens')(state).state;
  const shown = changeState(opened, { tokens: { list: null, messages: [], created: null, isForVendor: false } });
  return ask(shown, { ask: 'tokens', ...access }, `Asking ${hostOfQuestion(access)} for the app tokens…`);
}

function openToken(id: string) {
  return (state: State): Transition =>
    stay(goTo(state, 'token', { option: 'keep', tokens: { chosen: id, messages: [] } }));
}

/** Opens the screen for a new app token. Keeps what was typed before. */
function openNewToken(state: State): Transition {
  const isUntouched = state.tokens.form === EMPTY_TOKEN_FORM;
  const userId = state.key?.made.facts.userId ?? '';
  const form = isUntouched ? { ...EMPTY_TOKEN_FORM, userId } : state.tokens.form;
  return stay(goTo(state, 'new-token', { tokens: { form, riskWord: '', messages: [] } }));
}

const ASK_AGAIN: MenuOption = { value: ' again', label: 'Load the list again', choose: openTokens };

const NEW_KEY: MenuOption = {
  value: ' new-key',
  label: 'Create a new key…',
  hint: 'one that can manage app tokens',
  choose: (state) => stay(startNewKey(state)),
};

function options({ tokens: { list }, now, waiting: { unanswered } }: State): MenuOption[] {
  // A server that refused the key will most likely refuse it again.
  if (list === null) return unanswered?.cause instanceof ApiError ? [NEW_KEY, ASK_AGAIN] : [ASK_AGAIN];
  const rows = list.map((token): MenuOption => {
    const line = tokenLine(token, now / 1000);
    return { value: token.id, ...line, choose: openToken(token.id) };
  });
  return [...rows, NEW];
}

function questionFor(list: TokenFlow['list']): string {
  if (list === null) return 'Could not load the app tokens';
  if (list.length === 0) return 'The account has no app tokens';
  return countOf(list.length, 'app token');
}

const WHAT_FOR = plain(
  'An app token creates keys without the account’s secret. You limit these keys, and can delete the token. Give each script and each vendor a token of its own.',
);

const listed = ({ list, cutAt }: Answers['tokens']): Pick<TokenFlow, 'list' | 'messages'> => ({
  list,
  messages: cutAt === null ? [] : [caution(cutListText(cutAt))],
});

/** Lists the app tokens of the account, never their values. */
export const tokens = menu({
  label: 'App token',
  isSearchable: true,
  options,
  view: (state) => {
    const { list } = state.tokens;
    return {
      heading: 'app tokens',
      question: questionFor(list),
      ...joinMessages(unansweredMessage(state), {
        warnings: withoutSymbols(state.tokens.messages),
        advice: [WHAT_FOR],
      }),
      help: [
        'An app token has an ID and a value. Together they create keys, within the limits of the token: its type, user, privileges and lifetime. The account’s secret stays with you.',
        'If you delete a token, all keys that were created from it stop working, and it creates no more. Only Kaltura can change the account’s secret, so don’t share it.',
        'kaltura-ks doesn’t show the values. Anyone who has an ADMIN key can read them from the server.',
      ],
      enter: list === null || list.length === 0 ? 'go' : 'open',
    };
  },
  back: goBackOnTrail,
  receive: {
    tokens: (state, answer) =>
      stay(changeState(state, { tokens: listed(answer), option: answer.list[0]?.id ?? NEW.value })),
  },
});

const chosenIn = ({ tokens }: State) => tokens.list?.find(({ id }) => id === tokens.chosen);

/** Returns the result of a deletion; before one, the token's warnings and what deleting it does. */
function summaryOf(state: State): Message {
  const chosen = chosenIn(state);
  if (chosen === undefined || wasDeleteSent(state))
    return { warnings: withoutSymbols(state.tokens.messages), advice: [] };
  return { warnings: [...tokenParagraphs(chosen, state.now / 1000), ...deletionParagraphs(chosen)], advice: [] };
}

/** Whether the server accepted a request to delete the token, or does not have it. */
const wasDeleteSent = ({ tokens: { messages } }: State): boolean => messages.length > 0;

const backToTokens = (state: State): Transition => stay(goTo(state, 'tokens', { option: state.tokens.chosen ?? '' }));

function deleteToken(state: State): Transition {
  const access = accessOf(state);
  const chosen = chosenIn(state);
  if (access === null || chosen === undefined) return backToTokens(state);
  const partnerId = factsOf(state)?.partnerId ?? null;
  // Without a response, the token may still be deleted: the user has to choose Delete again.
  return ask(
    { ...state, option: 'keep' },
    { ask: 'delete-token', id: chosen.id, partnerId, ...access },
    `Deleting app token ${chosen.id}…`,
  );
}

/** Offers to delete the token; after that, only what can still make a difference. */
function tokenOptions(state: State): MenuOption[] {
  if (chosenIn(state) === undefined) return [{ value: 'keep', label: 'Back to the list', choose: backToTokens }];
  const remove: Omit<MenuOption, 'label'> = { value: 'delete', tone: 'danger', choose: deleteToken };
  if (wasDeleteSent(state)) {
    return [
      { value: 'keep', label: 'Load the list again', choose: openTokens },
      { ...remove, label: 'Delete it again' },
    ];
  }
  return [
    { value: 'keep', label: 'Keep it', choose: backToTokens },
    { ...remove, label: 'Delete it', hint: 'and revoke all keys that were created from it' },
  ];
}

/** Shows one app token, with an option to delete it. */
export const token = menu({
  options: tokenOptions,
  view: (state) => {
    const chosen = chosenIn(state);
    return {
      heading: 'app token',
      question: `App token ${state.tokens.chosen ?? ''}`,
      // The question already shows the ID.
      facts: chosen === undefined ? [] : tokenFacts(chosen, state.now / 1000).slice(1),
      ...joinMessages(unansweredMessage(state), summaryOf(state)),
      help: [
        'A deleted token can’t be restored. Everything that uses the token or one of its keys stops working immediately.',
      ],
      enter: 'go',
    };
  },
  back: backToTokens,
  receive: {
    'delete-token': (state, { report, profiles: changed }) => {
      const { lastQuestion } = state.waiting;
      if (lastQuestion === null) return stay(state);
      const { chosen, list: before } = state.tokens;
      const messages = deletedParagraphs(chosen ?? '', report, contextOfUse(lastQuestion.question));
      const known = report.outcome === 'absent' ? (before?.filter(({ id }) => id !== chosen) ?? null) : before;
      const list = 'left' in report ? report.left : known;
      const profiles = changed ?? state.profiles;
      const next = changeState(state, { option: 'keep', tokens: { list, messages }, profiles });
      return stay(report.outcome === 'deleted' ? goTo(next, 'tokens', { option: list?.[0]?.id ?? NEW.value }) : next);
    },
  },
});
