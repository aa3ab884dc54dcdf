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
  /** What it does in the application, and what is easily got wrong: sentences. */
  readonly detail: string;
  /** The values that need care, and how much. The risk is in the application, not at the API. */
  readonly risky?: ReadonlyMap<string, Weight>;
  /** The weight of the other values. */
  readonly weight: Weight;
  /** Returns what looks wrong with a value, in a sentence; null if nothing does. The server accepts any value. */
  readonly check?: (value: string) => string | null;
}

const oneOf =
  (...values: string[]) =>
  (value: string): string | null =>
    values.includes(value) ? null : `It is one of ${values.join(', ')}.`;

const encoded = (value: string): string | null =>
  /^[\w.~%!'()*-]+$/.test(value) ? null : 'Write it percent-encoded: a comma would end the privilege.';

type Given = Omit<ApplicationPrivilege, 'weight'> & { readonly weight?: Weight };

const COMMA = 'A comma in the value ends the privilege; in a version 1 key, a ; breaks the whole key.';

const GIVEN: readonly Given[] = [
  {
    name: 'caption',
    readBy: 'the server’s caption service',
    summary: 'serve the captions of one entry',
    detail: 'Serves the captions of that entry even if access rules forbid it.',
    weight: 'widens',
  },
  {
    name: 'role',
    readBy: 'KAF and meeting rooms',
    summary: 'what the user can do there',
    detail: 'adminRole publishes anywhere. It is not the same as setrole, which the server reads.',
    risky: new Map([
      ['adminRole', 'caution'],
      ['unmoderatedAdminRole', 'caution'],
    ]),
    check: oneOf('viewerRole', 'privateOnlyRole', 'adminRole', 'unmoderatedAdminRole'),
  },
  {
    name: 'userContextualRole',
    readBy: 'KAF and meeting rooms',
    summary: 'role in the gallery or room',
    detail:
      '0 is the manager or moderator, not “nothing”. 1 moderator, 2 contributor, 3 member, 4 none. Some tools lose the 0 when they renew a version 2 key.',
    risky: new Map([
      ['0', 'caution'],
      ['1', 'caution'],
    ]),
    check: oneOf('0', '1', '2', '3', '4'),
  },
  {
    name: 'eventId',
    readBy: 'meeting rooms',
    summary: 'room or event to enter',
    detail: 'The number of a schedule event. It is not virtualeventid. Give either eventId or resourceId.',
  },
  {
    name: 'resourceId',
    readBy: 'meeting rooms',
    summary: 'room to enter',
    detail: 'The number of a schedule resource. Give either resourceId or eventId.',
  },
  ...(['firstName', 'lastName', 'email'] as const).map((name) => ({
    name,
    readBy: 'KAF and meeting rooms',
    summary: 'shown to others',
    detail: `Personal data: anyone can read it in a version 1 key. ${COMMA}`,
  })),
  {
    name: 'userId',
    readBy: 'samples for KAF',
    summary: 'the user again',
    detail: 'It must equal the user of the key, which is what counts.',
  },
  {
    name: 'contextId',
    readBy: 'KAF',
    summary: 'the gallery to open',
    detail: `The name of a gallery (category). ${COMMA}`,
  },
  { name: 'entryId', readBy: 'KAF', summary: 'the entry to show', detail: 'It grants nothing at the API.' },
  {
    name: 'returnUrl',
    readBy: 'KAF’s picker',
    summary: 'where the picker sends the choice',
    detail: 'A percent-encoded URL on the domain of the page that shows the picker.',
    check: encoded,
  },
  { name: 'locale', readBy: 'KAF', summary: 'language of the page', detail: 'For example en or de.' },
  ...(['chatModerator', 'roomModerator'] as const).map((name) => ({
    name,
    readBy: 'KAF',
    summary: 'moderator of the chat or room',
    detail: 'With the value 1 or without a value. Only a third party documents it.',
    weight: 'caution' as const,
  })),
  {
    name: 'api',
    readBy: 'the meeting rooms’ analytics',
    summary: 'the analytics request itself',
    detail: 'Percent-encoded JSON: raw JSON breaks at its commas.',
    check: encoded,
  },
  ...(['appid', 'appId'] as const).map((name) => ({
    name,
    readBy: 'analytics, Genie and the player',
    summary: 'which application, for reports',
    detail: `Kaltura’s guides write ${name} in some places and ${name === 'appid' ? 'appId' : 'appid'} in others. Names are case-sensitive.`,
  })),
  {
    name: 'genieid',
    readBy: 'Genie',
    summary: 'the Genie workspace',
    detail:
      'A text from Kaltura, for example “default”. A wrong one gives 403. The name genie.id becomes genie_id in a version 2 key.',
  },
  { name: 'geniecategoryid', readBy: 'Genie', summary: 'only that category', detail: 'Limits Genie, not the API.' },
  {
    name: 'genieancestorid',
    readBy: 'Genie',
    summary: 'that category and those below',
    detail: 'Limits Genie, not the API.',
  },
  {
    name: 'genieentryids',
    readBy: 'Genie',
    summary: 'only these entries',
    detail: 'Only one entry can be given: a comma ends the privilege in both key versions.',
  },
  ...(['geniegpcid', 'agentid'] as const).map((name) => ({
    name,
    readBy: 'Genie and avatar agents',
    summary: 'one configuration or agent',
    detail: 'On an ADMIN key, it protects nothing at the API.',
  })),
  {
    name: 'eventsessioncontextid',
    readBy: 'Genie and the Events Platform',
    summary: 'session context of an event',
    detail: 'The value is * or an entry ID.',
  },
  {
    name: 'kmslogin',
    readBy: 'MediaSpace',
    summary: 'the key may sign in to MediaSpace',
    detail: 'Through the Auth Broker. The key can sign a person in. Don’t share it.',
    weight: 'caution',
  },
  {
    name: 'cncAuth',
    readBy: 'Chat & Collaborate',
    summary: 'marks the token that signs chat JWTs',
    detail: 'It must be on the app token, as exactly cncAuth:true.',
    check: oneOf('true'),
  },
  {
    name: 'disablechangeaccount',
    readBy: 'no current program',
    summary: 'an old name that does nothing',
    detail: 'The server no longer supports it.',
  },
];

/** The names of docs/kaltura-products.md 2 that are not among the server’s 33. */
export const APPLICATION_PRIVILEGES: readonly ApplicationPrivilege[] = GIVEN.map((given) => ({
  weight: 'neutral',
  ...given,
}));

/** Returns the privilege of an application with exactly this name. */
export const findApplicationPrivilege = (name: string): ApplicationPrivilege | undefined =>
  APPLICATION_PRIVILEGES.find((privilege) => privilege.name === name);

/** Returns how much care a value needs in the application that reads it. */
export const weightInApplication = ({ risky, weight }: ApplicationPrivilege, value: string): Weight =>
  risky?.get(value) ?? weight;

/** Summarizes a privilege that an application reads, in one line. */
export const explainApplicationPrivilege = ({ name, readBy, summary }: ApplicationPrivilege): string =>
  name === 'disablechangeaccount' || name === 'caption'
    ? summary
    : `not known to the server; read by ${readBy}: ${summary}`;
