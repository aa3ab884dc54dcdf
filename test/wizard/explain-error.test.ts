import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../source/kaltura/diagnosis/error-codes.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { State } from '../../source/wizard/engine/state.js';
import vectors from '../fixtures/ks-vectors.json' with { type: 'json' };
import {
  act,
  back,
  controlValue,
  enter,
  type Move,
  mark,
  messagesOf,
  optionsOf,
  play,
  problemOf,
  questionIn,
  sample,
  set,
  start,
  viewText,
  withKey,
} from './play.js';

const KEY = vectors.vectors.find(({ id }) => id === 'v2-2')?.ks ?? '';
const PROFILES = [sample(), sample({ name: 'staging' })];
const TO_FIELD = act('explain-error');
const explained = (text: string, from: State = start()) => play(from, TO_FIELD, enter({ error: text }));
const choose = (option: string): Move => enter({ option });

describe('the field for an error', () => {
  test('opens from the first step and from Home, and Esc goes back there', () => {
    for (const from of [start(), start(PROFILES)]) {
      const { state } = play(from, TO_FIELD);
      expect(state.screen).toBe('paste-error');
      expect(play(state, back).state.screen).toBe(from.screen);
    }
  });

  test('opens from the list of profiles', () => {
    expect(play(start(PROFILES), mark(' error'), enter()).state.screen).toBe('paste-error');
  });

  test('accepts a code, a message and a whole answer', () => {
    for (const text of [
      'CATEGORY_NOT_FOUND',
      'category not found',
      'Category id "123" not found',
      '{"code":"CATEGORY_NOT_FOUND","message":"Category id \\"123\\" not found"}',
      '<error><code>CATEGORY_NOT_FOUND</code></error>',
    ]) {
      const { state, view, effects } = explained(text);
      expect(state.screen).toBe('explain-error');
      expect(view.question).toBe('CATEGORY_NOT_FOUND');
      expect(effects).toEqual([]);
    }
  });

  test('explains entitlement in the help if it is a cause', () => {
    expect(explained('CATEGORY_NOT_FOUND').view.help.join(' ')).toContain('Entitlement hides categories');
    expect(explained('LOGIN_BLOCKED').view.help.join(' ')).not.toContain('Entitlement');
  });

  test('says which code it found before Enter is pressed', () => {
    const { view } = play(start(), TO_FIELD, set('error', 'x {"code":"INVALID_KS"} EXPIRED'));
    expect(view.standing).toEqual({ label: 'Found', value: 'INVALID_KS (EXPIRED)' });
  });

  test('refuses a text without an error, and says why', () => {
    expect(problemOf(play(start(), TO_FIELD).view, 'error')).toContain('There is no text');
    expect(problemOf(play(start(), TO_FIELD, set('error', 'hello')).view, 'error')).toContain('no Kaltura error');
  });

  test('hides a text that contains a key or a secret', () => {
    for (const secret of [KEY, '0123456789abcdef0123456789abcdef']) {
      const { state, view } = play(start(), TO_FIELD, set('error', `START_SESSION_ERROR ${secret}`));
      expect(controlValue(view, 'error')).toBeInstanceOf(Secret);
      expect(viewText(view)).not.toContain(secret.slice(0, 20));
      expect(JSON.stringify(state)).not.toContain(secret.slice(0, 20));
      const { view: result } = play(state, enter());
      expect(viewText(result)).not.toContain(secret.slice(0, 20));
    }
  });

  test('shows other text, so that it can be corrected', () => {
    const { view } = play(start(), TO_FIELD, set('error', 'CATEGORY_NOT_FUOND'));
    expect(controlValue(view, 'error')).toBe('CATEGORY_NOT_FUOND');
  });

  test('is empty when it is opened again', () => {
    const { view } = play(explained('INVALID_KS').state, back, back, TO_FIELD);
    expect(controlValue(view, 'error')).toBe('');
  });
});

describe('a key and an error are recognized in each other’s field', () => {
  test('an error in the field for a key is explained', () => {
    const { view } = play(start(), act('inspect'), set('paste', new Secret('CATEGORY_NOT_FOUND')));
    expect(view).toMatchObject({ standing: { value: 'CATEGORY_NOT_FOUND' }, enter: 'explain the error' });
    const { state, screens } = play(start(), act('inspect'), enter({ paste: 'CATEGORY_NOT_FOUND' }));
    expect(state.screen).toBe('explain-error');
    expect(screens.at(-1)).toBe('explain-error');
    expect(play(state, back, back).state.screen).toBe('region');
  });

  test('a key in the field for an error is explained', () => {
    const { view } = play(start(), TO_FIELD, set('error', KEY));
    expect(view).toMatchObject({ standing: { value: 'a session key' }, enter: 'explain the key' });
    const { state } = explained(KEY);
    expect(state.screen).toBe('explain');
    expect(play(state, back, back).state.screen).toBe('region');
  });

  test('a key in the same text as an error can be explained too', () => {
    const { state, view } = explained(`ks=${KEY} {"code":"INVALID_KS"}`);
    expect(state.screen).toBe('explain-error');
    expect(optionsOf(view, 'option')).toContain('key');
    expect(play(state, choose('key')).state.screen).toBe('explain');
  });
});

describe('the explanation', () => {
  test('says the meaning, the causes and the fix', () => {
    const messages = messagesOf(explained('CATEGORY_NOT_FOUND').view);
    expect(messages).toContain('The category does not exist');
    expect(messages).toContain('· Entitlement hides it');
    expect(messages).toContain('Fix: ');
    // The end of a long list can be off the screen.
    expect(messages.indexOf('Fix: ')).toBeLessThan(messages.indexOf('Likely causes:'));
  });

  test.each(Object.keys(ERROR_CODES))('exists for %s', (code) => {
    const { state, view } = explained(code);
    expect(state.screen).toBe('explain-error');
    expect(optionsOf(view, 'option').at(-1)).toBe('another');
  });

  test('suggests a code for a mistyped one', () => {
    const { state, view } = explained('CATEGORY_NOT_FUOND');
    expect(messagesOf(view)).toContain('Did you mean CATEGORY_NOT_FOUND?');
    expect(play(state, choose('similar:CATEGORY_NOT_FOUND')).view.question).toBe('CATEGORY_NOT_FOUND');
  });

  test('explains each error of a text with several', () => {
    const { state } = explained('[{"code":"INVALID_KS"},{"code":"ENTRY_ID_NOT_FOUND"}]');
    const { view } = play(state, choose('error:1'));
    expect(view.question).toBe('ENTRY_ID_NOT_FOUND');
    expect(optionsOf(view, 'option')).toContain('error:0');
  });
});

describe('the user can continue from an error', () => {
  test('with a pasted key, and the search for content has the ID', () => {
    const { state } = play(explained('Category id "123" not found').state, choose('paste'), enter({ paste: KEY }));
    expect(state.screen).toBe('explain');
    expect(state.checking.typedId).toBe('123');
    const esc = play(explained('CATEGORY_NOT_FOUND').state, choose('paste'), back);
    expect(esc.state.screen).toBe('explain-error');
  });

  test('with the current key', () => {
    const state = { ...withKey(), screen: 'region' } as const;
    const asked = play(explained('Entry id "0_abc12345" not found', state).state, choose('look-up'), enter());
    expect(questionIn(asked)).toMatchObject({ ask: 'look-up', id: { kind: 'entry', id: '0_abc12345' } });
  });

  test('with a key of a profile', () => {
    const { state } = play(explained('INVALID_KS', start(PROFILES)).state, choose('profile'));
    expect(state.screen).toBe('home');
    expect(state.notice?.text).toContain('Choose a profile');
  });

  test('with a new key that sees the category, or only the entry', () => {
    const all = play(explained('CATEGORY_NOT_FOUND').state, choose('see'));
    expect(all.state).toMatchObject({ screen: 'region', form: { privileges: 'disableentitlement', task: 'write' } });
    const one = play(explained('Entry id "0_abc12345" not found').state, choose('see'));
    expect(one.state.form.privileges).toBe('disableentitlementforentry:0_abc12345');
  });

  test('with the search for the region, whose Esc goes back to the error', () => {
    const { state, view } = play(
      explained('Error while starting session for partner [2345678]').state,
      choose('regions'),
    );
    expect(controlValue(view, 'partnerId')).toBe('2345678');
    expect(play(state, back).state.screen).toBe('explain-error');
  });

  test('with the app tokens only if the current key is an ADMIN key', () => {
    const from = (type: 'ADMIN' | 'USER'): State => ({ ...withKey({ type }), screen: 'region' });
    expect(optionsOf(explained('APP_TOKEN_EXPIRED', from('ADMIN')).view, 'option')).toContain('tokens');
    expect(optionsOf(explained('APP_TOKEN_EXPIRED', from('USER')).view, 'option')).not.toContain('tokens');
  });
});
