import { describe, expect, test } from 'vitest';
import type { AppToken, MadeAppToken } from '../../source/kaltura/app-tokens/manage.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { State } from '../../source/wizard/engine/state.js';
import type { View } from '../../source/wizard/engine/view.js';
import {
  act,
  answered,
  back,
  CONNECTION_RESET,
  controlOf,
  controlValue,
  enter,
  factsOf,
  type Move,
  markedOption,
  messagesOf,
  NOW,
  optionsOf,
  play,
  problemOf,
  questionIn,
  refusal,
  SECONDS,
  sample,
  set,
  unanswered,
  viewText,
  withKey,
} from './play.js';

/** The screens for app tokens: the list, one token, a new token and its value. */

const DAY = 86_400;
const SERVER = { serviceUrl: 'https://api.eu.kaltura.com', practice: null };

const token = (changes: Partial<AppToken> = {}): AppToken => ({
  id: '0_ab12cd34',
  description: 'nightly upload',
  type: 'USER',
  userId: 'upload-bot',
  privileges: '',
  duration: 3600,
  expiresAt: SECONDS + 90 * DAY,
  hash: 'SHA256',
  status: 'active',
  createdAt: SECONDS,
  ...changes,
});
const LIST = [token(), token({ id: '0_second01', description: 'reports' })];

const admin = withKey();
const ks = admin.key?.made.ks;
const TO_TOKENS: readonly Move[] = [act('next'), enter({ option: 'tokens' })];
const listed = play(admin, ...TO_TOKENS, answered({ to: 'tokens', is: { list: LIST, cutAt: null } }));
const NEW = enter({ option: ' new' });

const labelsOf = (view: View): string[] => {
  const list = controlOf(view, 'option');
  return list.kind === 'choice' ? list.options.map(({ label }) => label) : [];
};

describe('the list of app tokens', () => {
  test('requires an ADMIN key, and the menu says so for a USER key', () => {
    expect(play(admin, act('next'), enter({ option: 'tokens' })).effects).toMatchObject([{ do: 'ask' }]);
    const menu = play(withKey({ type: 'USER' }), act('next'));
    expect(optionsOf(menu.view, 'option')).toContain('tokens');
    const chosen = play(menu.state, enter({ option: 'tokens' }));
    expect(chosen.effects).toEqual([]);
    expect(chosen.state.notice?.text).toMatch(/Press Esc and then n to create an ADMIN key/);
  });

  test('is requested with the current key, and shown', () => {
    expect(questionIn(play(admin, ...TO_TOKENS))).toEqual({ ask: 'tokens', server: SERVER, ks });
    expect(listed.view.question).toBe('2 app tokens');
    expect(optionsOf(listed.view, 'option')).toEqual(['0_ab12cd34', '0_second01', ' new']);
  });

  test('can be requested again after Esc or a lost connection', () => {
    for (const how of [back, unanswered(CONNECTION_RESET)]) {
      const { state, view } = play(admin, ...TO_TOKENS, how);
      expect(state.screen).toBe('tokens');
      expect(view.question).toBe('Could not load the app tokens');
      expect(questionIn(play(state, enter()))).toMatchObject({ ask: 'tokens' });
      expect(play(state, back).state.screen).toBe('next');
    }
    expect(messagesOf(play(admin, ...TO_TOKENS, unanswered(CONNECTION_RESET)).view)).toContain('was interrupted');
  });

  test('offers a new key first if the server refuses the current key', () => {
    const { view } = play(admin, ...TO_TOKENS, unanswered(refusal('SERVICE_FORBIDDEN')));
    expect(labelsOf(view)).toEqual(['Create a new key…', 'Load the list again']);
  });

  test('goes back to the same key with Esc', () => {
    const { state } = play(listed.state, enter({ option: '0_second01' }), back, back, back);
    expect(state.screen).toBe('result');
    expect(state.key).toBe(admin.key);
  });
});

describe('the screen of one token', () => {
  const opened = play(listed.state, enter({ option: '0_second01' }));

  test('changes nothing on Enter or Esc, and leaves the token marked in the list', () => {
    expect(factsOf(opened.view)['Description']).toBe('reports');
    for (const move of [enter(), back]) {
      const { state, view, effects } = play(opened.state, move);
      expect(effects).toEqual([]);
      expect(state.screen).toBe('tokens');
      expect(markedOption(view)).toBe('0_second01');
    }
  });

  const DELETE = enter({ option: 'delete' });

  test('says what a deletion stops, and deletes the token when that is chosen', () => {
    expect(messagesOf(opened.view)).toMatch(
      /If you delete 0_second01, all keys that were created from it stop working/,
    );
    const asked = play(opened.state, DELETE);
    expect(questionIn(asked)).toEqual({
      ask: 'delete-token',
      id: '0_second01',
      partnerId: 2345678,
      server: SERVER,
      ks,
    });
    const report = { outcome: 'deleted', left: [token()] } as const;
    const without = sample({ savedKey: null });
    const { state, view } = play(asked.state, answered({ to: 'delete-token', is: { report, profiles: [without] } }));
    expect(state.screen).toBe('tokens');
    expect(optionsOf(view, 'option')).toEqual(['0_ab12cd34', ' new']);
    expect(messagesOf(view)).toContain('✔ Deleted 0_second01');
    expect(state.profiles).toEqual([without]);
  });

  test.each<[string, Move]>([
    ['was canceled', back],
    ['got no answer', unanswered(CONNECTION_RESET)],
  ])('Enter does not repeat a deletion that %s', (_what, how) => {
    const { state, view } = play(opened.state, DELETE, how);
    expect(state.screen).toBe('token');
    expect(controlValue(view, 'option')).toBe('keep');
    expect(play(state, enter()).effects).toEqual([]);
  });

  test('offers to delete again, not to keep the token, after an unconfirmed deletion', () => {
    const report = { outcome: 'still-there', left: [] } as const;
    const list = opened.state.tokens.list ?? [];
    const still = answered({ to: 'delete-token', is: { report: { ...report, left: list }, profiles: null } });
    const { view } = play(opened.state, DELETE, still);
    expect(labelsOf(view)).toEqual(['Load the list again', 'Delete it again']);
    expect(messagesOf(view)).not.toContain('If you delete');
  });

  test('removes a token from the list if the account no longer has it', () => {
    const absent = answered({ to: 'delete-token', is: { report: { outcome: 'absent' }, profiles: null } });
    const { state, view } = play(opened.state, DELETE, absent);
    expect(labelsOf(view)).toEqual(['Back to the list']);
    expect(optionsOf(play(state, back).view, 'option')).not.toContain('0_second01');
  });

  test('does not show the result of one token on the next token', () => {
    const report = { outcome: 'absent' } as const;
    const absent = play(opened.state, DELETE, answered({ to: 'delete-token', is: { report, profiles: null } }));
    expect(messagesOf(absent.view)).toContain('Nothing was deleted');
    expect(messagesOf(play(absent.state, back, enter({ option: '0_ab12cd34' })).view)).not.toContain(
      'Nothing was deleted',
    );
  });
});

const FILL = { description: 'nightly upload', userId: 'upload-bot' };
const WISH = {
  description: 'nightly upload',
  type: 'USER',
  userId: 'upload-bot',
  privileges: '',
  duration: 3600,
  expiresAt: SECONDS + 90 * DAY,
};

describe('the form for a new token', () => {
  const opened = play(listed.state, NEW);

  test('creates a USER token with an expiry by default', () => {
    expect(questionIn(play(opened.state, enter(FILL)))).toEqual({
      ask: 'add-token',
      newToken: WISH,
      server: SERVER,
      ks,
    });
  });

  test('has the user of the current key, if the key has one', () => {
    const named = play(
      withKey({ userId: 'jane' }),
      ...TO_TOKENS,
      answered({ to: 'tokens', is: { list: [], cutAt: null } }),
      NEW,
    );
    expect(controlValue(named.view, 'userId')).toBe('jane');
  });

  test.each<[field: string, value: string, problem: RegExp]>([
    ['sessionLength', '0', /already be expired/],
    ['expires', '0', /would expire immediately/],
    ['userId', 'a;b', /;/],
    ['privileges', '*', /does nothing/],
    ['privileges', 'sessionid:x', /Remove sessionid/],
  ])('refuses %s %j in its field', (field, value, problem) => {
    expect(() => play(opened.state, enter({ ...FILL, [field]: value }))).toThrow(problem);
    const { state, view, effects } = play(opened.state, set('userId', 'x'), set(field, value), { type: 'submit' });
    expect(problemOf(view, field)).toMatch(problem);
    expect(effects).toEqual([]);
    expect(state.screen).toBe('new-token');
  });

  test('warns in the field about a privilege that does nothing', () => {
    const { view } = play(opened.state, set('privileges', 'vendr'));
    expect(controlOf(view, 'privileges')).toMatchObject({ warning: expect.stringMatching(/Kaltura ignores “vendr”/) });
  });

  test('creates a token without an expiry only for “never”', () => {
    expect(questionIn(play(opened.state, enter({ ...FILL, expires: 'never' })))).toMatchObject({
      newToken: { expiresAt: null },
    });
  });

  test('requires a typed word for an ADMIN token', () => {
    const { state, view } = play(opened.state, set('userId', 'x'), set('type', 'ADMIN'));
    expect(messagesOf(view)).toContain('An ADMIN app token is nearly as powerful as the account’s secret');
    expect(() => play(state, enter({ ...FILL, riskWord: 'yes' }))).toThrow(/Type the word “danger”/);
    expect(questionIn(play(state, enter({ ...FILL, riskWord: 'Danger ' })))).toMatchObject({
      newToken: { type: 'ADMIN' },
    });
  });

  test('requires the word again after a change', () => {
    const confirmed = play(opened.state, set('userId', 'x'), set('type', 'ADMIN'), set('riskWord', 'danger')).state;
    expect(problemOf(play(confirmed).view, 'riskWord')).toBeNull();
    const { view } = play(confirmed, set('privileges', 'disableentitlement'));
    expect(problemOf(view, 'riskWord')).toMatch(/Type the word “danger”/);
  });

  test('keeps the fields after Esc, a failure and a canceled request', () => {
    const filled = play(opened.state, set('description', 'reports'), set('userId', 'bot'), set('expires', '7d')).state;
    for (const moves of [
      [back, NEW],
      [enter(), back],
      [enter(), unanswered(CONNECTION_RESET)],
    ]) {
      const { state } = play(filled, ...moves);
      expect(state.screen).toBe('new-token');
      expect(state.tokens.form).toMatchObject({ description: 'reports', userId: 'bot', expires: '7d' });
    }
    const failed = play(filled, enter(), unanswered(CONNECTION_RESET));
    expect(messagesOf(failed.view)).toContain('may have been created');
    // Only the server's list shows whether it exists.
    const left = play(failed.state, back);
    expect(left.effects.at(-1)).toMatchObject({ question: { ask: 'tokens' } });
    expect(play(filled, back).effects).toEqual([]);
    const shown = play(
      left.state,
      answered({ to: 'tokens', is: { list: [token({ id: '0_new00001' })], cutAt: null } }),
    );
    expect(shown.state.screen).toBe('tokens');
    expect(play(shown.state, back).state.screen).toBe('next');
  });
});

const VALUE = 'f00dfeedf00dfeedf00dfeedf00dfeed';
const madeToken: MadeAppToken = { token: token({ id: '0_new00001' }), value: new Secret(VALUE) };

describe('a created token', () => {
  const made = play(listed.state, NEW, enter(FILL), answered({ to: 'add-token', is: madeToken }));

  test('prints its value to the terminal, and shows it in no frame', () => {
    expect(made.effects.at(-1)).toEqual({
      do: 'show-key',
      ks: madeToken.value,
      label: `Value of app token ${madeToken.token.id}`,
    });
    expect(made.state.screen).toBe('created-token');
    expect(viewText(made.view)).not.toContain(VALUE.slice(0, 8));
    expect(play(made.state, act('copy')).effects).toEqual([{ do: 'copy', text: madeToken.value, isTemporary: false }]);
  });

  test('says how it differs from the requested token', () => {
    expect(messagesOf(made.view)).not.toContain('The server created the token');
    const other = { ...madeToken, token: token({ duration: 60 }) };
    const { view } = play(listed.state, NEW, enter(FILL), answered({ to: 'add-token', is: other }));
    expect(messagesOf(view)).toContain('The server created the token with another key lifetime');
  });

  test('is in the list, and its value is dropped there', () => {
    for (const move of [back, enter({ option: 'back' })]) {
      const { state, view } = play(made.state, move);
      expect(state.screen).toBe('tokens');
      expect(markedOption(view)).toBe('0_new00001');
      expect(state.tokens.created).toBeNull();
    }
  });

  test('can be saved as a profile, without the account’s secret', () => {
    const { state, effects } = play(made.state, enter({ option: 'save' }));
    expect(state.screen).toBe('save');
    expect(effects).toEqual([{ do: 'find-secret-sources' }]);
    expect(state.profileFlow.newName).toBe('token-0_new00001');
    const { form } = state;
    expect([form.region, form.method, form.partnerId, form.tokenId]).toEqual([
      'eu',
      'app-token',
      '2345678',
      '0_new00001',
    ]);
    expect(form.token.reveal()).toBe(VALUE);
    expect(form.secret.length).toBe(0);
    expect(play(state, back).state.screen).toBe('created-token');
  });

  test('can’t be saved as a profile in practice, because it ends with the server', () => {
    const { key } = made.state;
    if (key === null) throw new Error('no key');
    const practice = { ...made.state, key: { ...key, server: { ...key.server, region: 'practice' as const } } };
    for (const screen of ['created-token', 'vendor-token'] as const) {
      expect(labelsOf(play({ ...made.state, screen }).view)).toContain('Save a profile that uses the token…');
      expect(labelsOf(play({ ...practice, screen }).view)).not.toContain('Save a profile that uses the token…');
    }
    const messages = messagesOf(play(practice).view);
    expect(messages).toContain('The token ends with this practice server.');
    expect(messages).not.toContain('save a profile');
  });

  test('leaves an empty form for the next token', () => {
    const { state } = play(made.state, back, NEW);
    expect(state.tokens.form.description).toBe('');
  });
});

test('ignores a late answer', () => {
  const waiting: State = play(listed.state, NEW, enter(FILL)).state;
  const { state } = play(waiting, back);
  const late = {
    type: 'answered',
    attempt: waiting.waiting.attempt,
    answer: { to: 'add-token', is: madeToken },
  } as const;
  expect(play(state, late).state).toEqual({ ...state, now: NOW });
});
