import { type CheckPlan, planCheck } from '../../kaltura/sessions/check-plan.js';
import { type ContentId, readContentId } from '../../kaltura/sessions/content-lookup.js';
import { costParagraphs, planMessage, reportMessage } from '../../messages/check.js';
import { EMPTY_MESSAGE, joinMessages, type Message, type Paragraph } from '../../messages/paragraph.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { form, type MenuOption, menu, textField } from '../engine/build-screen.js';
import { goHome, goTo, inFlow, type State, stay, type Transition } from '../engine/state.js';
import { accessOf, backToKey, factsOf } from './subject.js';

const FIND: MenuOption = {
  value: 'look-up',
  label: 'Look for an entry or a category…',
  hint: 'and what hides it',
  choose: (state) => stay(goTo(state, 'look-up')),
};
const BACK: MenuOption = { value: 'back', label: 'Back to the key', choose: backToKey };

/** Returns the calls and the cost of the check; null if the server is unknown. */
function planOf(state: State): CheckPlan | null {
  const access = accessOf(state);
  return access === null ? null : planCheck(factsOf(state), access.server.serviceUrl);
}

function askServer(state: State): Transition {
  const access = accessOf(state);
  if (access === null) return stay(goHome(state));
  const question = { ask: 'check', ...access, facts: factsOf(state) } as const;
  return ask(state, question, `Asking ${hostOfQuestion(question)} whether the key works…`);
}

function options(state: State): MenuOption[] {
  const isPossible = (planOf(state)?.calls.length ?? 0) > 0;
  const label = state.keyUse.checking.report === null ? 'Ask the server' : 'Ask it again';
  return [...(isPossible ? [{ value: 'ask', label, choose: askServer }] : []), FIND, BACK];
}

/** Returns the result of the check; before it, the calls and the cost. */
function summaryOf(state: State): Message {
  const { report } = state.keyUse.checking;
  const plan = planOf(state);
  if (report === null) return plan === null ? EMPTY_MESSAGE : planMessage(plan);
  // Checking again costs the same.
  const cost: Message = { warnings: plan === null ? [] : costParagraphs(plan.cost), advice: [] };
  return joinMessages(reportMessage(report, state.now / 1000), cost);
}

/** Checks whether the key works, after showing what the check sends and costs. */
export const check = menu({
  options,
  view: (state) => ({
    heading: 'check the key',
    question: 'Does this key work?',
    ...joinMessages(unansweredMessage(state), summaryOf(state)),
    help: [
      'A USER key may count the entries that it sees; an ADMIN key may ask what it is. Nothing is changed by either. The server’s clock is asked without the key.',
      'A key with actionslimit has only so many calls: each check uses up one of them. urirestrict, iprestrict and setrole can forbid the call though the key is good for its own purpose.',
      'An answer of INVALID_KS with EXPIRED or LOGOUT in it means that the key has ended.',
    ],
    enter: 'go',
    escape: 'the key',
  }),
  back: backToKey,
  receive: (state, answer) =>
    answer.to === 'check'
      ? stay({
          ...state,
          keyUse: { ...state.keyUse, checking: { ...state.keyUse.checking, report: answer.is } },
          option: 'look-up',
        })
      : stay(state),
});

/** Any ID serves to compute the cost of one call. */
const ANY: ContentId = { kind: 'entry', id: '0_00000000' };

/** Says what the lookup costs, if the key's calls are limited. */
function costOf(state: State): Paragraph[] {
  const access = accessOf(state);
  return access === null ? [] : costParagraphs(planCheck(factsOf(state), access.server.serviceUrl, ANY).cost);
}

/** Looks up an entry or a category with the key. */
export const lookUp = form({
  fields: ({
    keyUse: {
      checking: { typedId },
    },
  }) => {
    const { problem, warning } = readContentId(typedId);
    return [
      textField({
        id: 'typedId',
        label: 'ID',
        value: typedId,
        placeholder: '0_abcd1234, or a number for a category',
        problem,
        warning,
        change: (state, id) => inFlow(state, 'keyUse', { checking: { ...state.keyUse.checking, typedId: id } }),
      }),
    ];
  },
  view: (state) => {
    const { warnings, advice } = unansweredMessage(state);
    return {
      heading: 'look for content',
      lead: 'A key does not see all that there is: entitlement may hide entries and categories from it.',
      question: 'Which entry or category?',
      warnings: [...warnings, ...costOf(state)],
      advice: [
        ...advice,
        {
          tone: 'plain',
          text: 'In KMC the ID stands in the list of entries, and behind each category’s name; an address that holds it will do.',
        },
      ],
      help: [
        'The key asks the server for it (baseEntry.get or category.get), which changes nothing.',
        '“Not found” is what the server says of what is not there, of what is another account’s, and of what entitlement hides. Only asking once more, with a key that entitlement does not bind, tells them apart.',
      ],
      enter: 'ask the server',
      escape: 'the key',
    };
  },
  submit: (state) => {
    const access = accessOf(state);
    const { id } = readContentId(state.keyUse.checking.typedId);
    if (access === null || id === null) return stay(state);
    const question = { ask: 'look-up', ...access, id } as const;
    return ask(state, question, `Asking ${hostOfQuestion(question)} for the ${id.kind} ${id.id}…`);
  },
  back: backToKey,
  receive: (state, answer) => {
    const { id } = readContentId(state.keyUse.checking.typedId);
    if (answer.to !== 'look-up' || id === null) return stay(state);
    const found = { id, outcome: answer.is, revealed: null };
    return stay(
      goTo(
        { ...state, keyUse: { ...state.keyUse, checking: { ...state.keyUse.checking, found } }, option: '' },
        'found',
      ),
    );
  },
});
