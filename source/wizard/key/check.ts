import { isDead, refusesAllCalls } from '../../kaltura/sessions/check.js';
import { type CheckPlan, planCheck, usesUpKey } from '../../kaltura/sessions/check-plan.js';
import { type ContentId, readContentId } from '../../kaltura/sessions/content-lookup.js';
import { reportMessage } from '../../messages/check.js';
import { costParagraphs, planMessage, USED_UP } from '../../messages/check-plan.js';
import { EMPTY_MESSAGE, joinMessages, type Message, type Paragraph, plain } from '../../messages/paragraph.js';
import { practiceEntriesText } from '../../messages/practice-key.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { form, type MenuOption, menu, textField } from '../engine/build-screen.js';
import { changeState, goHome, goTo, type State, stay, type Transition } from '../engine/state.js';
import { CREATE_NEW_KEY } from './new-key.js';
import { accessOf, factsOf, subjectOf } from './subject.js';
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

/** Returns whether a check uses the last call of the key. */
function isLastCall(state: State): boolean {
  const plan = planOf(state);
  return plan !== null && usesUpKey(plan.cost);
}

/** Returns whether the check used the last call. A server that doesn’t accept the signature counts no call. */
function hasUsedLastCall(state: State): boolean {
  const { report } = state.checking;
  if (report === null || !isLastCall(state)) return false;
  return report.refusal === null || report.refusal.isSignatureRight === true;
}

/** Returns whether every call with the key fails, now and later: a new key is needed. */
function isUseless(state: State): boolean {
  const { report } = state.checking;
  if (report === null) return planOf(state)?.noCheckReason === 'unusable-limit';
  return isDead(report.refusal) || hasUsedLastCall(state);
}

/** Returns whether the server can answer for an entry or a category. */
function canLookUp(state: State): boolean {
  const access = accessOf(state);
  if (access === null || refusesAllCalls(state.checking.report?.refusal ?? null)) return false;
  const { serviceUrl } = access.server;
  return [ANY, ANY_CATEGORY].some((id) => planCheck(factsOf(state), serviceUrl, id).lookup !== null);
}

function options(state: State): MenuOption[] {
  if (isUseless(state)) return [CREATE_NEW_KEY, BACK];
  const { report } = state.checking;
  const isPossible = (planOf(state)?.calls.length ?? 0) > 0;
  const isAsked = report !== null || unansweredMessage(state) !== EMPTY_MESSAGE;
  const label = isAsked ? 'Ask the server again' : 'Ask the server';
  const asking = [
    ...(isPossible ? [{ value: 'ask', label, choose: askServer }] : []),
    ...(canLookUp(state) ? [FIND] : []),
    ...(report === null || report.differences.length === 0 ? [] : [CREATE_NEW_KEY]),
  ];
  // One press of Enter must not use up the key.
  return isLastCall(state) ? [BACK, ...asking] : [...asking, BACK];
}

/** Says what another check costs, or that the key allows none. */
function costAgain(state: State): readonly Paragraph[] {
  const plan = planOf(state);
  if (plan === null || isDead(state.checking.report?.refusal ?? null)) return [];
  return hasUsedLastCall(state) ? [USED_UP] : costParagraphs(plan.cost);
}

/** Returns the result of the check; before it, the calls and the cost. */
function summaryOf(state: State): Message {
  const { report } = state.checking;
  const plan = planOf(state);
  if (report === null) return plan === null ? EMPTY_MESSAGE : planMessage(plan);
  return joinMessages(reportMessage(report, state.now / 1000), { warnings: costAgain(state), advice: [] });
}

/** Checks whether the key works, after showing what the check sends and costs. */
export const check = menu({
  options,
  view: (state) => ({
    heading: 'check the key',
    question: 'Does this key work?',
    ...joinMessages(unansweredMessage(state), summaryOf(state)),
    help: [
      'For a USER key, the check counts the entries that the key can list. For an ADMIN key, it also reads the details of the key. It changes nothing.',
      'A key with actionslimit has a limited number of calls, and each check uses one or two. urirestrict, iprestrict and setrole can forbid the check, although the key works for its own purpose.',
    ],
    coversPrinted: true,
    enter: 'go',
  }),
  back: goBackOnTrail,
  receive: {
    check: (state, report) => {
      const option = report.refusal === null ? FIND : isDead(report.refusal) ? CREATE_NEW_KEY : BACK;
      return stay(changeState(state, { checking: { report }, option: option.value }));
    },
  },
});

/** Any ID serves to compute the cost of one call. */
const ANY: ContentId = { kind: 'entry', id: '0_00000000' };
const ANY_CATEGORY: ContentId = { kind: 'category', id: '1' };

/** Says what the lookup costs, if the key's calls are limited. */
function costOf(state: State): Paragraph[] {
  const access = accessOf(state);
  return access === null ? [] : costParagraphs(planCheck(factsOf(state), access.server.serviceUrl, ANY).cost);
}

/** Says where to find an ID. Practice has no KMC. */
function idAdvice(state: State): string {
  if (subjectOf(state)?.server?.region !== 'practice')
    return 'In KMC, the entry ID is in the list of entries, in the column ID. The category ID is next to the category’s name. You can also paste a link that contains the ID.';
  return practiceEntriesText();
}

/** Looks up an entry or a category with the key. */
export const lookUp = form({
  fields: ({ checking: { typedId } }) => {
    const { problem, warning } = readContentId(typedId);
    return [
      textField({
        id: 'typedId',
        label: 'ID',
        value: typedId,
        placeholder: '0_abc12345, or a number for a category',
        problem,
        warning,
        change: (state, id) => changeState(state, { checking: { typedId: id } }),
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
      advice: [...advice, plain(idAdvice(state))],
      help: [
        'The server is asked for the content with this key (baseEntry.get or category.get). This changes nothing.',
        'The server says “not found” if the content doesn’t exist, if it belongs to another account, and if entitlement hides it. To find out which, ask again with a key that entitlement doesn’t limit.',
      ],
      enter: 'ask the server',
    };
  },
  submit: (state) => {
    const access = accessOf(state);
    const { id } = readContentId(state.checking.typedId);
    if (access === null || id === null) return stay(state);
    const question = { ask: 'look-up', ...access, id } as const;
    return ask(state, question, `Asking ${hostOfQuestion(question)} for the ${id.kind} ${id.id}…`);
  },
  back: goBackOnTrail,
  receive: {
    'look-up': (state, outcome) => {
      const { id } = readContentId(state.checking.typedId);
      if (id === null) return stay(state);
      return stay(goTo(state, 'found', { checking: { found: { id, outcome, revealed: null } }, option: '' }));
    },
  },
});
