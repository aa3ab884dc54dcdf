import type { Http } from '../../source/kaltura/api/http.js';
import { makeKey } from '../../source/kaltura/sign-in/make-key.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { PracticeData } from '../../source/practice/world.js';
import type { ProfileStore } from '../../source/profiles/store.js';
import { answerTo } from '../../source/ui/ask.js';
import type { WizardServices } from '../../source/ui/effects.js';
import { createProfileEffects } from '../../source/ui/profile-effects.js';
import type { Effect } from '../../source/wizard/engine/effect.js';
import type { WizardEvent } from '../../source/wizard/engine/event.js';
import type { State } from '../../source/wizard/engine/state.js';
import { networkOf, serverOf } from '../kaltura/api/many-servers.js';
import { type Move, NOW, play } from '../wizard/play.js';

/**
 * Plays moves of the wizard with a simulated Kaltura in EU. The program's own functions answer the wizard's questions, so the screens
 * show real results.
 */

/** Constant, because the frames are compared with recorded ones. */
const randomBytes = (count: number): Uint8Array => new Uint8Array(count);

const unavailable = (): never => {
  throw new Error('The gallery has no files, keychains and clipboards.');
};

/** An empty store: no profile has a saved key. */
const store = { load: async () => ({ profiles: [], troubles: [] }) } as unknown as ProfileStore;
const profiles = createProfileEffects({ openSecretKeeper: unavailable, openEnvFiles: unavailable }, store);

const servicesOf = (http: Http): WizardServices => ({
  http,
  now: () => NOW,
  wakeIn: () => () => {},
  randomBytes,
  store,
  copy: unavailable,
  openEnvFiles: unavailable,
  readEnvAccount: async () => null,
  openSecretKeeper: unavailable,
  practice: {
    url: unavailable,
    runOn: ({ serviceUrl, practice }, task) => (practice === null ? task(serviceUrl) : unavailable()),
    isJoined: () => false,
    close: unavailable,
  },
});

const unexpectedCommand = (): never => {
  throw new Error('The gallery runs no commands.');
};

async function eventAfter(effect: Effect, http: Http): Promise<WizardEvent | null> {
  if (effect.do !== 'ask' && effect.do !== 'make-key') return null;
  const { attempt } = effect;
  const services = servicesOf(http);
  const { signal } = new AbortController();
  if (effect.do === 'make-key') {
    const deps = { http, now: services.now, randomBytes, signal };
    return makeKey(effect.request, deps).then(
      (key): WizardEvent => ({ type: 'made', attempt, key }),
      (failure: unknown): WizardEvent => ({ type: 'failed', attempt, failure }),
    );
  }
  return answerTo(effect.question, { services, profiles, handle: unexpectedCommand, signal }).then(
    (answer): WizardEvent => ({ type: 'answered', attempt, answer }),
    (cause: unknown): WizardEvent => ({ type: 'unanswered', attempt, cause }),
  );
}

/** Kaltura in EU with the practice accounts. Its clock is `secondsLater` ahead. */
export const kaltura = (data: PracticeData = createPracticeData(), secondsLater = 0): Http =>
  networkOf({ eu: serverOf(data, () => NOW + secondsLater * 1000) }).http;

/** Plays the moves. Each question of the wizard is answered before the next move. */
export async function playWithAnswers(http: Http, from: State, ...moves: readonly Move[]): Promise<State> {
  let state = from;
  for (const move of moves) {
    const played = play(state, move);
    state = played.state;
    for (const effect of played.effects) {
      const event = await eventAfter(effect, http);
      if (event !== null) state = play(state, event).state;
    }
  }
  return state;
}
