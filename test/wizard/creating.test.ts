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

/** Creating a key: progress, one-time codes, failures and their fixes. */

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
  test('shows its progress', () => {
    expect(play(working).view).toMatchObject({ isBusy: true, controls: [] });
    const creating = play(working, { type: 'stage', attempt: working.waiting.attempt, text: 'Creating the key…' });
    expect(creating.view.question).toBe('Creating the key…');
  });

  test('is canceled with Esc, which goes back to the review and keeps the answers', () => {
    const canceled = play(working, back);
    expect(canceled.effects).toEqual([{ do: 'abort' }]);
    expect(canceled.state.screen).toBe('review');
    expect(comparableForm(canceled.state.form)).toEqual(comparableForm(working.form));
  });

  test('ignores Enter, so that no second key is created', () => {
    expect(play(working, { type: 'submit' }).effects).toEqual([]);
  });

  test.each<[what: string, late: (attempt: number) => Move]>([
    ['a key', (attempt) => ({ type: 'made', attempt, key: madeKey() })],
    ['a refusal', (attempt) => ({ type: 'failed', attempt, failure: refusal('START_SESSION_ERROR') })],
    ['a progress message', (attempt) => ({ type: 'stage', attempt, text: 'late' })],
  ])('ignores %s that comes late', (_what, late) => {
    const canceled = play(working, back).state;
    expect(play(canceled, late(working.waiting.attempt)).state).toEqual(canceled);
    expect(play(canceled, late(working.waiting.attempt)).effects).toEqual([]);
    const second = play(canceled, enter()).state;
    expect(play(second, late(working.waiting.attempt)).state).toEqual(second);
  });

  test('an aborted request is not a failure', () => {
    const { state } = play(working, failed(new ConnectionError('aborted', 'api.eu.kaltura.com', 'aborted')));
    expect(state.screen).toBe('review');
  });

  test('is stopped by Ctrl+C, which quits', () => {
    expect(play(working, { type: 'cancel' }).effects).toEqual([{ do: 'abort' }, { do: 'quit', how: 'cancelled' }]);
  });

  test('prints its key once', () => {
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

  test('is requested only if the server requires one, and nothing else is requested', () => {
    expect(loggingIn.making.request?.signIn).toMatchObject({ code: null });
    expect(asked.state.screen).toBe('code');
    expect(asked.view.controls.map((control) => control.id)).toEqual(['code']);
    expect(viewText(asked.view)).not.toMatch(/did not accept/);
  });

  test('keeps leading zeros and loses spaces when it is sent', () => {
    const { effects, state } = play(asked.state, enter({ code: '012 345' }));
    expect(state.screen).toBe('working');
    const [effect] = effects;
    const signIn = effect?.do === 'make-key' ? effect.request.signIn : null;
    expect(signIn?.method === 'login' && [signIn.code?.reveal(), signIn.password.reveal()]).toEqual([
      '012345',
      'Pass-word 1',
    ]);
  });

  test('that is wrong is requested again, with an empty field', () => {
    const again = play(asked.state, enter({ code: '000000' }), failed(refusal('INVALID_OTP')));
    expect(again.state.screen).toBe('code');
    expect(viewText(again.view)).toMatch(/refused the code/);
    expect(again.state.form.code.reveal()).toBe('');
    expect(again.state.form.password.reveal()).toBe('Pass-word 1');
  });

  test('is not sent while it is empty', () => {
    expect(() => play(asked.state, enter({ code: ' ' }))).toThrow(/code is missing/);
  });

  test('is not sent again with the next key', () => {
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

  test('with a wrong secret in practice offers the practice account, but no other region', () => {
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

  test('says what happened and why, and offers fixes', () => {
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

  const FIXES: [option: string, screen: ScreenId][] = [
    ['0', 'credentials'],
    ['1', 'review'],
    ['2', 'credentials'],
    ['3', 'region'],
    ['answer', 'answer'],
    ['review', 'review'],
  ];

  test.each(FIXES)('fix %s leads to %s, and keeps all answers', (option, screen) => {
    const { state } = play(refused.state, enter({ option }));
    expect(state.screen).toBe(screen);
    const changed = option === '1' ? { type: 'USER' } : {};
    expect(comparableForm(state.form)).toEqual({ ...comparableForm(working.form), ...changed });
  });

  test('the first fix focuses the secret', () => {
    const { state } = play(refused.state, enter({ option: '0' }));
    expect(state.focusOn).toBe('secret');
    expect(play(loggingIn, failed(refusal('USER_WRONG_PASSWORD')), enter()).state.focusOn).toBe('password');
  });

  test('Enter and Esc go back from the corrected step to the review', () => {
    const correcting = play(refused.state, enter({ option: '0' })).state;
    expect(play(correcting, enter({ secret: ADMIN_SECRET.replace('0', '1') })).state.screen).toBe('review');
    expect(play(correcting, back).state.screen).toBe('review');
  });

  test('the next failure starts with its first fix', () => {
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

  test('“Try again” repeats the same request as another attempt', () => {
    const lost = play(working, failed(new ConnectionError('timeout', 'api.eu.kaltura.com', 'ETIMEDOUT')));
    const option = controlOf(lost.view, 'option');
    const again = option.kind === 'choice' ? option.options.find((option) => option.label === 'Try again') : undefined;
    const { effects, state } = play(lost.state, enter({ option: again?.value ?? 'missing' }));
    expect(effects).toMatchObject([
      { do: 'make-key', attempt: working.waiting.attempt + 1, request: working.making.request },
    ]);
    expect(state.screen).toBe('working');
  });

  test('a login is never repeated automatically', () => {
    const { effects } = play(loggingIn, failed(refusal('USER_WRONG_PASSWORD')));
    expect(effects).toEqual([]);
  });

  test('every fix leads to an existing screen', () => {
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

  test('shows the server’s answer without the secret', () => {
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

  test('does not show the message of a program error, which could contain anything', () => {
    const { view } = play(working, failed(new TypeError(`cannot read ${ADMIN_SECRET}`)));
    expect(viewText(view)).not.toContain(ADMIN_SECRET);
    expect(view.question).toMatch(/occurred in kaltura-ks/);
  });

  test('updates the time', () => {
    expect(refused.state.now).toBe(NOW);
  });
});
