import { describe, expect, test } from 'vitest';
import { viewOf } from '../../source/wizard/engine/screens.js';
import { EMPTY_FORM, type FormState } from '../../source/wizard/form/form.js';
import { enter, messagesOf, play, start } from './play.js';

test.each([
  ['us', true],
  ['practice', false],
])('the sign-in step in %s warns about other people’s accounts: %s', (region, isWarned) => {
  const { state, view } = play(start(), enter({ region }));
  expect(state.screen).toBe('sign-in');
  expect(messagesOf(view).includes('Not your account?')).toBe(isWarned);
});

describe('a login or an app token in practice', () => {
  const toPurpose = (method: string) => [enter({ region: 'practice' }), enter({ method }), enter()] as const;

  test.each([
    ['server', true],
    ['local', true],
    ['login', false],
    ['app-token', false],
  ])('with %s, “Look around” is offered: %s', (method, isOffered) => {
    const more = method === 'local' ? [enter()] : [];
    const { state, view } = play(start(), ...toPurpose(method), ...more);
    expect(state.screen).toBe('purpose');
    const [list] = view.controls;
    expect(list?.kind === 'choice' && list.options.some(({ value }) => value === 'look-around')).toBe(isOffered);
  });

  test('the purpose is asked again after “Look around” and a change of the sign-in', () => {
    const looking = play(start(), ...toPurpose('server'), enter());
    expect(looking.state.screen).toBe('review');
    const changed = play(looking.state, { type: 'act', action: 'sign-in' }, enter({ method: 'login' }));
    expect(changed.state.screen).toBe('purpose');
  });

  test('the review of a login doesn’t call its key a harmless USER key', () => {
    const form = { ...EMPTY_FORM, region: 'practice', method: 'login', type: 'USER', privileges: 'list:*,sview:*' };
    const messages = messagesOf(viewOf({ ...start(), screen: 'review', form: form as FormState }));
    expect(messages).not.toMatch(/Harmless|A USER key acts/);
  });

  test('a use case doesn’t promise the type that the login decides', () => {
    const hintsWith = (method: string): string => {
      const [list] = play(start(), ...toPurpose(method), enter({ purpose: 'play' })).view.controls;
      return list?.kind === 'choice' ? list.options.map(({ hint }) => hint).join('\n') : '';
    };
    expect(hintsWith('server')).toMatch(/USER · /);
    expect(hintsWith('login')).not.toMatch(/USER|ADMIN/);
  });

  test('“Something else” with an app token suggests a USER key without privileges', () => {
    expect(play(start(), ...toPurpose('app-token')).state.form).toMatchObject({ type: 'USER', task: 'nothing' });
  });
});
