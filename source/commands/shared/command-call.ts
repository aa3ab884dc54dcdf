import type { Runtime } from '../../operations/runtime.js';
import type { Report } from './report.js';

/** The value of each flag, by its name without the dashes. A flag `--no-x` is `x: false`. */
export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Checks whether an option gives a key. */
export const hasKeyFlag = (flags: Flags): boolean => flags['ks-stdin'] === true || flags['ks-file'] !== undefined;

/** Checks whether an option gives a secret. */
export const hasSecretFlag = (flags: Flags): boolean =>
  flags['secret-stdin'] === true || flags['secret-file'] !== undefined;

/** One command as the user typed it. */
export interface CommandCall {
  /** `token`, `profiles add`…; '' for the wizard. */
  readonly command: string;
  /** The words after the command: a profile name, a file… */
  readonly names: readonly string[];
  readonly flags: Flags;
  /** The words after `--`; null without one. */
  readonly after: readonly string[] | null;
}

/** A command that runs: how it was called, everything outside that it can use, and where it reports. */
export interface CommandRun extends CommandCall {
  readonly runtime: Runtime;
  readonly report: Report;
}

/** A parsed command line: a text to print (help, for example), or a command to run. */
export type Invocation =
  | { readonly kind: 'text'; readonly text: string }
  | ({ readonly kind: 'command' } & CommandCall);
