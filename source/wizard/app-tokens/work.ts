import type { AppToken, MadeAppToken } from '../../kaltura/app-tokens/manage.js';
import type { TypedAppToken } from '../../kaltura/app-tokens/new-token.js';
import type { Paragraph } from '../../messages/paragraph.js';

/** The app tokens of the current key's account. */
export interface TokenWork {
  readonly list: readonly AppToken[] | null;
  readonly chosen: string | null;
  readonly draft: TypedAppToken;
  /** The word typed to confirm a dangerous token. */
  readonly riskWord: string;
  /** The result of the last deletion. */
  readonly said: readonly Paragraph[];
  /** The new token, whose value can't be read again. */
  readonly made: MadeAppToken | null;
}

export const EMPTY_TOKEN_DRAFT: TypedAppToken = {
  description: '',
  userId: '',
  type: 'USER',
  privileges: '',
  sessionLength: '1h',
  expires: '90d',
};

export const NO_TOKEN_WORK: TokenWork = {
  list: null,
  chosen: null,
  draft: EMPTY_TOKEN_DRAFT,
  riskWord: '',
  said: [],
  made: null,
};
