import { unreadableProblem } from '../invisible-characters.js';

/** The hosted regions (docs/kaltura-facts.md 6), the practice server on this computer, and a self-hosted server. An account exists in one region only. */
export const REGION_IDS = ['practice', 'us', 'eu', 'de', 'sg', 'ap', 'ca', 'own'] as const;

export type RegionId = (typeof REGION_IDS)[number];

export type HostedRegionId = Exclude<RegionId, 'practice' | 'own'>;

export interface HostedRegion {
  readonly label: string;
  readonly host: string;
  /** The region's part of host names: `genie.irp2.ovp.kaltura.com` (docs/kaltura-products.md 7). */
  readonly code: string;
  readonly place: string;
}

export const HOSTED_REGIONS: Readonly<Record<HostedRegionId, HostedRegion>> = {
  us: { label: 'US', host: 'www.kaltura.com', code: 'nvp1', place: 'the default for most accounts' },
  eu: { label: 'EU', host: 'api.eu.kaltura.com', code: 'irp2', place: 'Ireland' },
  de: { label: 'DE', host: 'api.de.kaltura.com', code: 'frp2', place: 'Frankfurt' },
  sg: { label: 'SG', host: 'api.sg.kaltura.com', code: 'sgp2', place: 'Singapore' },
  ap: { label: 'AP', host: 'api.ap.kaltura.com', code: 'syp2', place: 'Australia' },
  ca: { label: 'CA', host: 'api.ca.kaltura.com', code: 'cap2', place: 'Canada' },
};

export const HOSTED_REGION_IDS = Object.keys(HOSTED_REGIONS) as readonly HostedRegionId[];

export const serviceUrlOfRegion = (region: HostedRegionId): string => `https://${HOSTED_REGIONS[region].host}`;

const HOSTED_URLS: ReadonlySet<string> = new Set(HOSTED_REGION_IDS.map(serviceUrlOfRegion));

/** Checks whether the text is exactly the service URL of a hosted region, which takes less time than to parse it. */
export const isHostedUrl = (text: string): boolean => HOSTED_URLS.has(text);

/** Returns the hosted region with this API host; null if there is none. */
export const regionWithHost = (host: string): HostedRegionId | null =>
  HOSTED_REGION_IDS.find((id) => HOSTED_REGIONS[id].host === host) ?? null;

export const isHostedRegion = (id: RegionId): id is HostedRegionId => Object.hasOwn(HOSTED_REGIONS, id);

/** Returns the display name of a region. */
export function regionLabel(id: RegionId): string {
  if (isHostedRegion(id)) return HOSTED_REGIONS[id].label;
  return id === 'practice' ? 'practice' : 'self-hosted';
}

/** Returns the label of the hosted region at a service URL; for other servers, their host. */
export function placeOf(serviceUrl: string): string {
  const { host } = new URL(serviceUrl);
  const region = regionWithHost(host);
  return region === null ? host : HOSTED_REGIONS[region].label;
}

/** The URL of a Kaltura server: scheme, host, port and, rarely, a path, without `/api_v3` (docs/kaltura-facts.md 6). */
export interface ServiceUrl {
  readonly url: string;
  /**
   * Whether the connection uses https or stays on this computer, so that the request cannot be read on the network.
   */
  readonly isSafe: boolean;
}

export type ServiceUrlReading =
  | { readonly ok: true; readonly address: ServiceUrl }
  | { readonly ok: false; readonly problem: string };

const refuse = (problem: string): ServiceUrlReading => ({ ok: false, problem });

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);

/** Checks for a server on this computer, such as the practice server. */
export const isOnThisComputer = (serviceUrl: string): boolean =>
  URL.canParse(serviceUrl) && isLoopback(new URL(serviceUrl).hostname);

const ADDRESS_OF_NETWORK = /^(\[.*\]|\d+(\.\d+){3})$/;

/** The labels of a host name, between its points: letters, digits, hyphens, and underscores, which some networks use. */
const HOST_NAME = /^(?!-)[a-z0-9_-]+(\.(?!-)[a-z0-9_-]+)*\.?$/;

/** Says why no server can have this host; null if one can. `URL` accepts most characters, and reads a number as an IP address. */
function problemOfHost(hostname: string, typed: string): string | null {
  if (ADDRESS_OF_NETWORK.test(hostname))
    return /[.:]/.test(typed.replace(/^[a-z]+:\/\//i, ''))
      ? null
      : 'This is a number, not a URL. It should look like https://video.example.com.';
  if (HOST_NAME.test(hostname)) return null;
  const wrong = /[^a-z0-9._-]/.exec(hostname)?.[0];
  return wrong === undefined
    ? 'The host name has a point or a hyphen too many. It should look like video.example.com.'
    : `A host name can’t contain ${wrong === ',' ? 'a comma' : wrong}. It should look like video.example.com.`;
}

/** Checks whether the host is a single word, as in the network of a company, and not an IP address or this computer. */
export const isSingleWord = (hostname: string): boolean =>
  !hostname.replace(/\.$/, '').includes('.') && !hostname.startsWith('[') && !isLoopback(hostname);

/**
 * Parses the URL of a self-hosted server. Accepts the usual pasted forms: with or without a scheme, `/api_v3` and
 * everything after it, the KMC path, a trailing slash, or a port.
 */
export function readServiceUrl(text: string): ServiceUrlReading {
  const typed = text.trim();
  if (typed === '') return refuse('Type the URL of your Kaltura server, such as https://video.example.com.');
  const unreadable = unreadableProblem(typed, 'URL');
  if (unreadable !== null) return refuse(unreadable);
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  let url: URL;
  try {
    url = new URL(hasScheme ? typed : `https://${typed}`);
    // A server on this computer usually uses plain http.
    if (!hasScheme && isLoopback(url.hostname)) url = new URL(`http://${typed}`);
  } catch {
    return refuse('This is not a URL. It should look like https://video.example.com.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse(`Use https://, not ${url.protocol}//.`);
  if (url.username !== '' || url.password !== '') return refuse('Leave out the name and password before the @.');
  if (/\s/.test(typed)) return refuse('A URL can’t contain spaces.');
  const hostProblem = problemOfHost(url.hostname, typed);
  if (hostProblem !== null) return refuse(hostProblem);
  const path = url.pathname.replace(/\/(api_v3|index\.php)(\/.*)?$/, '').replace(/\/+$/, '');
  const isSafe = url.protocol === 'https:' || isLoopback(url.hostname);
  return { ok: true, address: { url: `${url.protocol}//${url.host}${path}`, isSafe } };
}

/** The usual URL of the practice server. It uses another port if this one is taken. */
const PRACTICE_URL = 'http://127.0.0.1:47102';

/** A region and, for a self-hosted server, the URL that was typed. */
export interface ServerChoice {
  readonly region: RegionId;
  readonly address: string;
}

/** Returns the service URL without `/api_v3`; '' for a self-hosted server with an invalid URL. */
export function serviceUrlAt({ region, address }: ServerChoice, practiceUrl: string | null): string {
  if (isHostedRegion(region)) return serviceUrlOfRegion(region);
  if (region === 'practice') return practiceUrl ?? PRACTICE_URL;
  const reading = readServiceUrl(address);
  return reading.ok ? reading.address.url : '';
}

/** A region and its service URL. */
export interface Server {
  readonly region: RegionId;
  readonly serviceUrl: string;
}

/** Checks for a self-hosted server with plain http: others can read what is sent to it. */
export const isUnsafeServer = ({ region, serviceUrl }: Server): boolean =>
  region === 'own' && serviceUrl.startsWith('http:') && !isLoopback(new URL(serviceUrl).hostname);

/** Returns the name of a server, in one line: the region, or the address of a self-hosted server. */
export const serverLabel = ({ region, serviceUrl }: Server): string =>
  region === 'own' ? serviceUrl.replace(/^https?:\/\//, '') : regionLabel(region);

/** Checks whether the server is self-hosted. The address of a hosted region can also be typed. */
export const isSelfHosted = ({ region, serviceUrl }: Server): boolean =>
  region === 'own' && serviceUrl !== '' && regionWithHost(new URL(serviceUrl).host) === null;
