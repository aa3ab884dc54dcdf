import type { Confidence, Recipe } from './recipe.js';

const listed = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

const guide = (...names: string[]): string =>
  `Kaltura’s ${names.length === 1 ? 'guide' : 'guides'} ${listed(names)} (repository kaltura/kaltura-agents-api-guides)`;

const sample = (...names: string[]): string =>
  `Kaltura’s ${names.length === 1 ? 'sample' : 'samples'} ${listed(names)}`;

const ARTICLE = 'Kaltura’s article “Understanding KAF”';
const GUIDES = 'Kaltura’s guides (repository kaltura/kaltura-agents-api-guides)';
const SERVER_CODE = 'the code of Kaltura’s server (repository kaltura/server)';
const ROOMS = sample('kaltura-vpaas/virtual-meeting-rooms');
const EDITOR = sample('kaltura-vpaas/kaltura-editor-app-embed');
const AGENTS_SDK = 'Kaltura’s documents in the repository kaltura/intelligent-agents-sdk';

/** The source of the facts about each recipe (the marks in docs/kaltura-products.md 1). */
const SOURCES: Readonly<Record<string, string>> = {
  'play-entry': guide('PLAYER_EMBED'),
  'play-entries': guide('SESSION'),
  'play-playlist': guide('SESSION'),
  'play-ticket': guide('APPTOKENS'),
  'play-from-address': guide('PLAYER_EMBED'),
  'access-rule': guide('ACCESS_CONTROL'),
  'free-preview': guide('ACCESS_CONTROL'),
  'preview-link': guide('SHORT_LINK'),
  'play-url': guide('CONTENT_DELIVERY'),
  'download-url': guide('CONTENT_DELIVERY'),
  'thumbnail-url': guide('THUMBNAIL'),
  'live-preview': SERVER_CODE,
  upload: guide('UPLOAD_AND_INGESTION'),
  'upload-only': SERVER_CODE,
  'express-recorder': guide('EXPRESS_RECORDER'),
  'captions-editor': guide('CAPTIONS_EDITOR'),
  'video-editor': EDITOR,
  'video-editor-preview': EDITOR,
  'interactive-content': guide('QUIZ', 'CHAPTERS_AND_SLIDES', 'CUE_POINTS'),
  'quiz-answer': guide('QUIZ'),
  'webcast-studio': sample('webcasting-integration', 'webcasting-app-python'),
  'genie-widget': guide('GENIE_WIDGET'),
  'genie-api': guide('AI_GENIE'),
  'agents-management': AGENTS_SDK,
  'agent-conversation': AGENTS_SDK,
  'agents-manager': guide('AGENTS_MANAGER'),
  'agents-widget': guide('AGENTS_WIDGET'),
  'content-lab': guide('CONTENT_LAB'),
  'media-manager': guide('MEDIA_MANAGER'),
  'vod-avatar': guide('VOD_AVATAR'),
  'conversational-avatar': guide('CONVERSATIONAL_AVATAR'),
  'unisphere-widget': guide('UNISPHERE'),
  reach: guide('REACH'),
  'analytics-dashboard': `${guide('ANALYTICS_EMBED')} and ${sample('embeddable_analytics')}`,
  reports: guide('ANALYTICS_REPORTS'),
  'reports-service': guide('ANALYTICS_REPORTS'),
  'play-events': guide('ANALYTICS_EVENTS'),
  'events-platform': guide('EVENTS_PLATFORM'),
  'meeting-attendee': ROOMS,
  'meeting-moderator': ROOMS,
  'room-analytics': ROOMS,
  messaging: guide('MESSAGING'),
  'user-profile': guide('USER_PROFILE'),
  gamification: guide('GAMIFICATION'),
  chat: sample('integrated-events-demo'),
  'kaf-my-media': ARTICLE,
  'kaf-gallery': ARTICLE,
  'kaf-picker': ARTICLE,
  'kaf-entry': ARTICLE,
  'kaf-room': guide('LTI'),
  'kaf-genie': guide('LTI'),
  'kaf-content-lab': guide('LTI'),
  'kaf-avatar': guide('LTI'),
  'mediaspace-api': GUIDES,
  'auth-broker': guide('AUTH_BROKER'),
  'kmc-login': 'the routes in the code of KMC (kmc-ng)',
  search: guide('ESEARCH'),
  moderation: guide('MODERATION'),
  users: guide('USER_MANAGEMENT'),
  categories: guide('CATEGORIES_AND_ENTITLEMENTS'),
  'access-control': GUIDES,
  metadata: GUIDES,
  syndication: GUIDES,
  'short-links': GUIDES,
  'multi-stream': GUIDES,
  webhooks: GUIDES,
  distribution: GUIDES,
  'live-streams': SERVER_CODE,
  'app-registry': guide('APP_REGISTRY'),
  script: 'the scripts of universities (repository Kaltura-EDU/api-scripts)',
  'report-download': SERVER_CODE,
  'mcp-events': 'Kaltura’s repository kaltura/mcp-events',
  'mcp-server': 'no document of Kaltura: each MCP server has its own',
};

const CHECKED: Readonly<Record<Confidence, string>> = {
  'observed on the server': 'Tried on Kaltura’s server software.',
  'read in the server’s code': 'Checked against the code of Kaltura’s server.',
  'from documents': 'Not tried on Kaltura’s hosted service.',
  unconfirmed: 'Not confirmed.',
};

/** Says where the facts about a recipe come from, and whether they were checked. */
export const recipeSource = ({ id, confidence }: Recipe): string => `${SOURCES[id] ?? GUIDES}. ${CHECKED[confidence]}`;
