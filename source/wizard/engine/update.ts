import { ApiError } from '../../kaltura/api/errors.js';
import { isAborted } from '../../kaltura/api/http.js';
import { formatTime } from '../../kaltura/lifetime.js';
import { Secret } from '../../kaltura/secret.js';
import { caution } from '../../messages/paragraph.js';
import { describeTokenForVendor } from '../app-tokens/vendor-key.js';
import { startProbing } from '../diagnosis/diagnosing.js';
import { withoutEnvSecret } from '../form/env-account.js';
import { changeForm, EMPTY_FORM } from '../form/form.js';
import { lastStepOf, recipeUseOf } from '../form/purpose.js';
import { withNewSessionGroup } from '../form/session-group.js';
import { startAnew } from '../form/start-anew.js';
import { presentKey } from '../key/subject.js';
import { afterConfirmation } from '../profiles/confirm-source.js';
import { withKnownSources } from '../profiles/move-secret.js';
import { secretFailed, secretRead } from '../profiles/secret-read.js';
import { clearedNotice, copyNotice } from './clipboard-notice.js';
import type { Effect } from './effect.js';
import type { WizardEvent } from './event.js';
import type { Answer } from './question.js';
import type { Screen } from './screen.js';
import { goBack, screenOf, submit } from './screens.js';
import { changeState, goHome, goTo, type Notice, type State, savedProfiles, stay, type Transition } from './state.js';

function failed(state: State, cause: unknown): Transition {
  if (isAborted(cause)) return stay(goTo(state, lastStepOf(state.form)));
  if (cause instanceof ApiError && (cause.code === 'MISSING_OTP' || cause.code === 'INVALID_OTP')) {
    const isFirst = cause.code === 'MISSING_OTP';
    const code =
      isFirst && state.form.region === 'practice'
        ? new Secret(state.setting.practiceAccount.currentCode(state.now))
        : EMPTY_FORM.code;
    const form = changeForm(state.form, { code });
    return stay(goTo(state, 'code', { form, making: { isCodeRefused: !isFirst } }));
  }
  const request = state.making.request;
  if (request === null) return stay(goTo(state, lastStepOf(state.form)));
  const failure = { cause, request };
  const shown = goTo(state, 'failure', {
    failure,
    probing: startProbing(state, failure),
    option: '0',
    making: { isRetry: false },
  });
  if (!state.making.isRetry) return stay(shown);
  const text = `Tried again (${formatTime(state.now / 1000, state.now / 1000)}).`;
  return stay({ ...shown, notice: caution(text) });
}

/** Passes the answer to the screen that asked. */
function answerReceived(state: State, { to, is }: Answer): Transition {
  if (state.waiting.lastQuestion === null) return stay(state);
  const asker = goTo(state, state.waiting.lastQuestion.by);
  const receive = screenOf(asker.screen).receive?.[to] as ((state: State, answer: typeof is) => Transition) | undefined;
  return receive?.(asker, is) ?? stay(asker);
}

function answerFailed(state: State, cause: unknown): Transition {
  if (state.waiting.lastQuestion === null) return stay(state);
  return stay(goTo(state, state.waiting.lastQuestion.by, { waiting: { unanswered: { cause } } }));
}

const SAVING: readonly Effect['do'][] = ['save-profile', 'rename-profile', 'remove-profile'];

const markSaving = ({ state, effects }: Transition): Transition =>
  effects.some((effect) => SAVING.includes(effect.do))
    ? { state: changeState(state, { profileFlow: { isSaving: true } }), effects }
    : { state, effects };

function profilesChanged(state: State, event: Extract<WizardEvent, { type: 'profiles' }>): State {
  const next: State = {
    ...(event.isSecretMoved === true ? withoutEnvSecret(state) : state),
    profiles: event.profiles,
    troubles: event.troubles,
    defaultName: event.defaultName,
    profileName: event.name,
  };
  const notice: Notice = {
    tone: event.isSecretMoved === false ? 'caution' : 'good',
    text: event.notice,
    ...(event.command === undefined ? {} : { command: event.command }),
  };
  // The user has already moved on: stay on the current screen.
  if (!['save', 'rename', 'remove', 'home', 'result'].includes(state.screen))
    return { ...next, profileName: state.profileName, notice };
  if (event.backTo === 'result') return goTo(next, 'result', { notice });
  // Home needs at least one profile.
  return { ...(savedProfiles(event).length === 0 ? startAnew(next) : goHome(next)), notice };
}

/** Says that a pasted text was not used, and where a key can be explained. */
const notPasted = ({ paste }: Screen): Notice =>
  caution(
    paste === undefined
      ? 'Nothing was pasted here. To explain a key, press i on the first screen.'
      : 'Nothing was pasted: the text has no session key and no error code.',
  );

/** Returns the next state, and the effects to run, after an event at `now` (epoch milliseconds). */
export function update(before: State, event: WizardEvent, now: number): Transition {
  const state: State = { ...before, now, isCountdownStopped: event.type === 'tick' && event.isLast };
  // The result of an abandoned attempt.
  if ('attempt' in event && event.attempt !== state.waiting.attempt) return stay(state);
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
    case 'pasted':
      return screen.paste?.(state, event.text) ?? stay({ ...state, notice: notPasted(screen) });
    case 'set':
      return stay(screen.set?.(state, event.control, event.value) ?? state);
    case 'stage':
      return stay(changeState(state, { waiting: { stage: event.text } }));
    case 'made': {
      const { request } = state.making;
      if (request === null) return stay(state);
      // The code was used and must not be sent again for the next key.
      const form = changeForm(state.form, { code: EMPTY_FORM.code });
      const key = { made: event.key, request, recipe: recipeUseOf(form), asOf: now / 1000 };
      const next = changeState(state, { form, making: { isCodeRefused: false, isRetry: false } });
      return form.purpose === 'vendor' ? describeTokenForVendor(next, key) : presentKey(next, key, 'show');
    }
    case 'failed':
      return failed(state, event.failure);
    case 'secret-read':
      return secretRead(state, event.secret);
    case 'secret-failed':
      return secretFailed(state, event.error);
    case 'source-confirmed':
      return afterConfirmation(state, event);
    case 'answered':
      return answerReceived(state, event.answer);
    case 'unanswered':
      return answerFailed(state, event.cause);
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
      return stay(profilesChanged(changeState(state, { profileFlow: { isSaving: false } }), event));
    case 'profiles-failed':
      return stay(
        changeState(state, {
          profileFlow: { isSaving: false },
          profiles: event.profiles ?? state.profiles,
          notice: caution(event.reason),
        }),
      );
  }
}
