import { diagnoseMaking } from '../../kaltura/diagnosis/diagnose.js';
import type { Diagnosis, Fix, FixAction } from '../../kaltura/diagnosis/diagnosis.js';
import { type Probe, withRegionConfirmed } from '../../kaltura/diagnosis/probe.js';
import { probesFor } from '../../kaltura/diagnosis/probes.js';
import { type Explanation, explain } from '../../messages/diagnosis/diagnosis.js';
import { causeParagraphs, caution, plain } from '../../messages/paragraph.js';
import { probeLabel } from '../../messages/probe.js';
import { NO_ADMINISTRATOR } from '../app-tokens/needs-admin.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import type { Screen } from '../engine/screen.js';
import { changeState, goHome, goTo, openDetour, type State, stay, type Transition } from '../engine/state.js';
import { accountToConfirm, changeForm, type FormState, isAdminConfirmed } from '../form/form.js';
import { usesPracticeAccount, withPracticeCredentials } from '../form/practice.js';
import { lastStepOf } from '../form/purpose.js';
import { credentialsFor } from '../form/reading.js';
import { makeKey } from '../steps/steps.js';
import { contextOf } from './diagnosing.js';

function diagnosisOf({ form, failure, probing }: State): Diagnosis | null {
  if (failure === null) return null;
  const diagnosis = diagnoseMaking(failure.cause, contextOf(failure, form));
  return probing.isRegionConfirmed ? withRegionConfirmed(diagnosis) : diagnosis;
}

/** Returns the explanation to show: the finding of a probe replaces the likely causes. */
function explanationOf(state: State): Explanation | null {
  const diagnosis = state.probing.finding ?? diagnosisOf(state);
  return diagnosis === null ? null : explain(diagnosis);
}

/** Returns the probes that can still be run; none if the cause is certain. */
function probesOf({ form, failure, probing }: State): readonly Probe[] {
  if (failure === null || probing.finding?.settles === true) return [];
  return probesFor(failure.cause, contextOf(failure, form)).filter(({ kind }) => !probing.asked.includes(kind));
}

/** Returns the field of the credential, which is the likeliest to be wrong. */
const secretField = (state: State): string =>
  credentialsFor(state.form).find((name) => typeof state.form[name] !== 'string') ?? 'secret';

/** Changes the form as a fix says. If the account was found in another region, the confirmation of ADMIN stays valid for it. */
function changedBy({ action, region }: Fix, form: FormState): FormState {
  if (action === 'change-type') return changeForm(form, { type: 'USER' });
  if (region === undefined) return form;
  const changed = changeForm(form, { region });
  return isAdminConfirmed(form) ? { ...changed, adminMeantFor: accountToConfirm(changed) } : changed;
}

/** The step that each fix opens; without one, it is that of the credentials. */
const STEPS: Readonly<Partial<Record<FixAction, State['screen']>>> = {
  review: 'review',
  'choose-region': 'review',
  'change-type': 'review',
  'enter-code': 'code',
  'enter-other-code': 'code',
  'change-region': 'region',
  'change-url': 'address',
  'change-sign-in': 'sign-in',
  'change-user': 'user',
  'check-user': 'user',
  'change-privileges': 'privileges',
};

export const stepOf = ({ action }: Fix): State['screen'] => STEPS[action] ?? 'credentials';

const PARTNER_ID_FIXES: readonly FixAction[] = ['check-partner-id', 'change-partner-id'];

function follow(state: State, fix: Fix): Transition {
  const changed = { ...state, form: changedBy(fix, state.form) };
  if (fix.action === 'retry') return makeKey(changeState(changed, { making: { isRetry: true } }));
  const step = stepOf(fix);
  if (step === 'review') return backToReview(changed);
  if (step === 'code') return stay(goTo(changed, step));
  if (step !== 'credentials') return stay(openDetour(changed, step, null));
  return stay(openDetour(changed, step, PARTNER_ID_FIXES.includes(fix.action) ? 'partnerId' : secretField(changed)));
}

const backLabel = (form: FormState): string => (lastStepOf(form) === 'review' ? 'Back to the review' : 'Back');

const backToReview = (state: State): Transition => stay(goTo(state, lastStepOf(state.form)));

/** Returns the fixes. An app token for a vendor needs an ADMIN key, so a USER key fixes nothing there. */
const fixesOf = (state: State): Explanation['fixes'] =>
  (explanationOf(state)?.fixes ?? []).filter(
    ({ action }) => state.form.purpose !== 'vendor' || action !== 'change-type',
  );

/** After a check, the answer is still the one to the sign-in. */
const answerLabel = ({ probing }: State): string =>
  probing.finding === null ? 'Show the server’s answer' : 'Show the answer to the sign-in';

/** Offers the credentials of the practice account again where others were typed. */
function practiceOptions({ form, setting: { practiceAccount } }: State): MenuOption[] {
  if (form.region !== 'practice' || usesPracticeAccount(form, practiceAccount)) return [];
  const choose = (state: State): Transition =>
    backToReview({ ...state, form: withPracticeCredentials(state.form, practiceAccount) });
  return [{ value: 'practice', label: 'Use the practice account', hint: 'fills its credentials in again', choose }];
}

function options(state: State): MenuOption[] {
  const fixes = fixesOf(state);
  const hasAnswer = diagnosisOf(state)?.serverAnswer != null;
  return [
    ...fixes
      .map((fix, index) => ({
        value: String(index),
        label: fix.text,
        choose: (now: State) => follow(now, fix),
      }))
      .filter((_, index) => fixes[index]?.action !== 'review'),
    ...practiceOptions(state),
    ...probesOf(state).map((probe) => ({
      value: `probe:${probe.kind}`,
      label: probeLabel(probe),
      hint: 'shows the request first',
      choose: (now: State) => stay(goTo(now, 'probe', { probing: { probe }, option: 'ask' })),
    })),
    ...(!hasAnswer
      ? []
      : [{ value: 'answer', label: answerLabel(state), choose: (now: State) => stay(goTo(now, 'answer')) }]),
    ...(state.form.purpose === 'vendor' ? [NO_ADMINISTRATOR] : []),
    { value: 'review', label: backLabel(state.form), choose: backToReview },
    ...(state.profileName === null
      ? []
      : [{ value: 'home', label: 'Back to the profiles', choose: (now: State) => stay(goHome(now)) }]),
  ];
}

/** Returns the list of the explanation, such as the likely causes, with what introduces it; nothing without a list. */
function listIn({ explanation, causes }: Explanation): string[] {
  const list = causeParagraphs(causes, explanation).map(({ text }) => text);
  return explanation.endsWith(':') && list.length > 0 ? [explanation, ...list] : list;
}

/** What went wrong, the likely causes, and options that open the step to fix each of them. */
export const failure = menu({
  options,
  view: (state) => {
    const explanation = explanationOf(state);
    return {
      heading: 'no key was created',
      question: explanation?.headline ?? 'No key was created',
      warnings: [
        plain(explanation?.explanation ?? ''),
        ...causeParagraphs(explanation?.causes ?? [], explanation?.explanation),
      ],
      help: [
        'Everything that you typed is kept. Each option opens the step where you can fix the cause. From there, Enter goes back to the review.',
        ...(explanation === null ? [] : listIn(explanation)),
      ],
      enter: 'go',
      escape: lastStepOf(state.form) === 'review' ? 'back to the review' : 'back',
    };
  },
  back: backToReview,
});

const backToFailure = (state: State): Transition => stay(goTo(state, 'failure'));

/** Shows the server's response, which no other screen shows. */
export const answer: Screen = {
  view: (state) => ({
    heading: 'the server’s answer',
    question: 'The server’s answer',
    controls: [],
    warnings: [
      ...(diagnosisOf(state)?.serverAnswer ?? '').split('\n').map(plain),
      caution('The answer can contain parts of your request, such as the user ID. Read it before you share it.'),
    ],
    help: [
      'The text comes from the server. Your secret is masked where it appears exactly as you typed it, but a server can repeat it in another form.',
    ],
  }),
  submit: backToFailure,
  back: backToFailure,
};
