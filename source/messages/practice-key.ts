import { PRACTICE_CREDENTIALS } from '../kaltura/accounts/practice-account.js';
import type { KsExplanation } from '../kaltura/ks/explain.js';
import type { SessionType } from '../kaltura/ks/fields.js';
import { withoutPrivilege } from '../kaltura/privileges/privileges.js';
import { LOOK_AROUND } from '../kaltura/privileges/tasks.js';
import { plain } from './paragraph.js';

/** Checks whether it is a USER key that only looks around: it lists and plays, and changes nothing. */
export const looksAround = (key: { readonly type: SessionType | null; readonly privileges: string | null }): boolean =>
  key.type === 'USER' && withoutPrivilege(key.privileges ?? '', 'sessionid') === LOOK_AROUND;

/** Checks whether it is the key that practice suggests, signed with the public practice secret. */
export const isSuggestedInPractice = ({ facts, signature, checkedWith }: KsExplanation): boolean =>
  facts !== null && looksAround(facts) && signature === 'valid' && checkedWith?.from === 'practice';

/** Said about the key that practice suggests, in its review and in its explanation. */
export const HARMLESS_IN_PRACTICE = plain(
  'Harmless here, but in a real account, list:*,sview:* shows all users’ content.',
);

/** Names entries that a user can look for in practice, which has no KMC. */
export function practiceEntriesText(): string {
  const { entryId, hiddenEntryId } = PRACTICE_CREDENTIALS;
  return `The practice account has the entries ${entryId} and ${hiddenEntryId}. Entitlement hides ${hiddenEntryId} from most keys.`;
}
