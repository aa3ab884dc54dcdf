import { ConnectionError } from '../../kaltura/api/http.js';
import { isSameKs } from '../../kaltura/ks/peek.js';
import type { Secret } from '../../kaltura/secret.js';
import { isEndUncertain, planRevoke, type RevokeReport } from '../../kaltura/sessions/end.js';
import { endMessage, endPlanParagraphs, endPlanTitle, endsWithHint, endTitle } from '../../messages/end.js';
import { EMPTY_MESSAGE, joinMessages, type Message } from '../../messages/paragraph.js';
import { ask, contextOfUse, hostOfQuestion, unansweredMessage } from '../engine/ask.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { changeState, type State, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { withoutSessionGroup } from '../form/session-group.js';
import { NO_CHECKING } from './key-use.js';
import { accessOf, factsOf, subjectOf } from './subject.js';
import { backToKey, goBackOnTrail, openKeyScreen } from './trail.js';

function planOf(state: State) {
  const subject = subjectOf(state);
  return subject === null ? null : planRevoke(subject.facts, state.now / 1000);
}

/** Returns the menu option that revokes the key. If that can't work, the option only explains why. */
export function revokeOption(state: State, revoke: MenuOption['choose']): MenuOption {
  const option = { value: 'end', label: 'Revoke the key' };
  if (planOf(state)?.obstacle == null) return { ...option, hint: 'before it expires', tone: 'caution', choose: revoke };
  return { ...option, hint: 'not possible: see why', choose: openKeyScreen('end') };
}

/** Returns the last request to revoke the key that was answered; null without one. */
function attemptOf(state: State, ks = subjectOf(state)?.ks): State['revokeAttempts'][number] | null {
  return ks === undefined ? null : (state.revokeAttempts.find(({ question }) => isSameKs(question.ks, ks)) ?? null);
}

const reportOf = (state: State, ks?: Secret): RevokeReport | null => attemptOf(state, ks)?.report ?? null;

const isEnded = (report: RevokeReport | null): boolean =>
  report?.outcome === 'ended' || report?.outcome === 'already-ended';

/**
 * Checks whether the server refuses a key.
 *
 * @param ks default: the key of the subject
 */
export const isRevoked = (state: State, ks?: Secret): boolean => isEnded(reportOf(state, ks));

/** Returns whether the request to revoke the key has no answer, but may have reached the server. */
const isUncertain = ({ waiting: { unanswered } }: State): boolean =>
  unanswered !== null && !(unanswered.cause instanceof ConnectionError && !unanswered.cause.mayHaveArrived);

/** Returns whether only a check can show if the key is revoked. */
function isDoubtful(state: State): boolean {
  const report = reportOf(state);
  if (report === null) return isUncertain(state);
  return report.outcome === 'ended-unproved' || (report.outcome === 'refused' && isEndUncertain(report.error));
}

/** Opens the check without the result of an earlier one. */
const checkAgain = (state: State): Transition => openKeyScreen('check')(changeState(state, { checking: NO_CHECKING }));

/** Says why the server refuses a key that was revoked here, or that had already expired. */
export function refusedText(state: State): string {
  const report = reportOf(state);
  const isExpired = report?.outcome === 'already-ended' && report.reason === 'EXPIRED';
  return `${isExpired ? 'has expired' : 'is revoked'}: the server refuses it`;
}

function options(state: State): MenuOption[] {
  if (isRevoked(state)) {
    return [{ value: 'keep', label: 'Continue', choose: backToKey }];
  }
  const plan = planOf(state);
  if (plan === null || plan.obstacle !== null) return [{ value: 'keep', label: 'Back to the key', choose: backToKey }];
  const hint = endsWithHint(plan);
  if (reportOf(state) !== null || isUncertain(state)) {
    const back: MenuOption = { value: 'keep', label: 'Back to the key', choose: backToKey };
    const check: MenuOption = {
      value: 'check',
      label: 'Check the key',
      hint: 'does it still work?',
      choose: checkAgain,
    };
    return [
      ...(isDoubtful(state) ? [check, back] : [back, check]),
      { value: 'end', label: 'Try to revoke it again', hint, tone: 'danger', choose: endNow },
    ];
  }
  return [
    { value: 'keep', label: 'Keep the key', hint: 'it expires by itself', choose: goBackOnTrail },
    { value: 'end', label: 'Revoke it now', hint, tone: 'danger', choose: endNow },
  ];
}

function endNow(state: State): Transition {
  const access = accessOf(state);
  if (access === null) return stay(state);
  const profile = subjectOf(state)?.savedWith ?? null;
  const question = { ask: 'end', ...access, facts: factsOf(state), profile } as const;
  // Without a response, the key may still be revoked: the first option is marked, which never revokes.
  return ask({ ...state, option: '' }, question, `Revoking the key at ${hostOfQuestion(question)}…`);
}

/** Returns the result; before it, what else ends with the key. */
function summaryOf(state: State): Message {
  const attempt = attemptOf(state);
  if (attempt !== null) return endMessage(attempt.report, contextOfUse(attempt.question));
  const plan = planOf(state);
  if (plan === null) return EMPTY_MESSAGE;
  const said = endPlanParagraphs(plan);
  // After an attempt, only the dangers of another one still matter.
  return { warnings: isUncertain(state) ? said.filter(({ tone }) => tone !== 'plain') : said, advice: [] };
}

function questionOf(state: State): string {
  const report = reportOf(state);
  if (report !== null) return endTitle(report);
  if (isUncertain(state)) return 'Is the key revoked?';
  const plan = planOf(state);
  return plan === null ? 'There is no key' : endPlanTitle(plan);
}

/** Revokes a key, after saying what else ends with it. */
export const end = menu({
  options,
  view: (state) => ({
    heading: 'revoke the key',
    question: questionOf(state),
    ...joinMessages(unansweredMessage(state), summaryOf(state)),
    help: [
      'Revoking a key (session.end) makes the server refuse it from then on. Revoke a key that has leaked or that is not needed any more. Afterwards, one more call with the key makes sure that the server refuses it.',
      'This can’t be undone, but you can create a new key at any time. Other keys of the account stay valid, except those of the same session group (sessionid) or app token.',
      'If the key is saved with a profile, it is removed from there.',
    ],
    enter: 'go',
  }),
  // The menu is for a key that works.
  back: (state) => (isRevoked(state) ? backToKey : goBackOnTrail)(state),
  receive: {
    end: (state, { report, profiles }) => {
      // Earlier results about the key are not valid any more.
      const checking = isEnded(report) ? NO_CHECKING : state.checking;
      // A revoked key must not be printed at the end.
      const lastKs = isEnded(report) && state.subject === 'key' ? null : state.lastKs;
      // The server also refuses new keys of a revoked session group.
      const privileges = withoutSessionGroup(state.form.privileges);
      const question = state.waiting.lastQuestion?.question;
      const isForm = isEnded(report) && state.subject === 'key' && privileges !== state.form.privileges;
      return stay(
        changeState(state, {
          ...(isForm ? { form: changeForm(state.form, { privileges }) } : {}),
          lastKs,
          revokeAttempts:
            question?.ask === 'end' ? [{ question, report }, ...state.revokeAttempts] : state.revokeAttempts,
          checking,
          profiles: profiles ?? state.profiles,
          option: '',
        }),
      );
    },
  },
});
