import { ConnectionError } from '../../source/kaltura/api/http.js';
import { PRACTICE_CREDENTIALS as ACCOUNT } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { State } from '../../source/wizard/engine/state.js';
import { answering } from '../kaltura/api/many-servers.js';
import { act, answered, enter, type Move, play, unanswered } from '../wizard/play.js';
import { adminKey, broken, byToken, knownAs, loggedIn, onceEnded, seeingAll, user, userKey } from './keys-in-hand.js';
import { kaltura, playAnswered } from './pretend-kaltura.js';
import { key, type Scene, scene, typed } from './scene.js';

/** A key in hand is checked, and content is looked for with it. */

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
  scene('check, not known', at(knownAs(userKey, { type: null, privileges: null }), ...CHECK)),
  scene('check, last call', at(await user('actionslimit:1'), ...CHECK)),
  scene('check, few calls', at(await user('actionslimit:5'), ...CHECK)),
  scene('check, useless limit', at(knownAs(userKey, { privileges: 'actionslimit:0' }), ...CHECK)),
  scene('check, barred', at(await user('urirestrict:/p/*'), ...CHECK)),
  scene('check, half barred', at(knownAs(adminKey, { privileges: 'urirestrict:/api_v3/service/session/*' }), ...CHECK)),
  scene('check, restricted', at(await user('iprestrict:10.0.0.7,setrole:PLAYBACK_BASE_ROLE'), ...CHECK)),
  scene('asking', at(adminKey, ...CHECKED)),
  scene('check, works', await playAnswered(kaltura(), adminKey, ...CHECKED)),
  scene('check, works for a user', await playAnswered(kaltura(), userKey, ...CHECKED)),
  scene('check, expired', await playAnswered(kaltura(createPracticeData(), 172_800), adminKey, ...CHECKED)),
  scene('check, ended', await onceEnded(adminKey, ...CHECKED)),
  scene('check, cannot be read', await playAnswered(kaltura(createPracticeData([])), adminKey, ...CHECKED)),
  scene('check, genuine', await playAnswered(kaltura(), await user('setrole:UPLOAD_BASE_ROLE'), ...CHECKED)),
  scene(
    'check, not as believed',
    await playAnswered(kaltura(), knownAs(adminKey, { userId: 'jane', privileges: 'list:*' }), ...CHECKED),
  ),
  scene('check, clock ahead', await playAnswered(kaltura(createPracticeData(), 300), adminKey, ...CHECKED)),
  scene('check, no answer', await playAnswered(broken, adminKey, ...CHECKED)),
  scene('check, no kaltura', await playAnswered(answering('<html>Please log in</html>'), adminKey, ...CHECKED)),
];

const LOOK: readonly Move[] = [act('next'), enter({ option: 'look-up' })];
const looked = (id: string): Move[] => [...LOOK, enter({ typedId: id })];
const HIDDEN = ACCOUNT.hiddenEntryId;
const NOWHERE = '0_nowhere1';
const BEHIND: readonly Move[] = [enter({ option: 'behind' })];

const LOOKING: readonly Scene[] = [
  scene('look-up', at(adminKey, ...LOOK)),
  scene('look-up, refused', at(adminKey, ...LOOK), ...typed('staff day'), ...key('enter')),
  scene('look-up, odd', at(adminKey, ...LOOK), ...typed('0_abc'), ...key('enter')),
  scene('look-up, no answer', await playAnswered(broken, adminKey, ...looked(HIDDEN))),
  scene('found', await playAnswered(kaltura(), adminKey, ...looked('0_welcome1'))),
  scene('found, not with admin', await playAnswered(kaltura(), adminKey, ...looked(HIDDEN))),
  scene('found, not with user', await playAnswered(kaltura(), userKey, ...looked(HIDDEN))),
  scene('found, not, help', await playAnswered(kaltura(), userKey, ...looked(HIDDEN)), ...typed('?')),
  scene('found, not with login', await playAnswered(kaltura(), loggedIn, ...looked(NOWHERE))),
  scene('found, not with app token', await playAnswered(kaltura(), byToken, ...looked(HIDDEN))),
  scene('found, not though it sees all', await playAnswered(kaltura(), seeingAll, ...looked(NOWHERE))),
  scene('found, hidden from admin', await playAnswered(kaltura(), adminKey, ...looked(HIDDEN), ...BEHIND)),
  scene('found, hidden from user', await playAnswered(kaltura(), userKey, ...looked(HIDDEN), ...BEHIND)),
  scene(
    'found, hidden category',
    await playAnswered(kaltura(), adminKey, ...looked(String(ACCOUNT.hiddenCategoryId)), ...BEHIND),
  ),
  scene('found, not there either', await playAnswered(kaltura(), adminKey, ...looked(NOWHERE), ...BEHIND)),
  scene(
    'found, not sure',
    play(
      await playAnswered(kaltura(), loggedIn, ...looked(NOWHERE)),
      ...BEHIND,
      answered({
        to: 'find-hidden',
        is: { verdict: 'unknown', name: null, isRevoked: false },
      }),
    ).state,
  ),
  scene(
    'found, enforced',
    await playAnswered(kaltura(), adminKey, ...looked(HIDDEN), enter({ option: 'enforcement' })),
  ),
  scene(
    'found, not enforced',
    play(
      await playAnswered(kaltura(), adminKey, ...looked(HIDDEN)),
      enter({ option: 'enforcement' }),
      answered({
        to: 'enforcement',
        is: false,
      }),
    ).state,
  ),
  scene(
    'found, may not ask',
    play(
      await playAnswered(kaltura(), adminKey, ...looked(HIDDEN)),
      enter({ option: 'enforcement' }),
      answered({
        to: 'enforcement',
        is: null,
      }),
    ).state,
  ),
  scene(
    'found, no answer behind',
    play(
      await playAnswered(kaltura(), adminKey, ...looked(HIDDEN)),
      ...BEHIND,
      unanswered(new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND')),
    ).state,
  ),
];

export const CHECKING_SCENES: readonly Scene[] = [...CHECKING, ...LOOKING];
