import { deferred } from './deferred.js';

/** A part of the screen as text (rows joined by newlines), a pattern in it, or a question about its rows. */
export type Expected = string | RegExp | ((rows: readonly string[]) => boolean);

/** Only so that a failure says something: no test should depend on how long something takes. */
const TIMEOUT = 30_000;

const isMet = (expected: Expected, rows: readonly string[]) => {
  if (typeof expected === 'function') return expected(rows);
  const text = rows.join('\n');
  return typeof expected === 'string'
    ? text.includes(expected)
    : new RegExp(expected, expected.flags.replace('g', '')).test(text);
};

/** Those who wait for something on the screen. `check` is called when the screen may have changed: there is no polling. */
export function createWaiting(screen: () => string[]) {
  const checks = new Set<() => void>();
  let endReason: string | undefined;
  const failureMessage = (what: string, expected: Expected) =>
    `${what} before the terminal showed ${expected}\n--- the screen ---\n${screen().join('\n').trimEnd()}\n---`;

  return {
    check: () => {
      for (const check of checks) check();
    },
    /** The program ended: what is not on the screen now will never be. */
    finish(reason: string) {
      endReason = reason;
      for (const check of checks) check();
    },
    async waitFor(expected: Expected) {
      const { promise, resolve, reject } = deferred<void>();
      // Made here, so that its stack leads to the test and not to a timer.
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
