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

/** App tokens of the account: listed without their values, made with care, deleted when that is meant. */

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

describe('the list', () => {
  test('is for ADMIN keys; for a USER key, the menu says what is needed', () => {
    expect(play(admin, act('next'), enter({ option: 'tokens' })).effects).toMatchObject([{ do: 'ask' }]);
    const menu = play(withKey({ type: 'USER' }), act('next'));
    expect(optionsOf(menu.view, 'option')).toContain('tokens');
    const chosen = play(menu.state, enter({ option: 'tokens' }));
    expect(chosen.effects).toEqual([]);
    expect(chosen.state.notice?.text).toMatch(/Press Esc and then n to create an ADMIN key/);
  });

  test('is asked for with the key in hand, and shown', () => {
    expect(questionIn(play(admin, ...TO_TOKENS))).toEqual({ ask: 'tokens', server: SERVER, ks });
    expect(listed.view.question).toBe('2 app tokens');
    expect(optionsOf(listed.view, 'option')).toEqual(['0_ab12cd34', '0_second01', ' new']);
  });

  test('that was given up, or did not come, can be asked for again', () => {
    for (const how of [back, unanswered(CONNECTION_RESET)]) {
      const { state, view } = play(admin, ...TO_TOKENS, how);
      expect(state.screen).toBe('tokens');
      expect(view.question).toBe('Could not load the app tokens');
      expect(questionIn(play(state, enter()))).toMatchObject({ ask: 'tokens' });
      expect(play(state, back).state.screen).toBe('next');
    }
    expect(messagesOf(play(admin, ...TO_TOKENS, unanswered(CONNECTION_RESET)).view)).toContain('was interrupted');
  });

  test('that the server refused to the key offers a new key first', () => {
    const { view } = play(admin, ...TO_TOKENS, unanswered(refusal('SERVICE_FORBIDDEN')));
    expect(labelsOf(view)).toEqual(['Create a new key…', 'Load the list again']);
  });

  test('leads back to the key, which is the same', () => {
    const { state } = play(listed.state, enter({ option: '0_second01' }), back, back, back);
    expect(state.screen).toBe('result');
    expect(state.key).toBe(admin.key);
  });
});

describe('one of them', () => {
  const opened = play(listed.state, enter({ option: '0_second01' }));

  test('is left as it is by Enter and by Esc, and stays marked in the list', () => {
    expect(factsOf(opened.view)['Description']).toBe('reports');
    for (const move of [enter(), back]) {
      const { state, view, effects } = play(opened.state, move);
      expect(effects).toEqual([]);
      expect(state.screen).toBe('tokens');
      expect(markedOption(view)).toBe('0_second01');
    }
  });

  const DELETE = enter({ option: 'delete' });

  test('is deleted where that is chosen, after it was said what ends with it', () => {
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
    ['was given up', back],
    ['got no answer', unanswered(CONNECTION_RESET)],
  ])('an order to delete it that %s is not sent again by a mere Enter', (_what, how) => {
    const { state, view } = play(opened.state, DELETE, how);
    expect(state.screen).toBe('token');
    expect(controlValue(view, 'option')).toBe('keep');
    expect(play(state, enter()).effects).toEqual([]);
  });

  test('after a deletion that was not confirmed, nothing offers to keep the token', () => {
    const report = { outcome: 'still-there', left: [] } as const;
    const list = opened.state.tokens.list ?? [];
    const still = answered({ to: 'delete-token', is: { report: { ...report, left: list }, profiles: null } });
    const { view } = play(opened.state, DELETE, still);
    expect(labelsOf(view)).toEqual(['Load the list again', 'Delete it again']);
    expect(messagesOf(view)).not.toContain('If you delete');
  });

  test('a token that the account doesn’t have any more leaves the list', () => {
    const gone = answered({ to: 'delete-token', is: { report: { outcome: 'absent' }, profiles: null } });
    const { state, view } = play(opened.state, DELETE, gone);
    expect(labelsOf(view)).toEqual(['Back to the list']);
    expect(optionsOf(play(state, back).view, 'option')).not.toContain('0_second01');
  });

  test('what became of the last one is not said of the next', () => {
    const report = { outcome: 'absent' } as const;
    const gone = play(opened.state, DELETE, answered({ to: 'delete-token', is: { report, profiles: null } }));
    expect(messagesOf(gone.view)).toContain('Nothing was deleted');
    expect(messagesOf(play(gone.state, back, enter({ option: '0_ab12cd34' })).view)).not.toContain(
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

describe('a new one', () => {
  const opened = play(listed.state, NEW);

  test('is a USER token of limited life unless it is said otherwise', () => {
    expect(questionIn(play(opened.state, enter(FILL)))).toEqual({
      ask: 'add-token',
      newToken: WISH,
      server: SERVER,
      ks,
    });
  });

  test('has the user of the key in hand, where that has one', () => {
    const named = play(
      withKey({ userId: 'jane' }),
      ...TO_TOKENS,
      answered({ to: 'tokens', is: { list: [], cutAt: null } }),
      NEW,
    );
    expect(controlValue(named.view, 'userId')).toBe('jane');
  });

  test.each<[field: string, value: string, said: RegExp]>([
    ['sessionLength', '0', /already be expired/],
    ['expires', '0', /would expire immediately/],
    ['userId', 'a;b', /;/],
    ['privileges', '*', /does nothing/],
    ['privileges', 'sessionid:x', /Remove sessionid/],
  ])('%s %j is refused in its field', (field, value, said) => {
    expect(() => play(opened.state, enter({ ...FILL, [field]: value }))).toThrow(said);
    const { state, view, effects } = play(opened.state, set('userId', 'x'), set(field, value), { type: 'submit' });
    expect(problemOf(view, field)).toMatch(said);
    expect(effects).toEqual([]);
    expect(state.screen).toBe('new-token');
  });

  test('warns in its field about a privilege that does nothing, so that a second Enter is needed', () => {
    const { view } = play(opened.state, set('privileges', 'vendr'));
    expect(controlOf(view, 'privileges')).toMatchObject({ warning: expect.stringMatching(/Kaltura ignores “vendr”/) });
  });

  test('without an end must be wished for', () => {
    expect(questionIn(play(opened.state, enter({ ...FILL, expires: 'never' })))).toMatchObject({
      newToken: { expiresAt: null },
    });
  });

  test('of ADMIN must be meant, by a word', () => {
    const { state, view } = play(opened.state, set('userId', 'x'), set('type', 'ADMIN'));
    expect(messagesOf(view)).toContain('An ADMIN app token is nearly as powerful as the account’s secret');
    expect(() => play(state, enter({ ...FILL, riskWord: 'yes' }))).toThrow(/Type the word “danger”/);
    expect(questionIn(play(state, enter({ ...FILL, riskWord: 'Danger ' })))).toMatchObject({
      newToken: { type: 'ADMIN' },
    });
  });

  test('that is changed after the word was typed must be meant anew', () => {
    const meant = play(opened.state, set('userId', 'x'), set('type', 'ADMIN'), set('riskWord', 'danger')).state;
    expect(problemOf(play(meant).view, 'riskWord')).toBeNull();
    const { view } = play(meant, set('privileges', 'disableentitlement'));
    expect(problemOf(view, 'riskWord')).toMatch(/Type the word “danger”/);
  });

  test('is typed once: Esc, a failure and giving up lose nothing', () => {
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

describe('a token that was made', () => {
  const made = play(listed.state, NEW, enter(FILL), answered({ to: 'add-token', is: madeToken }));

  test('has its value written to the terminal, and in no frame', () => {
    expect(made.effects.at(-1)).toEqual({
      do: 'show-key',
      ks: madeToken.value,
      label: `Value of app token ${madeToken.token.id}`,
    });
    expect(made.state.screen).toBe('created-token');
    expect(viewText(made.view)).not.toContain(VALUE.slice(0, 8));
    expect(play(made.state, act('copy')).effects).toEqual([{ do: 'copy', text: madeToken.value, isTemporary: false }]);
  });

  test('in what it is not as it was wished for, is said', () => {
    expect(messagesOf(made.view)).not.toContain('The server created the token');
    const other = { ...madeToken, token: token({ duration: 60 }) };
    const { view } = play(listed.state, NEW, enter(FILL), answered({ to: 'add-token', is: other }));
    expect(messagesOf(view)).toContain('The server created the token with another key lifetime');
  });

  test('stands in the list, and its value is forgotten there', () => {
    for (const move of [back, enter({ option: 'back' })]) {
      const { state, view } = play(made.state, move);
      expect(state.screen).toBe('tokens');
      expect(markedOption(view)).toBe('0_new00001');
      expect(state.tokens.created).toBeNull();
    }
  });

  test('becomes a profile that makes keys from it, without the account’s secret', () => {
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

  test('is not offered for a profile in practice, where it ends with the server', () => {
    const { key } = made.state;
    if (key === null) throw new Error('no key');
    const practice = { ...made.state, key: { ...key, server: { ...key.server, region: 'practice' as const } } };
    for (const screen of ['created-token', 'vendor-token'] as const) {
      expect(labelsOf(play({ ...made.state, screen }).view)).toContain('Save a profile that uses the token…');
      expect(labelsOf(play({ ...practice, screen }).view)).not.toContain('Save a profile that uses the token…');
    }
    const told = messagesOf(play(practice).view);
    expect(told).toContain('The token ends with this practice server.');
    expect(told).not.toContain('save a profile');
  });

  test('leaves an empty form to the next one', () => {
    const { state } = play(made.state, back, NEW);
    expect(state.tokens.form.description).toBe('');
  });
});

test('an answer that comes late makes no token of another list', () => {
  const waiting: State = play(listed.state, NEW, enter(FILL)).state;
  const { state } = play(waiting, back);
  const late = {
    type: 'answered',
    attempt: waiting.waiting.attempt,
    answer: { to: 'add-token', is: madeToken },
  } as const;
  expect(play(state, late).state).toEqual({ ...state, now: NOW });
});
