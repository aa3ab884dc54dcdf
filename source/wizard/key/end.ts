import { planRevoke } from '../../kaltura/sessions/end.js';
import { endMessage, endPlanParagraphs, endsWithHint } from '../../messages/end.js';
import type { Option } from '../../messages/paragraph.js';
import { EMPTY_MESSAGE, joinMessages, type Message } from '../../messages/paragraph.js';
import { ask, contextOfUse, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { optionControl, selectedOption } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, stay, type Transition } from '../engine/state.js';
import { NO_CHECKING } from './checking.js';
import { serverOf, subjectOf } from './subject.js';

function planOf(state: State) {
  const subject = subjectOf(state);
  return subject === null ? null : planRevoke(subject.facts, state.now / 1000);
}

/** Checks whether the server now refuses the key. */
export const isRevoked = (ending: State['ending']): boolean =>
  ending?.outcome === 'ended' || ending?.outcome === 'already-ended';

function options(state: State): Option[] {
  if (isRevoked(state.ending)) {
    return [{ value: 'keep', label: 'Go on' }];
  }
  const plan = planOf(state);
  if (plan === null || plan.obstacle !== null) return [{ value: 'keep', label: 'Back' }];
  return [
    { value: 'keep', label: 'Let it live' },
    { value: 'end', label: 'End it now', hint: endsWithHint(plan), tone: 'danger' },
  ];
}

function endNow(state: State): Transition {
  const subject = subjectOf(state);
  if (subject?.server == null) return stay(state);
  const { ks, facts, savedWith: profile } = subject;
  const server = serverOf(subject.server, state, facts?.partnerId ?? null);
  const question = { ask: 'end', server, ks, facts, profile } as const;
  // Without a response, the key may still be revoked: the user has to choose End again.
  return ask({ ...state, option: 'keep' }, question, `Ending the key at ${hostOfQuestion(question)}…`);
}

/** Returns the result; before it, what else ends with the key. */
function briefOf(state: State): Message {
  if (state.ending !== null && state.lastQuestion !== null)
    return endMessage(state.ending, contextOfUse(state.lastQuestion.question));
  const plan = planOf(state);
  return plan === null ? EMPTY_MESSAGE : { warnings: endPlanParagraphs(plan), advice: [] };
}

/** Revokes a key, after saying what else ends with it. */
export const end: Screen = {
  view: (state) => ({
    heading: 'end the key',
    question: state.ending === null ? 'End this key before its time?' : 'What became of the key',
    controls: [optionControl(state, options(state))],
    ...joinMessages(unansweredMessage(state), briefOf(state)),
    help: [
      'Ending a key (session.end) makes the server refuse it from then on: do it with a key that has leaked, or that nobody needs any more. It is proved by asking once more with the ended key.',
      'It cannot be taken back; a new key is made in a moment. Other keys of the account go on working, but for those that share its sessionid.',
      'A key that was kept with a profile is dropped from it.',
    ],
    enter: 'go',
    escape: 'the key',
  }),
  set: (state, _control, value) => ({ ...state, option: String(value) }),
  submit: (state) => (selectedOption(state, options(state)) === 'end' ? endNow(state) : end.back(state)),
  back: (state) => stay(goTo({ ...state, ending: state.ending }, subjectOf(state)?.returnTo ?? 'home')),
  receive: (state, answer) => {
    if (answer.to !== 'end') return stay(state);
    const { report, profiles } = answer.is;
    // Earlier results about the key are not valid any more.
    const checking = isRevoked(report) ? NO_CHECKING : state.checking;
    // A revoked key must not be printed at the end.
    const lastKs = isRevoked(report) && state.subject === 'key' ? null : state.lastKs;
    return stay({ ...state, lastKs, ending: report, checking, profiles: profiles ?? state.profiles, option: 'keep' });
  },
};
