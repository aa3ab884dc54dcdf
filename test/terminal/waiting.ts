import { deferred } from './deferred.js';

/** A text on the screen (its rows joined by newlines), a pattern, or a condition for its rows. */
export type Expected = string | RegExp | ((rows: readonly string[]) => boolean);

/** A limit, so that a failing test shows the screen. No test should depend on it. */
const TIMEOUT = 30_000;

const isMet = (expected: Expected, rows: readonly string[]) => {
  if (typeof expected === 'function') return expected(rows);
  const text = rows.join('\n');
  return typeof expected === 'string'
    ? text.includes(expected)
    : new RegExp(expected, expected.flags.replace('g', '')).test(text);
};

/** Lets tests wait for text on the screen. Call `check` whenever the screen may have changed; nothing polls. */
export function createScreenWaiter(screen: () => string[]) {
  const checks = new Set<() => void>();
  let endReason: string | undefined;
  const failureMessage = (what: string, expected: Expected) =>
    `${what} before the terminal showed ${expected}\n--- the screen ---\n${screen().join('\n').trimEnd()}\n---`;

  return {
    check: () => {
      for (const check of checks) check();
    },
    /** Call it when the program has ended: text that is not on the screen now won't appear. */
    finish(reason: string) {
      endReason = reason;
      for (const check of checks) check();
    },
    async waitFor(expected: Expected) {
      const { promise, resolve, reject } = deferred<void>();
      // Created here, so that its stack trace shows the test and not a timer.
      const failure = new Error();
      const fail = (what: string) => {
        failure.message = failureMessage(what, expected);
        reject(failure);
      };
      const check = () => {
        try {
          if (isMet(expected, screen())) resolve();
          else if (endReason !== undefined) fail(endReason);
        } catch (error) {
          reject(error as Error);
        }
      };
      const timer = setTimeout(() => fail(`${TIMEOUT / 1000} seconds passed`), TIMEOUT);
      checks.add(check);
      try {
        check();
        await promise;
      } finally {
        clearTimeout(timer);
        checks.delete(check);
      }
    },
  };
}
