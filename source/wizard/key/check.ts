import { type CheckPlan, planCheck } from '../../kaltura/sessions/check-plan.js';
import { costParagraphs, planMessage, reportMessage } from '../../messages/check.js';
import { EMPTY_MESSAGE, joinMessages, type Message } from '../../messages/paragraph.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { goHome, goTo, type State, stay, type Transition } from '../engine/state.js';
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
function briefOf(state: State): Message {
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
    ...joinMessages(unansweredMessage(state), briefOf(state)),
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
