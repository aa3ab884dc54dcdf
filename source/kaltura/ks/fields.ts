/** The two formats of a KS. The server reads both whatever the account is set to (docs/kaltura-facts.md 1.1). */
export type KsVersion = 1 | 2;

/** The types of a session that the API knows (docs/kaltura-facts.md 1.7). */
export type SessionType = 'USER' | 'ADMIN';

export const SESSION_TYPE_NUMBERS: Record<SessionType, 0 | 2> = { USER: 0, ADMIN: 2 };

/** The fields of a KS. */
export interface KsFields {
  readonly partnerId: number;
  /** 0 USER or 2 ADMIN. Keys from other software can have other numbers, and 1 and above count as ADMIN. */
  readonly type: number;
  /**
   * Expiry in epoch seconds. The key is valid while this is greater than the server's time (docs/kaltura-facts.md
   * 5.3).
   */
  readonly expiresAt: number;
  /** null for no user field, '' for an empty one. The server treats both the same. */
  readonly userId: string | null;
  readonly privileges: string;
  readonly masterPartnerId?: string | null;
  readonly additionalData?: string | null;
}

export interface ParsedKs extends KsFields {
  readonly version: KsVersion;
  /** Version 1: the text of the random field; version 2: the 16 random bytes in hex. */
  readonly random: string;
  /** The signature in lower-case hex. */
  readonly hash: string;
}

export type KsFault =
  /** It has a character that no KS has, or is padded wrongly. */
  | 'not-base64'
  | 'not-a-ks'
  /** Its encrypted part is not whole. */
  | 'cut-off'
  | 'wrong-secret'
  /** It was signed, but its fields can't be read. */
  | 'bad-fields';

export class KsError extends Error {
  override readonly name = 'KsError';
  constructor(readonly fault: KsFault) {
    super(`The KS can’t be read: ${fault}.`);
  }
}
