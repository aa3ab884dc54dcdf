import type { SessionType } from '../ks/fields.js';
import type { Weight } from './catalogue.js';
import { joinValues } from './privileges.js';

export type TaskId = 'nothing' | 'play' | 'play-only' | 'list-all' | 'edit' | 'upload' | 'see-all' | 'context';

/** A value that a task needs before its privileges are complete. */
export interface TaskNeed {
  readonly control: string;
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
  /** null if the login's user or the token decides the type. */
  readonly appliesTo: (type: SessionType | null) => boolean;
  readonly needs?: TaskNeed;
  /** Short sentences for each type. */
  readonly advice: Readonly<Record<SessionType, readonly string[]>>;
}

const both = <T>(text: T): Readonly<Record<SessionType, T>> => ({ USER: text, ADMIN: text });

const always = (): boolean => true;
/** ADMIN keys pass these checks without the privileges (docs/kaltura-facts.md 2.2). */
const notAdmin = (type: SessionType | null): boolean => type !== 'ADMIN';

const ENTRIES: TaskNeed = {
  control: 'entries',
  label: 'Entry IDs',
  noun: 'entry ID',
  example: '0_abc12345',
  list: true,
};

/** The most common uses of a key, most frequent first. The catalogue has the rest. */
export const PRIVILEGE_TASKS: readonly PrivilegeTask[] = [
  {
    id: 'nothing',
    label: 'Nothing more',
    template: both(''),
    weight: 'neutral',
    appliesTo: always,
    advice: {
      ADMIN: ['The usual choice: the type alone allows everything but what entitlement hides.'],
      USER: ['The key sees only its own entries in lists, and may change only those.'],
    },
  },
  {
    id: 'play',
    label: 'Play chosen entries',
    template: both('sview:<entry>'),
    weight: 'restricts',
    appliesTo: always,
    needs: ENTRIES,
    advice: {
      ADMIN: ['It adds this to all that ADMIN may do: for a player, make a USER key.'],
      USER: ['Plays these entries even where access rules ask for a key. All else that a USER key may do stays.'],
    },
  },
  {
    id: 'play-only',
    label: 'Play chosen entries, nothing else',
    template: both('sview:<entry>,setrole:PLAYBACK_BASE_ROLE'),
    weight: 'restricts',
    appliesTo: always,
    needs: ENTRIES,
    advice: both([
      'The playback role replaces all other permissions: no uploads, no changes.',
      'The safest key for a page or an app.',
    ]),
  },
  {
    id: 'list-all',
    label: 'List everyone’s entries',
    template: both('list:*'),
    weight: 'danger',
    appliesTo: notAdmin,
    advice: both(['Lists show the entries of all owners. What entitlement hides stays hidden.']),
  },
  {
    id: 'edit',
    label: 'Edit chosen entries',
    template: both('edit:<entry>'),
    weight: 'widens',
    appliesTo: notAdmin,
    needs: ENTRIES,
    advice: both(['The key may change these entries although it does not own them.']),
  },
  {
    id: 'upload',
    label: 'Upload only',
    template: both('setrole:UPLOAD_BASE_ROLE'),
    weight: 'restricts',
    appliesTo: always,
    advice: both([
      'The upload role replaces all other permissions. It forbids media.add and media.addContent, which create the entry of an upload.',
      'To upload and create entries, make a USER key without a role: choose “Nothing more”.',
      'Name a user ID, so that the uploads have an owner.',
    ]),
  },
  {
    id: 'see-all',
    label: 'See everything, whatever its category',
    template: { ADMIN: 'disableentitlement', USER: 'list:*,disableentitlement' },
    weight: 'danger',
    appliesTo: always,
    advice: {
      ADMIN: ['The cure for "not found, though it exists". It lifts entitlement for the whole account.'],
      USER: [
        'It lifts entitlement for the whole account.',
        'list:* comes with it: without it, lists show only the user’s own entries.',
      ],
    },
  },
  {
    id: 'context',
    label: 'Act within one portal',
    template: both('privacycontext:<label>'),
    weight: 'restricts',
    appliesTo: always,
    needs: { control: 'context', label: 'Privacy context', noun: 'label', example: 'MyPortal', list: false },
    advice: both([
      'Members of a category find what lies in it, without lifting entitlement for all.',
      'Categories that have no privacy context disappear.',
    ]),
  },
];

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
  'Entitlement hides categories, and the entries that lie only in them, from keys that are not entitled. An account enforces it by default, or a key asks for it with enableentitlement.',
  'The type does not help: an ADMIN key is hidden from too. Nor do * and all:*, a role, or an administrator as the user.',
  'The error for something hidden, for an ID that does not exist and for the ID of another account is the very same ("not found"). To tell them apart, ask for the same ID with a key that has disableentitlement.',
  'disableentitlement lifts it for the whole account. It is written in lower case, without a value, set apart by a comma, without blanks. It does so alone: the all:* that is often put before it adds nothing.',
  'A USER key with disableentitlement opens hidden things by their ID, but lists only its own entries. For lists it needs list:* too.',
  'A narrower way: make the user a member of the category, and name the privacy context in the key (privacycontext:MyPortal). Membership alone opens nothing, and with a context the categories that have none disappear. For a few entries there is disableentitlementforentry.',
];

/** Explains what `*` and `all:*` allow and what they don't (docs/kaltura-facts.md 0.9, 2.2, 5.10). */
export const WILDCARD_WARNING: readonly string[] = [
  '* is a wildcard only when it is the whole text: then a USER key passes every privilege check.',
  'all:* alone is the same in a version 2 key, and nothing in a version 1 key.',
  'Next to anything else, both do nothing: all:*,disableentitlement is just disableentitlement.',
  'An ADMIN key passes those checks anyway, so * gives it nothing.',
  'Neither lifts entitlement, and neither replaces a role. edit:* and the like are wildcards of their own name only.',
  'Keys made from an app token always carry other privileges, so * is never a wildcard in them.',
];
