import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { SecretSourceError } from '../../source/secrets/source-error.js';
import {
  ADMIN_SECRET,
  act,
  back,
  controlOf,
  enter,
  made,
  madeKey,
  mark,
  NEW,
  play,
  sample,
  set,
  start,
  TO_REVIEW,
  viewText,
} from './play.js';

const atSave = play(start(), ...TO_REVIEW, enter(), made(), act('save')).state;
const withSources = play(atSave, {
  type: 'secret-sources',
  sources: { describe: (place, { profile }) => `${place.kind} of ${profile}`, isKeychainUsable: true },
}).state;
const optionsOf = (state: typeof atSave): string[] => {
  const control = controlOf(play(state).view, 'sourceKind');
  return control.kind === 'choice' ? control.options.map(({ value }) => value) : [];
};

describe('the secret source of a profile', () => {
  test('is “ask” by default, and the keychain is offered only if it works', () => {
    expect(optionsOf(atSave)).toEqual(['ask', 'file', 'command', 'variable']);
    expect(optionsOf(withSources)).toEqual(['ask', 'file', 'command', 'variable', 'keychain']);
    const [effect] = play(withSources, enter()).effects;
    expect(effect).toMatchObject({ do: 'save-profile', secret: null, profile: { secretSource: { kind: 'ask' } } });
  });

  test('is named exactly before it is written', () => {
    expect(viewText(play(withSources, set('sourceKind', 'keychain')).view)).toContain('keychain of eu-2345678');
  });

  test('the keychain gets the secret that was used', () => {
    const [effect] = play(withSources, enter({ includesKey: 'yes', sourceKind: 'keychain' })).effects;
    expect(effect).toMatchObject({ do: 'save-profile', profile: { secretSource: { kind: 'keychain' } } });
    expect(effect?.do === 'save-profile' && effect.secret?.reveal()).toBe(ADMIN_SECRET);
  });

  test('a passphrase must be long and typed twice', () => {
    const file = (passphrase: string, again: string) => () =>
      play(withSources, enter({ sourceKind: 'file', passphrase, again })).effects;
    expect(file('short', 'short')).toThrow(/at least 12/);
    expect(file('correct horse battery', 'correct horse batterY')).toThrow(/are different/);
    expect(file('correct horse battery', 'correct horse battery')()).toMatchObject([{ do: 'save-profile' }]);
  });

  test('a command runs without a shell by default', () => {
    const [plain] = play(withSources, enter({ sourceKind: 'command', sourceText: "pass show 'my key'" })).effects;
    expect(plain).toMatchObject({
      profile: {
        secretSource: { kind: 'command', command: ['pass', 'show', 'my key'], usesShell: false, isConfirmed: true },
      },
    });
    const piped = play(withSources, set('sourceKind', 'command'), set('sourceText', 'pass show x | head -1'));
    expect(piped.view.controls.map(({ id }) => id)).toContain('usesShell');
    const [shell] = play(piped.state, enter({ usesShell: 'yes' })).effects;
    expect(shell).toMatchObject({ profile: { secretSource: { command: ['pass show x | head -1'], usesShell: true } } });
  });

  test('the keychain is not offered for another profile name', () => {
    const edited = play(start([sample({ secretSource: { kind: 'keychain' } })]), act('edit'), act('save')).state;
    expect(optionsOf(edited)).toContain('keychain');
    expect(optionsOf(play(edited, set('newName', 'another')).state)).not.toContain('keychain');
  });

  test('a second Enter during the save does nothing', () => {
    const once = play(withSources, enter());
    expect(play(once.state, enter()).effects).toEqual([]);
  });
});

describe('the use of a stored secret', () => {
  const stored = sample({ secretSource: { kind: 'keychain' } });
  const asked = play(start([stored]), { type: 'submit' });
  const {
    waiting: { attempt },
  } = asked.state;

  test('reads the secret and creates the key without a question', () => {
    expect(asked.effects).toMatchObject([{ do: 'read-secret', what: 'secret', passphrase: null }]);
    const read = play(asked.state, { type: 'secret-read', attempt, secret: new Secret(ADMIN_SECRET) });
    expect(read.effects).toMatchObject([{ do: 'make-key' }]);
    expect(read.state.screen).toBe('working');
  });

  test('shows why the secret can’t be read, and asks for it', () => {
    const error = new SecretSourceError('locked', 'The keychain is locked.', 'Unlock it.');
    const failed = play(asked.state, { type: 'secret-failed', attempt, error });
    expect(failed.state).toMatchObject({ screen: 'quick', notice: { text: 'The keychain is locked. Unlock it.' } });
    const late = play(asked.state, { type: 'secret-read', attempt: attempt - 1, secret: new Secret('x') });
    expect(late.effects).toEqual([]);
  });

  test('asks for the passphrase of an encrypted file, and again after a wrong one', () => {
    const { state } = play(start([sample({ secretSource: { kind: 'file' } })]), { type: 'submit' });
    expect(state.screen).toBe('passphrase');
    const opened = play(state, enter({ passphrase: 'correct horse battery' }));
    const [effect] = opened.effects;
    expect(effect?.do === 'read-secret' && effect.passphrase?.reveal()).toBe('correct horse battery');
    const error = new SecretSourceError('wrong-passphrase', 'The passphrase is wrong.', 'Try again.');
    const again = play(opened.state, { type: 'secret-failed', attempt: opened.state.waiting.attempt, error });
    expect(again.state.screen).toBe('passphrase');
    expect(viewText(again.view)).toContain('The passphrase is wrong.');
  });
});

test('another key can be created after Esc at the passphrase', () => {
  const locked = sample({ secretSource: { kind: 'file' } });
  const creating = play(
    start([locked]),
    { type: 'submit' },
    back,
    mark(NEW),
    { type: 'submit' },
    ...TO_REVIEW,
    enter(),
  );
  expect(creating.state.screen).toBe('working');
  expect(creating.view.heading).toBe('creating the key');
});

describe('the saved key of a profile', () => {
  const withSavedKey = sample({ savedKey: madeKey() });

  test('is kept when the profile is saved without changes', () => {
    const edited = play(start([withSavedKey]), act('edit'), act('save'));
    expect(play(edited.state, enter()).effects).toMatchObject([
      { do: 'save-profile', profile: { savedKey: withSavedKey.savedKey } },
    ]);
  });

  test('is deleted when the answers change, after a warning', () => {
    const edited = play(start([withSavedKey]), act('edit'), act('user'), enter({ lifetime: '900' }), act('save'));
    expect(viewText(edited.view)).toContain('the key that is saved with this profile is deleted');
    expect(play(edited.state, enter()).effects).toMatchObject([{ do: 'save-profile', profile: { savedKey: null } }]);
  });

  test('is kept when the changed answers are saved under another name', () => {
    const edited = play(start([withSavedKey]), act('edit'), act('user'), enter({ lifetime: '900' }), act('save'));
    const { view } = play(edited.state, set('newName', 'another'));
    expect(viewText(view)).not.toContain('is deleted');
    expect(viewText(view)).toContain(`The profile “${withSavedKey.name}” stays as it is.`);
  });

  test('Esc on the review of an edited profile goes back to the list', () => {
    expect(play(start([withSavedKey]), act('edit'), back).state).toMatchObject({
      screen: 'home',
      profileFlow: { selectedProfile: withSavedKey.name },
    });
  });
});

test('a secret in a visible field is hidden immediately, and the suggestion moves it to its own field', () => {
  const toCredentials = [enter({ region: 'eu' }), enter({ method: 'server' })];
  const typed = play(start(), ...toCredentials, set('partnerId', ADMIN_SECRET));
  const field = controlOf(typed.view, 'partnerId');
  if (field.kind !== 'text' || field.suggestion == null) throw new Error('There is no suggestion.');
  expect(field.value).toBeInstanceOf(Secret);
  expect(field.problem).toContain('looks like a secret');
  expect(JSON.stringify(typed.view)).not.toContain(ADMIN_SECRET);
  const { form } = play(typed.state, { type: 'set', control: 'partnerId', value: field.suggestion.value }).state;
  expect(form.partnerId).toBe('');
  expect(form.secret.equals(new Secret(ADMIN_SECRET))).toBe(true);
});
