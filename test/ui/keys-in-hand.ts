import { ApiError } from '../../source/kaltura/api/errors.js';
import { PRACTICE_CREDENTIALS as ACCOUNT } from '../../source/practice/practice-account.js';
import type { State } from '../../source/wizard/engine/state.js';
import { failing } from '../kaltura/api/many-servers.js';
import { act, enter, type Move, type madeKey, start } from '../wizard/play.js';
import { kaltura, playAnswered } from './pretend-kaltura.js';

/** Keys that the pretend Kaltura made, and what it takes to lose them. */

const IN_EU = enter({ region: 'eu' });
const ADMINISTRATOR = enter({ partnerId: String(ACCOUNT.partnerId), secret: ACCOUNT.adminSecret });
const TO_ACCOUNT: readonly Move[] = [IN_EU, enter({ method: 'server' }), ADMINISTRATOR];

const writing = (privileges: string): Move[] =>
  privileges === '' ? [enter({ task: 'nothing' })] : [enter({ task: 'write' }), enter({ privileges })];

export const user = (privileges = '', userId = 'jane'): Promise<State> =>
  playAnswered(
    kaltura(),
    start(),
    ...TO_ACCOUNT,
    enter({ holder: 'server', type: 'USER' }),
    enter({ userId }),
    ...writing(privileges),
    enter(),
  );

const admin = (privileges = '', word = {}): Promise<State> =>
  playAnswered(
    kaltura(),
    start(),
    ...TO_ACCOUNT,
    enter({ holder: 'me', type: 'ADMIN' }),
    enter({ option: 'ADMIN' }),
    enter({}),
    ...writing(privileges),
    enter(word),
  );

/** The key in hand with other facts than those that it was made with. */
export const knownAs = (state: State, facts: Parameters<typeof madeKey>[0]): State => ({
  ...state,
  key: state.key && { ...state.key, made: { ...state.key.made, facts: { ...state.key.made.facts, ...facts } } },
});

export const adminKey = await admin();
export const userKey = await user();

export const loggedIn = await playAnswered(
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
export const byToken = await playAnswered(
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
export const seeingAll = await admin('disableentitlement', { riskWord: 'admin' });
export const onceEnded = async (state: State, ...moves: readonly Move[]): Promise<State> => {
  const http = kaltura();
  const ended = await playAnswered(
    http,
    state,
    act('next'),
    enter({ option: 'end' }),
    enter({ option: 'end' }),
    enter(),
  );
  return playAnswered(http, ended, ...moves);
};

/** The server does not let the key make a call. */
export const forbidden = (action: string): ApiError => new ApiError({ code: 'SERVICE_FORBIDDEN', answer: '', action });

/** Each connection breaks off. */
export const broken = failing('reset', 'ECONNRESET');
