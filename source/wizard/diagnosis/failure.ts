import { regionLabel } from '../../kaltura/accounts/regions.js';
import type { AdviceBody } from '../../kaltura/diagnosis/advice.js';
import { type Advice, adviseOn, type Remedy } from '../../kaltura/diagnosis/diagnose.js';
import type { Probe } from '../../kaltura/diagnosis/probe.js';
import { probesFor } from '../../kaltura/diagnosis/probes.js';
import { lowerFirst } from '../../messages/paragraph.js';
import { type MenuOption, menu } from '../engine/build-screen.js';
import { goHome, goTo, openDetour, type State, stay, type Transition } from '../engine/state.js';
import { accountToConfirm, changeForm, type FormState, isAdminConfirmed } from '../form/form.js';
import { credentialsFor } from '../form/reading.js';
import { makeKey } from '../steps/steps.js';

export function adviceOf(state: State): Advice | null {
  if (state.diagnosis.failure === null) return null;
  return adviseOn(state.diagnosis.failure.cause, {
    request: state.diagnosis.failure.request,
    regionLabel: regionLabel(state.form.region),
  });
}

/** Returns the causes to show: the finding of a probe replaces the likely ones. */
const causesOf = (state: State): AdviceBody | null => state.diagnosis.probing.finding ?? adviceOf(state);

/** Returns the probes that can still be run; none if the cause is certain. */
function probesOf({ form, diagnosis: { failure, probing } }: State): readonly Probe[] {
  if (failure === null || probing.finding?.settles === true) return [];
  const { cause, request } = failure;
  return probesFor(cause, { request, regionLabel: regionLabel(form.region) }).filter(
    ({ kind }) => !probing.asked.includes(kind),
  );
}

/** Returns the field of the credential, which is the likeliest to be wrong. */
const secretField = (state: State): string =>
  credentialsFor(state.form).find((name) => typeof state.form[name] !== 'string') ?? 'secret';

const changeOf = (change: NonNullable<Remedy['change']>): Partial<FormState> =>
  change === 'make-user' ? { type: 'USER' } : { region: change.region };

/** Applies a fix. If the account was found in another region, the confirmation of ADMIN stays valid for it. */
function changedBy(change: NonNullable<Remedy['change']>, form: FormState): FormState {
  const changed = changeForm(form, changeOf(change));
  return change !== 'make-user' && isAdminConfirmed(form)
    ? { ...changed, adminMeantFor: accountToConfirm(changed) }
    : changed;
}

function follow(state: State, { goTo: target, change, field }: Remedy): Transition {
  const changed = change === undefined ? state : { ...state, form: changedBy(change, state.form) };
  if (target === 'retry') return makeKey({ ...changed, making: { ...changed.making, isRetry: true } });
  if (target === 'review' || target === 'code') return stay(goTo(changed, target));
  return stay(openDetour(changed, target, target === 'credentials' ? (field ?? secretField(changed)) : null));
}

const backToReview = (state: State): Transition => stay(goTo(state, 'review'));

function options(state: State): MenuOption[] {
  const remedies = causesOf(state)?.remedies ?? [];
  const hasAnswer = adviceOf(state)?.serverAnswer != null;
  const leadsToReview = remedies.some(({ goTo: target, change }) => target === 'review' && change === undefined);
  return [
    ...remedies.map((remedy, index) => ({
      value: String(index),
      label: remedy.label,
      choose: (now: State) => follow(now, remedy),
    })),
    ...probesOf(state).map((probe) => ({
      value: `probe:${probe.kind}`,
      label: `Find out: ${lowerFirst(probe.question)}`,
      choose: (now: State) =>
        stay(
          goTo(
            { ...now, option: 'ask', diagnosis: { ...now.diagnosis, probing: { ...now.diagnosis.probing, probe } } },
            'probe',
          ),
        ),
    })),
    ...(!hasAnswer
      ? []
      : [{ value: 'answer', label: 'Show the server’s answer', choose: (now: State) => stay(goTo(now, 'answer')) }]),
    ...(leadsToReview ? [] : [{ value: 'review', label: 'Back to the review', choose: backToReview }]),
    ...(state.profileName === null
      ? []
      : [{ value: 'home', label: 'Back to the profiles', choose: (now: State) => stay(goHome(now)) }]),
  ];
}

/** What went wrong, the likely causes, and options that open the step to fix each of them. */
export const failure = menu({
  options,
  view: (state) => {
    const advice = causesOf(state);
    return {
      heading: 'no key was made',
      question: advice?.headline ?? 'No key was made',
      warnings: [
        { tone: 'plain', text: advice?.explanation ?? '' },
        ...(advice?.causes ?? []).map((text) => ({ tone: 'plain' as const, text: `· ${text}` })),
      ],
      help: [
        'Everything that you typed is kept. Each option opens the step where you can fix the cause. From there, Enter goes back to the review.',
        ...(advice?.causes ?? []).map((text) => `· ${text}`),
      ],
      enter: 'go',
      escape: 'back to review',
    };
  },
  back: backToReview,
});
