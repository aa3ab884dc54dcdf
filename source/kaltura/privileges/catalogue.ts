import { checkRole } from './roles.js';
import {
  checkActionsLimit,
  checkAddress,
  checkFirstOnly,
  checkId,
  checkNumber,
  checkOneId,
  checkOnlyAny,
  checkPaths,
  type PrivilegeValue,
} from './values.js';

/** The effect of a privilege on what a key can do, from harmless to dangerous. */
export type Weight = 'restricts' | 'neutral' | 'widens' | 'caution' | 'danger';

export interface Privilege {
  readonly name: string;
  readonly value: PrivilegeValue;
  /** A one-line summary. */
  readonly summary: string;
  /** What it does, what it doesn't do, and when to use it. */
  readonly detail: string;
  /** The weight with an ordinary value. `weightOf` also considers the value. */
  readonly weight: Weight;
  /** The weight with the value `*`, if it differs. */
  readonly weightOfAny?: Weight;
}

const none: PrivilegeValue = { kind: 'none' };

type Required = Extract<PrivilegeValue, { kind: 'required' }>;

const one = (noun: string, example: string, more: Partial<Required> = {}): PrivilegeValue => ({
  kind: 'required',
  noun,
  example,
  takes: 'one',
  allowsAny: false,
  ...more,
});

const list = (noun: string, example: string, more: Partial<Required> = {}): PrivilegeValue => ({
  ...(one(noun, example, { check: checkId }) as Required),
  takes: 'list',
  ...more,
});

const onlyAny = one('*', '*', { allowsAny: true, defaultValue: '*', check: checkOnlyAny });

/** What sview and the playback role don't do (docs/kaltura-facts.md 2.3, 5.10). */
export const SVIEW_HIDES_NOTHING =
  'sview doesn’t hide other entries: the key can also read them by their ID, unless entitlement hides them.';

/**
 * The 33 privileges that the server's code names (docs/kaltura-facts.md 2.3), and two names used by widget sessions.
 */
export const PRIVILEGES: readonly Privilege[] = [
  {
    name: 'sview',
    value: list('entry ID', '0_abc12345', { allowsAny: true }),
    summary: 'play chosen entries, protected ones too',
    detail:
      'Plays and downloads the entries that you name, even if an access rule requires a key, moderation is pending, or the schedule excludes them. It doesn’t hide other entries. sview:* does this for every entry.',
    weight: 'restricts',
    weightOfAny: 'caution',
  },
  {
    name: 'sviewplaylist',
    value: one('playlist ID', '0_abc12345', { check: checkOneId }),
    summary: 'play the entries of one manual playlist',
    detail: 'Like sview, for the entries of that manual playlist.',
    weight: 'widens',
  },
  {
    name: 'download',
    value: one('entry ID', '0_abc12345', { allowsAny: true, check: checkId }),
    summary: 'download an entry despite access rules',
    detail:
      'Downloads ignore the access rules. Also opens a report or CSV file by its file ID. download:* opens every file of the account.',
    weight: 'widens',
    weightOfAny: 'danger',
  },
  {
    name: 'downloadasset',
    value: one('asset ID', '0_abc12345', { allowsAny: true, check: checkId }),
    summary: 'download a flavor that access rules block',
    detail:
      'Downloads this flavor (one video file of an entry) even if the access rules block it. The server rounds the expiry of such keys up to five minutes.',
    weight: 'widens',
    weightOfAny: 'caution',
  },
  {
    name: 'list',
    value: one('* or, for cue points, an entry ID', '*', { allowsAny: true, defaultValue: '*', check: checkId }),
    summary: 'list the entries of all users',
    detail:
      'A USER key sees only its own entries in lists. list:* removes this limit, but not entitlement. An entry ID in place of * matters for cue points only.',
    weight: 'widens',
    weightOfAny: 'danger',
  },
  {
    name: 'disableentitlement',
    value: none,
    summary: 'see everything, hidden or not',
    detail:
      'The key ignores entitlement in the whole account: it finds hidden categories and entries. To see them in lists, a USER key also needs list:*.',
    weight: 'danger',
  },
  {
    name: 'disableentitlementforentry',
    value: list('entry ID', '0_abc12345'),
    summary: 'see these entries, hidden or not',
    detail: 'The key ignores entitlement for these entries and their parents only, not for categories.',
    weight: 'caution',
  },
  {
    name: 'disableentitlementforplaylist',
    value: one('playlist ID', '0_abc12345', { check: checkOneId }),
    summary: 'see one playlist and its entries',
    detail: 'The key ignores entitlement for that playlist (static or path) and the entries in it.',
    weight: 'caution',
  },
  {
    name: 'enableentitlement',
    value: none,
    summary: 'enforce entitlement for this key',
    detail:
      'Enforces entitlement even where the account does not by default. It overrides disableentitlement, in any order.',
    weight: 'restricts',
  },
  {
    name: 'privacycontext',
    value: one('label', 'MyPortal', { check: checkFirstOnly }),
    summary: 'act within one portal (privacy context)',
    detail:
      'Searches and new items belong to this context. Members of a category see its content. Categories without a context are not visible.',
    weight: 'restricts',
  },
  {
    name: 'edit',
    value: list('entry ID', '0_abc12345', { allowsAny: true }),
    summary: 'edit chosen entries of other owners',
    detail: 'Lets a USER key change entries that it does not own. edit:* allows every entry. ADMIN keys don’t need it.',
    weight: 'widens',
    weightOfAny: 'danger',
  },
  {
    name: 'editplaylist',
    value: one('playlist ID', '0_abc12345', { check: checkOneId }),
    summary: 'edit the entries of one manual playlist',
    detail: 'Like edit, for the entries of that manual playlist.',
    weight: 'widens',
  },
  {
    name: 'edituser',
    value: list('user ID', 'jane@example.com', { allowsAny: true }),
    summary: 'make these users owners of entries',
    detail: 'Lets a USER key give an entry to another user. edituser:* allows any user.',
    weight: 'widens',
    weightOfAny: 'danger',
  },
  {
    name: 'editadmintags',
    value: onlyAny,
    summary: 'write admin tags',
    detail: 'Lets a USER key write the tags for administrators. Works only as editadmintags:*.',
    weight: 'caution',
  },
  {
    name: 'setrole',
    value: one('role number or system name', 'PLAYBACK_BASE_ROLE', { check: checkRole }),
    summary: 'replace the permissions with those of a role',
    detail:
      'Replaces what the type or the user allows. PLAYBACK_BASE_ROLE is narrow, and an administrator role allows everything. Write your own roles as numbers. For a key signed on this computer, only the first use shows whether the role exists.',
    weight: 'restricts',
  },
  {
    name: 'restrictingrole',
    value: one('name or number of a global role', 'KMS_RESTRICTED_ROLE', { check: checkFirstOnly }),
    summary: 'remove the permissions of a global role',
    detail: 'Removes the permissions of this role from those of the key. An unknown name is ignored without an error.',
    weight: 'restricts',
  },
  {
    name: 'iprestrict',
    value: list('IP address', '203.0.113.7', { check: checkAddress }),
    summary: 'only from the listed IP addresses (no ranges)',
    detail: 'The key works only from these IP addresses, compared as text. Ranges and networks (/24) never match.',
    weight: 'restricts',
  },
  {
    name: 'urirestrict',
    value: one('path', '/api_v3/service/baseEntry/*', { check: checkPaths }),
    summary: 'only for these request paths',
    detail:
      'The path and query of each request must match; a final * means “begins with”. Join several with | . A full https URL never matches.',
    weight: 'restricts',
  },
  {
    name: 'actionslimit',
    value: one('number of requests', '50', { check: checkActionsLimit }),
    summary: 'only this many requests',
    detail:
      'Counts the requests with this key, including failed ones. A multirequest counts once. A new key starts from zero. With -1, the API refuses every call: only KAF accepts such a key.',
    weight: 'restricts',
  },
  {
    name: 'limitentry',
    value: one('entry ID', '0_abc12345', { check: checkOneId }),
    summary: 'cue points and metadata of one entry only',
    detail:
      'Cue point and metadata actions work on that entry only. Other actions ignore it, so it does not protect other entries.',
    weight: 'restricts',
  },
  {
    name: 'enablecategorymoderation',
    value: none,
    summary: 'entries added to categories need approval',
    detail: 'Entries that this key puts into moderated categories start as pending.',
    weight: 'restricts',
  },
  {
    name: 'enablecaptionmoderation',
    value: none,
    summary: 'added captions are not shown yet',
    detail: 'Captions that this key adds are not shown on the player until someone enables their display.',
    weight: 'restricts',
  },
  {
    name: 'enablechangeaccount',
    value: list('partner ID', '2345678', { allowsAny: true, check: checkNumber }),
    summary: 'switch only to these accounts',
    detail:
      'Limits user.loginByKs to these accounts. Without this privilege, user.loginByKs has no such limit. * allows all accounts.',
    weight: 'restricts',
    weightOfAny: 'caution',
  },
  {
    name: 'restrictexplicitliveview',
    value: onlyAny,
    summary: 'no previews of “explicit live” entries',
    detail:
      'A USER key can’t see the preview of live entries that are explicitly not live yet. Works only as restrictexplicitliveview:*.',
    weight: 'restricts',
  },
  {
    name: 'sessionid',
    value: one('any text', 'visit-42', { check: checkFirstOnly }),
    summary: 'group keys, to revoke them together',
    detail:
      'session.end with one of the keys revokes all keys of the account with the same text. Useful for the keys of one visit.',
    weight: 'restricts',
  },
  {
    name: 'searchcontext',
    value: one('any text', 'MyPortal'),
    summary: 'a context for the search history',
    detail: 'Keeps the search history of one application separate from others.',
    weight: 'neutral',
  },
  {
    name: 'virtualeventid',
    value: one('virtual event ID', '1234', { check: checkOneId }),
    summary: 'act within one virtual event',
    detail: 'Names the virtual event that the requests belong to.',
    weight: 'neutral',
  },
  {
    name: 'apptoken',
    value: one('app token ID', '0_abc12345', { check: checkOneId }),
    summary: 'names the app token that created the key',
    detail: 'The server adds it to keys that are created from an app token. Adding it yourself is useless.',
    weight: 'neutral',
  },
  {
    name: 'sessionkey',
    value: one('any text', 'job-7'),
    summary: 'keep reads on one database server',
    detail: 'Requests with the same text read from the same server, so they see what was just written.',
    weight: 'neutral',
  },
  {
    name: 'disablesessiontypecheck',
    value: none,
    summary: 'pass access rules about the type of key',
    detail: 'Access rules that require a certain type of key accept this key.',
    weight: 'caution',
  },
  {
    name: 'reftime',
    value: one('Unix time in seconds', '1893456000', { check: checkNumber }),
    summary: 'another “now” for relative dates',
    detail: 'Relative dates in requests count from this time. Meant for tests.',
    weight: 'neutral',
  },
  {
    name: 'preview',
    value: one('number of bytes', '1000000', { check: checkNumber }),
    summary: 'serve only the first bytes of a file',
    detail: 'Limits the size of a preview file. Used inside the server.',
    weight: 'neutral',
  },
  {
    name: 'jobtype',
    value: one('number', '1', { check: checkNumber }),
    summary: 'used by the server’s batch jobs',
    detail: 'Only batch jobs of the server read it.',
    weight: 'neutral',
  },
  {
    name: 'view',
    value: list('entry ID', '*', { allowsAny: true, defaultValue: '*' }),
    summary: 'found in public sessions (view:*)',
    detail: 'The server writes view:* into public sessions. It allows nothing by itself.',
    weight: 'neutral',
  },
  {
    name: 'widget',
    value: one('1', '1', { check: checkOneId }),
    summary: 'marks a public session (widget:1)',
    detail:
      'A USER key without a user and with widget:1 counts as a public session (widget session). Anyone can create one, and session.end never revokes it.',
    weight: 'neutral',
  },
];

/** Returns the privilege with exactly this name; undefined if the server doesn't know it. */
export function findPrivilege(name: string): Privilege | undefined {
  return PRIVILEGES.find((privilege) => privilege.name === name);
}

/** Returns whether several values of this privilege can be joined with `/` (docs/kaltura-facts.md 2.3). */
export function acceptsList(name: string): boolean {
  const value = findPrivilege(name)?.value;
  return value?.kind === 'required' && value.takes === 'list';
}

/**
 * Returns the correct spelling of a name with wrong capitals: the server knows lower case only (docs/kaltura-facts.md
 * 5.10).
 */
export function correctSpelling(name: string): string | undefined {
  const lower = name.toLowerCase();
  return lower === name || !(lower === 'all' || findPrivilege(lower)) ? undefined : lower;
}

/**
 * Privileges that the server ignores if they have a value, verified on the running server (docs/kaltura-facts.md
 * 5.10).
 */
const IGNORED_WITH_VALUE = ['disableentitlement', 'enableentitlement'];

export const isIgnoredWithValue = (name: string): boolean => IGNORED_WITH_VALUE.includes(name);
