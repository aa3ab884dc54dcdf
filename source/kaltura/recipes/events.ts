import { DAY, HOUR, MINUTE } from '../lifetime.js';
import { optional, recipesOf, required } from './recipe.js';
import { guide, sample } from './sources.js';

/** The fields that all recipes for a service outside the API share. */
const service = (name: string) =>
  ({
    key: {
      type: 'ADMIN',
      user: required('an administrator'),
      lifetime: HOUR,
      privileges: [],
      holder: 'server',
    },
    next: { kind: 'header', scheme: 'Bearer', method: 'GET', url: `{{host:${name}}}/api/v1/PATH` },
    testCall: 'category.list',
  }) as const;

const PATHS = 'The paths of this service are not listed here. See Kaltura’s guide.';

const ROOMS = sample('kaltura-vpaas/virtual-meeting-rooms');

/** The fields that all recipes for the link to a meeting room share. */
const room = (role: string, standing: string) =>
  ({
    key: {
      type: 'USER',
      user: required('the person who enters the room', 'Give each person a different one.'),
      lifetime: DAY,
      privileges: [
        'eventId:<event>',
        'resourceId:<resource>',
        `role:${role},userContextualRole:${standing},firstName:<first-name>,lastName:<last-name>`,
      ],
      holder: 'browser',
    },
    asks: ['first-name', 'last-name'],
    asksOneOf: ['event', 'resource'],
    mayAsk: ['kaf'],
    next: { kind: 'link', url: 'https://{{kaf}}/virtualEvent/launch?ks={{ks}}' },
    doubts: ['It is not confirmed which privileges a room needs. Test the link first.'],
    source: ROOMS,
  }) as const;

const ROOM_MISTAKES = [
  'If the same user ID enters twice, the first person is removed.',
  'The link works best in an iframe with allow="microphone *; camera *; speakers *; usermedia *; autoplay *; fullscreen *; display-capture *".',
  'The room trusts the user, role and names in the key. Never let visitors choose them.',
  'The lifetime is in seconds, although a text of Kaltura says “86400 ms”.',
  'Newer rooms are entries: use kaf-room or kaf-entry for them.',
];

/** Events and rooms (docs/kaltura-products.md 1.2, 1.4, 1.6). */
export const EVENTS = recipesOf('events', [
  {
    ...service('events-api'),
    id: 'events-platform',
    title: 'Events Platform',
    summary: 'Works with virtual events by API.',
    mistakes: ['The user ID is required.', 'Event IDs are whole numbers.'],
    doubts: ['Kaltura’s guide lists only three regions: US, EU and DE.', PATHS],
    source: guide('EVENTS_PLATFORM'),
  },
  {
    ...room('viewerRole', '3'),
    id: 'meeting-attendee',
    title: 'Meeting room, attendee',
    summary: 'A link that lets a guest enter a meeting room.',
    mistakes: [
      ...ROOM_MISTAKES,
      'With a room number alone, a guest can enter only while the moderator is in the room.',
    ],
  },
  {
    ...room('adminRole', '0'),
    id: 'meeting-moderator',
    title: 'Meeting room, moderator',
    summary: 'A link that lets the host enter a meeting room, or prepare it.',
    mistakes: [...ROOM_MISTAKES, 'userContextualRole:0 is the moderator. Some tools lose the 0 when they renew a key.'],
  },
  {
    id: 'room-analytics',
    title: 'Room analytics',
    summary: 'A link that returns the sessions of a meeting room.',
    key: {
      type: 'ADMIN',
      user: optional('an administrator'),
      lifetime: 15 * MINUTE,
      privileges: [
        'resourceId:<resource>',
        'eventId:<event>',
        'role:viewerRole',
        'api:%7B%22method%22%3A%22GET%22%2C%22action%22%3A%22analytics%2Fsessions%22%2C%22params%22%3A%7B%22from_date%22%3A%22<from>%22%2C%22to_date%22%3A%22<to>%22%7D%7D',
      ],
      holder: 'server',
    },
    asks: ['from', 'to'],
    asksOneOf: ['resource', 'event'],
    mayAsk: ['kaf'],
    next: { kind: 'link', url: 'https://{{kaf}}/newrowkaf/index/api?ks={{ks}}' },
    mistakes: [
      'The link contains an ADMIN key. Open it on your own computer or server only.',
      'The request in the privilege api must be percent-encoded: a comma would split it.',
    ],
    doubts: ['Kaltura doesn’t say whether the key needs a user ID.'],
    source: ROOMS,
  },
  {
    id: 'webcast-studio',
    title: 'Webcast studio (presenter)',
    summary: 'The presenter of a webcast starts the studio app.',
    key: {
      type: 'USER',
      user: required('the presenter'),
      lifetime: DAY,
      privileges: ['setrole:WEBCAST_PRODUCER_DEVICE_ROLE,sview:*,list:<entry>,download:<entry>'],
      holder: 'me',
    },
    asks: ['entry'],
    next: {
      kind: 'page',
      lines: [
        'KAppLauncher parameters:',
        '  ks            {{ks}}',
        '  ks_expiry     the expiry of the key, as ISO time',
        '  MediaEntryId  {{entry}}',
        '  serverAddress {{service}}',
        '  userId        the user of the key',
        '  userRole      adminRole',
      ],
    },
    mistakes: ['sview:* plays every entry of the account. Give the key to the presenter only.'],
    doubts: [
      'Only Kaltura’s samples show this.',
      'The moderator page is https://www.kaltura.com/apps/webcast/vlatest/index.html. Its parameters are unknown.',
    ],
    source: sample('webcasting-integration', 'webcasting-app-python'),
    testCall: 'baseEntry.get',
  },
  {
    ...service('messaging'),
    id: 'messaging',
    title: 'Messaging (emails)',
    summary: 'Works with emails by API.',
    mistakes: ['A MagicLink token creates keys itself. Its expiry is in hours.'],
    doubts: [PATHS],
    source: guide('MESSAGING'),
  },
  {
    ...service('user'),
    id: 'user-profile',
    title: 'User Profile',
    summary: 'Works with user profiles by API.',
    mistakes: ['The key needs ADMIN_BASE. reports/eventDataStats needs ANALYTICS_BASE or EP_USER_ANALYTICS.'],
    doubts: ['The other paths of this service are not listed here. See Kaltura’s guide.'],
    source: guide('USER_PROFILE'),
  },
  {
    ...service('scm'),
    id: 'gamification',
    title: 'Gamification',
    summary: 'Works with the gamification of events by API.',
    mistakes: ['The key needs GAME_BASE to read, and GAME_MANAGE to write.'],
    doubts: ['Kaltura’s guide calls frp2 “EU (France)”. It is Frankfurt.', PATHS],
    source: guide('GAMIFICATION'),
  },
  {
    id: 'chat',
    title: 'Chat & Collaborate',
    summary: 'Chat. It uses a JWT, not a session key.',
    key: null,
    next: {
      kind: 'steps',
      lines: [
        '1. Create an app token whose session privileges are exactly cncAuth:true.',
        '2. Sign a JWT (HS256, header kid = {{partner}}) with the value of that token.',
      ],
    },
    mistakes: ['On the Events Platform, the chat comes with the event.'],
    source: sample('integrated-events-demo'),
  },
]);
