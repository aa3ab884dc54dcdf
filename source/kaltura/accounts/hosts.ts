import { HOSTED_REGION_IDS, HOSTED_REGIONS, type HostedRegionId, isSingleWord, readServiceUrl } from './regions.js';

/** Kaltura's services beside the API, by the first part of their host name (docs/kaltura-products.md 1 and 7). */
export const SERVICES = [
  'agents-manager',
  'app-registry',
  'auth',
  'consent',
  'events-api',
  'genie',
  'messaging',
  'reports',
  'scm',
  'unisphere',
  'user',
  'video-avatar',
] as const;

export type Service = (typeof SERVICES)[number];

/** Returns the host of a service in a region: `genie.irp2.ovp.kaltura.com`. A self-hosted server has none. */
export const serviceHost = (region: HostedRegionId, service: Service): string =>
  `${service}.${HOSTED_REGIONS[region].code}.ovp.kaltura.com`;

/** The regions in which Kaltura's guides name a service (docs/kaltura-products.md 7). Other hosts follow the naming rule only. */
export function isDocumentedIn(region: HostedRegionId, service: Service): boolean {
  if (region === 'us') return true;
  const inAll: readonly Service[] = ['scm', 'unisphere', 'video-avatar'];
  const inEurope: readonly Service[] = ['agents-manager', 'auth', 'consent', 'events-api'];
  return inAll.includes(service) || ((region === 'eu' || region === 'de') && inEurope.includes(service));
}

/** Hosts of the US region, whose names don't contain it (docs/kaltura-products.md 7). */
const US_HOSTS: ReadonlySet<string> = new Set([
  'cdnapi.kaltura.com',
  'cdnapisec.kaltura.com',
  'cfvod.kaltura.com',
  'kmc.kaltura.com',
  'analytics.kaltura.com',
]);

/** `{service}.{code}.ovp.kaltura.com`, `{service}.{region}.kaltura.com` outside of the US, and avatars (docs/kaltura-products.md 7). */
const hasRegionName = (host: string, region: HostedRegionId): boolean => {
  const { code, host: apiHost } = HOSTED_REGIONS[region];
  const isNamed = region !== 'us' && host.endsWith(`.${region}.kaltura.com`);
  return (
    host === apiHost ||
    isNamed ||
    host.endsWith(`.avatar.${region}.kaltura.ai`) ||
    host.endsWith(`.${code}.ovp.kaltura.com`)
  );
};

/** Returns the region of a host of Kaltura's service: its API, KMC, players or another service; null if the host doesn't show it. */
function regionOfHost(hostname: string): HostedRegionId | null {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (US_HOSTS.has(host)) return 'us';
  return HOSTED_REGION_IDS.find((region) => hasRegionName(host, region)) ?? null;
}

/**
 * - `region`: a host of that region
 * - `unknown`: a host of Kaltura's that doesn't show its region
 * - `lookalike`: a host whose name can be taken for another one: it has letters outside of ASCII, or
 *   contains `kaltura.com` or `kaltura.ai`
 * - `single-word`: a host without a point in its name, which only the network of a company can find
 * - `other`: a server of someone else, such as a self-hosted one
 * - `none`: not an address
 */
type AddressReading =
  | { readonly kind: 'region'; readonly region: HostedRegionId }
  | { readonly kind: 'unknown'; readonly host: string }
  | { readonly kind: 'lookalike'; readonly why: 'letters' | 'kaltura'; readonly host: string }
  | { readonly kind: 'single-word'; readonly host: string }
  | { readonly kind: 'other' }
  | { readonly kind: 'none' };

/** Finds the region of an address as it is typed or pasted, such as that of a KMC page. A host with a port is no host of a region. */
export function readAddress(text: string): AddressReading {
  const reading = readServiceUrl(text);
  if (!reading.ok) return { kind: 'none' };
  const { hostname, port } = new URL(reading.address.url);
  const region = port === '' ? regionOfHost(hostname) : null;
  if (region !== null) return { kind: 'region', region };
  if (/(^|\.)kaltura\.(com|ai)\.?$/.test(hostname)) return { kind: 'unknown', host: hostname };
  if (isSingleWord(hostname)) return { kind: 'single-word', host: hostname };
  // The form in which names with other letters are looked up: xn--altura-2pf.com.
  if (/(^|\.)xn--/.test(hostname)) return { kind: 'lookalike', why: 'letters', host: hostname };
  return /(^|[.-])kaltura\.(com|ai)[.-]/.test(hostname)
    ? { kind: 'lookalike', why: 'kaltura', host: hostname }
    : { kind: 'other' };
}
