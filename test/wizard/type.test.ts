import { describe, expect, test } from 'vitest';
import {
  ADMIN_SECRET,
  act,
  back,
  comparableForm,
  controlOf,
  controlValue,
  enter,
  factsOf,
  OWN_CHOICE,
  optionsOf,
  play,
  set,
  start,
  TO_REVIEW,
  TOKEN,
  viewText,
} from './play.js';

/** Who uses the key, its type, user and lifetime, and the confirmation of ADMIN. */

const atType = play(
  start(),
  enter({ region: 'eu' }),
  enter({ method: 'server' }),
  enter({ partnerId: '2345678', secret: ADMIN_SECRET }),
  OWN_CHOICE,
).state;

describe('the answer who uses the key', () => {
  test.each([
    ['me', 'ADMIN', '86400', 'nothing'],
    ['server', 'USER', '86400', 'role'],
    ['browser', 'USER', '3600', 'play-only'],
  ])('%s suggests %s for %s seconds, and the task %s', (holder, type, lifetime, task) => {
    const { state, view } = play(atType, set('holder', holder));
    expect(state.form).toMatchObject({ holder, type, lifetime, task });
    expect(controlOf(view, 'type')).toMatchObject({ value: type });
    expect(optionsOf(view, 'type')[0]).toBe(type);
  });

  test('only suggests values, which can be changed', () => {
    const { state } = play(
      atType,
      enter({ holder: 'browser', type: 'ADMIN' }),
      enter({ option: 'ADMIN' }),
      enter({ lifetime: '900' }),
      enter({ task: 'nothing' }),
    );
    expect(state.screen).toBe('review');
    expect(state.form).toMatchObject({ type: 'ADMIN', lifetime: '900', privileges: '' });
  });

  test('comes with an explanation of both types', () => {
    const { view } = play(atType);
    expect(viewText(view)).toMatch(/acts as one user/);
    expect(viewText(view)).toMatch(/everything in the account/);
  });

  test('keeps privileges that were typed', () => {
    const atPrivileges = play(
      start(),
      ...TO_REVIEW,
      act('privileges'),
      enter({ task: 'write' }),
      enter({ privileges: 'list:*' }),
    ).state;
    expect(play(atPrivileges, act('type'), set('holder', 'browser')).state.form.privileges).toBe('list:*');
  });

  test('going back and forward again keeps the later answers', () => {
    const chosen = play(atType, enter({ holder: 'me', type: 'USER' }), enter({ lifetime: '900' })).state;
    expect(chosen.screen).toBe('privileges');
    const atTypeAgain = play(chosen, back, back);
    expect(atTypeAgain.state.screen).toBe('type');
    const forward = play(atTypeAgain.state, enter(), enter());
    expect(comparableForm(forward.state.form)).toEqual(comparableForm(chosen.form));
    expect(forward.state.screen).toBe('privileges');
  });
});

describe('ADMIN', () => {
  const asked = play(atType, enter({ holder: 'me' }));

  test('is confirmed on its own screen, which marks USER and says what ADMIN allows', () => {
    expect(asked.state.screen).toBe('admin');
    expect(controlValue(asked.view, 'option')).toBe('USER');
    expect(viewText(asked.view)).toMatch(/partner 2345678/);
    expect(viewText(asked.view)).toMatch(/can also read the secrets of this account, its child accounts/);
  });

  test('becomes USER with Enter on that screen', () => {
    const { state } = play(asked.state, enter());
    expect(state.screen).toBe('user');
    expect(state.form.type).toBe('USER');
  });

  test('is confirmed only once for an account', () => {
    const confirmed = play(asked.state, enter({ option: 'ADMIN' }), back);
    expect(confirmed.state.screen).toBe('type');
    expect(play(confirmed.state, enter()).state.screen).toBe('user');
  });

  test('Esc on it changes nothing', () => {
    const { state } = play(asked.state, back);
    expect(state.screen).toBe('type');
    expect(state.form.type).toBe('ADMIN');
  });

  test.each([
    ['another account', [act('credentials'), enter({ partnerId: '102' })]],
    ['another region', [act('region'), enter({ region: 'us' })]],
    ['another user of the key', [act('type'), enter({ holder: 'browser', type: 'ADMIN' })]],
  ])('is confirmed again for %s', (_what, moves) => {
    const { state } = play(start(), ...TO_REVIEW, ...moves);
    expect(state.screen).toBe('admin');
  });

  test('is not confirmed again for another lifetime, and never for a login', () => {
    expect(play(start(), ...TO_REVIEW, act('user'), enter({ lifetime: '900' })).state.screen).toBe('review');
    const login = play(
      start(),
      enter({ region: 'eu' }),
      enter({ method: 'login' }),
      enter({ loginId: 'j@example.com', password: 'x' }),
      enter({ holder: 'me' }),
    );
    expect(login.state.screen).toBe('user');
  });

  test('has another text for a key that others use', () => {
    const { view } = play(atType, enter({ holder: 'browser', type: 'ADMIN' }));
    expect(viewText(view)).not.toMatch(/keep it to myself/);
  });
});

describe('with an app token', () => {
  test('the step says that the token can decide the type', () => {
    const { view } = play(
      start(),
      enter({ region: 'eu' }),
      enter({ method: 'app-token' }),
      enter({ partnerId: '102', tokenId: '0_ab12cd34', token: TOKEN }),
      OWN_CHOICE,
    );
    expect(view.warnings?.[0]?.text).toMatch(/more permissions than you choose here/);
    expect(optionsOf(view, 'type')).toHaveLength(2);
  });
});

describe('user and lifetime', () => {
  const atUser = play(atType, enter({ holder: 'server' })).state;

  test('24 hours are the default', () => {
    const { view } = play(atUser);
    const lifetime = controlOf(view, 'lifetime');
    expect(lifetime.kind === 'choice' && lifetime.value).toBe('86400');
    expect(viewText(view)).toMatch(/Kaltura’s default/);
  });

  test.each(['0', '-1', 'NaN', '3651d', 'soon', ''])('refuses the lifetime %j', (typed) => {
    expect(() => play(atUser, enter({ lifetime: 'other', otherLifetime: typed }))).toThrow(/user has a problem/);
  });

  test('a typed lifetime is shown in words, and kept when a preset is marked', () => {
    const typed = play(atUser, enter({ lifetime: 'other', otherLifetime: '90m' })).state;
    expect(typed.screen).toBe('privileges');
    const preset = play(typed, back, set('lifetime', '3600')).state;
    const again = play(preset, set('lifetime', 'other')).view;
    expect(controlOf(again, 'otherLifetime')).toMatchObject({
      value: '90m',
      note: expect.stringContaining('1 hour 30 minutes'),
    });
  });

  test('a small number without a unit gets a warning', () => {
    const warningFor = (typed: string) => {
      const { view } = play(atUser, set('lifetime', 'other'), set('otherLifetime', typed));
      const control = controlOf(view, 'otherLifetime');
      return control.kind === 'text' ? control.warning : undefined;
    };
    expect(warningFor('5')).toBe(
      'Without a unit, this means 5 seconds. Type 5m for minutes, 5h for hours, or 5d for days.',
    );
    for (const typed of ['5s', '5m', '3600', 'soon']) expect(warningFor(typed)).toBeNull();
  });

  test('an answer that adds a field says that Enter leads to it', () => {
    const lifetime = controlOf(play(atUser).view, 'lifetime');
    const enterAt = (value: string) => (lifetime.kind === 'choice' ? lifetime.preview?.(value).enter : null);
    expect(enterAt('other')).toBe('next field');
    expect(enterAt('3600')).toBeUndefined();
  });

  test('a lifetime over 24 hours gets a caution', () => {
    expect(play(atUser).view.warnings).toEqual([]);
    expect(viewText(play(atUser, set('lifetime', '604800')).view)).toMatch(/Longer than 24 hours/);
  });

  test('a ; in the user is refused unless the key is version 2', () => {
    expect(() => play(atUser, enter({ userId: 'a;b' }))).toThrow(/breaks a version 1 key/);
    const local = play(
      start(),
      enter({ region: 'eu' }),
      enter({ method: 'local' }),
      enter({ ksVersion: '2' }),
      enter({ partnerId: '102', secret: ADMIN_SECRET }),
      enter({ holder: 'server' }),
      enter({ userId: 'a;b' }),
    ).state;
    expect(local.screen).toBe('privileges');
    // Back to version 1: the wizard asks again for the user, which is invalid now.
    const one = play(local, enter({ task: 'nothing' }), act('sign-in'), enter(), enter({ ksVersion: '1' }));
    expect(one.state.screen).toBe('user');
    expect(factsOf(play(local, enter({ task: 'nothing' })).view)['User']).toContain('a;b');
  });
});
