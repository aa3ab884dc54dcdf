import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { RevokeReport } from '../../source/kaltura/sessions/end.js';
import type { State } from '../../source/wizard/engine/state.js';
import vectors from '../fixtures/ks-vectors.json' with { type: 'json' };
import {
  act,
  answered,
  back,
  CONNECTION_RESET,
  controlValue,
  enter,
  type Move,
  made,
  madeKey,
  messagesOf,
  optionsOf,
  play,
  questionIn,
  refusal,
  SECONDS,
  sample,
  start,
  TO_REVIEW,
  unanswered,
  withKey,
} from './play.js';

/** The screen that revokes a key. It says what else is revoked, and never sends the request twice by itself. */

const admin = withKey();
const TO_REVOKE: readonly Move[] = [act('next'), enter({ option: 'end' })];
const REVOKE_NOW = enter({ option: 'end' });
const opened = play(admin, ...TO_REVOKE);
const revoked = (report: RevokeReport = { outcome: 'ended' }, from: State = admin) =>
  play(from, ...TO_REVOKE, REVOKE_NOW, answered({ to: 'end', is: { report, profiles: null } }));

describe('before the request', () => {
  test('nothing is sent, and Enter keeps the key', () => {
    expect(opened.effects).toEqual([]);
    expect(controlValue(opened.view, 'option')).toBe('keep');
    const left = play(opened.state, enter());
    expect(left.effects).toEqual([]);
    expect(left.state.screen).toBe('next');
  });

  test.each([
    ['', 'This revokes only this key'],
    ['sessionid:nightly', 'Every key of the account with sessionid:nightly'],
    ['sessionid:0_t,apptoken:0_t', 'disables the whole app token'],
  ])('says what else is revoked with %j', (privileges, message) => {
    expect(messagesOf(play(withKey({ privileges }), ...TO_REVOKE).view)).toContain(message);
  });

  test.each([
    [{ userId: '', type: 'USER', privileges: 'widget:1' }],
    [{ privileges: 'urirestrict:/p/*' }],
    [{ privileges: 'actionslimit:0' }],
  ] as const)('%o can’t be revoked: the menu says so, and its screen only explains why', (facts) => {
    const { view } = play(withKey(facts), act('next'));
    const control = view.controls.find(({ id }) => id === 'option');
    const options = control?.kind === 'choice' ? control.options : [];
    expect(options.find(({ value }) => value === 'end')?.hint).toBe('not possible: see why');
    expect(optionsOf(play(withKey(facts), ...TO_REVOKE).view, 'option')).toEqual(['keep']);
  });
});

test('the menu of an expired key has no uses, but a check, because the clock can be wrong', () => {
  const { view } = play(withKey({ expiresAt: SECONDS - 1 }), act('next'));
  expect(view.question).toBe('This key has expired. What do you want to do?');
  expect(optionsOf(view, 'option')).toEqual(['new-key', 'explain', 'check', 'quit']);
});

test('a revoked key is not printed on quitting, but a key that still works is', () => {
  expect(opened.state.lastKs).not.toBeNull();
  expect(revoked().state.lastKs).toBeNull();
  expect(revoked({ outcome: 'still-works' }).state.lastKs).toBe(opened.state.lastKs);
});

test('says after Esc that the key may have been revoked', () => {
  const { state, view } = play(opened.state, REVOKE_NOW, back);
  expect(state.screen).toBe('end');
  expect(messagesOf(view)).toMatch(/may have been revoked/);
});

describe('the request', () => {
  test('goes to the server of the key, with the known facts', () => {
    expect(questionIn(play(opened.state, REVOKE_NOW))).toEqual({
      ask: 'end',
      server: { serviceUrl: 'https://api.eu.kaltura.com', practice: null },
      ks: admin.key?.made.ks,
      facts: admin.key?.made.facts,
      profile: null,
    });
  });

  test('names the profile that has this key saved', () => {
    const home = play(start([sample({ savedKey: madeKey() })]), enter(), enter({ option: 'show' })).state;
    expect(questionIn(play(home, ...TO_REVOKE, REVOKE_NOW))).toMatchObject({ profile: 'production' });
  });

  test.each<[string, Move]>([
    ['was canceled', back],
    ['got no answer', unanswered(CONNECTION_RESET)],
  ])('that %s is not sent again with Enter', (_what, how) => {
    const { state, view } = play(opened.state, REVOKE_NOW, how);
    expect(state.screen).toBe('end');
    expect(controlValue(view, 'option')).toBe('check');
    expect(play(state, enter()).effects).toEqual([]);
  });

  test('that got no answer may have revoked the key, and the screen says so', () => {
    const { view } = play(opened.state, REVOKE_NOW, unanswered(CONNECTION_RESET));
    expect(messagesOf(view)).toContain('may have been revoked');
    expect(messagesOf(view)).not.toContain('This revokes only this key');
    expect(view.question).toBe('Is the key revoked?');
    expect(optionsOf(view, 'option')).toEqual(['check', 'keep', 'end']);
  });

  test('that was canceled has no late result', () => {
    const waiting = play(opened.state, REVOKE_NOW).state;
    const { state } = play(waiting, back);
    const late = { to: 'end', is: { report: { outcome: 'ended' }, profiles: null } } as const;
    expect(
      play(state, { type: 'answered', attempt: waiting.waiting.attempt, answer: late }).state.revokeAttempts,
    ).toEqual([]);
  });
});

describe('the result', () => {
  test.each<[RevokeReport, string, readonly string[]]>([
    [{ outcome: 'ended' }, '✔ The server refused it in a test request', ['keep']],
    [{ outcome: 'already-ended', reason: 'LOGOUT' }, 'was already revoked', ['keep']],
    [{ outcome: 'already-ended', reason: 'EXPIRED' }, 'had already expired', ['keep']],
    [{ outcome: 'still-works' }, 'the key still works', ['keep', 'check', 'end']],
    [{ outcome: 'ended-unproved', why: CONNECTION_RESET }, 'the test request failed', ['check', 'keep', 'end']],
    [{ outcome: 'refused', error: refusal('SERVICE_FORBIDDEN') }, '(SERVICE_FORBIDDEN)', ['keep', 'check', 'end']],
  ])('explains %o', (report, message, options) => {
    const { state, view } = revoked(report);
    expect(state.screen).toBe('end');
    expect(messagesOf(view)).toContain(message);
    expect(optionsOf(view, 'option')).toEqual(options);
    expect(controlValue(view, 'option')).toBe(options[0]);
  });

  test.each<[RevokeReport, string]>([
    [{ outcome: 'ended' }, 'The key is revoked'],
    [{ outcome: 'already-ended', reason: 'EXPIRED' }, 'The key has expired'],
    [{ outcome: 'still-works' }, 'The key still works'],
    [{ outcome: 'ended-unproved', why: CONNECTION_RESET }, 'The key is probably revoked'],
    [{ outcome: 'refused', error: refusal('SERVICE_FORBIDDEN') }, 'The key was not revoked'],
    [{ outcome: 'refused', error: refusal('INTERNAL_SERVERL_ERROR') }, 'Is the key revoked?'],
  ])('has a title for %o that claims only what is known', (report, title) => {
    expect(revoked(report).view.question).toBe(title);
  });

  test('does not claim that the key is unchanged after a server error', () => {
    const { view } = revoked({ outcome: 'refused', error: refusal('INTERNAL_SERVERL_ERROR') });
    expect(messagesOf(view)).not.toContain('was not revoked');
  });

  test('does not call an expired key revoked', () => {
    const { view } = play(revoked({ outcome: 'already-ended', reason: 'EXPIRED' }).state, enter());
    expect(messagesOf(view)).toContain('Session key 1 has expired: the server refuses it.');
  });

  test('the check after it does not show an earlier result', () => {
    const { state } = play(revoked({ outcome: 'still-works' }).state, enter({ option: 'check' }));
    expect(state.screen).toBe('check');
    expect(state.checking.report).toBeNull();
  });

  test('keeps the current key, and says that it is revoked', () => {
    const { state, view } = play(revoked().state, enter());
    expect(state.screen).toBe('result');
    expect(state.key).toBe(admin.key);
    expect(messagesOf(view)).toContain('Session key 1 is revoked: the server refuses it.');
    expect(messagesOf(view)).not.toContain('valid');
  });

  test('the menu of a revoked key has no uses', () => {
    const { view } = play(revoked().state, enter(), act('next'));
    expect(view.question).toBe('This key is revoked. What do you want to do?');
    expect(optionsOf(view, 'option')).toEqual(['new-key', 'explain', 'quit']);
  });

  test('does not call a key revoked that still works', () => {
    expect(messagesOf(play(revoked({ outcome: 'still-works' }).state, enter()).view)).not.toContain('revoked');
  });

  test('the key is still shown as revoked after “new key”, “explain key” and Esc', () => {
    const { state, view } = play(revoked().state, enter(), act('new'), act('inspect'), back, back);
    expect(state.screen).toBe('result');
    expect(messagesOf(view)).toContain('Session key 1 is revoked');
  });

  test('the result names the server of the key, also after a question to another server', () => {
    const { state, view } = revoked({ outcome: 'refused', error: refusal('INVALID_KS') });
    const other = vectors.vectors.find(({ id }) => id === 'v2-2')?.ks ?? '';
    const elsewhere = play(
      state,
      enter(),
      act('new'),
      act('inspect'),
      enter({ paste: other }),
      enter({ option: 'ask' }),
      enter({ region: 'ca' }),
      answered({ to: 'read-key', is: { answer: 'refused' } }),
    );
    expect(messagesOf(view)).toContain('this is EU');
    const again = play(elsewhere.state, back, back, back, ...TO_REVOKE);
    expect(again.state.screen).toBe('end');
    expect(messagesOf(again.view)).toBe(messagesOf(view));
  });

  test('the key is also shown as revoked if it is pasted again', () => {
    const ks = new Secret(vectors.vectors.find(({ id }) => id === 'v2-2')?.ks ?? '');
    const { state } = play(start(), ...TO_REVIEW, enter(), made(madeKey({}, { ks })));
    const pasted = play(
      revoked(undefined, state).state,
      enter(),
      act('new'),
      act('inspect'),
      enter({ paste: ks.reveal() }),
    );
    expect(pasted.state.screen).toBe('explain');
    expect(pasted.view.question).toBe('The key is revoked: the server refuses it');
    expect(optionsOf(pasted.view, 'option')).not.toContain('end');
  });

  test('removes the saved key from its profile', () => {
    const withSavedKey = sample({ savedKey: madeKey() });
    const without = { ...withSavedKey, savedKey: null, lastKeyEndedAt: SECONDS };
    const home = play(start([withSavedKey]), enter(), enter({ option: 'show' })).state;
    const is = { report: { outcome: 'ended' }, profiles: [without] } as const;
    const { state } = play(home, ...TO_REVOKE, REVOKE_NOW, answered({ to: 'end', is }));
    expect(state.profiles).toEqual([without]);
    // There is no saved key to use, so a new one is created.
    expect(play(state, enter(), back, enter()).state.screen).not.toBe('saved-key');
  });
});
