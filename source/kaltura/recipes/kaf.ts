import { LASTS, type NextTemplate, type Recipe, type RecipeKey, recipesOf, required } from './recipe.js';

const person = (...privileges: string[]): RecipeKey => ({
  type: 'USER',
  user: required('the person who opens the link', 'KAF trusts the ID in the key.'),
  lifetime: LASTS.minute,
  privileges: ['actionslimit:-1', ...privileges, 'firstName:<first-name>', 'lastName:<last-name>'],
  holder: 'browser',
});

const module = (path: string): NextTemplate => ({ kind: 'link', url: `https://{{kaf}}/${path}/ks/{{ks}}` });

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

/** A module of which the sources have only the route. */
const routeOnly = (
  path: string,
  more: readonly string[] = [],
): Pick<Recipe, 'placement' | 'next' | 'mistakes' | 'doubts' | 'source' | 'confidence'> => ({
  placement: 'path',
  next: module(path),
  mistakes: MISTAKES,
  doubts: [
    `Kaltura’s guide has the route /${path} alone. The key follows it as /ks/…, as in other modules.`,
    ...more,
    ...DOUBTS,
  ],
  source: '1.6',
  confidence: 'from documents',
});

const OPTIONAL = ['first-name', 'last-name', 'kaf'] as const;

/** KAF, LTI, MediaSpace and KMC (docs/kaltura-products.md 1.6). */
export const KAF = recipesOf('kaf', [
  {
    id: 'kaf-my-media',
    title: 'KAF My Media',
    summary: 'A link to the My Media page of one person.',
    key: person('role:<role>'),
    asks: ['role'],
    mayAsk: OPTIONAL,
    placement: 'path',
    next: module('hosted/index/my-media'),
    mistakes: [...MISTAKES, 'viewerRole has no My Media. It needs at least privateOnlyRole.'],
    doubts: DOUBTS,
    source: '1.6',
    confidence: 'from documents',
  },
  {
    id: 'kaf-gallery',
    title: 'KAF gallery (course gallery)',
    summary: 'A link to one gallery for one person.',
    key: person('role:<role>', 'contextId:<gallery>', 'userContextualRole:<gallery-role>'),
    asks: ['role', 'gallery', 'gallery-role'],
    mayAsk: OPTIONAL,
    placement: 'path',
    next: module('hosted/index/course-gallery'),
    mistakes: [
      ...MISTAKES,
      'userContextualRole:0 is the manager of the gallery.',
      'A comma in the gallery’s name breaks the key.',
    ],
    doubts: [
      ...DOUBTS,
      'Kaltura’s LTI guide has the role numbers in reverse order: its sample makes students managers.',
    ],
    source: '1.6',
    confidence: 'from documents',
  },
  {
    id: 'kaf-picker',
    title: 'KAF picker (Browse, Search and Embed)',
    summary: 'A link to the page where one person picks a video to embed.',
    key: person('role:<role>', 'returnUrl:<return-url>'),
    asks: ['role', 'return-url'],
    mayAsk: OPTIONAL,
    placement: 'path',
    next: module('browseandembed/index/browseandembed'),
    mistakes: [...MISTAKES, 'Kaltura’s article also has the link with ?type=image.'],
    doubts: DOUBTS,
    source: '1.6',
    confidence: 'from documents',
  },
  {
    id: 'kaf-entry',
    title: 'KAF entry page',
    summary: 'A link to the page of one entry for one person.',
    key: person('role:<role>', 'entryId:<entry>'),
    asks: ['role', 'entry'],
    mayAsk: OPTIONAL,
    placement: 'path',
    next: module('hosted/index/view-entry'),
    mistakes: [...MISTAKES, 'entryId grants nothing at the API.'],
    doubts: DOUBTS,
    source: '1.6',
    confidence: 'from documents',
  },
  {
    id: 'kaf-room',
    title: 'KAF meeting room of an entry',
    summary: 'A link to a newer meeting room, which is an entry, for one person.',
    key: person('role:<role>', 'entryId:<entry>'),
    asks: ['role', 'entry'],
    mayAsk: OPTIONAL,
    ...routeOnly('embeddedrooms/index/view-room', [
      'Such a room also opens as an entry page (kaf-entry). For rooms of a schedule event or resource, use meeting-attendee.',
    ]),
  },
  {
    id: 'kaf-genie',
    title: 'KAF Genie',
    summary: 'A link to Genie in KAF for one person.',
    key: person('role:<role>'),
    asks: ['role'],
    mayAsk: OPTIONAL,
    ...routeOnly('genie'),
  },
  {
    id: 'kaf-content-lab',
    title: 'KAF Content Lab',
    summary: 'A link to Content Lab in KAF for one person.',
    key: person('role:<role>'),
    asks: ['role'],
    mayAsk: OPTIONAL,
    ...routeOnly('contentlab'),
  },
  {
    id: 'kaf-avatar',
    title: 'KAF avatar studio (VOD avatar)',
    summary: 'A link to the avatar studio in KAF for one person.',
    key: person('role:<role>'),
    asks: ['role'],
    mayAsk: OPTIONAL,
    ...routeOnly('avatarvodstudio/index/index'),
  },
  {
    id: 'mediaspace-api',
    title: 'MediaSpace: work on a portal’s content by API',
    summary: 'Reads and changes what one person sees in a portal.',
    key: {
      type: 'USER',
      user: required('the person'),
      lifetime: LASTS.hour,
      privileges: ['privacycontext:<context>'],
      holder: 'server',
    },
    asks: ['context'],
    placement: 'body',
    next: { kind: 'api', call: 'baseEntry.list' },
    mistakes: [
      'With a privacy context, categories without one are not visible.',
      'To work on everything, use disableentitlement instead.',
    ],
    doubts: [
      'People sign in to MediaSpace through single sign-on (Auth Broker, kmslogin). There may be no other way to sign in with a key.',
    ],
    source: '1.6',
    confidence: 'from documents',
    testCall: 'baseEntry.count',
  },
  {
    id: 'auth-broker',
    title: 'Auth Broker (SSO)',
    summary: 'Manages single sign-on by API.',
    key: {
      type: 'ADMIN',
      user: required('an administrator'),
      lifetime: LASTS.hour,
      privileges: [],
      holder: 'server',
    },
    placement: 'ks-header',
    next: { kind: 'header', method: 'GET', url: '{{host:auth}}/api/v1/PATH' },
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
    source: '1.4',
    confidence: 'from documents',
    testCall: 'category.list',
  },
  {
    id: 'kmc-login',
    title: 'Sign in to KMC with a key',
    summary: 'A link that opens KMC as the user of the key.',
    key: {
      type: 'ADMIN',
      user: required('a KMC user'),
      lifetime: LASTS.quarter,
      privileges: [],
      holder: 'me',
    },
    placement: 'path',
    next: { kind: 'link', url: '{{kmc}}/index.php/kmcng/actions/login-by-ks/{{ks}}' },
    mistakes: [
      'The key stays in the history of the browser. Use it once, on your own computer.',
      'Don’t use a version 1 key: its / and + don’t work in the path.',
    ],
    doubts: [
      'KMC may not accept an ADMIN key with the ID of a KMC user.',
      'KMC also has the route persist-login-by-ks. How it differs is unknown.',
    ],
    source: '1.6',
    confidence: 'unconfirmed',
    testCall: 'category.list',
  },
]);
