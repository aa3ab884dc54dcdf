import type { SecretPlaceKind } from './secret-place.js';

export type SecretPlaceFault =
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
export class SecretPlaceError extends Error {
  override readonly name = 'SecretPlaceError';
  constructor(
    readonly fault: SecretPlaceFault,
    readonly place: SecretPlaceKind,
    /** What happened, in a sentence or two. */
    message: string,
    /** What to do about it, in a sentence or two. */
    readonly remedy: string,
  ) {
    super(message);
  }
}
