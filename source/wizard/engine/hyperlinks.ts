import { isHostedRegion, type RegionId, type ServerChoice, serviceUrlAt } from '../../kaltura/accounts/regions.js';
import { subjectOf } from '../key/subject.js';
import type { ScreenId, State } from './state.js';

/** A text in a sentence of a screen, and the page that it stands for. */
export interface Hyperlink {
  readonly text: string;
  readonly url: string;
}

/** The KMC addresses that are known (docs/kaltura-products.md 7). The other regions have no confirmed one. */
const KMC_URLS: Readonly<Partial<Record<RegionId, string>>> = {
  us: 'https://kmc.kaltura.com/index.php/kmcng',
  ca: 'https://kmc.cap2.ovp.kaltura.com/index.php/kmcng',
};

const INTEGRATION_SETTINGS = 'Settings → Integration settings';

const DEVELOPER_CONSOLE: Hyperlink = { text: 'Developer Console', url: 'https://developer.kaltura.com' };

/** Returns the start of the URL, without a login, a query or a fragment: a link must never contain a key or a secret. */
function baseOf(serviceUrl: string): string | null {
  if (!URL.canParse(serviceUrl)) return null;
  const { origin, pathname } = new URL(serviceUrl);
  return `${origin}${pathname.replace(/\/$/, '')}`;
}

function kmcUrl(region: RegionId, base: string | null): string | null {
  if (isHostedRegion(region)) return KMC_URLS[region] ?? null;
  return region === 'own' && base !== null ? `${base}/index.php/kmcng` : null;
}

/** Returns the pages of a server that screens name (docs/kaltura-facts.md 6). The practice server has none. */
function pagesOf(server: ServerChoice): readonly Hyperlink[] {
  const { region } = server;
  if (region === 'practice') return [];
  const base = baseOf(serviceUrlAt(server, null));
  const kmc = kmcUrl(region, base);
  return [
    ...(kmc === null
      ? []
      : [
          { text: INTEGRATION_SETTINGS, url: `${kmc}/settings/integrationSettings` },
          { text: 'KMC', url: kmc },
        ]),
    ...(base === null ? [] : [{ text: 'TestMe', url: `${base}/api_v3/testme/` }]),
    ...(region === 'us' ? [DEVELOPER_CONSOLE] : []),
  ];
}

/** The steps after the one that asks for the server. */
const FORM_SCREENS: readonly ScreenId[] = [
  'sign-in',
  'credentials',
  'user',
  'privileges',
  'review',
  'failure',
  'code',
  'needs-admin',
];

const KEY_SCREENS: readonly ScreenId[] = ['result', 'next', 'use', 'check', 'look-up', 'found', 'explain', 'tokens'];

/** Returns the texts of the current screen that stand for a page of the account's server. */
export function hyperlinksOf(state: State): readonly Hyperlink[] {
  if (FORM_SCREENS.includes(state.screen)) return pagesOf(state.form);
  const server = KEY_SCREENS.includes(state.screen) ? subjectOf(state)?.server : null;
  return server == null ? [] : pagesOf(server);
}
