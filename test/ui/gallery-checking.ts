import { ConnectionError } from '../../source/kaltura/api/http.js';
import { PRACTICE_CREDENTIALS as ACCOUNT } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { State } from '../../source/wizard/engine/state.js';
import { answering } from '../kaltura/api/many-servers.js';
import { act, answered, enter, type Move, play, unanswered } from '../wizard/play.js';
import {
  adminKey,
  afterRevoke,
  appTokenKey,
  brokenNetwork,
  createUserKey,
  loginKey,
  seeAllKey,
  userKey,
  withFacts,
} from './sample-keys.js';
import { key, type Scene, scene, typed } from './scene.js';
import { kaltura, playWithAnswers } from './simulated-kaltura.js';

/** Screens that check the current key and look for content with it. */

const at = (state: State, ...moves: readonly Move[]): State => play(state, ...moves).state;

const CHECK: readonly Move[] = [act('check')];
const CHECKED: readonly Move[] = [act('check'), enter()];

const CHECKING: readonly Scene[] = [
  scene('next, admin', at(adminKey, act('next'))),
  scene('next, user', at(userKey, act('next'))),
  scene('next, help', at(adminKey, act('next')), ...typed('?')),
  scene('check, admin', at(adminKey, ...CHECK)),
  scene('check, user', at(userKey, ...CHECK)),
  scene('check, help', at(adminKey, ...CHECK), ...typed('?')),
  scene('check, unknown facts', at(withFacts(userKey, { type: null, privileges: null }), ...CHECK)),
  scene('check, last call', at(await createUserKey('actionslimit:1'), ...CHECK)),
  scene('check, few calls', at(await createUserKey('actionslimit:5'), ...CHECK)),
  scene('check, useless limit', at(withFacts(userKey, { privileges: 'actionslimit:0' }), ...CHECK)),
  scene('check, calls not allowed', at(await createUserKey('urirestrict:/p/*'), ...CHECK)),
  scene(
    'check, some calls not allowed',
    at(withFacts(adminKey, { privileges: 'urirestrict:/api_v3/service/session/*' }), ...CHECK),
  ),
  scene('check, restricted', at(await createUserKey('iprestrict:10.0.0.7,setrole:PLAYBACK_BASE_ROLE'), ...CHECK)),
  scene('asking', at(adminKey, ...CHECKED)),
  scene('check, works', await playWithAnswers(kaltura(), adminKey, ...CHECKED)),
  scene('check, works for a user', await playWithAnswers(kaltura(), userKey, ...CHECKED)),
  scene('check, expired', await playWithAnswers(kaltura(createPracticeData(), 172_800), adminKey, ...CHECKED)),
  scene('check, revoked', await afterRevoke(adminKey, ...CHECKED)),
  scene('check, unreadable', await playWithAnswers(kaltura(createPracticeData([])), adminKey, ...CHECKED)),
  scene(
    'check, probably valid',
    await playWithAnswers(kaltura(), await createUserKey('setrole:UPLOAD_BASE_ROLE'), ...CHECKED),
  ),
  scene(
    'check, different facts',
    await playWithAnswers(kaltura(), withFacts(adminKey, { userId: 'jane', privileges: 'list:*' }), ...CHECKED),
  ),
  scene('check, clock ahead', await playWithAnswers(kaltura(createPracticeData(), 300), adminKey, ...CHECKED)),
  scene('check, no answer', await playWithAnswers(brokenNetwork, adminKey, ...CHECKED)),
  scene(
    'check, not a kaltura server',
    await playWithAnswers(answering('<html>Please log in</html>'), adminKey, ...CHECKED),
  ),
];

const LOOK: readonly Move[] = [act('next'), enter({ option: 'look-up' })];
const lookUp = (id: string): Move[] => [...LOOK, enter({ typedId: id })];
const HIDDEN = ACCOUNT.hiddenEntryId;
const MISSING = '0_nowhere1';
const FIND_HIDDEN: readonly Move[] = [enter({ option: 'behind' })];

const LOOKING: readonly Scene[] = [
  scene('look-up', at(adminKey, ...LOOK)),
  scene('look-up, refused', at(adminKey, ...LOOK), ...typed('staff day'), ...key('enter')),
  scene('look-up, unusual id', at(adminKey, ...LOOK), ...typed('0_abc'), ...key('enter')),
  scene('look-up, no answer', await playWithAnswers(brokenNetwork, adminKey, ...lookUp(HIDDEN))),
  scene('found', await playWithAnswers(kaltura(), adminKey, ...lookUp('0_welcome1'))),
  scene('not found, admin key', await playWithAnswers(kaltura(), adminKey, ...lookUp(HIDDEN))),
  scene('not found, user key', await playWithAnswers(kaltura(), userKey, ...lookUp(HIDDEN))),
  scene('not found, help', await playWithAnswers(kaltura(), userKey, ...lookUp(HIDDEN)), ...typed('?')),
  scene('not found, login key', await playWithAnswers(kaltura(), loginKey, ...lookUp(MISSING))),
  scene('not found, key of an app token', await playWithAnswers(kaltura(), appTokenKey, ...lookUp(HIDDEN))),
  scene('not found, key that sees everything', await playWithAnswers(kaltura(), seeAllKey, ...lookUp(MISSING))),
  scene('hidden, admin key', await playWithAnswers(kaltura(), adminKey, ...lookUp(HIDDEN), ...FIND_HIDDEN)),
  scene('hidden, user key', await playWithAnswers(kaltura(), userKey, ...lookUp(HIDDEN), ...FIND_HIDDEN)),
  scene(
    'hidden, category',
    await playWithAnswers(kaltura(), adminKey, ...lookUp(String(ACCOUNT.hiddenCategoryId)), ...FIND_HIDDEN),
  ),
  scene('not found, does not exist', await playWithAnswers(kaltura(), adminKey, ...lookUp(MISSING), ...FIND_HIDDEN)),
  scene(
    'not found, cause uncertain',
    play(
      await playWithAnswers(kaltura(), loginKey, ...lookUp(MISSING)),
      ...FIND_HIDDEN,
      answered({
        to: 'find-hidden',
        is: { verdict: 'unknown', name: null, isRevoked: false },
      }),
    ).state,
  ),
  scene(
    'not found, entitlement enforced',
    await playWithAnswers(kaltura(), adminKey, ...lookUp(HIDDEN), enter({ option: 'enforcement' })),
  ),
  scene(
    'not found, entitlement not enforced',
    play(
      await playWithAnswers(kaltura(), adminKey, ...lookUp(HIDDEN)),
      enter({ option: 'enforcement' }),
      answered({
        to: 'enforcement',
        is: false,
      }),
    ).state,
  ),
  scene(
    'not found, enforcement unknown',
    play(
      await playWithAnswers(kaltura(), adminKey, ...lookUp(HIDDEN)),
      enter({ option: 'enforcement' }),
      answered({
        to: 'enforcement',
        is: null,
      }),
    ).state,
  ),
  scene(
    'not found, check failed',
    play(
      await playWithAnswers(kaltura(), adminKey, ...lookUp(HIDDEN)),
      ...FIND_HIDDEN,
      unanswered(new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND')),
    ).state,
  ),
];

export const CHECKING_SCENES: readonly Scene[] = [...CHECKING, ...LOOKING];
