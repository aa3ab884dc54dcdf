import { isDead, refusesAllCalls } from '../../kaltura/sessions/check.js';
import { type CheckPlan, planCheck } from '../../kaltura/sessions/check-plan.js';
import { type ContentId, readContentId } from '../../kaltura/sessions/content-lookup.js';
import { costParagraphs, planMessage, reportMessage } from '../../messages/check.js';
import { EMPTY_MESSAGE, joinMessages, type Message, type Paragraph } from '../../messages/paragraph.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { form, type MenuOption, menu, textField } from '../engine/build-screen.js';
import { goHome, goTo, inFlow, type State, stay, type Transition } from '../engine/state.js';
import { CREATE_NEW_KEY } from './new-key.js';
import { accessOf, factsOf } from './subject.js';
import { backToKey, goBackOnTrail, openKeyScreen } from './trail.js';

const FIND: MenuOption = {
  value: 'look-up',
  label: 'Look for an entry or a category…',
  hint: 'and find out what hides it',
  choose: openKeyScreen('look-up'),
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

/** Returns whether every call with the key fails, now and later: a new key is needed. */
const isUseless = (state: State): boolean =>
  planOf(state)?.why === 'unusable-limit' || isDead(state.keyUse.checking.report?.refusal ?? null);

/** Returns whether the server can answer for an entry or a category. */
function canLookUp(state: State): boolean {
  const access = accessOf(state);
  if (access === null || refusesAllCalls(state.keyUse.checking.report?.refusal ?? null)) return false;
  const { serviceUrl } = access.server;
  return [ANY, ANY_CATEGORY].some((id) => planCheck(factsOf(state), serviceUrl, id).lookup !== null);
}

function options(state: State): MenuOption[] {
  if (isUseless(state)) return [CREATE_NEW_KEY, BACK];
  const isPossible = (planOf(state)?.calls.length ?? 0) > 0;
  const label = state.keyUse.checking.report === null ? 'Ask the server' : 'Ask the server again';
  return [
    ...(isPossible ? [{ value: 'ask', label, choose: askServer }] : []),
    ...(canLookUp(state) ? [FIND] : []),
    BACK,
  ];
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
      'The check of a USER key counts the entries that it can see. The check of an ADMIN key reads its own details. Neither changes anything. The server’s clock is read without the key.',
      'A key with actionslimit has a limited number of calls, and each check uses one or two. urirestrict, iprestrict and setrole can forbid the check, although the key works for its own purpose.',
    ],
    coversPrinted: true,
    enter: 'go',
    escape: 'back',
  }),
  back: goBackOnTrail,
  receive: (state, answer) =>
    answer.to === 'check'
      ? stay({
          ...state,
          keyUse: { ...state.keyUse, checking: { ...state.keyUse.checking, report: answer.is } },
          option:
            answer.is.refusal === null ? 'look-up' : isDead(answer.is.refusal) ? CREATE_NEW_KEY.value : BACK.value,
        })
      : stay(state),
});

/** Any ID serves to compute the cost of one call. */
const ANY: ContentId = { kind: 'entry', id: '0_00000000' };
const ANY_CATEGORY: ContentId = { kind: 'category', id: '1' };

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
      lead: 'Entitlement can hide entries and categories from a key. Enter an ID to test it.',
      question: 'Which entry or category?',
      warnings: [...warnings, ...costOf(state)],
      advice: [
        ...advice,
        {
          tone: 'plain',
          text: 'In KMC, the entry ID is in the list of entries, in the column ID. The category ID is next to the category’s name. You can also paste a link that contains the ID.',
        },
      ],
      help: [
        'The server is asked for the content with this key (baseEntry.get or category.get). This changes nothing.',
        'The server says “not found” if the content doesn’t exist, if it belongs to another account, and if entitlement hides it. To find out which, ask again with a key that entitlement doesn’t limit.',
      ],
      enter: 'ask the server',
      escape: 'back',
    };
  },
  submit: (state) => {
    const access = accessOf(state);
    const { id } = readContentId(state.keyUse.checking.typedId);
    if (access === null || id === null) return stay(state);
    const question = { ask: 'look-up', ...access, id } as const;
    return ask(state, question, `Asking ${hostOfQuestion(question)} for the ${id.kind} ${id.id}…`);
  },
  back: goBackOnTrail,
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
