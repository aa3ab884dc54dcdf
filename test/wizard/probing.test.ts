import { describe, expect, test } from 'vitest';
import { ConnectionError } from '../../source/kaltura/api/http.js';
import type { Finding } from '../../source/kaltura/diagnosis/probe.js';
import { explain } from '../../source/messages/diagnosis/diagnosis.js';
import {
  ADMIN_SECRET,
  answered,
  back,
  CONNECTION_RESET,
  comparableForm,
  enter,
  failed,
  messagesOf,
  OWN_CHOICE,
  optionsOf,
  play,
  questionIn,
  refusal,
  start,
  TO_REVIEW,
  unanswered,
  viewText,
} from './play.js';

/** Probes after a failure. They say what they send before they send it, and their finding replaces the list of likely causes. */

const asked = play(start(), ...TO_REVIEW, enter()).state;
const refused = play(asked, failed(refusal('START_SESSION_ERROR')));
const SECRET = enter({ option: 'probe:user-secret' });

const finding: Finding = {
  code: 'is-user-secret',
  topic: 'is-user-secret',
  values: { partnerId: 2345678 },
  detail: null,
  causes: [],
  fixes: [{ action: 'use-admin-secret' }],
  serverAnswer: null,
  isAnswerHelpful: false,
  isSure: true,
  settles: true,
};

const probesOffered = (options: readonly string[]): string[] => options.filter((value) => value.startsWith('probe:'));

test('a found region keeps the confirmed ADMIN type', () => {
  const found: Finding = {
    ...finding,
    fixes: [{ action: 'choose-region', region: 'de' }],
  };
  const region = play(refused.state, enter({ option: 'probe:region' }), enter(), answered({ to: 'probe', is: found }));
  const { state, effects } = play(region.state, enter({ option: '0' }), enter());
  expect(state.screen).toBe('working');
  expect(effects).toMatchObject([
    { do: 'make-key', request: { serviceUrl: 'https://api.de.kaltura.com', type: 'ADMIN' } },
  ]);
});

describe('before a probe', () => {
  test('a refused secret offers probes after the fixes', () => {
    const options = optionsOf(refused.view, 'option');
    expect(probesOffered(options)).toEqual(['probe:user-secret', 'probe:region']);
    expect(options.indexOf('probe:user-secret')).toBeGreaterThan(options.indexOf('0'));
  });

  test('nothing is sent before Enter on a screen that shows the request', () => {
    const opened = play(refused.state, SECRET);
    expect(opened.effects).toEqual([]);
    expect(messagesOf(opened.view)).toContain(
      'Request to api.eu.kaltura.com: session.start with partnerId=2345678 secret=…cdef',
    );
    expect(viewText(opened.view)).not.toContain(ADMIN_SECRET.slice(0, 8));
    const question = questionIn(play(opened.state, enter()));
    expect(question).toMatchObject({
      ask: 'probe',
      server: { serviceUrl: 'https://api.eu.kaltura.com', practice: null },
      probe: { kind: 'user-secret' },
      context: { regionLabel: 'EU' },
    });
  });

  test.each([enter({ option: 'back' }), back])('going back sends nothing', (move) => {
    const { state, effects } = play(refused.state, SECRET, move);
    expect(effects).toEqual([]);
    expect(state.screen).toBe('failure');
    expect(probesOffered(optionsOf(play(state).view, 'option'))).toContain('probe:user-secret');
  });

  test('a refused login is never repeated with its password', () => {
    const login = play(
      start(),
      enter({ region: 'eu' }),
      enter({ method: 'login' }),
      enter({ loginId: 'jane@example.com', password: 'Pass-word 1', partnerId: '2345678' }),
      OWN_CHOICE,
      ...[enter(), enter(), enter(), enter()],
      failed(refusal('USER_WRONG_PASSWORD')),
    );
    const offered = probesOffered(optionsOf(login.view, 'option'));
    expect(offered).toEqual(['probe:region']);
    const { view } = play(login.state, enter({ option: 'probe:region' }));
    expect(messagesOf(view)).toContain('Nothing secret is sent');
  });

  test('an unreachable server offers to check the network', () => {
    const { view } = play(asked, failed(new ConnectionError('dns', 'api.eu.kaltura.com', 'ENOTFOUND')));
    expect(probesOffered(optionsOf(view, 'option'))).toEqual(['probe:way-out']);
  });
});

describe('after a probe', () => {
  const known = play(refused.state, SECRET, enter(), answered({ to: 'probe', is: finding }));

  test('the finding replaces the likely causes, and leads to the step with the fault', () => {
    expect(known.state.screen).toBe('failure');
    expect(known.view.question).toBe(explain(finding).headline);
    expect(messagesOf(known.view)).not.toContain('so the secret does not match it');
    const { state } = play(known.state, enter());
    expect(state.screen).toBe('credentials');
    expect(state.focusOn).toBe('secret');
  });

  test('no more probes are offered if the finding settles the cause', () => {
    expect(probesOffered(optionsOf(known.view, 'option'))).toEqual([]);
    const open = { ...finding, settles: false };
    const more = play(refused.state, SECRET, enter(), answered({ to: 'probe', is: open }));
    expect(probesOffered(optionsOf(more.view, 'option'))).toEqual(['probe:region']);
  });

  test('a list of next steps is not called a list of causes, also in the help', () => {
    const blocked: Finding = {
      ...finding,
      topic: 'account-blocked-at',
      values: { partnerId: 2345678, server: 'EU' },
      causes: [{ id: 'account-closed-why' }],
    };
    const { view } = play(refused.state, SECRET, enter(), answered({ to: 'probe', is: blocked }));
    expect(view.help).toContainEqual(expect.stringContaining('until that changes:'));
    expect(viewText(view)).not.toContain('Likely cause');
  });

  test('all answers are kept', () => {
    expect(comparableForm(known.state.form)).toEqual(comparableForm(asked.form));
    expect(play(known.state, back).state.screen).toBe('review');
  });

  test('the next failure does not show the earlier finding', () => {
    const next = play(known.state, back, enter(), failed(refusal('START_SESSION_ERROR')));
    expect(next.view.question).not.toBe(explain(finding).headline);
    expect(probesOffered(optionsOf(next.view, 'option'))).toContain('probe:user-secret');
  });

  test('a found region can be used', () => {
    const elsewhere: Finding = {
      ...finding,
      topic: 'account-in-other-region-only',
      fixes: [{ action: 'choose-region', region: 'ca' }],
    };
    const { state } = play(refused.state, SECRET, enter(), answered({ to: 'probe', is: elsewhere }), enter());
    expect(state.screen).toBe('review');
    expect(state.form).toMatchObject({ region: 'ca', partnerId: '2345678' });
    expect(state.form.secret.length).toBe(32);
  });
});

describe('a probe without a result', () => {
  const waiting = play(refused.state, SECRET, enter());

  test('can be canceled, and a late answer is ignored', () => {
    const { state, effects } = play(waiting.state, back);
    expect(effects).toEqual([{ do: 'abort' }]);
    expect(state.screen).toBe('probe');
    const late = { to: 'probe', is: finding } as const;
    expect(play(state, { type: 'answered', attempt: waiting.state.waiting.attempt, answer: late }).state).toEqual(
      state,
    );
  });

  test('shows the cause on its screen', () => {
    const { state, view } = play(waiting.state, unanswered(CONNECTION_RESET));
    expect(state.screen).toBe('probe');
    expect(messagesOf(view)).toContain('was interrupted');
    expect(questionIn(play(state, enter()))).toMatchObject({ ask: 'probe' });
  });
});
