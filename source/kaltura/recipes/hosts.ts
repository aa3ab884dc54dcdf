import { isDocumentedIn, SERVICES, type Service, serviceHost } from '../accounts/hosts.js';
import { HOSTED_REGIONS, type HostedRegionId, isHostedRegion, type RegionId } from '../accounts/regions.js';

/** A host, and what is not certain about it: sentences. */
export interface Host {
  readonly url: string;
  readonly notes: readonly string[];
}

export interface Place {
  readonly region: RegionId;
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
}

/** The region whose hosts stand in the texts. In practice, those of the US region are shown. */
const shownRegion = ({ region }: Place): HostedRegionId => (isHostedRegion(region) ? region : 'us');

const PRACTICE_NOTE = 'The practice server has no such service: the text shows the host of the US region.';

const guess = (url: string): string =>
  `${new URL(url).host} follows Kaltura’s naming rule. Kaltura doesn’t document this host for your region.`;

/** Kaltura's avatar service has a host of its own in the US and in Europe (docs/kaltura-products.md 7). */
function avatarHost(region: HostedRegionId): Host {
  const url = `https://api.avatar.${region === 'us' ? 'us' : 'eu'}.kaltura.ai`;
  return { url, notes: region === 'us' ? [] : [`${new URL(url).host} is known from a third party only.`] };
}

const isService = (name: string): name is Service => SERVICES.some((service) => service === name);

function namedHost(region: HostedRegionId, service: string): Host {
  if (!isService(service)) return avatarHost(region);
  const url = `https://${serviceHost(region, service)}`;
  return { url, notes: isDocumentedIn(region, service) ? [] : [guess(url)] };
}

/**
 * Returns the URL of a service beside the API server; null for a self-hosted server, which has none.
 *
 * @param service a `Service`, or `avatar-api`
 */
export function urlOfService(service: string, place: Place): Host | null {
  if (place.region === 'own') return null;
  const host = namedHost(shownRegion(place), service);
  return place.region === 'practice' ? { ...host, notes: [PRACTICE_NOTE] } : host;
}

/** Returns the URL from which players and media are loaded. */
export function playerHost({ region, serviceUrl }: Place): Host {
  if (region === 'us') return { url: 'https://cdnapisec.kaltura.com', notes: [] };
  if (region === 'practice') {
    return {
      url: 'https://cdnapisec.kaltura.com',
      notes: ['The practice server has no player: the text shows the host of the US region.'],
    };
  }
  if (region === 'own') return { url: serviceUrl, notes: [] };
  return {
    url: serviceUrl,
    notes: [
      'Kaltura doesn’t document the player’s host for your region. The API host is used, which is known to serve players in some regions.',
    ],
  };
}

/** Returns the URL of KMC. */
export function kmcHost(place: Place): Host {
  const { region, serviceUrl } = place;
  if (region === 'own') return { url: serviceUrl, notes: [] };
  if (region === 'practice') return { url: 'https://kmc.kaltura.com', notes: [PRACTICE_NOTE] };
  if (region === 'us') return { url: 'https://kmc.kaltura.com', notes: [] };
  const url = `https://kmc.${HOSTED_REGIONS[region].code}.ovp.kaltura.com`;
  return { url, notes: [region === 'ca' ? `${new URL(url).host} is known from a third party only.` : guess(url)] };
}

/** Returns the usual host of an account’s KAF instance. */
export function kafHost(place: Place, partner: string): Host {
  const host =
    place.region === 'us' || place.region === 'practice' ? 'kaf.kaltura.com' : `kaf.${place.region}.kaltura.com`;
  const note =
    place.region === 'us'
      ? 'The usual host of a KAF instance is used. If yours has another name, give --kaf.'
      : 'The host of the KAF instance is a guess. Give yours: --kaf.';
  return { url: `${partner}.${host}`, notes: [note] };
}

/** Returns the name of a region for the Kaltura Events MCP server; null if it documents none. */
export function mcpRegion(place: Place): string | null {
  const names: Partial<Record<RegionId, string>> = { us: 'NVP', practice: 'NVP', eu: 'EU', de: 'DE' };
  return names[place.region] ?? null;
}
