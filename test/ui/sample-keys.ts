import { ApiError } from '../../source/kaltura/api/errors.js';
import { PRACTICE_CREDENTIALS as ACCOUNT } from '../../source/practice/practice-account.js';
import type { State } from '../../source/wizard/engine/state.js';
import { failing } from '../kaltura/api/many-servers.js';
import { act, enter, type Move, type madeKey, start } from '../wizard/play.js';
import { kaltura, playWithAnswers } from './simulated-kaltura.js';

/** Keys that the simulated Kaltura created, and helpers that change or revoke them. */

const IN_EU = enter({ region: 'eu' });
const ADMINISTRATOR = enter({ partnerId: String(ACCOUNT.partnerId), secret: ACCOUNT.adminSecret });
const TO_ACCOUNT: readonly Move[] = [IN_EU, enter({ method: 'server' }), ADMINISTRATOR];

const privilegeMoves = (privileges: string): Move[] =>
  privileges === '' ? [enter({ task: 'nothing' })] : [enter({ task: 'write' }), enter({ privileges })];

export const createUserKey = (privileges = '', userId = 'jane'): Promise<State> =>
  playWithAnswers(
    kaltura(),
    start(),
    ...TO_ACCOUNT,
    enter({ holder: 'server', type: 'USER' }),
    enter({ userId }),
    ...privilegeMoves(privileges),
    enter(),
  );

const createAdminKey = (privileges = '', word = {}): Promise<State> =>
  playWithAnswers(
    kaltura(),
    start(),
    ...TO_ACCOUNT,
    enter({ holder: 'me', type: 'ADMIN' }),
    enter({ option: 'ADMIN' }),
    enter({}),
    ...privilegeMoves(privileges),
    enter(word),
  );

/** Replaces facts about the current key. */
export const withFacts = (state: State, facts: Parameters<typeof madeKey>[0]): State => ({
  ...state,
  key: state.key && { ...state.key, made: { ...state.key.made, facts: { ...state.key.made.facts, ...facts } } },
});

export const adminKey = await createAdminKey();
export const userKey = await createUserKey();

export const loginKey = await playWithAnswers(
  kaltura(),
  start(),
  IN_EU,
  enter({ method: 'login' }),
  enter({ loginId: ACCOUNT.viewerLoginId, password: ACCOUNT.password, partnerId: String(ACCOUNT.partnerId) }),
  enter({ holder: 'me' }),
  enter(),
  enter(),
  enter(),
);
export const appTokenKey = await playWithAnswers(
  kaltura(),
  start(),
  IN_EU,
  enter({ method: 'app-token' }),
  enter({ partnerId: String(ACCOUNT.partnerId), tokenId: ACCOUNT.tokenId, token: ACCOUNT.token }),
  enter({ holder: 'server' }),
  enter({ userId: 'jane' }),
  enter({ task: 'nothing' }),
  enter(),
);
export const seeAllKey = await createAdminKey('disableentitlement', { riskWord: 'admin' });
export const afterRevoke = async (state: State, ...moves: readonly Move[]): Promise<State> => {
  const http = kaltura();
  const revoked = await playWithAnswers(
    http,
    state,
    act('next'),
    enter({ option: 'end' }),
    enter({ option: 'end' }),
    enter(),
  );
  return playWithAnswers(http, revoked, ...moves);
};

/** The server does not let the key make a call. */
export const forbidden = (action: string): ApiError => new ApiError({ code: 'SERVICE_FORBIDDEN', answer: '', action });

/** A network that resets each connection. */
export const brokenNetwork = failing('reset', 'ECONNRESET');
