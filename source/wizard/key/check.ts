import { planCheck } from '../../kaltura/sessions/check-plan.js';
import { costParagraphs, planMessage, reportMessage } from '../../messages/check.js';
import type { Option } from '../../messages/paragraph.js';
import { EMPTY_MESSAGE, joinMessages, type Message } from '../../messages/paragraph.js';
import { ask, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { optionControl, selectedOption } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goHome, goTo, type State, stay, type Transition } from '../engine/state.js';
import { serverOf, subjectOf } from './subject.js';

const FIND: Option = {
  value: 'look-up',
  label: 'Look for an entry or a category…',
  hint: 'and what hides it',
};
const BACK: Option = { value: 'back', label: 'Back to the key' };

function planOf(state: State) {
  const subject = subjectOf(state);
  if (subject?.server == null) return null;
  const server = serverOf(subject.server, state, subject.facts?.partnerId ?? null);
  return { subject, server, plan: planCheck(subject.facts, server.serviceUrl) };
}

function askServer(state: State): Transition {
  const found = planOf(state);
  if (found === null) return stay(goHome(state));
  const { subject, server } = found;
  const question = { ask: 'check', server, ks: subject.ks, facts: subject.facts } as const;
  return ask(state, question, `Asking ${hostOfQuestion(question)} whether the key works…`);
}

function options(state: State): Option[] {
  const isPossible = (planOf(state)?.plan.calls.length ?? 0) > 0;
  const label = state.checking.report === null ? 'Ask the server' : 'Ask it again';
  return [...(isPossible ? [{ value: 'ask', label }] : []), FIND, BACK];
}

/** Returns the result of the check; before it, the calls and the cost. */
function briefOf(state: State): Message {
  const { report } = state.checking;
  const found = planOf(state);
  if (report === null) return found === null ? EMPTY_MESSAGE : planMessage(found.plan);
  // Checking again costs the same.
  const cost: Message = { warnings: found === null ? [] : costParagraphs(found.plan.cost), advice: [] };
  return joinMessages(reportMessage(report, state.now / 1000), cost);
}

/** Checks whether the key works, after showing what the check sends and costs. */
export const check: Screen = {
  view: (state) => {
    return {
      heading: 'check the key',
      question: 'Does this key work?',
      controls: [optionControl(state, options(state))],
      ...joinMessages(unansweredMessage(state), briefOf(state)),
      help: [
        'A USER key may count the entries that it sees; an ADMIN key may ask what it is. Nothing is changed by either. The server’s clock is asked without the key.',
        'A key with actionslimit has only so many calls: each check uses up one of them. urirestrict, iprestrict and setrole can forbid the call though the key is good for its own purpose.',
        'An answer of INVALID_KS with EXPIRED or LOGOUT in it means that the key has ended.',
      ],
      enter: 'go',
      escape: 'the key',
    };
  },
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => {
    const option = selectedOption(state, options(state));
    if (option === 'look-up') return stay(goTo(state, 'look-up'));
    return option === 'back' ? check.back(state) : askServer(state);
  },
  back: (state) => stay(goTo(state, subjectOf(state)?.returnTo ?? 'home')),
  receive: (state, answer) =>
    answer.to === 'check'
      ? stay({ ...state, checking: { ...state.checking, report: answer.is }, option: 'look-up' })
      : stay(state),
};
