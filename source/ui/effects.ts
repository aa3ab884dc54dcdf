import type { Http } from '../kaltura/api/http.js';
import { Secret } from '../kaltura/secret.js';
import { stageText } from '../messages/probe.js';
import { MakeKeyError, makeKeyAt } from '../operations/make-key.js';
import type { PracticeServers } from '../operations/practice-servers.js';
import type { Clipboard, Runtime } from '../operations/runtime.js';
import { confirmSource } from '../profiles/confirm-source.js';
import type { Profile } from '../profiles/profile.js';
import { type ProfileStore, ProfileStoreError } from '../profiles/store.js';
import { SecretSourceError } from '../secrets/source-error.js';
import type { Effect, Ending } from '../wizard/engine/effect.js';
import type { WizardEvent } from '../wizard/engine/event.js';
import type { AppHandle } from './app.js';
import { createSaving } from './saving.js';

/** What the wizard needs from outside. */
export interface WizardServices
  extends Pick<Runtime, 'now' | 'randomBytes' | 'openEnvFiles' | 'openSecretKeeper'>,
    Clipboard {
  readonly http: Http;
  readonly store: ProfileStore;
  readonly practice: PracticeServers;
}

/** What went wrong with what is saved, in a sentence for the person; null for what nobody foresaw. */
function reasonOf(error: unknown): string | null {
  if (error instanceof SecretSourceError) return `${error.message} ${error.remedy}`;
  return error instanceof ProfileStoreError ? error.message : null;
}

type Dispatch = (event: WizardEvent) => void;

/** Does what the wizard wants done, one attempt at a key at a time. */
export function createEffects(
  services: WizardServices,
  handle: () => AppHandle,
  onEnd: (how: Ending) => void,
): (effect: Effect, dispatch: Dispatch) => void {
  let running: AbortController | null = null;
  const saving = createSaving(services);

  async function make(effect: Extract<Effect, { do: 'make-key' }>, dispatch: Dispatch): Promise<void> {
    const { attempt, practice } = effect;
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const { made: key } = await makeKeyAt(effect.request, practice, {
        ...services,
        signal,
        onStage: (stage) => dispatch({ type: 'stage', attempt, text: stageText(stage) }),
      });
      dispatch({ type: 'made', attempt, key });
    } catch (error) {
      dispatch({ type: 'failed', attempt, failure: error instanceof MakeKeyError ? error.reason : error });
    }
  }

  async function ask({ attempt, question }: Extract<Effect, { do: 'ask' }>, dispatch: Dispatch): Promise<void> {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const { answerTo } = await import('./ask.js');
      const answer = await answerTo(question, { services, saving, signal });
      dispatch({ type: 'answered', attempt, answer });
    } catch (cause) {
      dispatch({ type: 'unanswered', attempt, cause });
    }
  }

  async function confirm(
    { attempt, profile: shown }: Extract<Effect, { do: 'confirm-source' }>,
    dispatch: Dispatch,
  ): Promise<void> {
    let profile: Profile | null = null;
    let reason = '';
    try {
      profile = await confirmSource(shown, services.store);
    } catch (error) {
      const known = reasonOf(error);
      if (known === null) throw error;
      reason = known;
    }
    const loaded = await services.store.load().catch(() => null);
    dispatch({ type: 'source-confirmed', attempt, profile, reason, profiles: loaded?.profiles ?? null });
  }

  async function changeProfiles(
    /** A text that it returns is added to the notice. */
    change: () => Promise<unknown>,
    told: { readonly notice: string; readonly name: string | null; readonly backTo: 'home' | 'result' },
    dispatch: Dispatch,
  ): Promise<void> {
    try {
      const remark = await change();
      const notice = typeof remark === 'string' ? `${told.notice} ${remark}` : told.notice;
      const { profiles, troubles } = await services.store.load();
      dispatch({ type: 'profiles', profiles, troubles, ...told, notice });
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      const loaded = await services.store.load().catch(() => null);
      dispatch({ type: 'profiles-failed', reason, profiles: loaded?.profiles ?? null });
    }
  }

  return (effect, dispatch) => {
    switch (effect.do) {
      case 'make-key':
        void make(effect, dispatch);
        return;
      case 'ask':
        void ask(effect, dispatch);
        return;
      case 'abort':
        running?.abort();
        return;
      case 'open-practice':
        // Nothing is sent to it yet.
        services.practice.url('any').then(
          (url) => dispatch({ type: 'practice-opened', url }),
          // Said when the key is made, where something can be done about it.
          () => {},
        );
        return;
      case 'show-key':
        handle().writeAbove(`${effect.ks.reveal()}\n`, effect.what);
        return;
      case 'show-text':
        handle().writeAbove(`${effect.text}\n`, 'code');
        return;
      case 'copy':
      case 'copy-text': {
        const text = effect.do === 'copy' ? effect.ks : new Secret(effect.text);
        void services.copy(text).then((report) => dispatch({ type: 'copied', report }));
        return;
      }
      case 'save-profile': {
        const { profile, backTo } = effect;
        const place = services.store.fileOf(profile.name);
        const notice = `✔ Saved “${profile.name}” in ${place}${profile.keptKey === null ? '' : ', with the key'}.`;
        void changeProfiles(() => saving.save(effect), { notice, name: profile.name, backTo }, dispatch);
        return;
      }
      case 'find-secret-sources':
        void saving.look().then((sources) => dispatch({ type: 'secret-sources', sources }));
        return;
      case 'read-secret': {
        const { attempt } = effect;
        running?.abort();
        running = new AbortController();
        const { signal } = running;
        const read = () => saving.read(effect, signal);
        const isProgram = effect.profile.secretPlace.kind === 'command';
        (isProgram ? handle().suspend(read) : read()).then(
          (secret) => dispatch({ type: 'secret-read', attempt, secret }),
          (error) => {
            if (!(error instanceof SecretSourceError)) throw error;
            dispatch({ type: 'secret-failed', attempt, error });
          },
        );
        return;
      }
      case 'confirm-source':
        void confirm(effect, dispatch);
        return;
      case 'rename-profile': {
        const told = { notice: `✔ Renamed to “${effect.to}”.`, name: effect.to, backTo: 'home' as const };
        void changeProfiles(() => saving.rename(effect.from, effect.to), told, dispatch);
        return;
      }
      case 'remove-profile': {
        const told = { notice: `✔ Deleted “${effect.name}”.`, name: null, backTo: 'home' as const };
        void changeProfiles(() => saving.remove(effect.name), told, dispatch);
        return;
      }
      case 'quit':
        onEnd(effect.how);
        return;
    }
  };
}
