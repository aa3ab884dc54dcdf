/** What scripts may rely on. */
export const EXIT = { ok: 0, failure: 1, usage: 2, cancelled: 130 } as const;

/** The command cannot be carried out as it was given. Its message never repeats what was given: that may be a secret in the wrong place. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was understood, and failed; the message says why. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The person gave up (Ctrl-C). */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}
