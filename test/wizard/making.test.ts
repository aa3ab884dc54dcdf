import { describe, expect, test } from 'vitest';
import { ConnectionError } from '../../source/kaltura/api/http.js';
import { UnsuitableRequestError } from '../../source/kaltura/sign-in/key-request.js';
import type { ScreenId } from '../../source/wizard/engine/screen-id.js';
import {
  ADMIN_SECRET,
  back,
  changeAnswers,
  comparableForm,
  controlOf,
  controlValue,
  enter,
  failed,
  type Move,
  made,
  madeKey,
  NOW,
  optionsOf,
  PRACTICE_ACCOUNT,
  play,
  refusal,
  set,
  start,
  TO_REVIEW,
  viewText,
} from './play.js';

/** While a key is being made: answers from outside, one-time codes, refusals and their remedies. */

const working = play(start(), ...TO_REVIEW, enter()).state;
const LOGIN: readonly Move[] = [
  enter({ region: 'eu' }),
  enter({ method: 'login' }),
  enter({ loginId: 'jane@example.com', password: 'Pass-word 1', partnerId: '102' }),
  enter({ holder: 'me' }),
  enter(),
  enter(),
];
const loggingIn = play(start(), ...LOGIN, enter()).state;

describe('a running attempt', () => {
  test('says what is being done', () => {
    expect(play(working).view).toMatchObject({ isBusy: true, controls: [] });
    const told = play(working, { type: 'stage', attempt: working.waiting.attempt, text: 'Creating the key…' });
    expect(told.view.question).toBe('Creating the key…');
  });

  test('is given up with Esc: back at the review, and nothing lost', () => {
    const given = play(working, back);
    expect(given.effects).toEqual([{ do: 'abort' }]);
    expect(given.state.screen).toBe('review');
    expect(comparableForm(given.state.form)).toEqual(comparableForm(working.form));
  });

  test('Enter meanwhile does not make a second key', () => {
    expect(play(working, { type: 'submit' }).effects).toEqual([]);
  });

  test.each<[what: string, late: (attempt: number) => Move]>([
    ['a key', (attempt) => ({ type: 'made', attempt, key: madeKey() })],
    ['a refusal', (attempt) => ({ type: 'failed', attempt, failure: refusal('START_SESSION_ERROR') })],
    ['a stage', (attempt) => ({ type: 'stage', attempt, text: 'late' })],
  ])('%s that comes late is not listened to', (_what, late) => {
    const given = play(working, back).state;
    expect(play(given, late(working.waiting.attempt)).state).toEqual(given);
    expect(play(given, late(working.waiting.attempt)).effects).toEqual([]);
    const second = play(given, enter()).state;
    expect(play(second, late(working.waiting.attempt)).state).toEqual(second);
  });

  test('the end of an aborted request is no failure', () => {
    const { state } = play(working, failed(new ConnectionError('aborted', 'api.eu.kaltura.com', 'aborted')));
    expect(state.screen).toBe('review');
  });

  test('Ctrl-C stops it, and leaves', () => {
    expect(play(working, { type: 'cancel' }).effects).toEqual([{ do: 'abort' }, { do: 'quit', how: 'cancelled' }]);
  });

  test('its key is shown, once', () => {
    const key = madeKey();
    const { state, effects } = play(working, made(key));
    expect(state.screen).toBe('result');
    expect(effects).toEqual([
      {
        do: 'show-key',
        ks: key.ks,
        label: expect.stringMatching(/^Session key 1 · \d\d:\d\d · ADMIN · partner 2345678$/),
      },
    ]);
  });
});

describe('a one-time code', () => {
  const asked = play(loggingIn, failed(refusal('MISSING_OTP')));

  test('is asked only when the server wants one, and is then all that is asked', () => {
    expect(loggingIn.making.request?.signIn).toMatchObject({ code: null });
    expect(asked.state.screen).toBe('code');
    expect(asked.view.controls.map((control) => control.id)).toEqual(['code']);
    expect(viewText(asked.view)).not.toMatch(/did not accept/);
  });

  test('is sent as text, its zeros in front and without its blanks', () => {
    const { effects, state } = play(asked.state, enter({ code: '012 345' }));
    expect(state.screen).toBe('working');
    const [effect] = effects;
    const signIn = effect?.do === 'make-key' ? effect.request.signIn : null;
    expect(signIn?.method === 'login' && [signIn.code?.reveal(), signIn.password.reveal()]).toEqual([
      '012345',
      'Pass-word 1',
    ]);
  });

  test('that is wrong is asked again, alone, and empty', () => {
    const again = play(asked.state, enter({ code: '000000' }), failed(refusal('INVALID_OTP')));
    expect(again.state.screen).toBe('code');
    expect(viewText(again.view)).toMatch(/refused the code/);
    expect(again.state.form.code.reveal()).toBe('');
    expect(again.state.form.password.reveal()).toBe('Pass-word 1');
  });

  test('is held back while it is empty', () => {
    expect(() => play(asked.state, enter({ code: ' ' }))).toThrow(/code is missing/);
  });

  test('is not sent a second time with the next key', () => {
    const next = play(asked.state, enter({ code: '012345' }), made(), ...changeAnswers, enter());
    const effect = next.effects.findLast((one) => one.do === 'make-key');
    expect(effect?.do === 'make-key' && effect.request.signIn).toMatchObject({ code: null });
  });

  test('Esc goes back to the review', () => {
    expect(play(asked.state, back).state.screen).toBe('review');
  });
});

describe('a failure', () => {
  const refused = play(working, failed(refusal('START_SESSION_ERROR')));

  test('with a wrong secret in practice offers the practice account, and no other region', () => {
    const review = play(
      start(),
      enter({ region: 'practice' }),
      enter(),
      enter({ secret: ADMIN_SECRET }),
      enter(),
    ).state;
    const { view, state } = play(review, enter(), failed(refusal('START_SESSION_ERROR')));
    expect(optionsOf(view, 'option')).toContain('practice');
    expect(viewText(view)).not.toContain('region');
    const again = play(state, enter({ option: 'practice' }));
    expect(again).toMatchObject({ state: { screen: 'review' }, effects: [] });
    expect(play(again.state, enter()).effects).toMatchObject([{ do: 'make-key', practice: 'any' }]);
    expect(again.state.form.secret.equals(PRACTICE_ACCOUNT.secret)).toBe(true);
  });

  test('says what happened, why it may have, and offers the ways out', () => {
    expect(refused.state.screen).toBe('failure');
    expect(refused.view.question).toBe(
      'The server would not start a session for partner 2345678 (START_SESSION_ERROR)',
    );
    const option = controlOf(refused.view, 'option');
    expect(option.kind === 'choice' && option.options.map((option) => option.label)).toEqual([
      'Enter the secret again',
      'Create a USER key instead',
      'Change the partner ID',
      'Choose another region',
      'Check whether it is the User Secret',
      'Find the region of partner 2345678',
      'Show the server’s answer',
      'Back to the review',
    ]);
    expect(controlValue(refused.view, 'option')).toBe('0');
  });

  const OUT: [option: string, screen: ScreenId][] = [
    ['0', 'credentials'],
    ['1', 'review'],
    ['2', 'credentials'],
    ['3', 'region'],
    ['answer', 'answer'],
    ['review', 'review'],
  ];

  test.each(OUT)('the way %s leads to %s, with everything kept', (option, screen) => {
    const { state } = play(refused.state, enter({ option }));
    expect(state.screen).toBe(screen);
    const changed = option === '1' ? { type: 'USER' } : {};
    expect(comparableForm(state.form)).toEqual({ ...comparableForm(working.form), ...changed });
  });

  test('the secret is where one begins to mend', () => {
    const { state } = play(refused.state, enter({ option: '0' }));
    expect(state.focusOn).toBe('secret');
    expect(play(loggingIn, failed(refusal('USER_WRONG_PASSWORD')), enter()).state.focusOn).toBe('password');
  });

  test('from the mended step, Enter comes back to the review, and Esc too', () => {
    const mending = play(refused.state, enter({ option: '0' })).state;
    expect(play(mending, enter({ secret: ADMIN_SECRET.replace('0', '1') })).state.screen).toBe('review');
    expect(play(mending, back).state.screen).toBe('review');
  });

  test('the next failure begins at its first way out again', () => {
    const other = play(
      refused.state,
      enter({ option: 'review' }),
      enter(),
      failed(refusal('SERVICE_FORBIDDEN_CONTENT_BLOCKED')),
    );
    expect(controlValue(other.view, 'option')).toBe('0');
  });

  test('Esc goes back to the review', () => {
    expect(play(refused.state, back).state.screen).toBe('review');
  });

  test('a try again is another attempt with the same request', () => {
    const lost = play(working, failed(new ConnectionError('timeout', 'api.eu.kaltura.com', 'ETIMEDOUT')));
    const option = controlOf(lost.view, 'option');
    const again = option.kind === 'choice' ? option.options.find((option) => option.label === 'Try again') : undefined;
    const { effects, state } = play(lost.state, enter({ option: again?.value ?? 'no such way' }));
    expect(effects).toMatchObject([
      { do: 'make-key', attempt: working.waiting.attempt + 1, request: working.making.request },
    ]);
    expect(state.screen).toBe('working');
  });

  test('no login is tried twice by itself', () => {
    const { effects } = play(loggingIn, failed(refusal('USER_WRONG_PASSWORD')));
    expect(effects).toEqual([]);
  });

  test('every way out leads to a screen that exists', () => {
    const failures: unknown[] = [
      ...['START_SESSION_ERROR', 'UNKNOWN_ROLE_ID', 'SERVICE_FORBIDDEN_CONTENT_BLOCKED', 'INVALID_KS', 'toString'].map(
        (code) => refusal(code),
      ),
      new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND'),
      new ConnectionError('tls', 'api.eu.kaltura.com', 'CERT_HAS_EXPIRED'),
      new UnsuitableRequestError('semicolon-in-user'),
      new TypeError('boom'),
      'a text',
      null,
    ];
    for (const failure of failures) {
      const at = play(working, failed(failure));
      expect(at.state.screen).toBe('failure');
      for (const option of optionsOf(at.view, 'option')) {
        expect(play(at.state, enter({ option })).view.question).not.toBe('');
      }
    }
  });

  test('what the server echoes is shown shortened', () => {
    const shown = play(
      working,
      failed(refusal('X', `bad secret ${ADMIN_SECRET} in session`)),
      set('option', 'answer'),
      {
        type: 'submit',
      },
    );
    expect(shown.state.screen).toBe('answer');
    expect(viewText(shown.view)).toMatch(/bad secret/);
    expect(viewText(shown.view)).not.toContain(ADMIN_SECRET);
    expect(play(shown.state, back).state.screen).toBe('failure');
    expect(play(shown.state, { type: 'submit' }).state.screen).toBe('failure');
  });

  test('a fault of this program does not show its words, which may hold anything', () => {
    const { view } = play(working, failed(new TypeError(`cannot read ${ADMIN_SECRET}`)));
    expect(viewText(view)).not.toContain(ADMIN_SECRET);
    expect(view.question).toMatch(/occurred in kaltura-ks/);
  });

  test('happens at the moment that is told, and time goes on', () => {
    expect(refused.state.now).toBe(NOW);
  });
});
