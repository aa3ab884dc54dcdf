import { planRevoke } from '../../kaltura/sessions/end.js';
import { endMessage, endPlanParagraphs, endsWithHint } from '../../messages/end.js';
import { EMPTY_MESSAGE, joinMessages, type Message } from '../../messages/paragraph.js';
import { ask, contextOfUse, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { type State, stay, type Transition } from '../engine/state.js';
import { NO_CHECKING } from './key-use.js';
import { accessOf, backToKey, factsOf, subjectOf } from './subject.js';

function planOf(state: State) {
  const subject = subjectOf(state);
  return subject === null ? null : planRevoke(subject.facts, state.now / 1000);
}

/** Checks whether the server now refuses the key. */
export const isRevoked = (ending: State['keyUse']['ending']): boolean =>
  ending?.outcome === 'ended' || ending?.outcome === 'already-ended';

function options(state: State): MenuOption[] {
  if (isRevoked(state.keyUse.ending)) {
    return [{ value: 'keep', label: 'Go on', choose: backToKey }];
  }
  const plan = planOf(state);
  if (plan === null || plan.obstacle !== null) return [{ value: 'keep', label: 'Back', choose: backToKey }];
  return [
    { value: 'keep', label: plan.endsWith.kind === 'token' ? 'Let it expire' : 'Let it live', choose: backToKey },
    { value: 'end', label: 'End it now', hint: endsWithHint(plan), tone: 'danger', choose: endNow },
  ];
}

function endNow(state: State): Transition {
  const access = accessOf(state);
  if (access === null) return stay(state);
  const profile = subjectOf(state)?.savedWith ?? null;
  const question = { ask: 'end', ...access, facts: factsOf(state), profile } as const;
  // Without a response, the key may still be revoked: the user has to choose End again.
  return ask({ ...state, option: 'keep' }, question, `Ending the key at ${hostOfQuestion(question)}…`);
}

/** Returns the result; before it, what else ends with the key. */
function summaryOf(state: State): Message {
  if (state.keyUse.ending !== null && state.waiting.lastQuestion !== null)
    return endMessage(state.keyUse.ending, contextOfUse(state.waiting.lastQuestion.question));
  const plan = planOf(state);
  return plan === null ? EMPTY_MESSAGE : { warnings: endPlanParagraphs(plan), advice: [] };
}

/** Revokes a key, after saying what else ends with it. */
export const end = menu({
  options,
  view: (state) => ({
    heading: 'end the key',
    question: state.keyUse.ending === null ? 'End this key before its time?' : 'What became of the key',
    ...joinMessages(unansweredMessage(state), summaryOf(state)),
    help: [
      'Ending a key (session.end) makes the server refuse it from then on: do it with a key that has leaked, or that nobody needs any more. It is proved by asking once more with the ended key.',
      'It cannot be taken back; a new key is made in a moment. Other keys of the account go on working, but for those that share its sessionid.',
      'A key that was kept with a profile is dropped from it.',
    ],
    enter: 'go',
    escape: 'the key',
  }),
  back: backToKey,
  receive: (state, answer) => {
    if (answer.to !== 'end') return stay(state);
    const { report, profiles } = answer.is;
    // Earlier results about the key are not valid any more.
    const checking = isRevoked(report) ? NO_CHECKING : state.keyUse.checking;
    // A revoked key must not be printed at the end.
    const lastKs = isRevoked(report) && state.subject === 'key' ? null : state.lastKs;
    return stay({
      ...state,
      lastKs,
      keyUse: { ...state.keyUse, ending: report, checking },
      profiles: profiles ?? state.profiles,
      option: 'keep',
    });
  },
});
