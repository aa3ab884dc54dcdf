import type { SessionType } from '../kaltura/ks/fields.js';
import { explainPrivilege } from '../kaltura/privileges/effects.js';
import { namesEntries } from '../kaltura/privileges/entry-ids.js';
import type { PrivilegePair } from '../kaltura/privileges/item.js';
import { listsNothing } from '../kaltura/privileges/reach.js';
import { taskOf } from '../kaltura/privileges/tasks.js';
import type { KeyFacts } from '../kaltura/sign-in/key-request.js';
import { lowerFirst, type Paragraph, plain } from './paragraph.js';
import { workingPrivileges } from './privilege-mistakes.js';

/** What keys of a type can do, to follow the name of the type (docs/kaltura-facts.md 5.4). */
export const TYPE_MEANINGS: Readonly<Record<SessionType, string>> = {
  USER: 'acts as one user, or as no user',
  ADMIN: 'can do everything in the account',
};

/** Says that a key lists nothing. `privileges` are at most those that link it to other keys. */
export const listsNothingText = (privileges: string): string =>
  `This key can list nothing: it has no user and no privileges${privileges === '' ? '' : ' except its session group'}.`;

/** Warns commands about a key that lists nothing; none about any other. `fix` says what to add. */
export const listsNothingCautions = (
  key: Pick<KeyFacts, 'type' | 'userId' | 'privileges'>,
  fix: string,
): readonly string[] =>
  listsNothing(key) ? [`caution: ${lowerFirst(listsNothingText(key.privileges ?? ''))} ${fix}`] : [];

/** Says what a USER key without privileges can do. */
export const plainUserKeyText = (userId: string): string =>
  listsNothing({ type: 'USER', userId, privileges: '' }) ? listsNothingText('') : taskOf('nothing').advice.USER;

/** `list:* (list the entries of all users)`. */
export const meaningText = ([name, value]: PrivilegePair, { summary }: { readonly summary: string }): string =>
  `${name}${value === '' ? '' : `:${value}`} (${summary})`;

/** Says what each privilege that works allows or limits, in their order; nothing without any. */
export function privilegeMeanings(privileges: string): Paragraph[] {
  const meanings = workingPrivileges(privileges).map((pair) => explainPrivilege(...pair).summary);
  const more = namesEntries(privileges) ? ' sview doesn’t hide other entries.' : '';
  return meanings.length === 0 ? [] : [plain(`Its privileges: ${meanings.join('; ')}.${more}`)];
}
