import { similarNames } from '../../kaltura/similar-names.js';

/** The exit codes that scripts may rely on. */
export const EXIT = { ok: 0, failure: 1, usage: 2, cancelled: 130 } as const;

/** The codes of errors of usage (exit code 2). `docs/errors.md` explains them. */
export type UsageCode =
  | 'unknown-command'
  | 'unknown-option'
  | 'missing-argument'
  | 'too-many-arguments'
  | 'invalid-value'
  | 'conflicting-options'
  | 'missing-input'
  | 'confirmation-required'
  | 'risk-not-accepted'
  | 'insecure-url'
  | 'secret-in-arguments'
  | 'no-terminal';

/** What to do about an error, as `--json` prints it. */
export interface ReportedFix {
  /** A stable identifier: `retry`, `change-region`. */
  readonly action: string;
  readonly text: string;
  /** The flag or variable to use, with its value if only one value helps: `--type user`; null if there is none. */
  readonly option: string | null;
}

/** An error, as `--json` prints it. Scripts rely on these names. */
export interface ErrorReport {
  readonly code: string;
  readonly headline: string;
  /** The most likely first. */
  readonly causes: readonly string[];
  readonly fixes: readonly ReportedFix[];
}

/** The parts of a report that can't be derived from the message of an error. */
export type ErrorDetails = Partial<Omit<ErrorReport, 'code'>>;

/** The command cannot be carried out as it was given. The message never repeats what was given, because that may be a secret in the wrong place. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    message: string,
    readonly code: UsageCode = 'invalid-value',
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}

/** The shortest value that gets a suggestion: shorter ones resemble a choice by chance, such as super and user. */
const SHORTEST_TYPO = 6;

/** An option or variable has a value that is not one of its choices. */
export class ChoiceError extends UsageError {
  constructor(
    source: string,
    choices: readonly string[],
    /** The choice that the value resembles. */
    readonly meant: string | undefined,
  ) {
    super(`${source} must be one of ${choices.join(', ')}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`);
  }
}

export function notOneOf(source: string, choices: readonly string[], typed: string): ChoiceError {
  const text = typed.trim();
  const [meant] = text.length < SHORTEST_TYPO ? [] : similarNames(text, choices);
  return new ChoiceError(source, choices, meant);
}

/** The command was understood, but failed. The message says why. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    /** The server's code, or one of ours (`docs/errors.md`). */
    readonly code: string = 'failed',
    readonly details: ErrorDetails = {},
    /** What the command found before it failed. `--json` prints it beside the error, because standard output holds one document only. */
    readonly result: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** A key or secret was given as the name of a profile. The command that got it knows how to take a key. */
export class KeyAsNameError extends CommandError {
  constructor(
    readonly isSecret: boolean,
    /** Where the text came from: an argument of the command line, or what names the profile of the command. */
    readonly from: 'argument' | 'profile',
    advice = '',
  ) {
    const text = `This ${isSecret ? 'looks like a secret' : 'is a key'}, not the name of a profile.`;
    super(`${text} ${advice}`.trimEnd(), 'profile-not-found');
  }
}

/** The user cancelled (Ctrl+C). */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}
