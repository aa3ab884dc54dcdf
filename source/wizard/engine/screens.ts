import { createdToken } from '../app-tokens/created.js';
import { needsAdmin } from '../app-tokens/needs-admin.js';
import { newToken } from '../app-tokens/new-token.js';
import { token, tokens } from '../app-tokens/tokens.js';
import { vendorToken } from '../app-tokens/vendor-token.js';
import { explainErrorScreen } from '../diagnosis/explain-error.js';
import { answer, failure } from '../diagnosis/failure.js';
import { findRegion } from '../diagnosis/find-region.js';
import { pasteError } from '../diagnosis/paste-error.js';
import { probe } from '../diagnosis/probe.js';
import { regions } from '../diagnosis/regions.js';
import { check, lookUp } from '../key/check.js';
import { end } from '../key/end.js';
import { envFile } from '../key/env-file.js';
import { explain } from '../key/explain.js';
import { keyRegion, openKey } from '../key/explain-questions.js';
import { found } from '../key/found.js';
import { nextStepScreen } from '../key/next-step.js';
import { paste } from '../key/paste.js';
import { result } from '../key/result.js';
import { next, use } from '../key/use.js';
import { confirmSource } from '../profiles/confirm-source.js';
import { home } from '../profiles/home.js';
import { remove, rename } from '../profiles/rename-and-remove.js';
import { save } from '../profiles/save.js';
import { passphrase, quick, savedKey } from '../profiles/use-profile-screens.js';
import { code } from '../steps/code.js';
import { stepHeading, stepPath } from '../steps/heading.js';
import { continueFrom, goBackFrom, STEPS } from '../steps/steps.js';
import { value } from '../steps/value.js';
import type { Screen, StepScreen } from './screen.js';
import type { ScreenId, StepId } from './screen-id.js';
import { type State, stay, type Transition } from './state.js';
import type { View } from './view.js';
import { asking, quit, working } from './waiting.js';

const OTHERS: Readonly<Record<Exclude<ScreenId, StepId>, Screen>> = {
  home,
  'saved-key': savedKey,
  quick,
  passphrase,
  'confirm-source': confirmSource,
  rename,
  remove,
  value,
  working,
  code,
  failure,
  answer,
  result,
  save,
  quit,
  asking,
  next,
  paste,
  explain,
  'open-key': openKey,
  'key-region': keyRegion,
  check,
  'look-up': lookUp,
  found,
  use,
  'next-step': nextStepScreen,
  'env-file': envFile,
  end,
  tokens,
  token,
  'new-token': newToken,
  'created-token': createdToken,
  'needs-admin': needsAdmin,
  'vendor-token': vendorToken,
  'find-region': findRegion,
  regions,
  probe,
  'paste-error': pasteError,
  'explain-error': explainErrorScreen,
};

const ALL = new Map<ScreenId, Screen>([
  ...STEPS.map((screen) => [screen.step.id, screen] as const),
  ...(Object.entries(OTHERS) as [ScreenId, Screen][]),
]);

export const screenOf = (id: ScreenId): Screen => ALL.get(id) as Screen;

const isStep = (screen: Screen): screen is StepScreen => screen.step !== undefined;

/** Returns what the current screen shows. */
export function viewOf(state: State): View {
  const screen = screenOf(state.screen);
  const view = { heading: '', ...screen.view(state) };
  if (!isStep(screen)) return view;
  const { number } = screen.step;
  return { ...view, heading: stepHeading(state.form, number), path: stepPath(state.form, number) };
}

/** Handles Enter on the current screen. */
export function submit(state: State): Transition {
  const screen = screenOf(state.screen);
  return isStep(screen) ? continueFrom(screen, state) : (screen.submit?.(state) ?? stay(state));
}

/** Handles Esc on the current screen. */
export function goBack(state: State): Transition {
  const screen = screenOf(state.screen);
  return screen.back?.(state) ?? (isStep(screen) ? goBackFrom(screen, state) : stay(state));
}
