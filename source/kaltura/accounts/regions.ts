/** The hosted regions (docs/kaltura-facts.md 6), the practice server on this computer, and a self-hosted server. An account lives in one region only. */
export const REGION_IDS = ['practice', 'us', 'eu', 'de', 'sg', 'ap', 'ca', 'own'] as const;

export type RegionId = (typeof REGION_IDS)[number];

export type HostedRegionId = Exclude<RegionId, 'practice' | 'own'>;

export interface HostedRegion {
  readonly label: string;
  readonly host: string;
  readonly place: string;
}

export const HOSTED_REGIONS: Readonly<Record<HostedRegionId, HostedRegion>> = {
  us: { label: 'US', host: 'www.kaltura.com', place: 'the default for most accounts' },
  eu: { label: 'EU', host: 'api.eu.kaltura.com', place: 'Ireland' },
  de: { label: 'DE', host: 'api.de.kaltura.com', place: 'Frankfurt' },
  sg: { label: 'SG', host: 'api.sg.kaltura.com', place: 'Singapore' },
  ap: { label: 'AP', host: 'api.ap.kaltura.com', place: 'Australia' },
  ca: { label: 'CA', host: 'api.ca.kaltura.com', place: 'Canada' },
};

export const isHostedRegion = (id: RegionId): id is HostedRegionId => id in HOSTED_REGIONS;

/** The name of a region in a line of text. */
export function regionLabel(id: RegionId): string {
  if (isHostedRegion(id)) return HOSTED_REGIONS[id].label;
  return id === 'practice' ? 'practice' : 'own server';
}

/** The address of a Kaltura server: scheme, host, port and, rarely, a path before `/api_v3`, which is left off (docs/kaltura-facts.md 6). */
export interface ServiceUrl {
  readonly url: string;
  /** https, or a server on this computer: what is sent cannot be read on the way. */
  readonly isSafe: boolean;
}

export type ServiceUrlReading =
  | { readonly ok: true; readonly address: ServiceUrl }
  | { readonly ok: false; readonly problem: string };

const refuse = (problem: string): ServiceUrlReading => ({ ok: false, problem });

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);

/**
 * Reads the address of a self-hosted server in any of the forms that people paste: with or without scheme, `/api_v3` and what
 * follows it, the KMC's path, a trailing slash, a port.
 */
export function readServiceUrl(text: string): ServiceUrlReading {
  const typed = text.trim();
  if (typed === '') return refuse('Type the address of your Kaltura server, such as https://video.example.com.');
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  let url: URL;
  try {
    url = new URL(hasScheme ? typed : `https://${typed}`);
    // A server on this computer speaks plain http as a rule.
    if (!hasScheme && isLoopback(url.hostname)) url = new URL(`http://${typed}`);
  } catch {
    return refuse('This is not an address. It should look like https://video.example.com.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse(`Use https://, not ${url.protocol}//.`);
  if (url.username !== '' || url.password !== '') return refuse('Leave out the name and password before the @.');
  if (/\s/.test(typed)) return refuse('An address has no blanks inside.');
  const path = url.pathname.replace(/\/(api_v3|index\.php)(\/.*)?$/, '').replace(/\/+$/, '');
  const isSafe = url.protocol === 'https:' || isLoopback(url.hostname);
  return { ok: true, address: { url: `${url.protocol}//${url.host}${path}`, isSafe } };
}

/** Where the practice server listens unless that port is taken. */
const PRACTICE_URL = 'http://127.0.0.1:47102';

/** A region, and the address that was typed for a self-hosted server. */
export interface ServerChoice {
  readonly region: RegionId;
  readonly address: string;
}

/** The service URL of a server, without `/api_v3`; '' for a self-hosted server whose address cannot be read. */
export function serviceUrlAt({ region, address }: ServerChoice, practiceUrl: string | null): string {
  if (isHostedRegion(region)) return `https://${HOSTED_REGIONS[region].host}`;
  if (region === 'practice') return practiceUrl ?? PRACTICE_URL;
  const reading = readServiceUrl(address);
  return reading.ok ? reading.address.url : '';
}
