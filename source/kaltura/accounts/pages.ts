import { isHostedRegion, isOnThisComputer, type RegionId, regionWithHost } from './regions.js';

/** A page of a server, and the text that stands for it. */
export interface Page {
  readonly text: string;
  readonly url: string;
}

/** The KMC addresses that are known (docs/kaltura-products.md 7). The other regions have no confirmed one. */
const KMC_URLS: Readonly<Partial<Record<RegionId, string>>> = {
  us: 'https://kmc.kaltura.com/index.php/kmcng',
  ca: 'https://kmc.cap2.ovp.kaltura.com/index.php/kmcng',
};

const INTEGRATION_SETTINGS = 'Settings → Integration settings';

const DEVELOPER_CONSOLE: Page = { text: 'Developer Console', url: 'https://developer.kaltura.com' };

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

/** Returns the pages of a server that texts name (docs/kaltura-facts.md 6). The practice server has none. */
export function pagesOf(region: RegionId, serviceUrl: string): readonly Page[] {
  if (region === 'practice') return [];
  const base = baseOf(serviceUrl);
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

/** Like `pagesOf`, for a server of which only the URL is known. A server on this computer is a practice server. */
export function pagesAt(serviceUrl: string): readonly Page[] {
  if (!URL.canParse(serviceUrl) || isOnThisComputer(serviceUrl)) return [];
  return pagesOf(regionWithHost(new URL(serviceUrl).host) ?? 'own', serviceUrl);
}
