import type { SessionType } from '../ks/fields.js';
import type { Weight } from './catalogue.js';
import { joinValues } from './privileges.js';

export type TaskId =
  | 'nothing'
  | 'look-around'
  | 'play'
  | 'play-only'
  | 'list-all'
  | 'edit'
  | 'upload'
  | 'role'
  | 'see-all'
  | 'context';

/** A value that a task needs before its privileges are complete. */
export interface TaskNeed {
  readonly label: string;
  readonly noun: string;
  readonly example: string;
  /** Whether several values are allowed. */
  readonly list: boolean;
}

export interface PrivilegeTask {
  readonly id: TaskId;
  readonly label: string;
  /** The privileges for each type, with `<…>` for values. It is shown beside the label. */
  readonly template: Readonly<Record<SessionType, string>>;
  readonly weight: Weight;
  /** ADMIN keys can do this without the privilege (docs/kaltura-facts.md 2.2). */
  readonly isForUserKeys?: true;
  readonly needs?: TaskNeed;
  /** Explains the effect for each type, in at most three lines at 80 columns. */
  readonly advice: Readonly<Record<SessionType, string>>;
}

const both = <T>(text: T): Readonly<Record<SessionType, T>> => ({ USER: text, ADMIN: text });

const ENTRIES: TaskNeed = {
  label: 'Entry IDs',
  noun: 'entry ID',
  example: '0_abc12345',
  list: true,
};

/** The privileges of a USER key that sees all content and can't change it. */
export const LOOK_AROUND = 'list:*,sview:*';

/** The most common uses of a key, most frequent first. The catalogue has the rest. */
export const PRIVILEGE_TASKS: readonly PrivilegeTask[] = [
  {
    id: 'nothing',
    label: 'No privileges',
    template: both(''),
    weight: 'neutral',
    advice: {
      ADMIN: 'The usual choice: an ADMIN key can do everything, except see what entitlement hides.',
      USER: 'The key lists only the entries of its user, and can change only those.',
    },
  },
  {
    id: 'look-around',
    label: 'List and play everything',
    template: both(LOOK_AROUND),
    weight: 'danger',
    isForUserKeys: true,
    advice: both(
      'The key lists and plays the content of all users, but can’t change what other users own. What entitlement hides stays hidden.',
    ),
  },
  {
    id: 'play',
    label: 'Play chosen entries',
    template: both('sview:<entry>'),
    weight: 'restricts',
    needs: ENTRIES,
    advice: {
      ADMIN: 'The key can still do everything that an ADMIN key can. For a player, create a USER key.',
      USER: 'Plays these entries even if an access rule requires a key. This doesn’t hide other entries: the key can still do everything else that a USER key can.',
    },
  },
  {
    id: 'play-only',
    label: 'Play chosen entries, no changes',
    template: both('sview:<entry>,setrole:PLAYBACK_BASE_ROLE'),
    weight: 'restricts',
    needs: ENTRIES,
    advice: both(
      'The playback role allows no uploads and no changes. This doesn’t hide other entries. Only entitlement does. The safest key for a page or an app.',
    ),
  },
  {
    id: 'list-all',
    label: 'List everyone’s entries',
    template: both('list:*'),
    weight: 'danger',
    isForUserKeys: true,
    advice: both('Lists show the entries of all users. What entitlement hides stays hidden.'),
  },
  {
    id: 'edit',
    label: 'Edit chosen entries',
    template: both('edit:<entry>'),
    weight: 'widens',
    isForUserKeys: true,
    needs: ENTRIES,
    advice: both('The key can change these entries although its user doesn’t own them.'),
  },
  {
    id: 'upload',
    label: 'Upload only',
    template: both('setrole:UPLOAD_BASE_ROLE'),
    weight: 'restricts',
    advice: both(
      'The role replaces all other permissions and forbids media.add, which creates entries. To upload new entries, choose “No privileges” and add a user ID.',
    ),
  },
  {
    id: 'role',
    label: 'Act with a role',
    template: both('setrole:<role>'),
    weight: 'restricts',
    needs: { label: 'Role', noun: 'role', example: '1234 or UPLOAD_BASE_ROLE', list: false },
    advice: both(
      'The role replaces all other permissions. Enter the number or the system name of a role that allows only what the job needs. In KMC: Administration → Roles.',
    ),
  },
  {
    id: 'see-all',
    label: 'See everything, hidden or not',
    template: { ADMIN: 'disableentitlement', USER: 'list:*,disableentitlement' },
    weight: 'danger',
    advice: both(
      'Entitlement can hide categories and their entries, even from ADMIN keys (CATEGORY_NOT_FOUND). This turns it off for the key, in the whole account.',
    ),
  },
  {
    id: 'context',
    label: 'Use one portal',
    template: both('privacycontext:<label>'),
    weight: 'restricts',
    needs: { label: 'Privacy context', noun: 'label', example: 'MyPortal', list: false },
    advice: both(
      'Shows members of a category its content, without turning entitlement off. Categories without a privacy context are not visible.',
    ),
  },
];

/**
 * Returns the tasks for a type.
 *
 * @param type null if the login's user or the token decides it
 */
export const tasksFor = (type: SessionType | null): readonly PrivilegeTask[] =>
  PRIVILEGE_TASKS.filter(({ isForUserKeys }) => isForUserKeys !== true || type !== 'ADMIN');

/** Returns the task with this ID. */
export function taskOf(id: TaskId): PrivilegeTask {
  return PRIVILEGE_TASKS.find((task) => task.id === id) as PrivilegeTask;
}

/**
 * Returns the privileges of a task.
 *
 * @param type null if the login's user or the token decides: privileges that a USER key needs do not harm an ADMIN key
 * @param values the values that the task asks for. Privileges whose value is missing are left out
 */
export function privilegesOfTask(task: PrivilegeTask, type: SessionType | null, values: readonly string[]): string {
  const value = task.needs?.list === false ? (values[0] ?? '').trim() : joinValues(values);
  return task.template[type ?? 'USER']
    .split(',')
    .filter((item) => value !== '' || !item.includes('<'))
    .map((item) => item.replace(/<.*>/, () => value))
    .join(',');
}

/** Explains why existing content can be "not found" (docs/kaltura-facts.md 5.10), one paragraph each. */
export const ENTITLEMENT_EXPLANATION: readonly string[] = [
  'Entitlement hides categories, and the entries that are only in them, from keys that are not entitled. An account can enforce it for all keys, or a key can ask for it with enableentitlement.',
  'Entitlement also applies to ADMIN keys. The privileges * and all:*, a role, or an administrator as the user don’t change that.',
  'The error is “not found” in three cases: the content is hidden, the ID doesn’t exist, or it belongs to another account. To tell them apart, ask for the same ID with a key that has disableentitlement.',
  'disableentitlement turns entitlement off for everything in the account. Write it in lower case, without a value. People often put all:* before it, but that adds nothing.',
  'A USER key with disableentitlement can read hidden content by its ID, but lists only the entries of its user. To list everything, add list:*.',
  'A narrower solution: make the user a member of the category, and name its privacy context in the key (privacycontext:MyPortal). You need both. Categories without a privacy context are then not visible. For a few entries, use disableentitlementforentry.',
];

/** Explains what `*` and `all:*` allow and what they don't (docs/kaltura-facts.md 0.9, 2.2, 5.10). */
export const WILDCARD_WARNING: readonly string[] = [
  '* is a wildcard only if it is the whole text. A USER key with it passes every privilege check.',
  'all:* alone does the same in a version 2 key, and nothing in a version 1 key.',
  'Together with anything else, both do nothing: all:*,disableentitlement is the same as disableentitlement.',
  'An ADMIN key passes these checks anyway, so * adds nothing.',
  'Neither turns entitlement off, and neither replaces a role. edit:* and similar privileges are wildcards only for their own name.',
  'Keys that are created from an app token always have other privileges, so * is never a wildcard in them.',
];
