import type { AppToken, MadeAppToken } from '../../kaltura/app-tokens/manage.js';
import type { TypedAppToken } from '../../kaltura/app-tokens/new-token.js';
import type { Paragraph } from '../../messages/paragraph.js';

/** The app tokens of the current key's account. */
export interface TokenFlow {
  readonly list: readonly AppToken[] | null;
  readonly chosen: string | null;
  readonly form: TypedAppToken;
  /** The word typed to confirm a dangerous token. */
  readonly riskWord: string;
  /** The result of the last deletion. */
  readonly messages: readonly Paragraph[];
  /** The new token, whose value can't be read again. */
  readonly created: MadeAppToken | null;
  /** Whether the token is for a vendor: created with a key that is only used for that, and followed by a text to send. */
  readonly isForVendor: boolean;
  /** What the vendor may do; `other` if the privileges were typed. */
  readonly access: VendorAccess;
}

export type VendorAccess = 'own' | 'look-around' | 'role' | 'other';

export const EMPTY_TOKEN_FORM: TypedAppToken = {
  description: '',
  userId: '',
  type: 'USER',
  privileges: '',
  sessionLength: '1h',
  expires: '90d',
};

/** The suggestions for a vendor. Most accounts require a user, and the server creates it (docs/kaltura-facts.md 5.8). */
export const VENDOR_TOKEN_FORM: TypedAppToken = { ...EMPTY_TOKEN_FORM, description: 'Vendor', userId: 'vendor' };

export const NO_TOKEN_WORK: TokenFlow = {
  list: null,
  chosen: null,
  form: EMPTY_TOKEN_FORM,
  riskWord: '',
  messages: [],
  created: null,
  isForVendor: false,
  access: 'own',
};
