import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { ScreenId } from '../../source/wizard/engine/screen-id.js';
import type { State } from '../../source/wizard/engine/state.js';
import { CREATE_NEW_KEY } from '../../source/wizard/key/new-key.js';
import vectors from '../fixtures/ks-vectors.json' with { type: 'json' };
import { act, back, controlValue, enter, made, madeKey, mark, play, sample, start, TO_REVIEW } from './play.js';

const KEY = vectors.vectors.find(({ id }) => id === 'v2-2')?.ks ?? '';
const result = play(start(), ...TO_REVIEW, enter(), made(madeKey({}, { ks: new Secret(KEY) }))).state;
const menu = play(result, act('next')).state;
const choose = (option: string) => enter({ option });

/** The screens that Esc shows one after the other. */
const escapes = (from: State, count: number): readonly ScreenId[] =>
  play(from, ...Array.from({ length: count }, () => back)).screens;

describe('Esc on a screen about the key', () => {
  test.each(['check', 'look-up', 'use', 'explain', 'tokens', 'end'])(
    'goes from %s to the menu, and then to the result',
    (screen) => {
      const { state } = play(menu, choose(screen));
      // The list of app tokens sends a request first.
      const shown = state.screen === 'asking' ? play(state, back).state : state;
      expect(shown.screen).toBe(screen);
      expect(escapes(shown, 2)).toEqual(['next', 'result']);
      expect(controlValue(play(shown, back).view, 'option')).toBe(screen);
    },
  );

  test('goes to the result from a screen that the result opened', () => {
    for (const action of ['check', 'use']) expect(escapes(play(result, act(action)).state, 1)).toEqual(['result']);
  });

  test('goes through every screen in between', () => {
    const { state } = play(menu, choose('explain'), choose('check'), choose('look-up'));
    expect(escapes(state, 4)).toEqual(['check', 'explain', 'next', 'result']);
  });

  test('“Back to the key” skips the screens in between', () => {
    const { state } = play(menu, choose('explain'), choose('check'), choose('back'));
    expect(state.screen).toBe('result');
    expect(escapes(play(state, act('next'), choose('use')).state, 2)).toEqual(['next', 'result']);
  });

  test('goes back to a pasted key, and from there to its field', () => {
    const pasted = play(start(), act('inspect'), enter({ paste: KEY }), choose('check'), enter({ region: 'us' })).state;
    expect(pasted.screen).toBe('check');
    expect(escapes(pasted, 3)).toEqual(['explain', 'paste', 'region']);
    const again = play(pasted, choose('back')).state;
    expect(escapes(again, 1)).toEqual(['paste']);
  });

  test('goes back to the error that the key was in', () => {
    const field = play(start(), act('explain-error'), enter({ error: `INVALID_KS ${KEY}` })).state;
    const explained = play(field, choose('key')).state;
    expect(explained.screen).toBe('explain');
    expect(escapes(explained, 2)).toEqual(['explain-error', 'paste-error']);
  });
});

describe('Esc on Home', () => {
  const home = start([sample(), sample({ name: 'staging' })]);
  const choosing = play(home, act('explain-error'), enter({ error: 'INVALID_KS' }), choose('profile'));

  test('goes back to the error for which the user was choosing a profile', () => {
    expect(choosing.view.escape).toBe('back');
    const { state, view } = play(choosing.state, back);
    expect(state.screen).toBe('explain-error');
    expect(controlValue(view, 'option')).toBe('profile');
    expect(escapes(state, 3)).toEqual(['paste-error', 'home', 'quit']);
  });

  test('quits after another key or another error was started', () => {
    expect(escapes(play(choosing.state, mark(' new'), enter()).state, 2)).toEqual(['home', 'quit']);
    expect(escapes(play(choosing.state, act('explain-error')).state, 2)).toEqual(['home', 'quit']);
  });

  test('quits after a new key was started instead of one that no longer works', () => {
    const { state } = CREATE_NEW_KEY.choose({ ...choosing.state, key: null });
    expect(state.screen).toBe('home');
    expect(escapes(state, 1)).toEqual(['quit']);
  });
});
