import { LASTS, type NextTemplate, optional, type RecipeKey, recipesOf, required } from './recipe.js';

const VIEWER = optional('the viewer');

const playerPage = (entry: string): NextTemplate => ({
  kind: 'page',
  lines: [
    `<iframe src="{{player-host}}/p/{{partner}}/embedPlaykitJs/partner_id/{{partner}}/uiconf_id/{{player|PLAYER_NUMBER}}?iframeembed=true&ks={{ks-encoded}}&entry_id=${entry}" width="640" height="360" allowfullscreen></iframe>`,
  ],
});

const PLAYER_PAGE = playerPage('{{entry}}');

/** The same page for a key that names no single entry. */
const ANY_ENTRY_PAGE = playerPage('ENTRY_ID');

const viewing = (...privileges: string[]): RecipeKey => ({
  type: 'USER',
  user: VIEWER,
  lifetime: LASTS.hour,
  privileges: [...privileges, 'setrole:PLAYBACK_BASE_ROLE', ...COMMON],
  holder: 'browser',
});

const COMMON = ['enableentitlement,privacycontext:<context>', 'appid:<app>'];

const VISIBLE = 'The key is visible in the page. Create it on your server.';

const IN_SCRIPT =
  'If a script creates the player, the key goes into its config (provider: { partnerId, uiConfId, ks }). Then player.loadMedia({ entryId }) loads the entry.';

const LIFETIME = 'The key is valid for 1 hour. Kaltura’s guide also allows up to 4 hours.';

const inPath =
  'The key is in the URL: it ends up in logs and in Referer headers. Use the shortest lifetime that works.';

const FILE_KEY = { type: 'USER', user: VIEWER, lifetime: LASTS.quarter, holder: 'browser' } as const;

const FILE_MISTAKES = [
  inPath,
  'Don’t use a version 1 key: its / and + don’t work in the path.',
  'If the key has expired, the page shows “This URL is expired”.',
  'urirestrict:/api_v3/* on the key makes these URLs fail, because they don’t begin with /api_v3.',
];

/** Playing (docs/kaltura-products.md 1.1). */
export const PLAY = recipesOf('play', [
  {
    id: 'play-entry',
    title: 'Play one protected entry on a page',
    summary: 'A player on your page plays one entry, even if an access rule requires a key.',
    key: viewing('sview:<entry>'),
    asks: ['entry'],
    mayAsk: ['player', 'context', 'app'],
    placement: 'query',
    next: PLAYER_PAGE,
    mistakes: [
      VISIBLE,
      IN_SCRIPT,
      'A public entry needs no key: the player creates a public (widget) session itself.',
      'If entitlement is enforced, give the privacy context too. Otherwise the entry is not found.',
      LIFETIME,
    ],
    source: '1.1',
    confidence: 'from documents',
    testCall: 'baseEntry.get',
  },
  {
    id: 'play-entries',
    title: 'Play many entries',
    summary: 'A player on your page plays the entries that you list.',
    key: viewing('sview:<entries>'),
    asks: ['entries'],
    mayAsk: ['player', 'context', 'app'],
    placement: 'query',
    next: ANY_ENTRY_PAGE,
    mistakes: [VISIBLE, 'sview:* plays every entry of the account. Then entitlement is the only limit.', LIFETIME],
    source: '1.1',
    confidence: 'from documents',
    testCall: 'baseEntry.count',
  },
  {
    id: 'play-playlist',
    title: 'Play a playlist',
    summary: 'A player on your page plays the entries of one manual playlist.',
    key: viewing('sviewplaylist:<playlist>'),
    asks: ['playlist'],
    mayAsk: ['player', 'context', 'app'],
    placement: 'query',
    next: ANY_ENTRY_PAGE,
    mistakes: [VISIBLE, 'The page plays one entry of the playlist.', LIFETIME],
    doubts: ['kaltura-ks doesn’t know how a page shows the whole playlist. Ask Kaltura.'],
    source: '1.1',
    confidence: 'read in the server’s code',
    testCall: 'baseEntry.count',
  },
  {
    id: 'play-ticket',
    title: 'Play once (one-time key)',
    summary: 'A key that plays one entry and stops working after a few calls.',
    key: viewing('sview:<entry>', 'actionslimit:<calls>'),
    asks: ['entry', 'calls'],
    mayAsk: ['player', 'context', 'app'],
    placement: 'query',
    next: PLAYER_PAGE,
    mistakes: [
      'If the number is too low, the player shows an error.',
      'The player’s API calls count, a multirequest once. Delivery URLs such as playManifest and thumbnails don’t count.',
      'Without a user, don’t add widget:1: the limit doesn’t apply to such a key.',
    ],
    doubts: [
      'The number of calls that the player makes is unknown: Kaltura’s guides estimate 4 in one place and 10 in another.',
    ],
    source: '1.1',
    confidence: 'from documents',
  },
  {
    id: 'play-from-address',
    title: 'Playback locked to the viewer’s address (CDN IP tokens)',
    summary: 'The key plays one entry, and works only from the viewer’s IP address.',
    key: viewing('sview:<entry>', 'iprestrict:<ip>'),
    asks: ['entry', 'ip'],
    mayAsk: ['player', 'context', 'app'],
    placement: 'query',
    next: PLAYER_PAGE,
    mistakes: [
      'Kaltura must prepare the account for this first.',
      'Set the player to HLS only.',
      'Give the address of the viewer, not of your server.',
    ],
    doubts: ['The privileges besides iprestrict are those of play-entry. Kaltura’s guide names iprestrict only.'],
    source: '1.1',
    confidence: 'from documents',
  },
  {
    id: 'access-rule',
    title: 'Play entries that require a key (access rule)',
    summary: 'A key that meets an access rule with the condition KalturaAuthenticatedCondition.',
    key: { ...viewing('sview:<entry>'), privileges: ['sview:<entry>'] },
    asks: ['entry'],
    placement: 'body',
    next: {
      kind: 'api',
      call: 'baseEntry.getPlaybackContext',
      fields: { entryId: '{{entry}}', 'contextDataParams[objectType]': 'KalturaPlaybackContextOptions' },
    },
    mistakes: [
      'A USER key without sview does not meet the rule, not even the owner’s key, or one with edit or the playback role.',
      'Test with baseEntry.getPlaybackContext: baseEntry.get doesn’t show the effect of the rule.',
      'To block keys without sview, the rule needs not=true with the block action.',
    ],
    doubts: ['The profile can name other privileges instead of sview.'],
    source: '1.1',
    confidence: 'observed on the server',
    testCall: 'baseEntry.get',
  },
  {
    id: 'free-preview',
    title: 'Free preview',
    summary: 'Everyone sees the first seconds; viewers with this key see the whole video.',
    key: viewing('sview:<entry>'),
    asks: ['entry'],
    mayAsk: ['player', 'context', 'app'],
    placement: 'query',
    next: PLAYER_PAGE,
    mistakes: [
      'The preview is not in the key. Its length is the limit of the rule’s action KalturaAccessControlPreviewAction, in seconds.',
      'The privilege preview:<bytes> is internal to the server. Don’t use it.',
    ],
    source: '1.1',
    confidence: 'from documents',
    testCall: 'baseEntry.get',
  },
  {
    id: 'preview-link',
    title: 'Preview link, as in KMC',
    summary: 'A preview link like the one in KMC. It may not accept a key.',
    key: null,
    asks: ['entry'],
    mayAsk: ['player'],
    placement: 'none',
    next: {
      kind: 'steps',
      lines: [
        '{{service}}/index.php/extwidget/preview/partner_id/{{partner}}/uiconf_id/{{player|PLAYER_NUMBER}}/entry_id/{{entry}}/embed/dynamic',
      ],
    },
    doubts: [
      'Kaltura doesn’t say whether the link accepts a key. For a protected entry, use play-entry.',
      'Kaltura’s guide has only the link of the US region.',
    ],
    source: '1.1',
    confidence: 'unconfirmed',
  },
  {
    id: 'play-url',
    title: 'Playback URL',
    summary: 'A URL that plays one entry as HLS, for apps and other players.',
    key: { ...FILE_KEY, privileges: ['sview:<entry>'] },
    asks: ['entry'],
    placement: 'path',
    next: {
      kind: 'link',
      url: '{{player-host}}/p/{{partner}}/sp/{{partner}}00/playManifest/entryId/{{entry}}/format/applehttp/protocol/https/ks/{{ks}}',
    },
    brokenBy: ['urirestrict:/api_v3/*'],
    mistakes: [...FILE_MISTAKES, 'With format/url instead of format/applehttp, you get one file.'],
    source: '1.1',
    confidence: 'from documents',
    testCall: 'baseEntry.get',
  },
  {
    id: 'download-url',
    title: 'Download URL',
    summary: 'A URL that downloads the file of one entry.',
    key: { ...FILE_KEY, privileges: ['download:<entry>'] },
    asks: ['entry'],
    placement: 'path',
    next: {
      kind: 'link',
      url: '{{player-host}}/p/{{partner}}/raw/entry_id/{{entry}}/ks/{{ks}}/direct_serve/1/forceproxy/true/{{entry}}',
    },
    brokenBy: ['urirestrict:/api_v3/*'],
    mistakes: [...FILE_MISTAKES, 'flavorAsset.getUrl returns a complete link.'],
    source: '1.1',
    confidence: 'from documents',
    testCall: 'baseEntry.get',
  },
  {
    id: 'thumbnail-url',
    title: 'Thumbnail URL',
    summary: 'A URL of the thumbnail of one protected entry.',
    key: { ...FILE_KEY, privileges: ['sview:<entry>'] },
    asks: ['entry'],
    placement: 'path',
    next: {
      kind: 'link',
      url: '{{player-host}}/p/{{partner}}/thumbnail/entry_id/{{entry}}/width/640/height/360/ks/{{ks}}',
    },
    brokenBy: ['urirestrict:/api_v3/*'],
    mistakes: [...FILE_MISTAKES, 'Thumbnails are cached for each key.'],
    source: '1.1',
    confidence: 'from documents',
    testCall: 'baseEntry.get',
  },
  {
    id: 'live-preview',
    title: 'Live, before it starts (explicit live)',
    summary: 'Someone who may edit the live entry sees it before it goes live.',
    key: {
      type: 'USER',
      user: required('the owner of the live entry, or someone entitled to edit it'),
      lifetime: LASTS.hour,
      privileges: [],
      holder: 'browser',
    },
    asks: ['entry'],
    mayAsk: ['player'],
    placement: 'query',
    next: PLAYER_PAGE,
    brokenBy: ['restrictexplicitliveview:*'],
    mistakes: [
      'restrictexplicitliveview:* blocks the preview, even for the owner.',
      'An ADMIN key also sees it. Don’t put one into a page.',
    ],
    doubts: [
      'One of Kaltura’s samples says that restrictexplicitliveview allows the preview. The server’s code forbids it.',
    ],
    source: '1.1',
    confidence: 'read in the server’s code',
    testCall: 'baseEntry.get',
  },
]);
