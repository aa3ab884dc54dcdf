import { hasOnlyPracticeCredentials } from '../../kaltura/accounts/practice-account.js';
import { caution } from '../../messages/paragraph.js';
import type { Effect, PracticeUse } from '../engine/effect.js';
import type { StepScreen } from '../engine/screen.js';
import type { StepId } from '../engine/screen-id.js';
import {
  backToEarlierKey,
  changeState,
  goHome,
  goTo,
  type Notice,
  openDetour,
  type State,
  savedProfiles,
  stay,
  type Transition,
} from '../engine/state.js';
import type { FormState } from '../form/form.js';
import { outdatedProfile } from '../form/profile.js';
import { lastStepOf } from '../form/purpose.js';
import { requestOf } from '../form/reading.js';
import { fetchSecretForKey, profileWithSecret } from '../profiles/fetch-secret.js';
import { catalogue } from './catalogue.js';
import { credentials } from './credentials.js';
import { privileges } from './privileges.js';
import { purpose, useCase } from './purpose.js';
import { address, plainHttp, region } from './region.js';
import { review } from './review.js';
import { signIn, version } from './sign-in.js';
import { admin, type } from './type.js';
import { user } from './user.js';
import { write } from './value.js';
import { values } from './values.js';
import { vendor } from './vendor.js';

/** The steps, in their order. */
export const STEPS: readonly StepScreen[] = [
  region,
  address,
  plainHttp,
  signIn,
  version,
  credentials,
  purpose,
  useCase,
  values,
  type,
  vendor,
  admin,
  user,
  privileges,
  catalogue,
  write,
  review,
];

/**
 * Decides which practice server to use; null for a real server. Any program can use the practice port, so typed values are sent only to our
 * own server.
 */
export function practiceUseOf({ form }: State): PracticeUse | null {
  if (form.region !== 'practice') return null;
  return hasOnlyPracticeCredentials(requestOf(form, null).signIn) ? 'any' : 'own';
}

/** Creates the key that the form describes. */
export function makeKey(state: State): Transition {
  const attempt = state.waiting.attempt + 1;
  const request = requestOf(state.form, state.practiceUrl);
  const effect: Effect = { do: 'make-key', attempt, request, practice: practiceUseOf(state) };
  return stay(
    goTo(state, 'working', {
      waiting: { attempt, stage: '' },
      making: { request },
      profileFlow: { secretReading: null },
    }),
    effect,
  );
}

const isNeeded = ({ step }: StepScreen, form: FormState): boolean => step.isNeeded?.(form) ?? true;

const isComplete = ({ step }: StepScreen, form: FormState): boolean => step.isComplete?.(form) ?? true;

function enter(state: State, { step: { id } }: StepScreen): State {
  const next: State = { ...state, option: '' };
  if (id === 'review') return goTo(next, id, { making: { hasReviewed: true, detour: null, answersOnReview: null } });
  return goTo(id === 'vendor' ? changeState(next, { making: { detour: null, answersOnReview: null } }) : next, id);
}

const lastStep = (form: FormState): StepScreen => (lastStepOf(form) === 'vendor' ? vendor : review);

/** Returns the next step that is needed. After the review was shown, skips steps with complete answers. */
function nextStep(from: StepScreen, form: FormState, hasReviewed: boolean): StepScreen {
  const isOpen = (screen: StepScreen): boolean =>
    !hasReviewed || screen.step.number === from.step.number || !isComplete(screen, form);
  const later = STEPS.slice(STEPS.indexOf(from) + 1);
  return later.find((screen) => isNeeded(screen, form) && isOpen(screen)) ?? lastStep(form);
}

const firstIncompleteScreen = (form: FormState): StepScreen =>
  STEPS.find((screen) => isNeeded(screen, form) && !isComplete(screen, form)) ?? lastStep(form);

/** Returns the first step with missing or invalid answers; the review if there is none. */
export const firstIncomplete = (form: FormState): StepId => firstIncompleteScreen(form).step.id;

/** Checks whether the answers of these steps are complete. */
export const areComplete = (form: FormState, isConcerned: (step: StepId) => boolean): boolean =>
  STEPS.every((screen) => !isConcerned(screen.step.id) || !isNeeded(screen, form) || isComplete(screen, form));

/** Handles Enter on a step: continues with the next one, or creates the key after the last one. */
export function continueFrom(screen: StepScreen, state: State): Transition {
  const { state: next, effects } = screen.submit?.(state) ?? stay(state);
  // The step itself opened another screen, or shows a notice first.
  if (next.screen !== state.screen || next.notice !== state.notice) return { state: next, effects };
  if (screen !== review && screen !== vendor) {
    const { hasReviewed, detour } = next.making;
    return stay(enter(next, nextStep(screen, next.form, hasReviewed || detour === screen.step.id)), ...effects);
  }
  const missing = firstIncompleteScreen(next.form);
  const profile = missing === credentials ? profileWithSecret(next) : undefined;
  const isRestComplete = areComplete(next.form, (step) => step !== 'credentials' && step !== 'review');
  if (profile !== undefined && isRestComplete) return fetchSecretForKey(next, profile);
  return missing === screen ? makeKey(next) : stay(enter(next, missing));
}

const UNSAVED: Notice = caution(
  'The profile doesn’t have your changes yet. Press Ctrl+S to save them, or Esc again to discard them.',
);

/** Handles Esc on a step. */
export function goBackFrom(screen: StepScreen, state: State): Transition {
  // The review opens the type directly: the list of purposes is behind it.
  if (state.making.detour === 'type' && screen === type) return stay(openDetour(state, 'purpose'));
  if (state.making.detour === screen.step.id) {
    const form = state.making.answersOnReview ?? state.form;
    return stay(enter({ ...state, form }, lastStep(form)));
  }
  // A profile was opened from the list, to edit it or to create a key.
  if (screen === review && state.profileName !== null && state.key === null) {
    return outdatedProfile(state) !== undefined && state.notice !== UNSAVED
      ? stay({ ...state, notice: UNSAVED })
      : stay(goHome(state));
  }
  // A use case makes the step of the privileges unnecessary, but the review can open it.
  const isOnPath = (other: StepScreen): boolean => isNeeded(other, state.form) || other.step.id === state.making.detour;
  const before = STEPS.slice(0, STEPS.indexOf(screen)).findLast(isOnPath);
  if (before !== undefined) return stay(enter(state, before));
  if (savedProfiles(state).length > 0) return stay(goHome(state));
  if (state.earlierKey !== null) return stay(backToEarlierKey(state, state.earlierKey));
  return stay(goTo(state, 'quit', { returnTo: screen.step.id, option: 'stay' }));
}
