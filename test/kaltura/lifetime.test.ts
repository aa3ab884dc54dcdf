import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  formatDuration,
  formatLifetime,
  formatRemaining,
  formatTime,
  formatTimeDifference,
  isoMoment,
  LATEST_MOMENT,
  LIFETIMES,
  missingUnitWarning,
  readLifetime,
} from '../../source/kaltura/lifetime.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

describe('a typed lifetime', () => {
  test.each<[typed: string, seconds: number]>([
    ['90m', 90 * MINUTE],
    ['90 m', 90 * MINUTE],
    ['90min', 90 * MINUTE],
    ['8h', 8 * HOUR],
    ['8H', 8 * HOUR],
    ['7d', 7 * DAY],
    ['2w', 14 * DAY],
    ['45s', 45],
    ['3600', HOUR],
    ['  3600\n', HOUR],
    ['1h 30m', 90 * MINUTE],
    ['24 hours', 24 * 60 * MINUTE],
    ['1 hour 30 minutes', 90 * MINUTE],
    ['2 weeks', 14 * 24 * 60 * MINUTE],
    ['1h30m', 90 * MINUTE],
    ['1d 2h 3m 4s', DAY + 2 * HOUR + 3 * MINUTE + 4],
    ['1.5h', 90 * MINUTE],
    ['0.5d', 12 * HOUR],
    ['1', 1],
    ['0007', 7],
    ['3650d', 3650 * DAY],
  ])('%j is read', (typed, seconds) => {
    expect(readLifetime(typed)).toEqual({ ok: true, seconds });
  });

  test.each<[typed: string, problem: RegExp]>([
    ['', /how long/i],
    ['   ', /how long/i],
    // The server accepts these, and creates a key that is already expired (docs/kaltura-facts.md 5.3).
    ['0', /zero/i],
    ['0h', /zero/i],
    ['0.0m', /zero/i],
    ['0.4s', /zero/i],
    ['-1', /negative/i],
    ['-90m', /negative/i],
    ['- 5', /negative/i],
    ['−5', /not a length/i],
    ['NaN', /not a length/i],
    ['Infinity', /not a length/i],
    ['1e3', /unit/i],
    ['0x10', /unit/i],
    ['an hour', /not a length/i],
    ['tomorrow', /not a length/i],
    ['5 fortnights', /unit/i],
    ['1y', /unit/i],
    ['1.5.5h', /not a length/i],
    ['.h', /not a length/i],
    ['h', /not a length/i],
    ['1,5h', /not a length of time. Use a point instead of the comma: 1.5h/],
    ['1,500s', /not a length of time. Type 90m/],
    ['1h!', /not a length/i],
    ['3651d', /ten years/i],
    ['315360001', /ten years/i],
    ['99999999999999999999d', /ten years/i],
  ])('%j is refused, with the reason', (typed, problem) => {
    const reading = readLifetime(typed);
    expect(reading.ok ? `read as ${reading.seconds} s` : reading.problem).toMatch(problem);
  });

  test('never reads a number in groups as the sum of the groups', () => {
    // The user means 86,400 seconds with "86 400". 486 seconds would be a silent mistake.
    for (const [typed, meant] of [
      ['86 400', 86_400],
      ['1 000 000', 1_000_000],
      ['1 0h', 10 * HOUR],
    ] as const) {
      const reading = readLifetime(typed);
      if (reading.ok) expect(reading.seconds, typed).toBe(meant);
    }
  });

  test('reads every preset as itself', () => {
    for (const seconds of LIFETIMES) expect(readLifetime(String(seconds))).toEqual({ ok: true, seconds });
  });
});

describe('a lifetime in words', () => {
  test.each<[seconds: number, text: string]>([
    [1, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [15 * MINUTE, '15 minutes'],
    [HOUR, '1 hour'],
    [90 * MINUTE, '1 hour 30 minutes'],
    [DAY, '24 hours'],
    [2 * DAY, '48 hours'],
    [3 * DAY, '3 days'],
    [7 * DAY, '7 days'],
    [7 * DAY + HOUR, '7 days 1 hour'],
    [3650 * DAY, '3650 days'],
    [HOUR + 1, '1 hour 1 second'],
  ])('%i s are "%s"', (seconds, text) => {
    expect(formatLifetime(seconds)).toBe(text);
  });

  test.each<[seconds: number, text: string]>([
    [0, 'less than a minute'],
    [59, 'less than a minute'],
    [60, '1 min'],
    [HOUR - 1, '1 h'],
    [HOUR, '1 h'],
    [3 * HOUR + 12 * MINUTE, '3 h 12 min'],
    [DAY, '24 h'],
    [2 * DAY, '2 days'],
    [2 * DAY + 23 * HOUR, '2 days'],
  ])('a duration of %i s is "%s"', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test('a time difference is “in …” or “… ago”', () => {
    expect(formatTimeDifference(1000 + HOUR, 1000)).toBe('in 1 h');
    expect(formatTimeDifference(1000, 1000 + 2 * DAY)).toBe('2 days ago');
    expect(formatTimeDifference(1000, 1000)).toBe('just now');
  });

  test.each([DAY, DAY - 1, HOUR - 31, 119, 0.5])(
    'a key that expires in %d s has the same remaining time everywhere',
    (left) => {
      expect(formatTimeDifference(1000 + left, 1000)).toBe(`in ${formatRemaining(left)}`);
    },
  );
});

describe('a date in local time', () => {
  const NOW = Date.UTC(2026, 10, 24, 16, 20) / 1000;
  beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
  afterAll(() => void vi.unstubAllEnvs());

  test('has weekday, day, month and time, and the year only if it is not the current one', () => {
    expect(formatTime(NOW + DAY, NOW)).toBe('Wed 25 Nov, 16:20');
    expect(formatTime(NOW + 365 * DAY, NOW)).toBe('Wed 24 Nov 2027, 16:20');
  });

  test('midnight is 00:00, and not 24:00', () => {
    expect(formatTime(Date.UTC(2026, 10, 25) / 1000, NOW)).toBe('Wed 25 Nov, 00:00');
  });

  test('uses the time zone of the user', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(formatTime(NOW + DAY, NOW)).toBe('Wed 25 Nov, 11:20');
    vi.stubEnv('TZ', 'Pacific/Auckland');
    expect(formatTime(NOW + DAY, NOW)).toBe('Thu 26 Nov, 05:20');
    vi.stubEnv('TZ', 'UTC');
  });
});

test.each([9007199254740991, 8_640_000_000_001, -8_640_000_000_001, Number.NaN, Number.POSITIVE_INFINITY])(
  'formats the time %d, which is outside the range of Date',
  (moment) => {
    expect(isoMoment(moment)).toBeNull();
    expect(formatTime(moment, 1_800_000_000)).toBe('an unknown date');
  },
);

test('formats the last time in the range of Date', () => {
  expect(isoMoment(LATEST_MOMENT)).toBe('+275760-09-13T00:00:00.000Z');
  expect(isoMoment(null)).toBeNull();
});

test('the name of an object property of JavaScript is not a unit of time', () => {
  expect(readLifetime('5constructor')).toMatchObject({ ok: false });
});

test.each(['1', '8', ' 59 '])('%j gets a warning about a missing unit', (typed) => {
  expect(missingUnitWarning(typed)).toContain(`Type ${typed.trim()}m for minutes, ${typed.trim()}h for hours`);
});

test.each(['60', '3600', '8s', '8h', 'soon'])('%j gets no warning about a missing unit', (typed) => {
  expect(missingUnitWarning(typed)).toBeNull();
});
