import { HOUR, MINUTE } from '../lifetime.js';
import { SVIEW_HIDES_NOTHING } from '../privileges/catalogue.js';
import { type NextTemplate, optional, type RecipeKey, recipesOf, required } from './recipe.js';
import { guide, SERVER_CODE } from './sources.js';

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
  lifetime: HOUR,
  privileges: [
    ...privileges,
    'setrole:PLAYBACK_BASE_ROLE',
    'enableentitlement,privacycontext:<context>',
    'appid:<app>',
  ],
  holder: 'browser',
});

/** The fields that all recipes for a player page share. */
const playOn = (next: NextTemplate, ...privileges: string[]) =>
  ({ key: viewing(...privileges), mayAsk: ['player', 'context', 'app'], next }) as const;

const VISIBLE = 'The key is visible in the page. Create it on your server.';

const IN_SCRIPT =
  'If a script creates the player, the key goes into its config (provider: { partnerId, uiConfId, ks }). Then player.loadMedia({ entryId }) loads the entry.';

const LIFETIME = 'The key is valid for 1 hour. Kaltura’s guide also allows up to 4 hours.';

/** The fields that all recipes for the URL of a file share. */
const fileUrl = (path: string, privilege: string) =>
  ({
    key: { type: 'USER', user: VIEWER, lifetime: 15 * MINUTE, holder: 'browser', privileges: [privilege] },
    asks: ['entry'],
    next: { kind: 'link', url: `{{player-host}}/p/{{partner}}/${path}` },
    brokenBy: ['urirestrict:/api_v3/*'],
    testCall: 'baseEntry.get',
  }) as const;

const FILE_MISTAKES = [
  'The key is in the URL: it ends up in logs and in Referer headers. Use the shortest lifetime that works.',
  'Don’t use a version 1 key: its / and + don’t work in the path.',
  'If the key has expired, the page shows “This URL is expired”.',
  'urirestrict:/api_v3/* on the key makes these URLs fail, because they don’t begin with /api_v3.',
];

/** Playing (docs/kaltura-products.md 1.1). */
export const PLAY = recipesOf('play', [
  {
    ...playOn(PLAYER_PAGE, 'sview:<entry>'),
    id: 'play-entry',
    title: 'Play one protected entry on a page',
    summary: 'A player on your page plays one entry, even if an access rule requires a key.',
    asks: ['entry'],
    mistakes: [
      SVIEW_HIDES_NOTHING,
      VISIBLE,
      IN_SCRIPT,
      'A public entry needs no key: the player creates a public (widget) session itself.',
      'If entitlement is enforced, give the privacy context too. Otherwise the entry is not found.',
      LIFETIME,
    ],
    source: guide('PLAYER_EMBED'),
    testCall: 'baseEntry.get',
  },
  {
    ...playOn(ANY_ENTRY_PAGE, 'sview:<entries>'),
    id: 'play-entries',
    title: 'Play many entries',
    summary: 'A player on your page plays the entries that you list.',
    asks: ['entries'],
    mistakes: [
      SVIEW_HIDES_NOTHING,
      VISIBLE,
      'sview:* plays every entry of the account. Then entitlement is the only limit.',
      LIFETIME,
    ],
    source: guide('SESSION'),
    testCall: 'baseEntry.count',
  },
  {
    ...playOn(ANY_ENTRY_PAGE, 'sviewplaylist:<playlist>'),
    id: 'play-playlist',
    title: 'Play a playlist',
    summary: 'A player on your page plays the entries of one manual playlist.',
    asks: ['playlist'],
    mistakes: [VISIBLE, 'The page plays one entry of the playlist.', LIFETIME],
    doubts: ['kaltura-ks doesn’t know how a page shows the whole playlist. Ask Kaltura.'],
    source: guide('SESSION'),
    confidence: 'read in the server’s code',
    testCall: 'baseEntry.count',
  },
  {
    ...playOn(PLAYER_PAGE, 'sview:<entry>', 'actionslimit:<calls>'),
    id: 'play-ticket',
    title: 'Play once (one-time key)',
    summary: 'A key that plays one entry and stops working after a few calls.',
    asks: ['entry', 'calls'],
    mistakes: [
      SVIEW_HIDES_NOTHING,
      'If the number is too low, the player shows an error.',
      'The player’s API calls count, a multirequest once. Delivery URLs such as playManifest and thumbnails don’t count.',
      'Without a user, don’t add widget:1: the limit doesn’t apply to such a key.',
    ],
    doubts: [
      'The number of calls that the player makes is unknown: Kaltura’s guides estimate 4 in one place and 10 in another.',
    ],
    source: guide('APPTOKENS'),
  },
  {
    ...playOn(PLAYER_PAGE, 'sview:<entry>', 'iprestrict:<ip>'),
    id: 'play-from-address',
    title: 'Playback locked to the viewer’s address (CDN IP tokens)',
    summary: 'The key plays one entry, and works only from the viewer’s IP address.',
    asks: ['entry', 'ip'],
    mistakes: [
      SVIEW_HIDES_NOTHING,
      'Kaltura must prepare the account for this first.',
      'Set the player to HLS only.',
      'Give the address of the viewer, not of your server.',
    ],
    doubts: ['The privileges besides iprestrict are those of play-entry. Kaltura’s guide names iprestrict only.'],
    source: guide('PLAYER_EMBED'),
  },
  {
    id: 'access-rule',
    title: 'Play entries that require a key (access rule)',
    summary: 'A key that meets an access rule with the condition KalturaAuthenticatedCondition.',
    key: { ...viewing('sview:<entry>'), privileges: ['sview:<entry>'] },
    asks: ['entry'],
    next: {
      kind: 'api',
      call: 'baseEntry.getPlaybackContext',
      fields: { entryId: '{{entry}}', 'contextDataParams[objectType]': 'KalturaPlaybackContextOptions' },
    },
    mistakes: [
      SVIEW_HIDES_NOTHING,
      'A USER key without sview does not meet the rule, not even the owner’s key, or one with edit or the playback role.',
      'Test with baseEntry.getPlaybackContext: baseEntry.get doesn’t show the effect of the rule.',
      'To block keys without sview, the rule needs not=true with the block action.',
    ],
    doubts: ['The profile can name other privileges instead of sview.'],
    source: guide('ACCESS_CONTROL'),
    confidence: 'observed on the server',
    testCall: 'baseEntry.get',
  },
  {
    ...playOn(PLAYER_PAGE, 'sview:<entry>'),
    id: 'free-preview',
    title: 'Free preview',
    summary: 'Everyone sees the first seconds; viewers with this key see the whole video.',
    asks: ['entry'],
    mistakes: [
      'The preview is not in the key. Its length is the limit of the rule’s action KalturaAccessControlPreviewAction, in seconds.',
      'The privilege preview:<bytes> is internal to the server. Don’t use it.',
    ],
    source: guide('ACCESS_CONTROL'),
    testCall: 'baseEntry.get',
  },
  {
    id: 'preview-link',
    title: 'Preview link, as in KMC',
    summary: 'A preview link like the one in KMC. It may not accept a key.',
    key: null,
    asks: ['entry'],
    mayAsk: ['player'],
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
    source: guide('SHORT_LINK'),
    confidence: 'unconfirmed',
  },
  {
    ...fileUrl(
      'sp/{{partner}}00/playManifest/entryId/{{entry}}/format/applehttp/protocol/https/ks/{{ks}}',
      'sview:<entry>',
    ),
    id: 'play-url',
    title: 'Playback URL',
    summary: 'A URL that plays one entry as HLS, for apps and other players.',
    mistakes: [SVIEW_HIDES_NOTHING, ...FILE_MISTAKES, 'With format/url instead of format/applehttp, you get one file.'],
    source: guide('CONTENT_DELIVERY'),
  },
  {
    ...fileUrl('raw/entry_id/{{entry}}/ks/{{ks}}/direct_serve/1/forceproxy/true/{{entry}}', 'download:<entry>'),
    id: 'download-url',
    title: 'Download URL',
    summary: 'A URL that downloads the file of one entry.',
    mistakes: [...FILE_MISTAKES, 'flavorAsset.getUrl returns a complete link.'],
    source: guide('CONTENT_DELIVERY'),
  },
  {
    ...fileUrl('thumbnail/entry_id/{{entry}}/width/640/height/360/ks/{{ks}}', 'sview:<entry>'),
    id: 'thumbnail-url',
    title: 'Thumbnail URL',
    summary: 'A URL of the thumbnail of one protected entry.',
    mistakes: [...FILE_MISTAKES, 'Thumbnails are cached for each key.'],
    source: guide('THUMBNAIL'),
  },
  {
    id: 'live-preview',
    title: 'Live, before it starts (explicit live)',
    summary: 'Someone who may edit the live entry sees it before it goes live.',
    key: {
      type: 'USER',
      user: required('the owner of the live entry, or someone entitled to edit it'),
      lifetime: HOUR,
      privileges: [],
      holder: 'browser',
    },
    asks: ['entry'],
    mayAsk: ['player'],
    next: PLAYER_PAGE,
    brokenBy: ['restrictexplicitliveview:*'],
    mistakes: [
      'restrictexplicitliveview:* blocks the preview, even for the owner.',
      'An ADMIN key also sees it. Don’t put one into a page.',
    ],
    doubts: [
      'One of Kaltura’s samples says that restrictexplicitliveview allows the preview. The server’s code forbids it.',
    ],
    source: SERVER_CODE,
    confidence: 'read in the server’s code',
    testCall: 'baseEntry.get',
  },
]);
