import { DAY, HOUR, MINUTE } from '../lifetime.js';
import { type NextTemplate, type RecipeKey, recipesOf, required } from './recipe.js';
import { guide } from './sources.js';

const ADMIN_IN_PAGE =
  'Kaltura’s guide puts an ADMIN key into a page. Show the page to administrators only, use a short lifetime, and narrow the key with setrole:<role number>.';

const adminInPage = (...privileges: string[]): RecipeKey => ({
  type: 'ADMIN',
  user: required('an administrator'),
  lifetime: DAY,
  privileges,
  holder: 'browser',
});

/**
 * The settings of a widget of Kaltura’s Unisphere framework.
 *
 * @param settings the lines beside `ks` and `pid`
 */
const widget = (name: string, settings: readonly string[] = []): NextTemplate => ({
  kind: 'page',
  lines: [
    `// Settings of ${name}`,
    'const settings = {',
    "  ks: '{{ks}}',",
    "  pid: '{{partner}}',",
    ...settings.map((line) => `  ${line}`),
    '};',
  ],
});

const AGENTS_SDK = 'Kaltura’s documents in the repository kaltura/intelligent-agents-sdk';

const PATH_DOUBT = 'The paths of this service are not listed here. See Kaltura’s guide.';

const LOADING_DOUBT = 'For how a page loads this widget, see Kaltura’s guide for the widget.';

const GENIE_KEY: RecipeKey = {
  type: 'USER',
  user: required('the end user'),
  lifetime: DAY,
  privileges: [
    'setrole:PLAYBACK_BASE_ROLE,sview:*,enableentitlement,privacycontext:<context>,genieid:<genie>',
    'eventsessioncontextid:*',
    'appid:<app>',
    'virtualeventid:<virtual-event>',
    'restrictexplicitliveview:*',
    'searchcontext:<search>',
    'geniecategoryid:<category>',
  ],
  holder: 'browser',
};

const GENIE_MISTAKES = [
  'A wrong privacy context shows as “no results”, not as an error.',
  'HTTP 401 means that the key is wrong. HTTP 403 means that genieid or the category is wrong.',
  'Two more privileges limit it: genieancestorid:<category> (with everything below it) and genieentryids:<entry>.',
];

const GENIE_DOUBTS = [
  'Kaltura’s guide also has appid, virtualeventid and searchcontext. Whether Genie works without them is not confirmed.',
  'genieid comes from Kaltura. Only a third party documents the value “default”.',
  'Genie may read only one entry in genieentryids: a comma splits the privilege.',
  'Another guide asks only for setrole:PLAYBACK_BASE_ROLE,sview:*. Kaltura’s own test uses an ADMIN key with disableentitlement.',
];

/** AI products (docs/kaltura-products.md 1.3). */
export const AI = recipesOf('ai', [
  {
    id: 'genie-widget',
    title: 'Genie widget',
    summary: 'A page where viewers ask questions about your videos.',
    key: GENIE_KEY,
    asks: ['context', 'genie'],
    mayAsk: ['player', 'app', 'virtual-event', 'search', 'category'],
    next: {
      kind: 'page',
      lines: [
        '// Loader: {{host:unisphere}}/v1/loader/index.esm.js',
        "loadRuntime('unisphere.widget.genie', 'application', {",
        "  genieServerUrl: '{{host:genie}}',",
        "  ks: '{{ks}}',",
        "  pid: '{{partner}}',",
        "  uiConfId: '{{player|PLAYER_NUMBER}}',",
        "  kalturaServerURI: '{{service}}',",
        '});',
      ],
    },
    mistakes: [
      ...GENIE_MISTAKES,
      'The key is visible in the page. Renew it with workspace.session.setData((prev) => ({ ...prev, ks })).',
    ],
    doubts: [...GENIE_DOUBTS, LOADING_DOUBT],
    source: guide('GENIE_WIDGET'),
    testCall: 'baseEntry.count',
  },
  {
    id: 'genie-api',
    title: 'Genie by API',
    summary: 'Sends questions to Genie from your own server.',
    key: { ...GENIE_KEY, holder: 'server' },
    asks: ['context', 'genie'],
    mayAsk: ['app', 'virtual-event', 'search', 'category'],
    next: { kind: 'header', scheme: 'KS', method: 'POST', url: '{{host:genie}}/mcp/search' },
    mistakes: GENIE_MISTAKES,
    doubts: GENIE_DOUBTS,
    source: guide('AI_GENIE'),
    testCall: 'baseEntry.count',
  },
  {
    id: 'agents-management',
    title: 'Intelligent agents: management',
    summary: 'Creates and changes avatar agents.',
    key: {
      type: 'ADMIN',
      user: required('an administrator'),
      lifetime: DAY,
      privileges: ['disableentitlement'],
      holder: 'server',
    },
    next: { kind: 'header', scheme: 'KS', method: 'GET', url: '{{host:avatar-api}}/v1/PATH' },
    mistakes: ['This ADMIN key reads and changes everything. Keep it on a server.'],
    doubts: ['Only a third party documents the hosts outside the US region.', PATH_DOUBT],
    source: AGENTS_SDK,
    testCall: 'category.list',
  },
  {
    id: 'agent-conversation',
    title: 'Intelligent agents: conversation',
    summary: 'One conversation with one avatar agent.',
    key: {
      type: 'ADMIN',
      mayBeUser: true,
      user: required('an administrator'),
      lifetime: 30 * MINUTE,
      privileges: ['geniegpcid:<genie-config>', 'agentid:<agent>'],
      holder: 'server',
    },
    asksOneOf: ['genie-config', 'agent'],
    next: { kind: 'header', scheme: 'KS', method: 'GET', url: '{{host:avatar-api}}/v1/PATH' },
    mistakes: [
      'geniegpcid and agentid limit nothing at the API server: anyone with this ADMIN key can read the account’s secrets. Never put it into a browser.',
    ],
    doubts: [
      'Kaltura’s guide uses an ADMIN key. A USER key may work too.',
      'Only a third party documents the hosts outside the US region.',
      PATH_DOUBT,
    ],
    source: AGENTS_SDK,
  },
  {
    id: 'agents-manager',
    title: 'Agents Manager (API)',
    summary: 'Manages agents from your own server.',
    key: { ...adminInPage(), holder: 'server' },
    next: { kind: 'header', scheme: 'Bearer', method: 'GET', url: '{{host:agents-manager}}/PATH' },
    mistakes: ['USER keys can’t create agents.'],
    doubts: [PATH_DOUBT],
    source: guide('AGENTS_MANAGER'),
  },
  {
    id: 'agents-widget',
    title: 'Agents Manager (widget)',
    summary: 'A page where administrators manage agents.',
    key: adminInPage(),
    next: widget('unisphere.widget.agents', ["agentsServiceURI: '{{host:agents-manager}}',"]),
    mistakes: [ADMIN_IN_PAGE, 'USER keys can’t create agents.'],
    doubts: [LOADING_DOUBT],
    source: guide('AGENTS_WIDGET'),
  },
  {
    id: 'content-lab',
    title: 'Content Lab',
    summary: 'The Content Lab widget in a page.',
    key: adminInPage(),
    next: widget('the Content Lab widget'),
    mistakes: [ADMIN_IN_PAGE, 'The account needs FEATURE_CONTENT_LAB and a REACH profile.'],
    doubts: [LOADING_DOUBT],
    source: guide('CONTENT_LAB'),
  },
  {
    id: 'media-manager',
    title: 'Media Manager widget',
    summary: 'The Media Manager widget in a page: people pick, manage and upload media.',
    key: { ...adminInPage(), type: 'USER', user: required('the person who uses the page') },
    next: widget('the Media Manager widget'),
    mistakes: ['With a USER key, people see only their own entries in lists.'],
    doubts: [
      'Kaltura’s guide asks for an ADMIN key to manage and upload. According to the server’s code, a USER key can make the calls that the widget needs.',
      LOADING_DOUBT,
    ],
    source: guide('MEDIA_MANAGER'),
    confidence: 'read in the server’s code',
    testCall: 'uploadToken.list',
  },
  {
    id: 'vod-avatar',
    title: 'VOD avatar',
    summary: 'Creates videos with an avatar, from your own server.',
    key: {
      type: 'USER',
      user: required('the person who creates videos', 'Each user sees only their own videos.'),
      lifetime: DAY,
      privileges: [],
      holder: 'server',
    },
    next: {
      kind: 'header',
      scheme: 'Bearer',
      method: 'POST',
      url: '{{host:video-avatar}}/api/v1/partner/checkConfiguration',
    },
    mistakes: [
      'Creating a video takes 10 to 20 minutes. The key must be valid for longer.',
      'A urirestrict on the key must match the URLs of the service.',
    ],
    source: guide('VOD_AVATAR'),
  },
  {
    id: 'conversational-avatar',
    title: 'Conversational avatar',
    summary: 'An avatar that talks with visitors. It uses no session key.',
    key: null,
    next: {
      kind: 'steps',
      lines: [
        'Host: conversation.avatar.us.kaltura.ai',
        'Sign in with the client ID and the flow ID from Kaltura Studio.',
      ],
    },
    source: guide('CONVERSATIONAL_AVATAR'),
  },
  {
    id: 'unisphere-widget',
    title: 'Any Unisphere widget',
    summary: 'Any other widget of Kaltura’s Unisphere framework.',
    key: {
      type: 'USER',
      user: required('the person who uses the page'),
      lifetime: HOUR,
      privileges: ['setrole:PLAYBACK_BASE_ROLE,sview:*', 'enableentitlement,privacycontext:<context>', 'appid:<app>'],
      holder: 'browser',
    },
    mayAsk: ['context', 'app'],
    next: widget('WIDGET_NAME'),
    mistakes: [
      'sview:* plays every entry. With a privacy context, entitlement limits it.',
      'A key in settings.ks takes precedence over the key of the workspace session (session.ks).',
      'The key is visible in the page.',
    ],
    doubts: [
      'Each widget’s own guide names the privileges that it needs. These are the minimum in Kaltura’s Unisphere guide.',
      LOADING_DOUBT,
    ],
    source: guide('UNISPHERE'),
    testCall: 'baseEntry.count',
  },
  {
    id: 'reach',
    title: 'Captions, translation and moderation by AI (REACH)',
    summary: 'Orders captions, translation and moderation: reach_entryVendorTask.add.',
    key: {
      type: 'ADMIN',
      mayBeUser: true,
      user: required('an administrator or a service user'),
      lifetime: 15 * MINUTE,
      privileges: [],
      holder: 'server',
    },
    next: { kind: 'api', call: 'reach_vendorCatalogItem.list' },
    mistakes: ['The keys that REACH gives to vendors have REACH_VENDOR_ROLE and skip access rules.'],
    doubts: ['Kaltura’s guide names no session type. A USER key may work too.'],
    source: guide('REACH'),
    confidence: 'unconfirmed',
    testCall: 'category.list',
  },
]);
