import { LASTS, type NextTemplate, type RecipeKey, recipesOf, required } from './recipe.js';

const ADMIN_IN_PAGE =
  'Kaltura’s guide puts an ADMIN key into a page. Show the page to administrators only, use a short lifetime, and narrow the key: --privilege setrole:<role number>.';

const adminInPage = (...privileges: string[]): RecipeKey => ({
  type: 'ADMIN',
  user: required('an administrator'),
  lifetime: LASTS.day,
  privileges,
  holder: 'browser',
});

/**
 * A widget of Kaltura’s Unisphere framework.
 *
 * @param settings the lines of its settings, beside those that every widget has
 */
const widget = (name: string, runtime: string, visual: string, settings: readonly string[] = []): NextTemplate => ({
  kind: 'page',
  lines: [
    '<div id="widget" style="width: 100%; height: 600px"></div>',
    '<script type="module">',
    "  import { loader } from '{{host:unisphere}}/v1/loader/index.esm.js';",
    '  const workspace = await loader({',
    "    appId: '{{app|my-app}}',",
    "    appVersion: '1.0.0',",
    "    serverUrl: '{{host:unisphere}}/v1',",
    "    ui: { theme: 'light', language: 'en-US' },",
    '    runtimes: [{',
    `      widgetName: '${name}',`,
    `      runtimeName: '${runtime}',`,
    '      settings: {',
    "        ks: '{{ks}}',",
    "        partnerId: '{{partner}}',",
    "        pid: '{{partner}}',",
    "        kalturaServerURI: '{{service}}',",
    ...settings.map((line) => `        ${line}`),
    '      },',
    `      visuals: [{ type: '${visual}', target: 'widget', settings: {} }],`,
    '    }],',
    '  });',
    '</script>',
  ],
});

const SETTINGS_DOUBT = 'Not every setting of this widget is confirmed: compare the page with Kaltura’s guide.';

const GENIE_PRIVILEGES = [
  'setrole:PLAYBACK_BASE_ROLE,sview:*,enableentitlement,privacycontext:<context>,genieid:<genie>',
  'eventsessioncontextid:*',
  'appid:<app>',
  'virtualeventid:<virtual-event>',
  'restrictexplicitliveview:*',
  'searchcontext:<search>',
  'geniecategoryid:<category>',
];

const GENIE_MISTAKES = [
  'A wrong --context shows as “no results”, not as an error.',
  'The answer 401 means the key; 403 means genieid or the category.',
  'A privilege value cannot contain a comma, so genieentryids takes one entry only.',
];

const GENIE_DOUBTS = [
  'Another guide asks only for setrole:PLAYBACK_BASE_ROLE,sview:*. Kaltura’s own test uses an ADMIN key with disableentitlement.',
];

/** AI products (docs/kaltura-products.md 1.3). */
export const AI = recipesOf('ai', [
  {
    id: 'genie-widget',
    title: 'Genie widget',
    summary: 'A page where viewers ask questions about your videos.',
    key: {
      type: 'USER',
      user: required('the end user'),
      lifetime: LASTS.day,
      privileges: GENIE_PRIVILEGES,
      holder: 'browser',
    },
    asks: ['context', 'genie'],
    mayAsk: ['app', 'virtual-event', 'search', 'category'],
    goes: 'config',
    next: widget('unisphere.widget.genie', 'chat', 'page', ["genieServerUrl: '{{host:genie}}',"]),
    mistakes: [
      ...GENIE_MISTAKES,
      'The key is visible in the page. Renew it with workspace.session.setData((prev) => ({ ...prev, ks })).',
    ],
    doubts: [
      ...GENIE_DOUBTS,
      'Kaltura’s widget guide has the runtime “chat” without genieServerUrl; another source has the runtime “application” with it.',
    ],
    source: '1.3',
    confidence: 'from documents',
    tells: 'baseEntry.count',
  },
  {
    id: 'genie-api',
    title: 'Genie by API',
    summary: 'Asks Genie from your own server.',
    key: {
      type: 'USER',
      user: required('the end user'),
      lifetime: LASTS.day,
      privileges: GENIE_PRIVILEGES,
      holder: 'server',
    },
    asks: ['context', 'genie'],
    mayAsk: ['app', 'virtual-event', 'search', 'category'],
    goes: 'ks-header',
    next: { kind: 'header', method: 'POST', url: '{{host:genie}}/mcp/search' },
    mistakes: GENIE_MISTAKES,
    doubts: GENIE_DOUBTS,
    source: '1.3',
    confidence: 'from documents',
    tells: 'baseEntry.count',
  },
  {
    id: 'agents-management',
    title: 'Intelligent agents: management',
    summary: 'Creates and changes avatar agents.',
    key: {
      type: 'ADMIN',
      user: required('an administrator'),
      lifetime: LASTS.day,
      privileges: ['disableentitlement'],
      holder: 'server',
    },
    goes: 'ks-header',
    next: { kind: 'header', method: 'GET', url: '{{host:avatar-api}}/v1/PATH' },
    mistakes: ['This ADMIN key reads and changes everything. Keep it on a server.'],
    doubts: ['The hosts outside the US region are known from a third party only.'],
    source: '1.3',
    confidence: 'from documents',
    tells: 'category.list',
  },
  {
    id: 'agent-conversation',
    title: 'Intelligent agents: conversation',
    summary: 'One conversation with one avatar agent.',
    key: {
      type: 'ADMIN',
      user: required('an administrator'),
      lifetime: LASTS.half,
      privileges: ['geniegpcid:<genie-config>', 'agentid:<agent>'],
      holder: 'server',
    },
    asksOneOf: ['genie-config', 'agent'],
    goes: 'ks-header',
    next: { kind: 'header', method: 'GET', url: '{{host:avatar-api}}/v1/PATH' },
    mistakes: [
      'geniegpcid and agentid limit nothing at the API server: anyone with this ADMIN key can read the account’s secrets. Never put it into a browser.',
      'Try a USER key first: --type user. Whether the service accepts it is not confirmed.',
    ],
    doubts: ['Kaltura’s sample uses an ADMIN key. Whether a USER key works is not confirmed.'],
    source: '1.3',
    confidence: 'from documents',
  },
  {
    id: 'agents-manager',
    title: 'Agents Manager (API)',
    summary: 'Manages agents from your own server.',
    key: { ...adminInPage(), holder: 'server' },
    goes: 'bearer',
    next: { kind: 'header', method: 'GET', url: '{{host:agents-manager}}/PATH' },
    mistakes: ['USER keys cannot make agents.'],
    source: '1.3',
    confidence: 'from documents',
  },
  {
    id: 'agents-widget',
    title: 'Agents Manager (widget)',
    summary: 'A page where administrators manage agents.',
    key: adminInPage(),
    mayAsk: ['app'],
    goes: 'config',
    next: widget('unisphere.widget.agents', 'manager', 'drawer', ["agentsServiceURI: '{{host:agents-manager}}',"]),
    mistakes: [ADMIN_IN_PAGE, 'USER keys cannot make agents.'],
    doubts: [SETTINGS_DOUBT],
    source: '1.3',
    confidence: 'from documents',
  },
  {
    id: 'content-lab',
    title: 'Content Lab',
    summary: 'A page that makes clips, summaries and quizzes from videos.',
    key: adminInPage(),
    mayAsk: ['app'],
    goes: 'config',
    next: widget('unisphere.widget.content-lab', 'application', 'drawer'),
    mistakes: [ADMIN_IN_PAGE, 'The account needs FEATURE_CONTENT_LAB and a REACH profile.'],
    doubts: [SETTINGS_DOUBT],
    source: '1.3',
    confidence: 'from documents',
  },
  {
    id: 'media-manager',
    title: 'Media Manager widget',
    summary: 'A page where people upload, manage and pick media.',
    key: { ...adminInPage(), type: 'USER', user: required('the person who uses the page') },
    mayAsk: ['app'],
    goes: 'config',
    next: widget('unisphere.widget.media-manager', 'kaltura-items-media-manager', 'table', [
      "contextType: 'category',",
    ]),
    mistakes: ['With a USER key, people see only their own entries in lists.'],
    doubts: [
      'Kaltura’s guide asks for an ADMIN key to manage and upload. According to the server’s code, a USER key has the calls that it needs.',
      SETTINGS_DOUBT,
    ],
    source: '1.3',
    confidence: 'read in the server’s code',
    tells: 'uploadToken.list',
  },
  {
    id: 'vod-avatar',
    title: 'VOD avatar',
    summary: 'Makes videos with an avatar, from your own server.',
    key: {
      type: 'USER',
      user: required('the user; each user sees only their own videos'),
      lifetime: LASTS.day,
      privileges: [],
      holder: 'server',
    },
    goes: 'bearer',
    next: { kind: 'header', method: 'POST', url: '{{host:video-avatar}}/api/v1/partner/checkConfiguration' },
    mistakes: [
      'Making a video takes 10 to 20 minutes. The key must last longer.',
      'A urirestrict on the key must match.',
    ],
    source: '1.3',
    confidence: 'from documents',
  },
  {
    id: 'conversational-avatar',
    title: 'Conversational avatar',
    summary: 'An avatar that talks with visitors. It takes no session key.',
    key: null,
    goes: 'none',
    next: {
      kind: 'steps',
      lines: [
        'Host: conversation.avatar.us.kaltura.ai',
        'Sign in with the client ID and the flow ID from Kaltura Studio.',
      ],
    },
    source: '1.3',
    confidence: 'from documents',
  },
  {
    id: 'unisphere-widget',
    title: 'Any Unisphere widget',
    summary: 'Any other widget of Kaltura’s Unisphere framework.',
    key: {
      type: 'USER',
      user: required('the person who uses the page'),
      lifetime: LASTS.hour,
      privileges: ['setrole:PLAYBACK_BASE_ROLE,sview:*', 'enableentitlement,privacycontext:<context>', 'appid:<app>'],
      holder: 'browser',
    },
    mayAsk: ['context', 'app'],
    goes: 'config',
    next: widget('WIDGET_NAME', 'RUNTIME_NAME', 'page'),
    mistakes: [
      'sview:* plays every entry. Give --context so that entitlement limits it.',
      'A key in settings.ks wins over the key of the workspace session.',
    ],
    doubts: ['Each widget needs other privileges: see its guide.', SETTINGS_DOUBT],
    source: '1.3',
    confidence: 'from documents',
    tells: 'baseEntry.count',
  },
  {
    id: 'reach',
    title: 'Captions, translation and moderation by AI (REACH)',
    summary: 'Orders captions, translations and other services.',
    key: {
      type: 'ADMIN',
      user: required('an administrator or a service user'),
      lifetime: LASTS.quarter,
      privileges: [],
      holder: 'server',
    },
    goes: 'body',
    next: { kind: 'api', call: 'reach_vendorCatalogItem.list' },
    mistakes: ['The keys that REACH gives to vendors have REACH_VENDOR_ROLE and skip access rules.'],
    doubts: ['Kaltura’s guide names no session type. ADMIN is the safe assumption.'],
    source: '1.3',
    confidence: 'unconfirmed',
    tells: 'category.list',
  },
]);
