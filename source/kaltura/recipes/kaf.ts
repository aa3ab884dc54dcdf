import { HOUR, MINUTE } from '../lifetime.js';
import { recipesOf, required } from './recipe.js';
import { GUIDES, guide } from './sources.js';

const MISTAKES = [
  'actionslimit:-1 doesn’t mean “no limit”: the API refuses every call with the key, and only KAF accepts it. That is intended.',
  'The key is valid for up to 60 seconds. Create one for each visit.',
  'Don’t use a version 1 key: its / and + don’t work in the path.',
  'The KAF instance must be set to authMethod=ks. Instances for Canvas, Moodle and other LTI systems reject keys.',
  'KAF trusts the user, role and names in the key. Never let visitors choose them.',
  'KAF also knows the privileges email and locale.',
  'With an app token, put actionslimit:-1 on the token itself, and set role, user and userContextualRole there too.',
];

const DOUBTS = [
  'Kaltura’s sources differ: the article has 60 seconds and actionslimit:-1; others have 3600 or 86400 seconds, ADMIN, or disableentitlement. This recipe follows the article.',
  'An instance may read only some of these privileges. Its page kaftestme lists them.',
];

/** The fields that all recipes for a KAF page of one person share. */
const openModule = (path: string, ...privileges: string[]) =>
  ({
    key: {
      type: 'USER',
      user: required('the person who opens the link', 'KAF trusts the ID in the key.'),
      lifetime: MINUTE,
      privileges: ['actionslimit:-1', 'role:<role>', ...privileges, 'firstName:<first-name>', 'lastName:<last-name>'],
      holder: 'browser',
    },
    asks: ['role'],
    mayAsk: ['first-name', 'last-name', 'kaf'],
    next: { kind: 'link', url: `https://{{kaf}}/${path}/ks/{{ks}}` },
    mistakes: MISTAKES,
    doubts: DOUBTS,
    source: 'Kaltura’s article “Understanding KAF”',
  }) as const;

/** The same for a page of which the sources have only the route. */
const openRoute = (path: string, privileges: readonly string[] = [], doubts: readonly string[] = []) => ({
  ...openModule(path, ...privileges),
  doubts: [
    `Kaltura’s guide has the route /${path} alone. The key follows it as /ks/…, as in other modules.`,
    ...doubts,
    ...DOUBTS,
  ],
  source: guide('LTI'),
});

/** KAF, LTI, MediaSpace and KMC (docs/kaltura-products.md 1.4, 1.6). */
export const KAF = recipesOf('kaf', [
  {
    ...openModule('hosted/index/my-media'),
    id: 'kaf-my-media',
    title: 'KAF My Media',
    summary: 'A link to the My Media page of one person.',
    mistakes: [...MISTAKES, 'viewerRole has no My Media. It needs at least privateOnlyRole.'],
  },
  {
    ...openModule('hosted/index/course-gallery', 'contextId:<gallery>', 'userContextualRole:<gallery-role>'),
    id: 'kaf-gallery',
    title: 'KAF gallery (course gallery)',
    summary: 'A link to one gallery for one person.',
    asks: ['role', 'gallery', 'gallery-role'],
    mistakes: [
      ...MISTAKES,
      'userContextualRole:0 is the manager of the gallery.',
      'A comma in the gallery’s name breaks the key.',
    ],
    doubts: [
      ...DOUBTS,
      'Kaltura’s LTI guide has the role numbers in reverse order: its sample makes students managers.',
    ],
  },
  {
    ...openModule('browseandembed/index/browseandembed', 'returnUrl:<return-url>'),
    id: 'kaf-picker',
    title: 'KAF picker (Browse, Search and Embed)',
    summary: 'A link to the page where one person picks a video to embed.',
    asks: ['role', 'return-url'],
    mistakes: [...MISTAKES, 'Kaltura’s article also has the link with ?type=image.'],
  },
  {
    ...openModule('hosted/index/view-entry', 'entryId:<entry>'),
    id: 'kaf-entry',
    title: 'KAF entry page',
    summary: 'A link to the page of one entry for one person.',
    asks: ['role', 'entry'],
    mistakes: [...MISTAKES, 'entryId grants nothing at the API.'],
  },
  {
    ...openRoute(
      'embeddedrooms/index/view-room',
      ['entryId:<entry>'],
      [
        'Such a room also opens as an entry page (kaf-entry). For rooms of a schedule event or resource, use meeting-attendee.',
      ],
    ),
    id: 'kaf-room',
    title: 'KAF meeting room of an entry',
    summary: 'A link to a newer meeting room, which is an entry, for one person.',
    asks: ['role', 'entry'],
  },
  {
    ...openRoute('genie'),
    id: 'kaf-genie',
    title: 'KAF Genie',
    summary: 'A link to Genie in KAF for one person.',
  },
  {
    ...openRoute('contentlab'),
    id: 'kaf-content-lab',
    title: 'KAF Content Lab',
    summary: 'A link to Content Lab in KAF for one person.',
  },
  {
    ...openRoute('avatarvodstudio/index/index'),
    id: 'kaf-avatar',
    title: 'KAF avatar studio (VOD avatar)',
    summary: 'A link to the avatar studio in KAF for one person.',
  },
  {
    id: 'mediaspace-api',
    title: 'MediaSpace: work on a portal’s content by API',
    summary: 'Reads and changes what one person sees in a portal.',
    key: {
      type: 'USER',
      user: required('the person'),
      lifetime: HOUR,
      privileges: ['privacycontext:<context>'],
      holder: 'server',
    },
    asks: ['context'],
    next: { kind: 'api', call: 'baseEntry.list' },
    mistakes: [
      'With a privacy context, categories without one are not visible.',
      'To work on everything, use disableentitlement instead.',
    ],
    doubts: [
      'People sign in to MediaSpace through single sign-on (Auth Broker, kmslogin). There may be no other way to sign in with a key.',
    ],
    source: GUIDES,
    testCall: 'baseEntry.count',
  },
  {
    id: 'auth-broker',
    title: 'Auth Broker (SSO)',
    summary: 'Manages single sign-on by API.',
    key: {
      type: 'ADMIN',
      user: required('an administrator'),
      lifetime: HOUR,
      privileges: [],
      holder: 'server',
    },
    next: { kind: 'header', scheme: 'KS', method: 'GET', url: '{{host:auth}}/api/v1/PATH' },
    mistakes: [
      'The header is KS, not Bearer.',
      'The account needs FEATURE_AUTH_BROKER_PERMISSION.',
      'The broker creates the users’ keys itself, with the ksPrivileges of the profile or subscription.',
    ],
    doubts: [
      'Kaltura’s guide names no session type and no user.',
      'Kaltura’s guide lists only three regions: US, EU and DE.',
      'The paths of this service are not listed here. See Kaltura’s guide.',
    ],
    source: guide('AUTH_BROKER'),
    testCall: 'category.list',
  },
  {
    id: 'kmc-login',
    title: 'Sign in to KMC with a key',
    summary: 'A link that opens KMC as the user of the key.',
    key: {
      type: 'ADMIN',
      user: required('a KMC user'),
      lifetime: 15 * MINUTE,
      privileges: [],
      holder: 'me',
    },
    next: { kind: 'link', url: '{{kmc}}/index.php/kmcng/actions/login-by-ks/{{ks}}' },
    mistakes: [
      'The key stays in the history of the browser. Use it once, on your own computer.',
      'Don’t use a version 1 key: its / and + don’t work in the path.',
    ],
    doubts: [
      'KMC may not accept an ADMIN key with the ID of a KMC user.',
      'KMC also has the route persist-login-by-ks. How it differs is unknown.',
    ],
    source: 'the routes in the code of KMC (kmc-ng)',
    confidence: 'unconfirmed',
    testCall: 'category.list',
  },
]);
