import { describe, expect, test } from 'vitest';
import { ApiError } from '../../source/kaltura/api/errors.js';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import { type CheckReport, refusalOf } from '../../source/kaltura/sessions/check.js';
import type { Answers } from '../../source/wizard/engine/question.js';
import type { State } from '../../source/wizard/engine/state.js';
import {
  act,
  answered,
  back,
  CONNECTION_RESET,
  controlValue,
  enter,
  FACTS,
  type Move,
  made,
  madeKey,
  messagesOf,
  optionsOf,
  PRACTICE_ACCOUNT,
  play,
  questionIn,
  sample,
  start,
  TO_REVIEW,
  unanswered,
  withKey,
} from './play.js';

/** The screens that check a key, look for content, and explain why content is not found. */

const SERVER = { serviceUrl: 'https://api.eu.kaltura.com', practice: null };
const ENTRY = { kind: 'entry', id: '0_abc12345' } as const;

const report: CheckReport = {
  serviceUrl: SERVER.serviceUrl,
  verdict: 'works',
  serverFacts: FACTS,
  knownFacts: FACTS,
  differences: [],
  forbidden: [],
  refusal: null,
  entries: { total: 2, reach: 'everyone' },
  clockDifference: 90,
};

const admin = withKey();
const user = withKey({ type: 'USER', userId: 'jane' });
const CHECK: readonly Move[] = [act('check'), enter()];

test('says before each request that it uses one of the limited calls of the key', () => {
  const counted = withKey({ privileges: 'actionslimit:5' });
  const again = play(counted, ...CHECK, answered({ to: 'check', is: report }));
  const search = play(counted, act('next'), enter({ option: 'look-up' }));
  for (const { view } of [play(counted, act('check')), again, search]) {
    expect(messagesOf(view)).toMatch(/actionslimit:5: the key allows 5 calls, and this check uses one of them/);
  }
  expect(messagesOf(play(admin, act('next'), enter({ option: 'look-up' })).view)).not.toContain('calls');
});

test('a key with one call: Enter goes back, and after the check only a new key is offered', () => {
  const opened = play(withKey({ privileges: 'actionslimit:1' }), act('check'));
  expect(opened.view.controls[0]).toMatchObject({ value: 'back' });
  const checked = play(opened.state, enter({ option: 'ask' }), answered({ to: 'check', is: report }));
  expect(messagesOf(checked.view)).toContain('The check used the last call');
  expect(optionsOf(checked.view, 'option')).toEqual(['new-key', 'back']);
});

test('a key with one call can be checked again if the server can’t read it', () => {
  const unread = refusalOf(new ApiError({ code: 'INVALID_KS', answer: 'no', action: 'baseEntry.count' }));
  const { view } = play(
    withKey({ privileges: 'actionslimit:1' }),
    act('check'),
    enter({ option: 'ask' }),
    answered({ to: 'check', is: { ...report, verdict: 'refused', serverFacts: null, refusal: unread, entries: null } }),
  );
  expect(messagesOf(view)).not.toContain('used the last call');
  expect(optionsOf(view, 'option')).toEqual(['back', 'ask']);
});

test('offers a new key if the key differs from the expected facts', () => {
  const differs: CheckReport = { ...report, differences: ['userId'] };
  const { view } = play(admin, ...CHECK, answered({ to: 'check', is: differs }));
  expect(optionsOf(view, 'option')).toEqual(['ask', 'look-up', 'new-key', 'back']);
});

describe('a check', () => {
  test('sends the request only after Enter', () => {
    const opened = play(admin, act('check'));
    expect(opened.effects).toEqual([]);
    expect(messagesOf(opened.view)).toContain('The key is sent to api.eu.kaltura.com');
    const asked = play(opened.state, enter());
    expect(questionIn(asked)).toEqual({ ask: 'check', server: SERVER, ks: admin.key?.made.ks, facts: FACTS });
    expect(asked.view.question).toBe('Asking api.eu.kaltura.com whether the key works…');
  });

  test('is canceled with Esc, and a late answer is ignored', () => {
    const waiting = play(admin, ...CHECK).state;
    const { state, effects } = play(waiting, back);
    expect(effects).toEqual([{ do: 'abort' }]);
    expect(state.screen).toBe('check');
    const late = play(state, {
      type: 'answered',
      attempt: waiting.waiting.attempt,
      answer: { to: 'check', is: report },
    });
    expect(late.state).toEqual(state);
  });

  test('shows the cause and the next step without an answer, and can be repeated', () => {
    const { state, view } = play(admin, ...CHECK, unanswered(CONNECTION_RESET));
    expect(state.screen).toBe('check');
    expect(messagesOf(view)).toMatch(/was interrupted.*\n.*You can safely try again/);
    expect(messagesOf(view)).toContain('the network is unstable');
    expect(messagesOf(play(state, back, act('check')).view)).not.toContain('was interrupted');
    expect(questionIn(play(state, enter()))).toMatchObject({ ask: 'check' });
  });

  test('does not change the key, and goes back to it', () => {
    const checked = play(admin, ...CHECK, answered({ to: 'check', is: report }));
    expect(messagesOf(checked.view)).toContain('✔ The key works');
    const { state } = play(checked.state, back);
    expect(state.screen).toBe('result');
    expect(state.key).toBe(admin.key);
  });

  test('keeps its result until another key is created', () => {
    const checked = play(admin, ...CHECK, answered({ to: 'check', is: report }), back, act('check'));
    expect(messagesOf(checked.view)).toContain('✔ The key works');
    const anew = play(checked.state, back, back, enter(), made(), act('check'));
    expect(messagesOf(anew.view)).toContain('The key is sent to');
  });

  const refusedAs = (code: string, args: Record<string, string>) => {
    const refusal = refusalOf(new ApiError({ code, answer: 'no', args, action: 'session.get' }));
    const is: CheckReport = { ...report, verdict: 'refused', serverFacts: null, entries: null, refusal };
    return play(admin, ...CHECK, answered({ to: 'check', is }));
  };

  test.each<[string, string, Record<string, string>, readonly string[], string]>([
    ['expired', 'INVALID_KS', { KSID: 'EXPIRED' }, ['new-key', 'back'], 'new-key'],
    ['revoked', 'INVALID_KS', { KSID: 'LOGOUT' }, ['new-key', 'back'], 'new-key'],
    ['used up', 'INVALID_KS', { KSID: 'EXCEEDED_ACTIONS_LIMIT' }, ['new-key', 'back'], 'new-key'],
    ['unreadable', 'INVALID_KS', { KSID: 'djJ8' }, ['ask', 'back'], 'back'],
    ['for other IP addresses', 'INVALID_KS', { KSID: 'EXCEEDED_RESTRICTED_IP' }, ['ask', 'back'], 'back'],
    ['for other URL paths', 'INVALID_KS', { KSID: 'EXCEEDED_RESTRICTED_URI' }, ['ask', 'look-up', 'back'], 'back'],
    ['of a blocked user', 'USER_BLOCKED', {}, ['ask', 'back'], 'back'],
    ['not received', 'MISSING_KS', {}, ['ask', 'look-up', 'back'], 'back'],
  ])('of a key that is %s offers only useful options', (_what, code, args, options, marked) => {
    const { view } = refusedAs(code, args);
    expect(optionsOf(view, 'option')).toEqual(options);
    expect(controlValue(view, 'option')).toBe(marked);
  });

  test('of a revoked key leads to a new key with the same answers', () => {
    const { state } = play(refusedAs('INVALID_KS', { KSID: 'LOGOUT' }).state, enter());
    expect(state.screen).toBe('review');
    expect(state.form).toEqual(admin.form);
  });

  test.each([
    ['actionslimit:0', ['new-key', 'back']],
    ['urirestrict:/p/*', ['back']],
    ['urirestrict:/api_v3/service/category/*', ['look-up', 'back']],
  ])('of a key with %s is not possible, and only useful options remain', (privileges, options) => {
    expect(optionsOf(play(withKey({ privileges }), act('check')).view, 'option')).toEqual(options);
  });

  test('in practice, only a key with a valid practice signature is sent to any practice server', () => {
    const fields = { type: 2, expiresAt: FACTS.expiresAt ?? 0, userId: '', privileges: '' };
    const serverFor = (partnerId: number, secret: string) => {
      const ks = new Secret(signKsV2({ ...fields, partnerId }, new Secret(secret), new Uint8Array(16)));
      const key = made(madeKey({ partnerId }, { ks }));
      const state = play(start(), enter(), enter(), enter(), ...TO_REVIEW.slice(3), enter(), key).state;
      return questionIn(play(state, ...CHECK));
    };
    const [practiceId, practiceSecret] = [Number(PRACTICE_ACCOUNT.partnerId), PRACTICE_ACCOUNT.secret.reveal()];
    expect(serverFor(practiceId, practiceSecret)).toMatchObject({ server: { practice: 'any' } });
    expect(serverFor(practiceId, 'f'.repeat(32))).toMatchObject({ server: { practice: 'own' } });
    expect(serverFor(FACTS.partnerId ?? 0, practiceSecret)).toMatchObject({ server: { practice: 'own' } });
  });
});

const TO_SEARCH: readonly Move[] = [act('next'), enter({ option: 'look-up' })];
const search = (typedId: string = ENTRY.id): Move[] => [...TO_SEARCH, enter({ typedId })];
const searched = (from: State, is: Answers['look-up'] = { found: false }, typedId?: string) =>
  play(from, ...search(typedId), answered({ to: 'look-up', is }));

describe('the search for content', () => {
  test('accepts an ID, or a URL that contains it', () => {
    expect(questionIn(play(admin, ...search()))).toEqual({
      ask: 'look-up',
      server: SERVER,
      ks: admin.key?.made.ks,
      id: ENTRY,
    });
    const address = 'https://kmc.kaltura.com/index.php/kmcng/content/categories/category/123456/metadata';
    expect(questionIn(play(admin, ...search(address)))).toMatchObject({ id: { kind: 'category', id: '123456' } });
    expect(() => play(admin, ...search('staff day'))).toThrow(/has a problem/);
  });

  test('keeps the typed ID after Esc, a failure and a result', () => {
    const canceled = play(admin, ...search(), back);
    expect(canceled.state.screen).toBe('look-up');
    expect(controlValue(canceled.view, 'typedId')).toBe(ENTRY.id);
    const failed = play(admin, ...search(), unanswered(CONNECTION_RESET));
    expect(controlValue(failed.view, 'typedId')).toBe(ENTRY.id);
    expect(messagesOf(failed.view)).toContain('was interrupted');
    expect(controlValue(play(searched(admin).state, back).view, 'typedId')).toBe(ENTRY.id);
    expect(
      controlValue(
        play(admin, ...TO_SEARCH, { type: 'set', control: 'typedId', value: '0_a' }, back, ...TO_SEARCH).view,
        'typedId',
      ),
    ).toBe('0_a');
  });

  test('shows the name of found content', () => {
    const { view } = searched(admin, { found: true, name: 'A talk' });
    expect(messagesOf(view)).toContain('“A talk”');
    expect(optionsOf(view, 'option')).toEqual(['again', 'back']);
  });
});

const FIND_HIDDEN = enter({ option: 'find-hidden' });
const HIDDEN = {
  to: 'find-hidden',
  is: { verdict: 'hidden-by-entitlement', name: 'A talk', isRevoked: true },
} as const;

describe('content that is not found', () => {
  test('is requested again only on demand, with the weakest sufficient key', () => {
    const found = searched(admin);
    expect(found.effects.filter((effect) => effect.do === 'ask')).toHaveLength(1);
    const question = questionIn(play(found.state, FIND_HIDDEN));
    expect(question).toMatchObject({
      ask: 'find-hidden',
      server: SERVER,
      id: ENTRY,
      ahead: 0,
      request: { type: 'USER', userId: '', lifetime: 60, privileges: 'disableentitlement' },
    });
  });

  test('is requested with a key that starts by the server’s clock, if it is known', () => {
    const checked = play(admin, ...CHECK, answered({ to: 'check', is: report }), back).state;
    expect(questionIn(play(searched(checked).state, FIND_HIDDEN))).toMatchObject({ ahead: 90 });
  });

  test('canceling goes back to the result, and a late answer is ignored', () => {
    const waiting = play(searched(admin).state, FIND_HIDDEN).state;
    const { state } = play(waiting, back);
    expect(state.screen).toBe('found');
    const late = play(state, { type: 'answered', attempt: waiting.waiting.attempt, answer: HIDDEN });
    expect(late.state.checking.found?.revealed).toBeNull();
  });

  test('the result stays the same without an answer', () => {
    const { state, view } = play(searched(admin).state, FIND_HIDDEN, unanswered(CONNECTION_RESET));
    expect(view.question).toBe('The key can’t find the entry 0_abc12345');
    expect(messagesOf(view)).toContain('was interrupted');
    expect(optionsOf(view, 'option')).toContain('find-hidden');
    expect(state.key).toBe(admin.key);
  });

  test('can’t be requested again without credentials', () => {
    const withSavedKey = sample({ savedKey: madeKey() });
    const home = play(start([withSavedKey]), enter(), enter({ option: 'show' })).state;
    const { view } = searched(home);
    expect(optionsOf(view, 'option')).toEqual(['enforcement', 'again', 'back']);
    expect(messagesOf(view)).toContain('You can find out with the account’s secret or a login');
  });

  test('with an app token, another sign-in method is offered, and Esc goes back to the review', () => {
    const { key } = admin;
    const request = key?.request;
    if (key == null || request == null) throw new Error('The key has no request.');
    const signIn = {
      method: 'app-token',
      partnerId: 2345678,
      tokenId: '0_token123',
      token: new Secret('a'.repeat(32)),
    };
    const byToken = { ...admin, key: { ...key, request: { ...request, signIn } } } as State;
    const { state, view } = searched(byToken);
    expect(optionsOf(view, 'option')).toContain('sign-in');
    const chosen = play(state, enter({ option: 'sign-in' })).state;
    expect(chosen.screen).toBe('sign-in');
    expect(play(chosen, back).state.screen).toBe('review');
  });

  test('only an ADMIN key can check whether the account enforces entitlement', () => {
    expect(optionsOf(searched(user).view, 'option')).not.toContain('enforcement');
    const asked = play(searched(admin).state, enter({ option: 'enforcement' }));
    expect(questionIn(asked)).toEqual({ ask: 'enforcement', server: SERVER, ks: admin.key?.made.ks });
    const no = play(asked.state, answered({ to: 'enforcement', is: false }));
    expect(optionsOf(no.view, 'option')).toEqual(['again', 'back']);
    expect(messagesOf(no.view)).toContain('does not enforce entitlement');
    const yes = play(asked.state, answered({ to: 'enforcement', is: true }));
    expect(optionsOf(yes.view, 'option')).toContain('find-hidden');
  });

  test('does not exist if the key ignores entitlement', () => {
    const { view } = searched(withKey({ privileges: 'disableentitlement' }));
    expect(optionsOf(view, 'option')).toEqual(['again', 'back']);
    expect(messagesOf(view)).toContain('does not exist, or belongs to another account');
  });
});

describe('a key that sees hidden content', () => {
  const hidden = (from: State, typedId?: string) =>
    play(searched(from, { found: false }, typedId).state, FIND_HIDDEN, answered(HIDDEN));

  test('is offered with its privilege, the narrowest first, dangers marked', () => {
    expect(hidden(admin).view.controls[0]).toMatchObject({
      options: [
        { value: 'this-entry', hint: 'disableentitlementforentry:0_abc12345' },
        { value: 'whole-account', hint: 'danger: disableentitlement', tone: 'danger' },
        { value: 'again' },
        { value: 'back' },
      ],
    });
  });

  test('is not selected if it sees everything', () => {
    const { state, view } = hidden(admin, '123456');
    expect(optionsOf(view, 'option')).toEqual(['whole-account', 'again', 'back']);
    expect(state.option).toBe('again');
  });

  test('can be a key without privacycontext, which keeps the other privileges', () => {
    const held = withKey({ privileges: 'privacycontext:MyPortal,sview:*' });
    const form = { ...held.form, privileges: 'privacycontext:MyPortal,sview:*' };
    const found = hidden({ ...held, form });
    expect(optionsOf(found.view, 'option')).toContain('without-context');
    const { state } = play(found.state, enter({ option: 'without-context' }));
    expect(state.screen).toBe('review');
    expect(state.form.privileges).toBe('sview:*');
  });

  test('leads to the review with the privilege, added only once', () => {
    const once = play(hidden(admin).state, enter({ option: 'this-entry' })).state;
    expect(once.screen).toBe('review');
    expect(once.form.privileges).toBe('disableentitlementforentry:0_abc12345');
    const again = play(hidden({ ...admin, form: once.form }).state, enter({ option: 'this-entry' })).state;
    expect(again.form.privileges).toBe('disableentitlementforentry:0_abc12345');
    expect(once.key).toBe(admin.key);
  });

  test('keeps the privileges of the form, with list:* for a USER key', () => {
    const asked = play(
      start(),
      ...TO_REVIEW.slice(0, -1),
      enter({ task: 'write' }),
      enter({ privileges: 'sview:0_x,list:*' }),
    );
    const listing = play(asked.state, enter(), made(madeKey({ type: 'USER', privileges: 'sview:0_x,list:*' }))).state;
    const { state } = play(hidden(listing).state, enter({ option: 'whole-account' }));
    expect(state.form.privileges).toBe('sview:0_x,list:*,disableentitlement');
  });

  test('requires the typed word if it is dangerous', () => {
    const { state, view } = play(hidden(admin).state, enter({ option: 'whole-account' }));
    expect(state.form.acceptedRisks).toEqual([]);
    expect(view.controls.map(({ id }) => id)).toEqual(['riskWord']);
  });
});

test('the search names entries of the practice account instead of a page in KMC', () => {
  const practice = play(start(), enter(), enter(), enter(), enter(), enter(), made(madeKey({ partnerId: 1234567 })));
  const { view } = play(practice.state, act('next'), enter({ option: 'look-up' }));
  expect(messagesOf(view)).toContain('0_welcome1 and 0_staffday');
  expect(messagesOf(view)).not.toContain('KMC');
});
