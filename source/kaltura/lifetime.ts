/** In seconds. */
export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Kaltura's default lifetime of a key, in seconds (docs/kaltura-facts.md 5.3). A longer lifetime causes a caution. */
export const DEFAULT_LIFETIME = 24 * HOUR;

/** Ten years in seconds, the maximum according to the documentation (docs/kaltura-facts.md 5.3). */
const LONGEST_LIFETIME = 3650 * DAY;

/** The lifetimes offered in the menu, in seconds. */
export const LIFETIMES = [15 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR, DAY, 7 * DAY, 30 * DAY] as const;

/** The units in seconds, with the words that `formatLifetime` writes. */
const UNITS: ReadonlyMap<string, number> = new Map(
  [
    { words: ['s', 'sec', 'second', 'seconds'], seconds: 1 },
    { words: ['m', 'min', 'minute', 'minutes'], seconds: MINUTE },
    { words: ['h', 'hour', 'hours'], seconds: HOUR },
    { words: ['d', 'day', 'days'], seconds: DAY },
    { words: ['w', 'week', 'weeks'], seconds: 7 * DAY },
  ].flatMap(({ words, seconds }) => words.map((word) => [word, seconds] as const)),
);

export type LifetimeReading =
  | { readonly ok: true; readonly seconds: number }
  | { readonly ok: false; readonly problem: string };

const refuse = (problem: string): LifetimeReading => ({ ok: false, problem });

/** Shows how to write a decimal comma; null without one. Three digits after the comma may be thousands. */
export function pointAdvice(text: string): string | null {
  const [, whole, part] = /^\s*(\d+),(\d{1,2}\s*[a-z]{0,7})\s*$/i.exec(text) ?? [];
  return whole === undefined ? null : `Use a point instead of the comma: ${whole}.${part}.`;
}

/**
 * Parses a lifetime: `90m`, `8h`, `7d`, `1h 30m`, `24 hours`, or a number of seconds. Rejects zero, negative and invalid values,
 * for which the server would create an expired key (docs/kaltura-facts.md 5.3).
 */
export function readLifetime(text: string): LifetimeReading {
  const typed = text.trim().toLowerCase();
  if (typed === '')
    return refuse('Type how long the key should be valid, such as 90m, 8h, 7d, or a number of seconds.');
  if (/^-/.test(typed))
    return refuse(
      'With a negative lifetime, the key would already be expired. Type 90m, 8h, 7d, or a number of seconds.',
    );
  const parts = typed.match(/\d+(?:\.\d+)?\s*[a-z]*/g) ?? [];
  if (parts.join('').replaceAll(/\s/g, '') !== typed.replaceAll(/\s/g, '')) {
    return refuse(`This is not a length of time. ${pointAdvice(text) ?? 'Type 90m, 8h, 7d, or a number of seconds.'}`);
  }
  let seconds = 0;
  for (const part of parts) {
    const [, amount, unit] = /^([\d.]+)\s*([a-z]*)$/.exec(part) ?? [];
    if (unit === '' && parts.length > 1) {
      return refuse('The unit is missing. Type 90m, 8h, 7d, or one number of seconds without spaces.');
    }
    const factor = UNITS.get(unit === '' ? 's' : (unit ?? ''));
    if (factor === undefined) return refuse(`“${unit}” is not a supported unit. Use s, m, h, d or w.`);
    seconds += Number(amount) * factor;
  }
  seconds = Math.round(seconds);
  if (seconds === 0)
    return refuse('With a lifetime of zero, the key would already be expired. Type a longer one, such as 1h.');
  if (seconds > LONGEST_LIFETIME)
    return refuse('The longest lifetime is ten years. A key for an hour or a day is safer.');
  return { ok: true, seconds };
}

/** Seconds. A shorter lifetime without a unit was probably meant in minutes, hours or days. */
const SHORTEST_WITHOUT_UNIT = MINUTE;

/** Warns that a small number has no unit; null for any other lifetime. */
export function missingUnitWarning(text: string): string | null {
  const typed = text.trim();
  if (!/^\d+$/.test(typed) || Number(typed) >= SHORTEST_WITHOUT_UNIT) return null;
  const meant = counted(Number(typed), 'second');
  return `Without a unit, this means ${meant}. Type ${typed}m for minutes, ${typed}h for hours, or ${typed}d for days.`;
}

const counted = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

/** Formats a lifetime in seconds: `24 hours`, `7 days`, `1 hour 30 minutes`. */
export function formatLifetime(seconds: number): string {
  if (seconds > 2 * DAY && seconds % DAY === 0) return counted(seconds / DAY, 'day');
  const words: string[] = [];
  const days = seconds > 2 * DAY ? Math.floor(seconds / DAY) : 0;
  const rest = seconds - days * DAY;
  if (days > 0) words.push(counted(days, 'day'));
  if (rest >= HOUR) words.push(counted(Math.floor(rest / HOUR), 'hour'));
  if (rest % HOUR >= MINUTE) words.push(counted(Math.floor((rest % HOUR) / MINUTE), 'minute'));
  if (rest % MINUTE > 0) words.push(counted(rest % MINUTE, 'second'));
  return words.slice(0, 2).join(' ');
}

/** Formats a duration in seconds in short form: `3 h 12 min`, `2 days`. For the time until a key expires, use `formatRemaining`. */
export function formatDuration(length: number): string {
  if (length < MINUTE) return 'less than a minute';
  const seconds = Math.round(length / MINUTE) * MINUTE;
  if (seconds >= 2 * DAY) return `${Math.floor(seconds / DAY)} days`;
  const hours = Math.floor(seconds / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  return [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : ''].filter((word) => word !== '').join(' ');
}

/**
 * Formats the seconds until a key expires: `6 days`, `3 h 12 min`, `59 min`, in the last two minutes `119 s`, and at
 * last `less than 1 s`. Rounds down, so that no key appears to be valid for longer than it is.
 */
export function formatRemaining(remaining: number): string {
  const seconds = Math.max(0, Math.floor(remaining));
  if (seconds === 0) return 'less than 1 s';
  if (seconds < 2 * MINUTE) return `${seconds} s`;
  return formatDuration(seconds - (seconds % MINUTE));
}

/** Returns the seconds until `formatRemaining` returns another text. A tick at this time still shows the old text. */
export function untilNextText(remaining: number): number {
  const unit = remaining <= 2 * MINUTE ? 1 : remaining <= 2 * DAY ? MINUTE : DAY;
  return remaining % unit;
}

/** Formats the time from `now` to a moment, both in epoch seconds: `in 24 h`, `2 days ago`, `just now`. Rounds a future time down. */
export function formatTimeDifference(moment: number, now: number): string {
  if (moment > now) return `in ${formatRemaining(moment - now)}`;
  return now - moment < MINUTE ? 'just now' : `${formatDuration(now - moment)} ago`;
}

/** The latest time that `Date` can represent, in epoch seconds. */
export const LATEST_MOMENT = 8_640_000_000_000;

const isInRange = (moment: number): boolean => Math.abs(moment) <= LATEST_MOMENT;

/** Formats epoch seconds for programs: `2026-11-25T16:20:00.000Z`; null if `Date` cannot represent them. */
export const isoMoment = (moment: number | null): string | null =>
  moment !== null && isInRange(moment) ? new Date(moment * 1000).toISOString() : null;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const clockTime = (date: Date): string =>
  [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');

/** Formats the local time of day of epoch seconds: `16:20`. */
export const formatClock = (moment: number): string => clockTime(new Date(moment * 1000));

/**
 * Formats epoch seconds in local time: `Wed 25 Nov, 16:20`, with the year if it is not the current one. Never throws.
 */
export function formatTime(moment: number, now: number): string {
  if (!isInRange(moment)) return 'an unknown date';
  const date = new Date(moment * 1000);
  const day = `${WEEKDAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]}`;
  const isThisYear = date.getFullYear() === new Date(now * 1000).getFullYear();
  return `${day}${isThisYear ? '' : ` ${date.getFullYear()}`}, ${clockTime(date)}`;
}
