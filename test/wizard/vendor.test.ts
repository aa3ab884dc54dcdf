import { expect, test } from 'vitest';
import { update } from '../../source/wizard/engine/update.js';
import {
  ADMIN_SECRET,
  back,
  controlOf,
  controlValue,
  enter,
  made,
  madeKey,
  NOW,
  OWN_CHOICE,
  play,
  SECONDS,
  set,
  start,
  TO_REVIEW,
} from './play.js';

/** The ADMIN key that creates the app token for a vendor. */

const atVendor = play(start(), ...TO_REVIEW.slice(0, 3), enter({ purpose: 'vendor' })).state;
const adminKey = made(madeKey({ type: 'ADMIN', expiresAt: SECONDS + 600 }));

test('is an ADMIN key for ten minutes without a user and privileges, and needs no confirmation', () => {
  const { effects } = play(atVendor, enter());
  expect(effects).toMatchObject([
    { do: 'make-key', request: { type: 'ADMIN', lifetime: 600, userId: '', privileges: '' } },
  ]);
});

test('is neither printed nor counted as a key of this run', () => {
  const { state, effects } = play(atVendor, enter(), adminKey);
  expect(state.screen).toBe('new-token');
  expect(state.lastKs).toBeNull();
  expect(state.keyCount).toBe(0);
  expect(effects.map((effect) => effect.do)).toEqual(['make-key']);
});

test('is used again until it expires, but not for another secret', () => {
  const waiting = play(atVendor, enter(), adminKey, back).state;
  expect(play(waiting, enter()).state.screen).toBe('new-token');
  const later = update(waiting, { type: 'submit' }, NOW + 590_000);
  expect(later.effects).toMatchObject([{ do: 'make-key' }]);
  const otherSecret = play(waiting, back, back, enter({ secret: 'f'.repeat(32) }), enter({ purpose: 'vendor' })).state;
  expect(play(otherSecret, enter()).effects).toMatchObject([{ do: 'make-key' }]);
});

test('asks for the confirmation of ADMIN again when the user chooses another purpose', () => {
  const { state } = play(atVendor, back, OWN_CHOICE, enter({ holder: 'me', type: 'ADMIN' }));
  expect(state.screen).toBe('admin');
});

test('can’t be used over http: the first option changes the URL', () => {
  const { state } = play(
    start(),
    enter({ region: 'own' }),
    enter({ address: 'http://10.0.0.7' }),
    enter({ option: 'local' }),
    enter(),
    enter(),
    enter({ partnerId: '2345678', secret: ADMIN_SECRET }),
    enter({ purpose: 'vendor' }),
  );
  expect(state.screen).toBe('vendor');
  const chosen = play(state, enter());
  expect(chosen.state.screen).toBe('address');
  expect(chosen.effects).toEqual([]);
});

test('the user of the token is named after the description, until another one is typed', () => {
  const atToken = play(atVendor, enter(), adminKey).state;
  const described = play(atToken, set('description', 'Subtitle Co. (Berlin)'));
  expect(controlValue(described.view, 'userId')).toBe('subtitle-co-berlin');
  expect(controlValue(play(described.state, set('description', '')).view, 'userId')).toBe('vendor');
  const typed = play(described.state, set('userId', 'jo'), set('description', 'Another'));
  expect(controlValue(typed.view, 'userId')).toBe('jo');
});

test('a misspelled privilege of the token gets a warning in its field', () => {
  const { view } = play(atVendor, enter(), adminKey, set('privileges', 'sveiw:*'));
  expect(controlOf(view, 'privileges')).toMatchObject({ problem: null, warning: expect.stringContaining('sview') });
});
