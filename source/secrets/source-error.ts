import type { SecretSourceKind } from './source.js';

export type SecretSourceFault =
  /** The keychain is there, and closed. */
  | 'locked'
  /** The place works and has nothing under this name. */
  | 'absent'
  /** This computer has no such place, or it cannot be reached. */
  | 'unavailable'
  | 'timed-out'
  /** The system or the person said no. */
  | 'denied'
  /** The command does not exist. */
  | 'not-found'
  /** The place answered with nothing. */
  | 'empty'
  /** What is to be stored, or what came, is larger than the place takes. */
  | 'too-long'
  | 'wrong-passphrase'
  | 'damaged'
  /** A newer version of this program wrote it. */
  | 'newer'
  /** A link or another thing stands where the file or the folder belongs. */
  | 'refused'
  /** Nothing can be written to a place of this kind. */
  | 'read-only'
  /** The secret source is from an imported file and has not been confirmed on this computer. */
  | 'unconfirmed'
  /** The person gave up. */
  | 'cancelled'
  | 'failed';

/** A secret could not be had from its place, or not be put there. Both texts are for the person, and never hold a secret. */
export class SecretSourceError extends Error {
  override readonly name = 'SecretPlaceError';
  constructor(
    readonly fault: SecretSourceFault,
    readonly place: SecretSourceKind,
    /** What happened, in a sentence or two. */
    message: string,
    /** What to do about it, in a sentence or two. */
    readonly remedy: string,
  ) {
    super(message);
  }
}

/**
 * The secret in what a command printed or a variable holds: one line end after it is dropped, as a shell does.
 *
 * @param source begins the sentence: `The command “op”`
 * @throws {SecretSourceError} where there is nothing, or more than one line
 */
export function secretLine(text: string, place: 'command' | 'variable', source: string): string {
  const line = text.replace(/\r?\n$/, '');
  if (line.trim() === '') {
    const remedy = 'Run it by yourself and see whether it prints the secret on standard output.';
    throw place === 'command'
      ? new SecretSourceError('empty', place, `${source} printed nothing.`, remedy)
      : new SecretSourceError('empty', place, `${source} is empty.`, 'Set it to the secret.');
  }
  if (/[\r\n]/.test(line)) {
    const remedy = 'Have it give the secret alone, for example the one field of an entry.';
    throw new SecretSourceError('failed', place, `${source} gave several lines; a secret is one.`, remedy);
  }
  return line;
}
