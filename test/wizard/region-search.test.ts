import { describe, expect, test } from 'vitest';
import type { RegionAnswer, RegionOutcome } from '../../source/kaltura/accounts/find-region.js';
import { HOSTED_REGIONS, type HostedRegionId } from '../../source/kaltura/accounts/regions.js';
import {
  act,
  answered,
  answerIn,
  askedIn,
  BROKEN_OFF,
  back,
  enter,
  failed,
  type Move,
  PRETEND,
  play,
  problemOf,
  refusal,
  sample,
  set,
  start,
  TO_REVIEW,
  toldBy,
  unanswered,
} from './play.js';

/** The region that knows an account is found by the partner ID, and taken to where it was wanted. */

const answers = (outcomes: Partial<Record<HostedRegionId, RegionOutcome>>): RegionAnswer[] =>
  (Object.keys(HOSTED_REGIONS) as HostedRegionId[]).map((region) => ({
    region,
    outcome: outcomes[region] ?? 'unknown',
    failure: null,
  }));
const heard = (outcomes: Parameters<typeof answers>[0]): Move => answered({ to: 'regions', is: answers(outcomes) });

const TO_FIND = enter({ region: 'unknown' });
const SEARCH = enter({ partnerId: '2345678' });
const found = (outcomes: Parameters<typeof answers>[0]) => play(start(), TO_FIND, SEARCH, heard(outcomes));

describe('the search', () => {
  test('asks for the partner ID first, and then for nothing but that account', () => {
    const opened = play(start(), TO_FIND);
    expect(opened.effects).toEqual([]);
    expect(toldBy(opened.view)).toContain('Only the partner ID is sent: no secret, no key');
    expect(askedIn(play(opened.state, SEARCH))).toEqual({ ask: 'regions', partnerId: 2345678 });
    expect(() => play(opened.state, enter({ partnerId: 'my account' }))).toThrow(/holds/);
    expect(problemOf(opened.view, 'partnerId')).toMatch(/missing/);
  });

  test('keeps what was typed through Esc, giving up and a failure', () => {
    const typed = play(start(), TO_FIND, set('partnerId', '2345678')).state;
    for (const moves of [
      [back, TO_FIND],
      [enter(), back],
      [enter(), unanswered(BROKEN_OFF)],
      [enter(), heard({}), back],
    ]) {
      const { state, view } = play(typed, ...moves);
      expect(state.screen).toBe('find-region');
      expect(answerIn(view, 'partnerId')).toBe('2345678');
    }
    expect(toldBy(play(typed, enter(), unanswered(BROKEN_OFF)).view)).toContain('was interrupted');
  });

  test('leads back to where it was wanted', () => {
    expect(play(start(), TO_FIND, back).state.screen).toBe('region');
  });

  test('given up is not heard of later', () => {
    const waiting = play(start(), TO_FIND, SEARCH).state;
    const { state } = play(waiting, back);
    const late = { to: 'regions', is: answers({ eu: 'known' }) } as const;
    expect(play(state, { type: 'answered', attempt: waiting.waiting.attempt, answer: late }).state).toEqual(state);
  });

  test('does not take the pretend account for a real one', () => {
    const practised = play(start(), enter(), back).state;
    expect(practised.form.partnerId).toBe(PRETEND.partnerId);
    expect(answerIn(play(practised, TO_FIND).view, 'partnerId')).toBe('');
  });
});

describe('what was found', () => {
  test.each<[Parameters<typeof answers>[0], marked: string, said: RegExp]>([
    [{ eu: 'known' }, 'eu', /is in EU/],
    [{ sg: 'blocked' }, 'sg', /blocked or closed/],
    [{ us: 'blocked', ca: 'known' }, 'ca', /More than one region/],
    [{}, 'again', /No region has/],
  ])('%o: the likeliest is marked', (outcomes, marked, said) => {
    const { state, view } = found(outcomes);
    expect(state.screen).toBe('regions');
    expect(answerIn(view, 'option')).toBe(marked);
    expect(toldBy(view)).toMatch(said);
  });

  test('another number can be looked for', () => {
    const { state, view } = play(found({}).state, enter());
    expect(state.screen).toBe('find-region');
    expect(answerIn(view, 'partnerId')).toBe('2345678');
  });

  test('is taken as if it had been chosen, and the partner ID goes along', () => {
    const { state } = play(found({ eu: 'known' }).state, enter());
    expect(state.screen).toBe('sign-in');
    expect(state.form).toMatchObject({ region: 'eu', partnerId: '2345678' });
    const account = play(state, enter({ method: 'server' }));
    expect(answerIn(account.view, 'partnerId')).toBe('2345678');
    expect(answerIn(play(state, back).view, 'region')).toBe('eu');
  });

  test('can be another than the one that is marked', () => {
    const { state } = play(found({ eu: 'known', de: 'known' }).state, enter({ option: 'de' }));
    expect(state.form.region).toBe('de');
  });

  test('takes nothing of the pretend account to a real region', () => {
    const practised = play(start(), enter(), back, TO_FIND, SEARCH, heard({ eu: 'known' }), enter()).state;
    expect(practised.form.secret.length).toBe(0);
    expect(practised.form.partnerId).toBe('2345678');
  });

  test('by a sub partner ID is asked for as it stands, after a warning', () => {
    const { view } = play(start(), TO_FIND, set('partnerId', '234567800'));
    expect(view.controls[0]).toMatchObject({ suggestion: { value: '2345678' } });
  });
});

test('a failure that may be of the region leads there by a probe, and what was typed is still there', () => {
  const { state } = play(start(), ...TO_REVIEW, enter(), failed(refusal('SERVICE_FORBIDDEN_CONTENT_BLOCKED')));
  const { view } = play(state, enter({ option: 'probe:region' }));
  expect(view.question).toBe('Which region has partner 2345678?');
  expect(state.form.secret.length).toBe(32);
});

test('the search is there from the region of another profile too', () => {
  const { state } = play(start([sample()]), act('edit'), act('region'), TO_FIND);
  expect(state.screen).toBe('find-region');
  expect(state.diagnosis.regionSearch.partnerId).toBe('2345678');
});
