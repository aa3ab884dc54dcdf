import { loadWithDefault, type ProfileStore, ProfileStoreError, type ProfilesWithDefault } from '../profiles/store.js';
import { initialState } from '../wizard/engine/initial-state.js';
import type { Setting } from '../wizard/engine/state.js';
import type { AppHandle } from './app.js';
import { createEffects, type WizardServices } from './effects.js';
import { createSession, type Session } from './session.js';

/** Loads the saved profiles. An unreadable profile folder must not block key creation. */
async function loadProfiles(store: ProfileStore): Promise<ProfilesWithDefault> {
  try {
    return await loadWithDefault(store);
  } catch (error) {
    if (!(error instanceof ProfileStoreError)) throw error;
    return {
      defaultName: null,
      profiles: [],
      troubles: [{ kind: 'unreadable', file: error.path, why: error.message }],
    };
  }
}

export interface OpenedSession {
  readonly session: Session;
  /** Aborts the request in progress. */
  readonly abort: () => void;
}

/** Starts the wizard on the saved profiles, and the account in `.env` of the current folder. `handle` is called only after the renderer is ready. */
export async function openSession(
  services: WizardServices,
  setting: Setting,
  handle: () => AppHandle,
): Promise<OpenedSession> {
  const [loaded, envAccount] = await Promise.all([loadProfiles(services.store), services.readEnvAccount()]);
  const { now } = services;
  const run = createEffects(services, handle);
  const session = createSession(initialState(setting, loaded, now(), envAccount), { now, run });
  return { session, abort: () => run({ do: 'abort' }, session.dispatch) };
}
