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
const seen = play(atSave, {
  type: 'secret-sources',
  sources: { describe: (place, { profile }) => `${place.kind} of ${profile}`, isKeychainUsable: true },
}).state;
const optionsOf = (state: typeof atSave): string[] => {
  const control = controlOf(play(state).view, 'sourceKind');
  return control.kind === 'choice' ? control.options.map(({ value }) => value) : [];
};

describe('where a secret may live', () => {
  test('is asked for each time unless one says otherwise, and the keychain is offered only once it works', () => {
    expect(optionsOf(atSave)).toEqual(['ask', 'file', 'command', 'variable']);
    expect(optionsOf(seen)).toEqual(['ask', 'file', 'command', 'variable', 'keychain']);
    const [effect] = play(seen, enter()).effects;
    expect(effect).toMatchObject({ do: 'save-profile', secret: null, profile: { secretSource: { kind: 'ask' } } });
  });

  test('is named exactly before anything is written there', () => {
    expect(viewText(play(seen, set('sourceKind', 'keychain')).view)).toContain('keychain of eu-2345678');
  });

  test('the keychain gets the secret that was used, and a key kept with it', () => {
    const [effect] = play(seen, enter({ includesKey: 'yes', sourceKind: 'keychain' })).effects;
    expect(effect).toMatchObject({ do: 'save-profile', profile: { secretSource: { kind: 'keychain' } } });
    expect(effect?.do === 'save-profile' && effect.secret?.reveal()).toBe(ADMIN_SECRET);
  });

  test('a passphrase is long, and typed twice', () => {
    const file = (passphrase: string, again: string) => () =>
      play(seen, enter({ sourceKind: 'file', passphrase, again })).effects;
    expect(file('short', 'short')).toThrow(/at least 12/);
    expect(file('correct horse battery', 'correct horse batterY')).toThrow(/are different/);
    expect(file('correct horse battery', 'correct horse battery')()).toMatchObject([{ do: 'save-profile' }]);
  });

  test('a command runs without a shell, unless one says that it needs one', () => {
    const [plain] = play(seen, enter({ sourceKind: 'command', sourceText: "pass show 'my key'" })).effects;
    expect(plain).toMatchObject({
      profile: {
        secretSource: { kind: 'command', command: ['pass', 'show', 'my key'], usesShell: false, isConfirmed: true },
      },
    });
    const piped = play(seen, set('sourceKind', 'command'), set('sourceText', 'pass show x | head -1'));
    expect(piped.view.controls.map(({ id }) => id)).toContain('usesShell');
    const [shell] = play(piped.state, enter({ usesShell: 'yes' })).effects;
    expect(shell).toMatchObject({ profile: { secretSource: { command: ['pass show x | head -1'], usesShell: true } } });
  });

  test('under another name nothing is in the keychain yet: it cannot be counted on', () => {
    const edited = play(start([sample({ secretSource: { kind: 'keychain' } })]), act('edit'), act('save')).state;
    expect(optionsOf(edited)).toContain('keychain');
    expect(optionsOf(play(edited, set('newName', 'another')).state)).not.toContain('keychain');
  });

  test('a second Enter while it is saved asks for nothing', () => {
    const once = play(seen, enter());
    expect(play(once.state, enter()).effects).toEqual([]);
  });
});

describe('using it', () => {
  const stored = sample({ secretSource: { kind: 'keychain' } });
  const asked = play(start([stored]), { type: 'submit' });
  const {
    waiting: { attempt },
  } = asked.state;

  test('nothing is asked: the secret is read, and the key made', () => {
    expect(asked.effects).toMatchObject([{ do: 'read-secret', what: 'secret', passphrase: null }]);
    const read = play(asked.state, { type: 'secret-read', attempt, secret: new Secret(ADMIN_SECRET) });
    expect(read.effects).toMatchObject([{ do: 'make-key' }]);
    expect(read.state.screen).toBe('working');
  });

  test('where it is not to be had, why is said and the secret is asked for', () => {
    const error = new SecretSourceError('locked', 'The keychain is locked.', 'Unlock it.');
    const failed = play(asked.state, { type: 'secret-failed', attempt, error });
    expect(failed.state).toMatchObject({ screen: 'quick', notice: { text: 'The keychain is locked. Unlock it.' } });
    const late = play(asked.state, { type: 'secret-read', attempt: attempt - 1, secret: new Secret('x') });
    expect(late.effects).toEqual([]);
  });

  test('an encrypted file asks its passphrase, and again where it was wrong', () => {
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

test('who turns back at the passphrase and makes another key waits for that one', () => {
  const locked = sample({ secretSource: { kind: 'file' } });
  const turned = play(start([locked]), { type: 'submit' }, back, mark(NEW), { type: 'submit' }, ...TO_REVIEW, enter());
  expect(turned.state.screen).toBe('working');
  expect(turned.view.heading).toBe('creating the key');
});

describe('the key that a profile keeps', () => {
  const kept = sample({ savedKey: madeKey() });

  test('stays with it when it is opened and saved as it was', () => {
    const edited = play(start([kept]), act('edit'), act('save'));
    expect(play(edited.state, enter()).effects).toMatchObject([
      { do: 'save-profile', profile: { savedKey: kept.savedKey } },
    ]);
  });

  test('goes when the answers change, and that is said before', () => {
    const edited = play(start([kept]), act('edit'), act('user'), enter({ lifetime: '900' }), act('save'));
    expect(viewText(edited.view)).toContain('the key that is saved with this profile is deleted');
    expect(play(edited.state, enter()).effects).toMatchObject([{ do: 'save-profile', profile: { savedKey: null } }]);
  });

  test('stays with it when the changed answers are saved under another name', () => {
    const edited = play(start([kept]), act('edit'), act('user'), enter({ lifetime: '900' }), act('save'));
    const { view } = play(edited.state, set('newName', 'another'));
    expect(viewText(view)).not.toContain('is deleted');
    expect(viewText(view)).toContain(`The profile “${kept.name}” stays as it is.`);
  });

  test('Esc on the review of a profile that is edited leads back to the list', () => {
    expect(play(start([kept]), act('edit'), back).state).toMatchObject({
      screen: 'home',
      profileFlow: { selectedProfile: kept.name },
    });
  });
});

test('a secret in a visible credential field is hidden at once, and moved to its own field when the offer is taken', () => {
  const toCredentials = [enter({ region: 'eu' }), enter({ method: 'server' })];
  const typed = play(start(), ...toCredentials, set('partnerId', ADMIN_SECRET));
  const field = controlOf(typed.view, 'partnerId');
  if (field.kind !== 'text' || field.suggestion == null) throw new Error('There is no offer.');
  expect(field.value).toBeInstanceOf(Secret);
  expect(field.problem).toContain('looks like a secret');
  expect(JSON.stringify(typed.view)).not.toContain(ADMIN_SECRET);
  const { form } = play(typed.state, { type: 'set', control: 'partnerId', value: field.suggestion.value }).state;
  expect(form.partnerId).toBe('');
  expect(form.secret.equals(new Secret(ADMIN_SECRET))).toBe(true);
});
