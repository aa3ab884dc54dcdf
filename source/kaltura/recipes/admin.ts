import { HOUR, MINUTE } from '../lifetime.js';
import { optional, type RecipeKey, recipesOf, required } from './recipe.js';
import { GUIDES, guide, SERVER_CODE } from './sources.js';

const admin = (...privileges: string[]): RecipeKey => ({
  type: 'ADMIN',
  user: optional('your service user', 'Logs show it.'),
  lifetime: 15 * MINUTE,
  privileges,
  holder: 'server',
});

const ADMIN_KEY = 'This ADMIN key can read the account’s secrets. Keep it on a server, and keep its lifetime short.';

/** The fields that all recipes for a service without known calls share. */
const managing = (...privileges: string[]) =>
  ({
    key: admin(...privileges),
    next: { kind: 'api', call: 'SERVICE.ACTION' },
    mistakes: [ADMIN_KEY],
    doubts: ['The names of the calls are not listed here. See Kaltura’s API reference.'],
    testCall: 'category.list',
  }) as const;

/** Administration and scripts (docs/kaltura-products.md 1.4, 1.5). */
export const ADMIN = recipesOf('admin', [
  {
    id: 'search',
    title: 'Search (eSearch)',
    summary: 'Finds the entries that one person may see.',
    key: {
      type: 'USER',
      user: required('the person who searches'),
      lifetime: HOUR,
      privileges: ['privacycontext:<context>'],
      holder: 'server',
    },
    mayAsk: ['context'],
    next: {
      kind: 'api',
      call: 'elasticsearch_eSearch.searchEntry',
      fields: {
        'searchParams[objectType]': 'KalturaESearchEntryParams',
        'searchParams[searchOperator][objectType]': 'KalturaESearchEntryOperator',
        'searchParams[searchOperator][searchItems][0][objectType]': 'KalturaESearchUnifiedItem',
        'searchParams[searchOperator][searchItems][0][itemType]': '2',
        'searchParams[searchOperator][searchItems][0][searchTerm]': 'SEARCH_TERM',
      },
    },
    brokenBy: ['setrole:PLAYBACK_BASE_ROLE'],
    mistakes: [
      'setrole:PLAYBACK_BASE_ROLE forbids the search.',
      'searchUser and the CSV export need ADMIN_BASE.',
      'A USER key finds what its user may see. An ADMIN key finds everything.',
    ],
    source: guide('ESEARCH'),
    confidence: 'observed on the server',
    testCall: 'baseEntry.count',
  },
  {
    ...managing('disableentitlement'),
    id: 'moderation',
    title: 'Moderation',
    summary: 'Approves, rejects and queues entries.',
    mistakes: [ADMIN_KEY, 'To flag an entry, any key is enough, even the player’s own key.'],
    source: guide('MODERATION'),
  },
  {
    ...managing(),
    id: 'users',
    title: 'Users',
    summary: 'Adds, changes and deletes users.',
    mistakes: [ADMIN_KEY, 'A person’s own key comes from signing in with email and password.'],
    source: guide('USER_MANAGEMENT'),
  },
  {
    id: 'categories',
    title: 'Categories and members',
    summary: 'Adds categories, and the users and entries in them.',
    key: admin('disableentitlement'),
    next: { kind: 'api', call: 'category.list' },
    mistakes: [
      ADMIN_KEY,
      'Without disableentitlement, hidden categories are “not found”.',
      'A USER key can add entries to categories too.',
    ],
    source: guide('CATEGORIES_AND_ENTITLEMENTS'),
    testCall: 'category.list',
  },
  {
    ...managing(),
    id: 'access-control',
    title: 'Access control profiles',
    summary: 'Reads and changes the access rules.',
    mistakes: [ADMIN_KEY, 'The key needs ACCESS_CONTROL_BASE.'],
    source: GUIDES,
  },
  {
    ...managing(),
    id: 'metadata',
    title: 'Custom metadata profiles',
    summary: 'Reads and changes custom metadata profiles.',
    mistakes: [ADMIN_KEY, 'It needs the permission of the METADATA plugin.'],
    source: GUIDES,
  },
  {
    ...managing('disableentitlement'),
    id: 'syndication',
    title: 'Syndication feeds',
    summary: 'Manages feeds of entries.',
    source: GUIDES,
  },
  {
    ...managing('disableentitlement'),
    id: 'short-links',
    title: 'Short links',
    summary: 'Manages short links.',
    source: GUIDES,
  },
  {
    ...managing('disableentitlement'),
    id: 'multi-stream',
    title: 'Multi-stream entries',
    summary: 'Manages multi-stream entries.',
    source: GUIDES,
  },
  {
    ...managing('disableentitlement'),
    id: 'webhooks',
    title: 'Webhooks and email notifications',
    summary: 'Manages webhooks and email notifications.',
    mistakes: [ADMIN_KEY, 'SERVICE_FORBIDDEN means that the account lacks EVENTNOTIFICATION_PLUGIN_PERMISSION.'],
    source: GUIDES,
  },
  {
    ...managing('disableentitlement'),
    id: 'distribution',
    title: 'Distribution',
    summary: 'Manages distribution.',
    source: GUIDES,
  },
  {
    id: 'live-streams',
    title: 'Live streams',
    summary: 'Creates and changes live entries.',
    key: admin(),
    next: { kind: 'api', call: 'liveStream.add' },
    mistakes: [
      ADMIN_KEY,
      'liveStream.add needs LIVE_STREAM_ADD, which needs the account’s FEATURE_LIVE_STREAM.',
      'Encoders use the stream’s own keys (RTMP, SRT), not a session key.',
    ],
    doubts: ['The parameters of the call are not listed here. See Kaltura’s API reference.'],
    source: SERVER_CODE,
    confidence: 'read in the server’s code',
    testCall: 'category.list',
  },
  {
    id: 'app-registry',
    title: 'App Registry',
    summary: 'Works with the App Registry by API.',
    key: admin(),
    next: { kind: 'header', scheme: 'Bearer', method: 'GET', url: '{{host:app-registry}}/api/v1/PATH' },
    mistakes: [ADMIN_KEY, 'The key needs ADMIN_BASE, and list needs ANALYTICS_BASE too.'],
    doubts: [
      'Kaltura’s guide lists only three regions: US, EU and DE.',
      'The paths of this service are not listed here. See Kaltura’s guide.',
    ],
    source: guide('APP_REGISTRY'),
    testCall: 'category.list',
  },
  {
    id: 'script',
    title: 'Bulk and migration scripts',
    summary: 'Your own script works on all content of the account.',
    key: { ...admin('disableentitlement'), lifetime: 4 * HOUR },
    placement: 'environment',
    next: {
      kind: 'steps',
      lines: ['kaltura-ks exec {{profile}} -- node script.js', 'The script finds the key in KALTURA_KS.'],
    },
    mistakes: [
      ADMIN_KEY,
      'Give the key the lifetime of one run. Several short-lived keys are better than one long-lived key.',
      'all:*,disableentitlement, which some scripts have, is the same as disableentitlement.',
    ],
    source: 'the scripts of universities (repository Kaltura-EDU/api-scripts)',
    confidence: 'observed on the server',
    testCall: 'category.list',
  },
  {
    id: 'report-download',
    title: 'Downloads of reports and CSV files',
    summary: 'Downloads a file that the server created, such as a report.',
    key: {
      type: 'USER',
      user: optional('the person who downloads'),
      lifetime: 15 * MINUTE,
      privileges: ['download:<file-id>'],
      holder: 'browser',
    },
    asks: ['file-id'],
    placement: 'body',
    next: {
      kind: 'steps',
      lines: ['The server mails a link with such a key. Open that link, or ask for the report again.'],
    },
    mistakes: ['For some accounts, the keys in the server’s links have actionslimit:3.'],
    doubts: ['Kaltura doesn’t document the type and the user of the keys in the server’s own links.'],
    source: SERVER_CODE,
    confidence: 'read in the server’s code',
  },
]);
