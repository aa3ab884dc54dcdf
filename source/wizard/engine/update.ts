import { ApiError } from '../../kaltura/api/errors.js';
import { isAborted } from '../../kaltura/api/http.js';
import { formatTime } from '../../kaltura/lifetime.js';
import { Secret } from '../../kaltura/secret.js';
import type { EnvAccount } from '../../profiles/env-account.js';
import type { LoadedProfiles, ProfilesWithDefault } from '../../profiles/store.js';
import type { SecretSourceError } from '../../secrets/source-error.js';
import { describeTokenForVendor } from '../app-tokens/vendor-key.js';
import { NO_TOKEN_WORK } from '../app-tokens/work.js';
import { NO_DIAGNOSIS } from '../diagnosis/diagnosing.js';
import { startProbing } from '../diagnosis/earlier-answers.js';
import { ENV_ACCOUNT, withoutEnvSecret } from '../form/env-account.js';
import { changeForm, EMPTY_FORM } from '../form/form.js';
import { lastStepOf, recipeUseOf } from '../form/purpose.js';
import { secretFieldOf, specOf } from '../form/reading.js';
import { EMPTY_SOURCE_FORM } from '../form/secret-source.js';
import { withNewSessionGroup } from '../form/session-group.js';
import { startAnew } from '../form/start-anew.js';
import { NO_INSPECTION, NO_KEY_USE } from '../key/key-use.js';
import { presentKey, serverOfForm } from '../key/subject.js';
import { isKeyRevoked } from '../key/summary.js';
import { afterConfirmation } from '../profiles/confirm-source.js';
import { withKnownSources } from '../profiles/move-secret.js';
import { NEW_PROFILE_FLOW } from '../profiles/profile-flow.js';
import { profileInUse } from '../profiles/use-profile.js';
import { NEW_KEY_MAKING } from '../steps/key-making.js';
import { makeKey } from '../steps/steps.js';
import { NOT_WAITING } from './ask.js';
import type { CopyReport, Effect } from './effect.js';
import type { WizardEvent } from './event.js';
import type { Answer } from './question.js';
import { goBack, screenOf, submit } from './screens.js';
import {
  goHome,
  goTo,
  inFlow,
  NEW_KEY,
  type Notice,
  type Setting,
  type State,
  savedProfiles,
  stay,
  type Transition,
} from './state.js';

/** Returns the first state: Home if there are saved profiles, else the first step, with the account of `.env` or practice selected. */
export function initialState(
  setting: Setting,
  { profiles, troubles, defaultName = null }: LoadedProfiles & Partial<ProfilesWithDefault>,
  now: number,
  envAccount: EnvAccount | null = null,
): State {
  const [first] = savedProfiles({ profiles, troubles });
  return {
    screen: first === undefined ? 'region' : 'home',
    visit: 0,
    focusOn: null,
    setting,
    now,
    isCountdownStopped: false,
    notice: null,
    option: first === undefined && envAccount !== null ? ENV_ACCOUNT : '',
    returnTo: 'region',
    profiles,
    troubles,
    defaultName,
    envAccount,
    profileName: null,
    form: { ...EMPTY_FORM, region: first === undefined ? 'practice' : EMPTY_FORM.region },
    practiceUrl: null,
    key: null,
    keyCount: 0,
    lastKs: null,
    subject: 'key',
    waiting: NOT_WAITING,
    making: NEW_KEY_MAKING,
    profileFlow: { ...NEW_PROFILE_FLOW, selectedProfile: first?.name ?? NEW_KEY },
    inspection: NO_INSPECTION,
    keyUse: NO_KEY_USE,
    tokens: NO_TOKEN_WORK,
    diagnosis: NO_DIAGNOSIS,
  };
}

/** Explains how to copy by hand what could not be copied. */
function manualCopyHint(screen: State['screen'], isShown: boolean): string {
  if (screen === 'use') return 'press Enter to see the code, and select it';
  if (screen === 'vendor-token') return 'select it in the lines above';
  if (screen === 'created-token') return 'select the value above';
  return isShown ? 'select the key above (v prints it again)' : 'press v to print the key, and select it';
}

const clearingText = (seconds: number | undefined): string =>
  seconds === undefined ? '' : ` It is removed from the clipboard after ${seconds} seconds, or when you quit.`;

/** Describes the result of a copy, without claiming more than is known. */
export function copyNotice(report: CopyReport, state: State): Notice {
  const { screen, key } = state;
  const otherwise = manualCopyHint(screen, key?.isShown ?? false);
  if (report.how !== 'nothing' && screen === 'result' && isKeyRevoked(state)) {
    return { tone: 'caution', text: 'Copied, but this key is revoked: the server refuses it.' };
  }
  switch (report.how) {
    case 'tool':
      return {
        tone: 'good',
        text: `✔ Copied (${report.tool}).${clearingText(report.clearsAfter)}`,
        ...(report.clearsAfter === undefined ? {} : { isUntilCleared: true }),
      };
    case 'terminal': {
      const through = report.through === null ? '' : ` through ${report.through}`;
      return {
        tone: 'good',
        text: `Sent to your terminal’s clipboard (OSC 52${through}). If pasting gives nothing, ${otherwise}.`,
      };
    }
    case 'nothing':
      return { tone: 'caution', text: `Not copied: ${report.why}. Instead, ${otherwise}.` };
  }
}

/** Returns the notice after the time of a temporary copy. What doesn't matter to the user replaces no other notice. */
function clearedNotice(result: Extract<WizardEvent, { type: 'clipboard-cleared' }>['result'], notice: Notice | null) {
  if (result === 'failed') {
    const text = 'The key could not be removed from the clipboard. Copy another text to replace it.';
    return { tone: 'caution', text } as const;
  }
  if (notice?.isUntilCleared !== true) return notice;
  return result === 'cleared' ? ({ tone: 'good', text: '✔ The key was removed from the clipboard.' } as const) : null;
}

function failed(state: State, cause: unknown): Transition {
  if (isAborted(cause)) return stay(goTo(state, lastStepOf(state.form)));
  if (cause instanceof ApiError && (cause.code === 'MISSING_OTP' || cause.code === 'INVALID_OTP')) {
    const isFirst = cause.code === 'MISSING_OTP';
    const code =
      isFirst && state.form.region === 'practice'
        ? new Secret(state.setting.practiceAccount.currentCode(state.now))
        : EMPTY_FORM.code;
    const form = changeForm(state.form, { code });
    return stay(goTo({ ...state, form, making: { ...state.making, isCodeRefused: !isFirst } }, 'code'));
  }
  const request = state.making.request;
  if (request === null) return stay(goTo(state, lastStepOf(state.form)));
  const failure = { cause, request };
  const shown = goTo(
    {
      ...state,
      diagnosis: { ...state.diagnosis, failure, probing: startProbing(state, failure) },
      option: '0',
      making: { ...state.making, isRetry: false },
    },
    'failure',
  );
  if (!state.making.isRetry) return stay(shown);
  const text = `Tried again (${formatTime(state.now / 1000, state.now / 1000)}).`;
  return stay({ ...shown, notice: { tone: 'caution', text } });
}

/** Continues with a secret that was read: creates a key, copies it, or shows it. */
function secretRead(state: State, secret: Secret): Transition {
  const {
    profileFlow: { secretReading },
  } = state;
  const profile = profileInUse(state);
  if (secretReading === null || profile === undefined) return stay(goHome(state));
  const next: State = inFlow(state, 'profileFlow', { secretReading: null, source: EMPTY_SOURCE_FORM });
  if (secretReading.for === 'make') {
    return makeKey({ ...next, form: changeForm(next.form, { [secretFieldOf(next.form)]: secret }) });
  }
  if (profile.savedKey === null) return stay(goHome(next));
  const made = { ...profile.savedKey, ks: secret };
  const isShown = secretReading.for === 'show';
  const madeFor = specOf(next.form);
  return presentKey(
    next,
    {
      made,
      request: null,
      madeFor,
      recipe: profile.recipe,
      asOf: profile.savedAt,
      isShown,
      server: serverOfForm(next.form),
    },
    secretReading.for,
  );
}

/** Handles a secret source that failed: asks for the passphrase or the secret again, or offers a new key in place of a saved one. */
function secretFailed(state: State, error: SecretSourceError): Transition {
  const trouble = `${error.message} ${error.remedy}`;
  const next: State = inFlow(state, 'profileFlow', { source: EMPTY_SOURCE_FORM });
  if (error.fault === 'wrong-passphrase')
    return stay(inFlow(goTo(next, 'passphrase'), 'profileFlow', { sourceProblem: trouble }));
  const back =
    state.profileFlow.secretReading?.what === 'key'
      ? goTo({ ...next, option: 'new' }, 'saved-key')
      : goTo(next, 'quick');
  return stay({
    ...back,
    profileFlow: { ...back.profileFlow, secretReading: null },
    notice: { tone: 'caution', text: trouble },
  });
}

/** Passes the answer to the screen that asked. */
function answerReceived(state: State, answer: Answer): Transition {
  if (state.waiting.lastQuestion === null) return stay(state);
  const asker = goTo(state, state.waiting.lastQuestion.by);
  return screenOf(asker.screen).receive?.(asker, answer) ?? stay(asker);
}

function answerFailed(state: State, cause: unknown): Transition {
  if (state.waiting.lastQuestion === null) return stay(state);
  return stay({ ...goTo(state, state.waiting.lastQuestion.by), waiting: { ...state.waiting, unanswered: { cause } } });
}

const SAVING: readonly Effect['do'][] = ['save-profile', 'rename-profile', 'remove-profile'];

const markSaving = ({ state, effects }: Transition): Transition =>
  effects.some((effect) => SAVING.includes(effect.do))
    ? { state: inFlow(state, 'profileFlow', { isSaving: true }), effects }
    : { state, effects };

function profilesChanged(state: State, event: Extract<WizardEvent, { type: 'profiles' }>): State {
  const next: State = {
    ...(event.isSecretMoved === true ? withoutEnvSecret(state) : state),
    profiles: event.profiles,
    troubles: event.troubles,
    defaultName: event.defaultName,
    profileName: event.name,
  };
  const notice: Notice = { tone: event.isSecretMoved === false ? 'caution' : 'good', text: event.notice };
  // The user has already moved on: stay on the current screen.
  if (!['save', 'rename', 'remove', 'home', 'result'].includes(state.screen))
    return { ...next, profileName: state.profileName, notice };
  if (event.backTo === 'result') return { ...goTo(next, 'result'), notice };
  // Home needs at least one profile.
  return { ...(savedProfiles(event).length === 0 ? startAnew(next) : goHome(next)), notice };
}

/** Returns the next state, and the effects to run, after an event at `now` (epoch milliseconds). */
export function update(before: State, event: WizardEvent, now: number): Transition {
  const state: State = { ...before, now, isCountdownStopped: event.type === 'tick' && event.isLast };
  const screen = screenOf(state.screen);
  switch (event.type) {
    case 'cancel':
      return stay(state, { do: 'abort' }, { do: 'quit', how: 'cancelled' });
    case 'tick':
      return stay(state);
    case 'back':
      return goBack(state);
    case 'submit':
      return state.profileFlow.isSaving ? stay(state) : markSaving(submit(state));
    case 'act':
      return screen.act?.(state, event.action) ?? stay(state);
    case 'set':
      return stay(screen.set?.(state, event.control, event.value) ?? state);
    case 'stage':
      return stay(event.attempt === state.waiting.attempt ? inFlow(state, 'waiting', { stage: event.text }) : state);
    case 'made': {
      if (event.attempt !== state.waiting.attempt || state.making.request === null) return stay(state);
      // The code was used and must not be sent again for the next key.
      const form = changeForm(state.form, { code: EMPTY_FORM.code });
      const madeFor = specOf(state.form);
      const key = {
        made: event.key,
        request: state.making.request,
        madeFor,
        recipe: recipeUseOf(state.form),
        asOf: now / 1000,
        isShown: true,
        server: serverOfForm(state.form),
      };
      const next: State = { ...state, form, making: { ...state.making, isCodeRefused: false, isRetry: false } };
      return form.purpose === 'vendor' ? describeTokenForVendor(next, key) : presentKey(next, key, 'show');
    }
    case 'failed':
      return event.attempt === state.waiting.attempt ? failed(state, event.failure) : stay(state);
    case 'secret-read':
      return event.attempt === state.waiting.attempt ? secretRead(state, event.secret) : stay(state);
    case 'secret-failed':
      return event.attempt === state.waiting.attempt ? secretFailed(state, event.error) : stay(state);
    case 'source-confirmed':
      return event.attempt === state.waiting.attempt ? afterConfirmation(state, event) : stay(state);
    case 'answered':
      return event.attempt === state.waiting.attempt ? answerReceived(state, event.answer) : stay(state);
    case 'unanswered':
      return event.attempt === state.waiting.attempt ? answerFailed(state, event.cause) : stay(state);
    case 'secret-sources':
      return stay(withKnownSources(state, event.sources));
    case 'practice-opened':
      return stay({ ...state, practiceUrl: event.url });
    case 'group-id':
      return stay(withNewSessionGroup(state, event.id));
    case 'copied':
      return stay({ ...state, notice: copyNotice(event.report, state) });
    case 'clipboard-cleared':
      return stay({ ...state, notice: clearedNotice(event.result, state.notice) });
    case 'profiles':
      return stay(profilesChanged(inFlow(state, 'profileFlow', { isSaving: false }), event));
    case 'profiles-failed':
      return stay({
        ...state,
        profileFlow: { ...state.profileFlow, isSaving: false },
        profiles: event.profiles ?? state.profiles,
        notice: { tone: 'caution', text: event.reason },
      });
  }
}
