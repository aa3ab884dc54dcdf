import { HOUR, MINUTE } from '../lifetime.js';
import { type RecipeKey, recipesOf, required } from './recipe.js';
import { guide, sample } from './sources.js';

const reader = (...privileges: string[]): RecipeKey => ({
  type: 'ADMIN',
  user: required('a KMC user with an analytics role'),
  lifetime: 15 * MINUTE,
  privileges,
  holder: 'server',
});

/** Analytics (docs/kaltura-products.md 1.4). */
export const ANALYTICS = recipesOf('analytics', [
  {
    id: 'analytics-dashboard',
    title: 'Embeddable analytics (dashboards)',
    summary: 'Shows KMC’s analytics in your own page.',
    key: { ...reader('setrole:KMC_ANALYTICS_ROLE', 'appid:<app>'), lifetime: HOUR, holder: 'browser' },
    mayAsk: ['app'],
    next: {
      kind: 'page',
      lines: [
        '<iframe src="{{kmc}}/apps/kmc-analytics/latest/index.html" width="100%" height="800"></iframe>',
        '<script>',
        '  // The answer to the message analyticsInit is init with:',
        '  const config = {',
        "    ks: '{{ks}}',",
        '    pid: {{partner}},',
        "    kalturaServer: { uri: '{{service}}' },",
        '    cdnServers: {},',
        '    viewsConfig: {},',
        '  };',
        '</script>',
      ],
    },
    mistakes: [
      'This is an ADMIN key in a page. Show the page only to people who may see all figures, and keep setrole:KMC_ANALYTICS_ROLE.',
      'The key needs ANALYTICS_BASE, which needs the account’s FEATURE_ANALYTICS_TAB.',
      'Renew the key with the message updateConfig {ks}.',
      'For users of the Events Platform, EP_USER_ANALYTICS is a narrower role: setrole:EP_USER_ANALYTICS.',
    ],
    doubts: [
      'Kaltura’s guide names no privileges. These are from one of Kaltura’s samples.',
      'For the format of the messages, and the content of cdnServers and viewsConfig, see Kaltura’s guide.',
      'The reports may use appid or appId.',
    ],
    source: `${guide('ANALYTICS_EMBED')} and ${sample('embeddable_analytics')}`,
    testCall: 'baseEntry.count',
  },
  {
    id: 'reports',
    title: 'Reports by API',
    summary: 'Loads figures with report.getTable and report.getTotal.',
    key: reader('setrole:KMC_ANALYTICS_ROLE'),
    next: { kind: 'api', call: 'report.getTotal' },
    mistakes: [
      'REPORT_VIEWER_ROLE allows category.list and little else, not even baseEntry.get.',
      'SERVICE_FORBIDDEN means that ANALYTICS_BASE is missing, which needs the account’s FEATURE_ANALYTICS_TAB.',
      'Reports over several accounts (20001 to 20023) need FEATURE_MULTI_ACCOUNT_ANALYTICS.',
    ],
    doubts: [
      'According to the server’s files, the role allows the reports. No real report was tried.',
      'The printed code has no parameters, because kaltura-ks doesn’t know those of report.getTotal. To see them, open the TestMe console (kaltura-ks use testme), and choose the service report and the action getTotal.',
    ],
    source: guide('ANALYTICS_REPORTS'),
    confidence: 'read in the server’s code',
    testCall: 'baseEntry.count',
  },
  {
    id: 'reports-service',
    title: 'Reports service',
    summary: 'Loads figures from Kaltura’s reports service.',
    key: reader('setrole:KMC_ANALYTICS_ROLE'),
    next: { kind: 'header', scheme: 'Bearer', method: 'POST', url: '{{host:reports}}/PATH' },
    mistakes: ['SERVICE_FORBIDDEN means that ANALYTICS_BASE is missing.'],
    doubts: [
      'The service may not accept a key with setrole:KMC_ANALYTICS_ROLE.',
      'The paths of this service are not listed here. See Kaltura’s guide.',
    ],
    source: guide('ANALYTICS_REPORTS'),
    testCall: 'baseEntry.count',
  },
  {
    id: 'play-events',
    title: 'Collecting play events of your own player',
    summary: 'Your own player reports what viewers watch.',
    key: {
      type: 'USER',
      user: required('the viewer'),
      lifetime: 4 * HOUR,
      privileges: ['appId:<app>', 'setrole:PLAYBACK_BASE_ROLE'],
      holder: 'browser',
    },
    asks: ['app'],
    next: { kind: 'api', call: 'stats.collect' },
    mistakes: [
      'Without a user ID, there are no figures per person.',
      'Kaltura’s guide also has https://analytics.kaltura.com/api_v3/index.php?service=analytics&action=trackEvent, with the event types 10002 (button) and 10003 (page).',
    ],
    doubts: [
      'Kaltura’s guides write appId here and appid elsewhere. The reports may use either.',
      'Kaltura’s guide has no role. setrole:PLAYBACK_BASE_ROLE narrows the key: stats.collect was tried with it, analytics.kaltura.com was not.',
    ],
    source: guide('ANALYTICS_EVENTS'),
    testCall: 'baseEntry.count',
  },
]);
