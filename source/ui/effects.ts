import type { Http } from '../kaltura/api/http.js';
import { textWithKey } from '../kaltura/recipes/next.js';
import { Secret } from '../kaltura/secret.js';
import { newGroupId } from '../kaltura/sessions/group.js';
import type { Stage } from '../kaltura/sign-in/key-request.js';
import { stageText } from '../messages/stage.js';
import { MakeKeyError, makeKeyAt } from '../operations/make-key.js';
import type { PracticeServers } from '../operations/practice-servers.js';
import type { Runtime } from '../operations/runtime.js';
import type { ProfileStore } from '../profiles/store.js';
import type { Clipboard } from '../secrets/clipboard.js';
import { SecretSourceError } from '../secrets/source-error.js';
import type { Effect } from '../wizard/engine/effect.js';
import type { WizardEvent } from '../wizard/engine/event.js';
import type { AppHandle } from './app.js';
import { createProfileEffects } from './profile-effects.js';
import { readProfileSecret } from './read-profile-secret.js';

/** What the wizard needs from outside. */
export interface WizardServices
  extends Pick<Runtime, 'now' | 'wakeIn' | 'randomBytes' | 'openEnvFiles' | 'readEnvAccount' | 'openSecretKeeper'>,
    Pick<Clipboard, 'copy'> {
  readonly http: Http;
  readonly store: ProfileStore;
  readonly practice: PracticeServers;
}

type EffectNamed<Name extends Effect['do']> = Extract<Effect, { do: Name }>;
type Dispatch = (event: WizardEvent) => void;

/** Runs the effects of the wizard. A new request or reading aborts the one before. */
export function createEffects(
  services: WizardServices,
  handle: () => AppHandle,
): (effect: Effect, dispatch: Dispatch) => void {
  const profiles = createProfileEffects(services, services.store);
  let running: AbortController | null = null;
  const abortPrevious = (): AbortSignal => {
    running?.abort();
    running = new AbortController();
    return running.signal;
  };

  async function make(
    { attempt, practice, request }: EffectNamed<'make-key'>,
    dispatch: Dispatch,
    signal: AbortSignal,
  ): Promise<void> {
    const onStage = (stage: Stage): void => dispatch({ type: 'stage', attempt, text: stageText(stage) });
    try {
      const { made: key } = await makeKeyAt(request, practice, { ...services, signal, onStage });
      dispatch({ type: 'made', attempt, key });
    } catch (error) {
      dispatch({ type: 'failed', attempt, failure: error instanceof MakeKeyError ? error.reason : error });
    }
  }

  async function ask(
    { attempt, question }: EffectNamed<'ask'>,
    dispatch: Dispatch,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const { answerTo } = await import('./ask.js');
      dispatch({ type: 'answered', attempt, answer: await answerTo(question, { services, profiles, handle, signal }) });
    } catch (cause) {
      dispatch({ type: 'unanswered', attempt, cause });
    }
  }

  async function readSecret(
    { attempt, profile, what, passphrase }: EffectNamed<'read-secret'>,
    dispatch: Dispatch,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const secret = await readProfileSecret({ profile, what, passphrase, signal, profiles, handle });
      dispatch({ type: 'secret-read', attempt, secret });
    } catch (error) {
      if (!(error instanceof SecretSourceError)) throw error;
      dispatch({ type: 'secret-failed', attempt, error });
    }
  }

  const copy = (text: Secret, isTemporary: boolean, dispatch: Dispatch): Promise<void> =>
    services
      .copy(text, { isTemporary, onCleared: (result) => dispatch({ type: 'clipboard-cleared', result }) })
      .then((report) => dispatch({ type: 'copied', report }));

  return (effect, dispatch) => {
    switch (effect.do) {
      case 'make-key':
        return void make(effect, dispatch, abortPrevious());
      case 'ask':
        return void ask(effect, dispatch, abortPrevious());
      case 'abort':
        return running?.abort();
      case 'open-practice':
        // Nothing is sent to the server yet. An error is shown when a key is made, where the user can act on it.
        services.practice.url('any').then(
          (url) => dispatch({ type: 'practice-opened', url }),
          () => {},
        );
        return;
      case 'create-group-id':
        return dispatch({ type: 'group-id', id: newGroupId(services.randomBytes) });
      case 'show-key':
        return handle().print({ label: effect.label, text: () => effect.ks.reveal(), isCode: false });
      case 'show-text':
        return handle().print({ label: effect.label, text: () => effect.text, isCode: true });
      case 'copy':
        return void copy(effect.text, effect.isTemporary, dispatch);
      case 'show-step':
        return handle().print({
          label: effect.label,
          text: () => textWithKey(effect.step, effect.ks.reveal()),
          isCode: true,
        });
      case 'copy-step':
        return void copy(new Secret(textWithKey(effect.step, effect.ks.reveal())), effect.isTemporary, dispatch);
      case 'read-secret':
        return void readSecret(effect, dispatch, abortPrevious());
      case 'save-profile':
        return void profiles.save(effect, dispatch);
      case 'rename-profile':
        return void profiles.rename(effect, dispatch);
      case 'remove-profile':
        return void profiles.remove(effect, dispatch);
      case 'confirm-source':
        return void profiles.confirm(effect, dispatch);
      case 'find-secret-sources':
        return void profiles.findSources(dispatch);
      case 'quit':
        // The session ends by itself.
        return;
    }
  };
}
