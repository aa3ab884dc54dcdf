import type { AppToken, MadeAppToken } from '../../kaltura/app-tokens/manage.js';
import type { TypedAppToken } from '../../kaltura/app-tokens/new-token.js';
import type { Paragraph } from '../../messages/paragraph.js';

/** The app tokens of the account of the key in hand. */
export interface TokenWork {
  readonly list: readonly AppToken[] | null;
  readonly chosen: string | null;
  readonly draft: TypedAppToken;
  /** Typed to show that a dangerous token is meant. */
  readonly riskWord: string;
  /** What became of the token that was to be deleted last. */
  readonly said: readonly Paragraph[];
  /** Just made: its value is never told again. */
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
