import type { Effect, PracticeUse } from '../engine/effect.js';
import type { Screen, Step } from '../engine/screen.js';
import { goHome, goTo, type State, savedProfiles, stay, type Transition } from '../engine/state.js';
import { type FormState, withFieldValue } from '../form/form.js';
import { usesPracticeAccount } from '../form/practice.js';
import { credentialsFor, requestOf } from '../form/reading.js';
import { address, plainHttp } from './address.js';
import { admin } from './admin.js';
import { catalogue } from './catalogue.js';
import { credentials } from './credentials.js';
import { stepHeading, stepPath } from './heading.js';
import { privileges } from './privileges.js';
import { region } from './region.js';
import { review } from './review.js';
import { signIn, version } from './sign-in.js';
import { type } from './type.js';
import { user } from './user.js';
import { write } from './value.js';

/** The steps, in their order. */
export const STEPS: readonly Step[] = [
  region,
  address,
  plainHttp,
  signIn,
  version,
  credentials,
  type,
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
export function practiceUseOf({ form, setting }: State): PracticeUse | null {
  if (form.region !== 'practice') return null;
  return usesPracticeAccount(form, setting.practiceAccount, credentialsFor(form)) ? 'any' : 'own';
}

/** Creates the key that the form describes. */
export function makeKey(state: State): Transition {
  const attempt = state.attempt + 1;
  const request = requestOf(state.form, state.practiceUrl);
  const effect: Effect = { do: 'make-key', attempt, request, practice: practiceUseOf(state) };
  return stay(goTo({ ...state, attempt, request, secretReading: null, stage: '' }, 'working'), effect);
}

/** The first selected option on a screen whose choice isn't a field of the form. */
const PICKS: Readonly<Partial<Record<Step['id'], string>>> = { 'plain-http': 'https', admin: 'USER' };

const enter = (state: State, screen: Step): State => {
  const isReview = screen.id === 'review';
  const next: State = {
    ...state,
    option: PICKS[screen.id] ?? state.option,
    hasReviewed: state.hasReviewed || isReview,
    detour: isReview ? null : state.detour,
  };
  return goTo(next, screen.id);
};

/** Returns the next step that applies. After the review was shown, skips steps with complete answers. */
function following(from: Step, form: FormState, hasReviewed: boolean): Step {
  const isNeeded = (screen: Step): boolean =>
    screen.isNeeded(form) && (!hasReviewed || screen.step === from.step || !screen.isComplete(form));
  return STEPS.slice(STEPS.indexOf(from) + 1).find(isNeeded) ?? review;
}

/** Returns the first step with missing or invalid answers; the review if there is none. */
export const firstIncomplete = (form: FormState): Step =>
  STEPS.find((screen) => screen.isNeeded(form) && !screen.isComplete(form)) ?? review;

function forward(screen: Step, state: State): Transition {
  const left = screen.leave?.(state) ?? stay(state);
  // The step itself opened another screen, or shows a notice first.
  if (left.state.screen !== state.screen || left.state.notice !== state.notice) return left;
  if (screen === review) {
    const missing = firstIncomplete(left.state.form);
    return missing === review ? makeKey(left.state) : stay(enter(left.state, missing));
  }
  const next = following(screen, left.state.form, left.state.hasReviewed);
  return stay(enter(left.state, next), ...left.effects);
}

function backward(screen: Step, state: State): Transition {
  if (state.detour === screen.id) return stay(enter(state, review));
  // An edited profile was opened from the list.
  if (screen === review && state.returnTo === 'home' && state.profileName !== null) return stay(goHome(state));
  const before = STEPS.slice(0, STEPS.indexOf(screen)).findLast((other) => other.isNeeded(state.form));
  if (before !== undefined) return stay(enter(state, before));
  if (savedProfiles(state).length > 0) return stay(goHome(state));
  return stay(goTo({ ...state, returnTo: screen.id, option: 'stay' }, 'quit'));
}

/** Converts a step to a screen: adds the heading, the path, and how to continue and go back. */
export const asScreen = (screen: Step): Screen => ({
  view: (state) => ({
    heading: stepHeading(screen.step),
    path: stepPath(state.form, screen.step),
    ...screen.view(state),
  }),
  set: (state, control, value) => {
    if (control === 'option') return { ...state, option: String(value) };
    return screen.set?.(state, control, value) ?? { ...state, form: withFieldValue(state.form, control, value) };
  },
  submit: (state) => forward(screen, state),
  back: (state) => backward(screen, state),
  act: (state, action) => screen.act?.(state, action) ?? stay(state),
});
