export type SecretSourceFault =
  /** The keychain is locked. */
  | 'locked'
  /** The source works, but has no entry of this name. */
  | 'absent'
  /** This computer has no such source, or it can't be reached. */
  | 'unavailable'
  | 'timed-out'
  /** The system or the user refused. */
  | 'denied'
  /** The command does not exist. */
  | 'not-found'
  /** The source returned nothing. */
  | 'empty'
  /** The value is longer than the source allows. */
  | 'too-long'
  | 'wrong-passphrase'
  | 'damaged'
  /** A newer version of this program wrote it. */
  | 'newer'
  /** A link or another thing is in the place of the file or folder. */
  | 'refused'
  /** A source of this kind can't store anything. */
  | 'read-only'
  /** The secret source is from an imported file and has not been confirmed on this computer. */
  | 'unconfirmed'
  /** The user cancelled. */
  | 'cancelled'
  | 'failed';

/**
 * Reports that a secret could not be read from its source, or not be stored there. Both texts are for the user and never contain a secret.
 */
export class SecretSourceError extends Error {
  override readonly name = 'SecretSourceError';
  constructor(
    readonly fault: SecretSourceFault,
    /** What happened, in one or two sentences. */
    message: string,
    /** What to do about it, in one or two sentences. */
    readonly remedy: string,
  ) {
    super(message);
  }
}

/**
 * Returns the secret from a command's output or a variable. Removes one line end, as a shell does.
 * @param source the start of the sentence: `The command “op”`
 * @param forSeveral what to do about several lines
 * @throws {SecretSourceError} if it is empty, or has more than one line
 */
export function secretLine(
  text: string,
  place: 'command' | 'variable',
  source: string,
  forSeveral = 'Set it to only the secret.',
): string {
  const line = text.replace(/\r?\n$/, '');
  if (line.trim() === '') {
    const remedy = 'Run it yourself, and check that it prints the secret on standard output.';
    throw place === 'command'
      ? new SecretSourceError('empty', `${source} printed nothing.`, remedy)
      : new SecretSourceError('empty', `${source} is empty.`, 'Set it to the secret.');
  }
  if (/[\r\n]/.test(line)) {
    const verb = place === 'command' ? 'printed' : 'has';
    throw new SecretSourceError('failed', `${source} ${verb} several lines. A secret is one line.`, forSeveral);
  }
  return line;
}
