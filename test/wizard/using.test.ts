import { describe, expect, test } from 'vitest';
import { SNIPPET_LANGUAGES } from '../../source/kaltura/snippets/snippets.js';
import type { EnvFileState, EnvFileWriteResult } from '../../source/profiles/env-file.js';
import {
  act,
  answered,
  back,
  CONNECTION_RESET,
  controlOf,
  controlValue,
  enter,
  type Move,
  messagesOf,
  optionsOf,
  play,
  questionIn,
  set,
  unanswered,
  withKey,
} from './play.js';

/** Code that uses the key, and the key in an .env file. */

const admin = withKey();
const KS = admin.key?.made.ks.reveal() ?? '';
const opened = play(admin, act('use')).state;

describe('code', () => {
  test.each(SNIPPET_LANGUAGES)('for %s is printed and copied without the key', (option) => {
    const shown = play(opened, enter({ option }));
    const [effect] = shown.effects;
    expect(effect).toMatchObject({ do: 'show-text' });
    const text = effect?.do === 'show-text' ? effect.text : '';
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toContain(KS);
    const [copied] = play(opened, set('option', option), act('copy')).effects;
    expect(copied?.do === 'copy' && copied.text.reveal()).toBe(text);
    expect(shown.state.screen).toBe('use');
  });

  test('is for the server that created the key', () => {
    const [effect] = play(opened, enter({ option: 'curl' })).effects;
    expect(effect?.do === 'show-text' && effect.text).toContain('https://api.eu.kaltura.com');
  });

  test('has steps for the marked language', () => {
    const [curl, php] = ['curl', 'php'].map((option) => play(opened, set('option', option)).view);
    const steps = (view: typeof curl) => view?.advice?.map(({ text }) => text).join('\n');
    expect(steps(curl)).toMatch(/^1\. In bash or zsh: read -rs .*\n2\. Save the code as .*3\. Run: sh /);
    expect(steps(php)).toContain('Run: php ');
    expect(steps(play(opened, set('option', 'powershell')).view)).toContain('$env:KALTURA_KS = Read-Host');
    expect(steps(play(opened, set('option', 'env-file')).view)).not.toContain('1. ');
  });

  test('says how to see the key or the code again', () => {
    const text = (state: typeof opened) => play(state).view.scrolledAway;
    expect(text(opened)).toBe('The start of session key 1 has scrolled away. On the result, v prints it again.');
    const printed = play(opened, enter({ option: 'python' })).state;
    expect(text(printed)).toBe('The start of the code has scrolled away. c copies the code.');
    const hidden = opened.key === null ? null : { ...opened.key, isShown: false };
    expect(text({ ...opened, key: hidden })).toBeUndefined();
  });

  test('goes back to the same key', () => {
    const { state } = play(opened, enter({ option: 'python' }), back);
    expect(state.screen).toBe('result');
    expect(state.key).toEqual(admin.key);
  });
});

const file = (changes: Partial<EnvFileState> = {}): EnvFileState => ({
  path: '/home/jane/site/.env',
  target: '/home/jane/site/.env',
  isLink: false,
  leadsAway: false,
  exists: true,
  isOpenToOthers: false,
  hasKey: false,
  git: 'ignored',
  problem: null,
  ...changes,
});
const TO_FILE = enter({ option: 'env-file' });
const TO_CHOICE: readonly Move[] = [TO_FILE, enter({ path: '../site/.env' })];
const checkedFile = (changes: Partial<EnvFileState> = {}) =>
  play(opened, ...TO_CHOICE, answered({ to: 'env-file', is: file(changes) }));
const written: EnvFileWriteResult = {
  ok: true,
  path: file().path,
  target: file().path,
  outcome: 'added',
  access: 'private',
  idleLines: 0,
};

describe('an .env file', () => {
  test('is checked before anything is written', () => {
    expect(play(opened, TO_FILE).effects).toEqual([]);
    expect(questionIn(play(opened, ...TO_CHOICE))).toEqual({ ask: 'env-file', path: '../site/.env' });
  });

  test('is written after the screen says what will change', () => {
    const { state, view } = checkedFile({ hasKey: true });
    expect(view.question).toBe('Write KALTURA_KS to /home/jane/site/.env?');
    expect(messagesOf(view)).toContain('Replaces the key in the line KALTURA_KS=<the key>.');
    expect(state.focusOn).toBe('option');
    const writing = play(state, enter());
    expect(questionIn(writing)).toEqual({
      ask: 'write-env-file',
      path: file().path,
      ks: admin.key?.made.ks,
      seen: file({ hasKey: true }),
    });
    const done = play(writing.state, answered({ to: 'write-env-file', is: written }));
    expect(done.state.screen).toBe('use');
    expect(done.state.notice).toMatchObject({ tone: 'good', text: expect.stringContaining('Added KALTURA_KS to') });
    expect(done.state.key).toBe(admin.key);
  });

  test.each(['tracked', 'would-be-committed'] as const)('that is %s is written only after a choice', (git) => {
    const { state, view } = checkedFile({ git });
    expect(view.warnings?.[0]).toMatchObject({ tone: 'danger' });
    expect(controlValue(view, 'option')).toBe('no');
    const left = play(state, enter());
    expect(left.effects).toEqual([]);
    expect(left.state.screen).toBe('use');
    expect(questionIn(play(state, enter({ option: 'write' })))).toMatchObject({ ask: 'write-env-file' });
  });

  test('that can’t be written asks for another path', () => {
    const { state, view } = checkedFile({ problem: 'the folder does not exist' });
    expect(view.controls.map(({ id }) => id)).toEqual(['path']);
    expect(messagesOf(view)).toContain('the folder does not exist');
    expect(questionIn(play(state, enter({ path: '.env' })))).toEqual({ ask: 'env-file', path: '.env' });
  });

  test('with another name drops the description of the first file', () => {
    const { view } = play(checkedFile().state, set('path', 'other.env'));
    expect(view.question).toBe('Which file do you want to write?');
    expect(optionsOf.bind(null, view, 'option')).toThrow();
  });

  test('that could not be written keeps the screen, with the reason', () => {
    const failed = { ok: false, path: file().path, why: 'the disk is full' } as const;
    const { state, view } = play(checkedFile().state, enter(), answered({ to: 'write-env-file', is: failed }));
    expect(state.screen).toBe('env-file');
    expect(state.notice).toMatchObject({ tone: 'caution', text: expect.stringContaining('the disk is full') });
    expect(controlOf(view, 'path')).toMatchObject({ value: '../site/.env' });
  });

  test('keeps its path after Esc, a result and a failure', () => {
    for (const state of [
      checkedFile().state,
      play(opened, ...TO_CHOICE, back).state,
      play(opened, ...TO_CHOICE, unanswered(CONNECTION_RESET)).state,
      play(checkedFile().state, back, TO_FILE).state,
    ]) {
      expect(state.screen).toBe('env-file');
      expect(state.envWriting.path).toBe('../site/.env');
    }
  });

  test('Esc goes back to the options for use, with this one marked', () => {
    const { state, view } = play(checkedFile().state, back);
    expect(state.screen).toBe('use');
    expect(controlValue(view, 'option')).toBe('env-file');
  });
});
