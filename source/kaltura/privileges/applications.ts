import type { Weight } from './catalogue.js';

/**
 * A privilege that Kaltura’s applications read. The server carries it unchanged (docs/kaltura-products.md 2). Spaces are
 * part of names and values.
 */
export interface ApplicationPrivilege {
  readonly name: string;
  /** Who reads it, as part of a sentence: "KAF". */
  readonly readBy: string;
  /** A one-line summary. */
  readonly summary: string;
  /** The values that need care, and how much. The risk is in the application, not at the API. */
  readonly risky?: ReadonlyMap<string, Weight>;
  /** The weight of the other values, if not `neutral`. */
  readonly weight?: Weight;
  /** Returns what looks wrong with a value, in a sentence; null if nothing does. The server accepts any value. */
  readonly check?: (value: string) => string | null;
}

const oneOf =
  (...values: string[]) =>
  (value: string): string | null =>
    values.includes(value) ? null : `It is one of ${values.join(', ')}.`;

const encoded = (value: string): string | null =>
  /^[\w.~%!'()*-]+$/.test(value) ? null : 'Write it percent-encoded: a comma would end the privilege.';

const privilege = (
  name: string,
  readBy: string,
  summary: string,
  more: Omit<ApplicationPrivilege, 'name' | 'readBy' | 'summary'> = {},
): ApplicationPrivilege => ({ name, readBy, summary, ...more });

const cautionFor = (...values: string[]): ReadonlyMap<string, Weight> =>
  new Map(values.map((value) => [value, 'caution']));

const ROOMS = 'KAF and meeting rooms';

/** The names of docs/kaltura-products.md 2 that are not among the server’s 33. */
export const APPLICATION_PRIVILEGES: readonly ApplicationPrivilege[] = [
  privilege('caption', 'the server’s caption service', 'serve the captions of one entry', { weight: 'widens' }),
  privilege('role', ROOMS, 'what the user can do there', {
    risky: cautionFor('adminRole', 'unmoderatedAdminRole'),
    check: oneOf('viewerRole', 'privateOnlyRole', 'adminRole', 'unmoderatedAdminRole'),
  }),
  // 0 is the manager or moderator, and 1 a moderator.
  privilege('userContextualRole', ROOMS, 'role in the gallery or room', {
    risky: cautionFor('0', '1'),
    check: oneOf('0', '1', '2', '3', '4'),
  }),
  privilege('eventId', 'meeting rooms', 'room or event to enter'),
  privilege('resourceId', 'meeting rooms', 'room to enter'),
  ...['firstName', 'lastName', 'email'].map((name) => privilege(name, ROOMS, 'shown to others')),
  privilege('userId', 'samples for KAF', 'the user again'),
  privilege('contextId', 'KAF', 'the gallery to open'),
  privilege('entryId', 'KAF', 'the entry to show'),
  privilege('returnUrl', 'KAF’s picker', 'where the picker sends the choice', { check: encoded }),
  privilege('locale', 'KAF', 'language of the page'),
  ...['chatModerator', 'roomModerator'].map((name) =>
    privilege(name, 'KAF', 'moderator of the chat or room', { weight: 'caution' }),
  ),
  privilege('api', 'the meeting rooms’ analytics', 'the analytics request itself', { check: encoded }),
  ...['appid', 'appId'].map((name) =>
    privilege(name, 'analytics, Genie and the player', 'which application, for reports'),
  ),
  privilege('genieid', 'Genie', 'the Genie workspace'),
  privilege('geniecategoryid', 'Genie', 'only that category'),
  privilege('genieancestorid', 'Genie', 'that category and those below'),
  privilege('genieentryids', 'Genie', 'only these entries'),
  ...['geniegpcid', 'agentid'].map((name) => privilege(name, 'Genie and avatar agents', 'one configuration or agent')),
  privilege('eventsessioncontextid', 'Genie and the Events Platform', 'session context of an event'),
  privilege('kmslogin', 'MediaSpace', 'the key may sign in to MediaSpace', { weight: 'caution' }),
  privilege('cncAuth', 'Chat & Collaborate', 'marks the token that signs chat JWTs', { check: oneOf('true') }),
  privilege('disablechangeaccount', 'no current program', 'an old name that does nothing'),
];

/** Returns the privilege of an application with exactly this name. */
export const findApplicationPrivilege = (name: string): ApplicationPrivilege | undefined =>
  APPLICATION_PRIVILEGES.find((privilege) => privilege.name === name);

/** Returns how much care a value needs in the application that reads it. */
export const weightInApplication = ({ risky, weight }: ApplicationPrivilege, value: string): Weight =>
  risky?.get(value) ?? weight ?? 'neutral';

/** Summarizes a privilege that an application reads, in one line. */
export const explainApplicationPrivilege = ({ name, readBy, summary }: ApplicationPrivilege): string =>
  name === 'disablechangeaccount' || name === 'caption'
    ? summary
    : `not known to the server; read by ${readBy}: ${summary}`;
