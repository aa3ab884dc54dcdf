import { describe, expect, test } from 'vitest';
import { startCountdown } from '../../source/ui/countdown.js';
import { createSession } from '../../source/ui/session.js';
import { enter, made, madeKey, NOW, play, SECONDS, start, TO_REVIEW } from '../wizard/play.js';

const MINUTE = 60_000;

/** The countdown on the result of a key, with a clock that only the test moves. */
function open(lifetime: number) {
  let now = NOW;
  let alarm: { at: number; listener: () => void } | null = null;
  const shown: string[] = [];
  const { state } = play(start(), ...TO_REVIEW, enter(), made(madeKey({ expiresAt: SECONDS + lifetime })));
  const session = createSession(state, { now: () => now, run: () => {} });
  const text = () => session.view().warnings?.[0]?.text ?? '';
  let updates = 0;
  session.subscribe(() => {
    updates++;
    if (shown.at(-1) !== text()) shown.push(text());
  });
  const stop = startCountdown(session, {
    now: () => now,
    wakeIn: (delay, listener) => {
      const set = { at: now + delay, listener };
      alarm = set;
      return () => {
        if (alarm === set) alarm = null;
      };
    },
  });
  return {
    session,
    stop,
    text,
    shown,
    updates: () => updates,
    isWaiting: () => alarm !== null,
    /** Lets time pass, and calls what is due. */
    pass: (time: number) => {
      const end = now + time;
      while (alarm !== null && alarm.at <= end) {
        const { at, listener } = alarm;
        now = at;
        alarm = null;
        listener();
      }
      now = end;
    },
  };
}

describe('the remaining time on the result', () => {
  test('changes each minute, and nothing is drawn in between', () => {
    const { pass, text, updates } = open(3600);
    expect(text()).toContain('valid for 1 h (until');
    pass(2 * MINUTE + 1000);
    expect(text()).toContain('valid for 57 min (until');
    expect(updates()).toBe(3);
  });

  test('counts seconds in the last two minutes, and then shows that the key has expired', () => {
    const { pass, text, shown } = open(180);
    pass(61_500);
    expect(text()).toContain('valid for 118 s');
    pass(2 * MINUTE);
    expect(shown.filter((one) => one.includes(' s (until'))).toHaveLength(120);
    expect(text()).toContain('Session key 1 expired');
  });

  test('is hidden ten minutes after the last key press, and comes back with the next one', () => {
    const { pass, text, session, isWaiting } = open(3600);
    pass(5 * MINUTE);
    session.press({ name: 'up' });
    pass(9 * MINUTE);
    expect(text()).toContain('valid for 46 min');
    pass(2 * MINUTE);
    expect(text()).toMatch(/Session key 1 is valid until /);
    expect(isWaiting()).toBe(false);
    pass(10 * MINUTE);
    session.press({ name: 'up' });
    expect(text()).toContain('valid for 34 min');
    expect(isWaiting()).toBe(true);
  });

  test('sets no timer after it is stopped', () => {
    const { stop, isWaiting } = open(3600);
    expect(isWaiting()).toBe(true);
    stop();
    expect(isWaiting()).toBe(false);
  });
});
