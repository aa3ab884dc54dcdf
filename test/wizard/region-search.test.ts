import { describe, expect, test } from 'vitest';
import type { RegionAnswer, RegionOutcome } from '../../source/kaltura/accounts/find-region.js';
import { HOSTED_REGIONS, type HostedRegionId } from '../../source/kaltura/accounts/regions.js';
import type { Finding } from '../../source/kaltura/diagnosis/probe.js';
import type { State } from '../../source/wizard/engine/state.js';
import {
  ADMIN_SECRET,
  act,
  answered,
  back,
  CONNECTION_RESET,
  controlValue,
  enter,
  failed,
  type Move,
  messagesOf,
  optionsOf,
  PRACTICE_ACCOUNT,
  play,
  problemOf,
  questionIn,
  refusal,
  sample,
  set,
  start,
  TO_REVIEW,
  unanswered,
  viewText,
} from './play.js';

/** The search for the region of an account by its partner ID. */

const answers = (outcomes: Partial<Record<HostedRegionId, RegionOutcome>>): RegionAnswer[] =>
  (Object.keys(HOSTED_REGIONS) as HostedRegionId[]).map((region) => ({
    region,
    outcome: outcomes[region] ?? 'unknown',
    failure: null,
  }));
const regionsAnswered = (outcomes: Parameters<typeof answers>[0]): Move =>
  answered({ to: 'regions', is: answers(outcomes) });

const NO_SECRET: Finding = {
  code: 'is-no-secret',
  topic: 'is-no-secret',
  values: { partnerId: 2345678, host: 'api.eu.kaltura.com', server: 'EU', unclear: [] },
  detail: null,
  causes: [{ id: 'secret-of-other-or-region' }],
  fixes: [{ action: 'change-secret' }, { action: 'change-region' }],
  serverAnswer: null,
  isAnswerHelpful: false,
  isSure: true,
  settles: false,
};

const TO_FIND = enter({ region: 'unknown' });
const SEARCH = enter({ partnerId: '2345678' });
const found = (outcomes: Parameters<typeof answers>[0]) => play(start(), TO_FIND, SEARCH, regionsAnswered(outcomes));

describe('Esc from the search', () => {
  const esc = (from: State, ...moves: readonly Move[]) => controlValue(play(from, ...moves).view, 'region');

  test('leaves “I don’t know…” marked, also after an answer', () => {
    expect(esc(start(), TO_FIND, back)).toBe('unknown');
    expect(esc(found({ ca: 'known' }).state, back, back)).toBe('unknown');
    expect(esc(found({}).state, back, back)).toBe('unknown');
  });
});

describe('the search', () => {
  test('asks for the partner ID first, and sends only that', () => {
    const opened = play(start(), TO_FIND);
    expect(opened.effects).toEqual([]);
    expect(messagesOf(opened.view)).toContain('It doesn’t send your secret or your keys');
    expect(questionIn(play(opened.state, SEARCH))).toEqual({ ask: 'regions', partnerId: 2345678 });
    expect(() => play(opened.state, enter({ partnerId: 'my account' }))).toThrow(/has a problem/);
    expect(problemOf(opened.view, 'partnerId')).toMatch(/missing/);
  });

  test('keeps the typed partner ID after Esc, canceling and a failure', () => {
    const typed = play(start(), TO_FIND, set('partnerId', '2345678')).state;
    for (const moves of [
      [back, TO_FIND],
      [enter(), back],
      [enter(), unanswered(CONNECTION_RESET)],
      [enter(), regionsAnswered({}), back],
    ]) {
      const { state, view } = play(typed, ...moves);
      expect(state.screen).toBe('find-region');
      expect(controlValue(view, 'partnerId')).toBe('2345678');
    }
    expect(messagesOf(play(typed, enter(), unanswered(CONNECTION_RESET)).view)).toContain('was interrupted');
  });

  test('goes back to the region step', () => {
    expect(play(start(), TO_FIND, back).state.screen).toBe('region');
  });

  test('ignores a late answer after it was canceled', () => {
    const waiting = play(start(), TO_FIND, SEARCH).state;
    const { state } = play(waiting, back);
    const late = { to: 'regions', is: answers({ eu: 'known' }) } as const;
    expect(play(state, { type: 'answered', attempt: waiting.waiting.attempt, answer: late }).state).toEqual(state);
  });

  test('does not suggest the partner ID of the practice account', () => {
    const afterPractice = play(start(), enter(), back).state;
    expect(afterPractice.form.partnerId).toBe(PRACTICE_ACCOUNT.partnerId);
    expect(controlValue(play(afterPractice, TO_FIND).view, 'partnerId')).toBe('');
  });
});

describe('the result of the search', () => {
  test.each<[Parameters<typeof answers>[0], marked: string, message: RegExp]>([
    [{ eu: 'known' }, 'eu', /is in EU/],
    [{ sg: 'blocked' }, 'again', /blocked or closed/],
    [{ us: 'blocked', ca: 'known' }, 'ca', /More than one region/],
    [{}, 'again', /No region has/],
  ])('marks the likeliest option for %o', (outcomes, marked, message) => {
    const { state, view } = found(outcomes);
    expect(state.screen).toBe('regions');
    expect(controlValue(view, 'option')).toBe(marked);
    expect(messagesOf(view)).toMatch(message);
  });

  test('allows a search for another partner ID', () => {
    const { state, view } = play(found({}).state, enter());
    expect(state.screen).toBe('find-region');
    expect(controlValue(view, 'partnerId')).toBe('2345678');
  });

  test('selects the region, and keeps the partner ID', () => {
    const { state } = play(found({ eu: 'known' }).state, enter());
    expect(state.screen).toBe('sign-in');
    expect(state.form).toMatchObject({ region: 'eu', partnerId: '2345678' });
    const account = play(state, enter({ method: 'server' }));
    expect(controlValue(account.view, 'partnerId')).toBe('2345678');
    expect(controlValue(play(state, back).view, 'region')).toBe('eu');
  });

  test('allows another region than the marked one', () => {
    const { state } = play(found({ eu: 'known', de: 'known' }).state, enter({ option: 'de' }));
    expect(state.form.region).toBe('de');
  });

  test('keeps no practice credentials in a real region', () => {
    const afterPractice = play(
      start(),
      enter(),
      back,
      TO_FIND,
      SEARCH,
      regionsAnswered({ eu: 'known' }),
      enter(),
    ).state;
    expect(afterPractice.form.secret.length).toBe(0);
    expect(afterPractice.form.partnerId).toBe('2345678');
  });

  test('suggests the partner ID for a sub partner ID', () => {
    const { view } = play(start(), TO_FIND, set('partnerId', '234567800'));
    expect(view.controls[0]).toMatchObject({ suggestion: { value: '2345678' } });
  });
});

test('a failure that the region may cause offers the search as a probe, and keeps the answers', () => {
  const { state } = play(start(), ...TO_REVIEW, enter(), failed(refusal('SERVICE_FORBIDDEN_CONTENT_BLOCKED')));
  const { view } = play(state, enter({ option: 'probe:region' }));
  expect(view.question).toBe('Which region has partner 2345678?');
  expect(state.form.secret.length).toBe(32);
});

describe('when no key is created afterwards', () => {
  const AFTER_REGION = [enter({ option: 'eu' }), enter({ method: 'server' }), enter({ secret: ADMIN_SECRET })];
  const refusedAs = (code: string, outcomes: Parameters<typeof answers>[0]) =>
    play(found(outcomes).state, ...AFTER_REGION, ...TO_REVIEW.slice(3), enter(), failed(refusal(code)));
  const offers = ({ view }: ReturnType<typeof refusedAs>) => optionsOf(view, 'option').includes('probe:region');

  test('the only region with the account is not named as a cause or searched again', () => {
    const refused = refusedAs('START_SESSION_ERROR', { eu: 'known' });
    expect(refused.view.question).toContain('START_SESSION_ERROR');
    expect(offers(refused)).toBe(false);
    expect(viewText(refused.view)).not.toMatch(/another region|Check the region/);
    const checked = play(
      refused.state,
      enter({ option: 'probe:user-secret' }),
      enter(),
      answered({ to: 'probe', is: NO_SECRET }),
    );
    expect(viewText(checked.view)).not.toMatch(/another region|Check the region/);
  });

  test('several regions with the account are not searched again, but stay a possible cause', () => {
    const refused = refusedAs('START_SESSION_ERROR', { eu: 'known', us: 'known' });
    expect(offers(refused)).toBe(false);
    expect(viewText(refused.view)).toMatch(/another region.*Choose another region/s);
  });

  test('a blocked account is named as the cause', () => {
    const refused = refusedAs('SERVICE_FORBIDDEN_CONTENT_BLOCKED', { eu: 'blocked' });
    expect(refused.view.question).toBe('EU has partner 2345678, but it is blocked');
    expect(offers(refused)).toBe(false);
  });

  test.each([
    ['without an answer of one region', 'START_SESSION_ERROR', { eu: 'known', us: 'unreachable' }],
    ['that did not find out whether the account is blocked', 'SERVICE_FORBIDDEN_CONTENT_BLOCKED', { eu: 'exists' }],
    ['whose result the server contradicts', 'SERVICE_FORBIDDEN_CONTENT_BLOCKED', { eu: 'known' }],
    ['whose “blocked” the server contradicts', 'START_SESSION_ERROR', { eu: 'blocked' }],
  ] as const)('a search %s can be repeated', (_what, code, outcomes) => {
    const refused = refusedAs(code, outcomes);
    expect(refused.view.question).toContain(code);
    expect(offers(refused)).toBe(true);
  });

  test('the search is not offered again after a probe found the region', () => {
    const first = play(start(), ...TO_REVIEW, enter(), failed(refusal('START_SESSION_ERROR')));
    const regions = answers({ eu: 'known' });
    const is = { ...NO_SECRET, topic: 'region-confirmed-secret', causes: [], fixes: [], regions };
    const checked = play(first.state, enter({ option: 'probe:region' }), enter(), answered({ to: 'probe', is }));
    const second = play(checked.state, enter({ option: 'review' }), enter(), failed(refusal('START_SESSION_ERROR')));
    expect(offers(first)).toBe(true);
    expect(offers(second)).toBe(false);
  });
});

test('the practice account is recognized without an answer, and Practice is offered', () => {
  const offline = (Object.keys(HOSTED_REGIONS) as HostedRegionId[]).map(
    (region): RegionAnswer => ({ region, outcome: 'unreachable', failure: CONNECTION_RESET }),
  );
  const { state, view } = play(
    start(),
    TO_FIND,
    enter({ partnerId: PRACTICE_ACCOUNT.partnerId }),
    answered({ to: 'regions', is: offline }),
  );
  expect(messagesOf(view)).toContain('1234567 is the practice account. Its region is Practice.');
  expect(messagesOf(view)).not.toContain('can’t tell');
  expect(optionsOf(view, 'option')[0]).toBe('practice');
  const chosen = play(state, enter({ option: 'practice' }));
  expect(chosen.effects).toEqual([{ do: 'open-practice' }]);
  expect(chosen.state).toMatchObject({ screen: 'sign-in', form: { region: 'practice' } });
});

test('the search can be opened while a profile is edited', () => {
  const { state } = play(start([sample()]), act('edit'), act('region'), TO_FIND);
  expect(state.screen).toBe('find-region');
  expect(state.regionSearch.partnerId).toBe('2345678');
});
