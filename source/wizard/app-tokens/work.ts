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
}

export const EMPTY_TOKEN_FORM: TypedAppToken = {
  description: '',
  userId: '',
  type: 'USER',
  privileges: '',
  sessionLength: '1h',
  expires: '90d',
};

export const NO_TOKEN_WORK: TokenFlow = {
  list: null,
  chosen: null,
  form: EMPTY_TOKEN_FORM,
  riskWord: '',
  messages: [],
  created: null,
};
