import type { KeyFacts } from '../sign-in/key-request.js';

/** Privileges that tie a key to others, and allow nothing. */
const TIES = /^(sessionid|apptoken)(:|$)/;

/**
 * Checks whether a key lists nothing: a USER key lists only the entries of its own user unless a privilege says otherwise
 * (docs/kaltura-facts.md 3.2), and this one has no user.
 */
export function listsNothing({ type, userId, privileges }: Pick<KeyFacts, 'type' | 'userId' | 'privileges'>): boolean {
  const hasNoUser = userId === '' || userId === '0';
  const items = privileges?.split(',').filter((item) => item !== '' && !TIES.test(item));
  return type === 'USER' && hasNoUser && items?.length === 0;
}
