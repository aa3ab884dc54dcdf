import { describe, expect, test } from 'vitest';
import type { SecretSource } from '../../source/secrets/source.js';
import type { WizardEvent } from '../../source/wizard/engine/event.js';
import { act, back, enter, factsOf, messagesOf, optionsOf, play, sample, start } from './play.js';

const COMMAND: SecretSource = { kind: 'command', command: ['op', 'read', 'x y'], usesShell: false, isConfirmed: false };
const VARIABLE: SecretSource = { kind: 'variable', name: 'AWS_SECRET_ACCESS_KEY', isConfirmed: false };
const imported = (secretSource: SecretSource) => sample({ secretSource, type: 'USER' });

const atCommand = play(start([imported(COMMAND)]), enter());

const confirmed = (changes: Partial<Extract<WizardEvent, { type: 'source-confirmed' }>> = {}): WizardEvent => ({
  type: 'source-confirmed',
  attempt: atCommand.state.waiting.attempt + 1,
  profile: imported({ ...COMMAND, isConfirmed: true }),
  reason: '',
  profiles: [imported({ ...COMMAND, isConfirmed: true })],
  ...changes,
});

describe('an imported secret source', () => {
  test('is shown with its server before it is used, and “no” is the default', () => {
    expect([atCommand.screens, atCommand.effects]).toEqual([['confirm-source'], []]);
    expect(factsOf(atCommand.view)).toEqual({
      Profile: 'production',
      Server: 'https://api.eu.kaltura.com',
      Command: "op read 'x y'",
    });
    expect(optionsOf(atCommand.view, 'option')).toEqual(['no', 'type', 'yes']);
    const declined = play(atCommand.state, enter());
    expect([declined.screens, declined.effects]).toEqual([['home'], []]);
    expect(play(atCommand.state, back).screens).toEqual(['home']);
  });

  test('is read as it was shown, after the confirmation was recorded', () => {
    const yes = play(atCommand.state, enter({ option: 'yes' }));
    expect(yes.effects).toMatchObject([{ do: 'confirm-source', profile: { secretSource: COMMAND } }]);
    const reading = play(yes.state, confirmed());
    expect(reading.screens).toEqual(['working']);
    expect(reading.effects).toMatchObject([
      { do: 'read-secret', profile: { secretSource: { ...COMMAND, isConfirmed: true } } },
    ]);
  });

  test('is not read if the profile changed in the meantime, and the reason is shown', () => {
    const yes = play(atCommand.state, enter({ option: 'yes' }));
    const { view, state, effects } = play(yes.state, confirmed({ profile: null, reason: 'It changed.' }));
    expect([state.screen, effects, state.notice?.text]).toEqual(['home', [], 'It changed.']);
    expect(view.question).toBe('Which profile do you want to use?');
  });

  test('is not read if the user went back in the meantime', () => {
    const wentBack = play(atCommand.state, enter({ option: 'yes' }), back);
    expect(play(wentBack.state, confirmed()).effects).toEqual([]);
  });

  test('can be skipped by typing the secret', () => {
    expect(play(atCommand.state, enter({ option: 'type' })).screens).toEqual(['quick']);
  });

  test('can’t be confirmed if it is too long for the screen', () => {
    const long: SecretSource = { ...COMMAND, command: [`echo ${'word '.repeat(60)}; touch /tmp/x`], usesShell: true };
    const { view } = play(start([imported(long)]), enter());
    expect(optionsOf(view, 'option')).toEqual(['no', 'type']);
    expect(view.question).toBe('This imported command is too long to confirm here');
    expect(messagesOf(view)).toContain('asks you to confirm:\nkaltura-ks token production');
  });

  test('shortens hex digits, and shows the length of long runs of spaces', () => {
    const hex = '0123456789abcdef'.repeat(2);
    const line = `/tmp/${hex}/run${' '.repeat(150)}; touch /tmp/x`;
    const { view } = play(start([imported({ ...COMMAND, command: [line], usesShell: true })]), enter());
    expect(factsOf(view)['Shell command']).toBe('/tmp/0123…cdef/run [150 spaces] ; touch /tmp/x');
  });

  test('requires confirmation for a variable, which could contain any secret', () => {
    const { view, effects } = play(start([imported(VARIABLE)]), enter());
    expect([view.question, effects]).toEqual(['Read this imported environment variable?', []]);
    expect(messagesOf(view)).toContain('even one with the secret of another program');
  });

  test.each([COMMAND, VARIABLE])('stays unconfirmed when the profile is saved again: $kind', (secretSource) => {
    const saving = play(start([imported(secretSource)]), act('edit'), act('save'));
    expect(play(saving.state, enter()).effects).toMatchObject([{ do: 'save-profile', profile: { secretSource } }]);
    const copied = play(saving.state, enter({ newName: 'a copy' }));
    expect(copied.effects).toMatchObject([{ profile: { name: 'a copy', secretSource } }]);
    const typed = play(saving.state, enter({ sourceText: 'ANOTHER' }));
    expect(typed.effects).toMatchObject([{ profile: { secretSource: { isConfirmed: true } } }]);
  });
});
