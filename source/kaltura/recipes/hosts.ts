import { isDocumentedIn, SERVICES, type Service, serviceHost } from '../accounts/hosts.js';
import { HOSTED_REGIONS, type HostedRegionId, type RegionId } from '../accounts/regions.js';

/** A host, and what is not certain about it: sentences. */
export interface Host {
  readonly url: string;
  readonly notes: readonly string[];
}

export interface Place {
  /** Not `practice`: the practice server has none of these hosts, so examples show those of another region. */
  readonly region: Exclude<RegionId, 'practice'>;
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
}

const guess = (url: string): string =>
  `The host ${new URL(url).host} is a guess from Kaltura’s naming rule. Test it first.`;

const thirdParty = (url: string): string => `Only a third party documents the host ${new URL(url).host}.`;

/** Kaltura's avatar service has a host of its own in the US and in Europe (docs/kaltura-products.md 7). */
function avatarHost(region: HostedRegionId): Host {
  const url = `https://api.avatar.${region === 'us' ? 'us' : 'eu'}.kaltura.ai`;
  return { url, notes: region === 'us' ? [] : [thirdParty(url)] };
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
  return place.region === 'own' ? null : namedHost(place.region, service);
}

const US_PLAYER = 'https://cdnapisec.kaltura.com';

/** What is known about the player’s host outside of the US region (docs/kaltura-products.md 7). */
const PLAYER_NOTES: Readonly<Record<Exclude<Place['region'], 'us'>, string>> = {
  eu: 'Kaltura doesn’t document whether the API host of your region serves players and media. Test it first.',
  sg: 'Kaltura doesn’t document whether the API host of your region serves players and media. Test it first.',
  de: 'The player host of your region is unknown. The API host is used: ask Kaltura for the correct one.',
  ca: 'The player host of your region is unknown. The API host is used: ask Kaltura for the correct one.',
  ap: 'The player host of your region is unknown. The API host is used: ask Kaltura for the correct one.',
  own: 'The player host of a self-hosted server is unknown. The API host is used.',
};

/** Returns the URL from which players and media are loaded. */
export function playerHost({ region, serviceUrl }: Place): Host {
  if (region === 'us') return { url: US_PLAYER, notes: [] };
  return { url: serviceUrl, notes: [PLAYER_NOTES[region]] };
}

/** Returns the URL of KMC. */
export function kmcHost(place: Place): Host {
  const { region, serviceUrl } = place;
  if (region === 'own') return { url: serviceUrl, notes: [] };
  if (region === 'us') return { url: 'https://kmc.kaltura.com', notes: [] };
  const url = `https://kmc.${HOSTED_REGIONS[region].code}.ovp.kaltura.com`;
  return { url, notes: [region === 'ca' ? thirdParty(url) : guess(url)] };
}

/** Returns the usual host of an account’s KAF instance. Only the US region has one (docs/kaltura-products.md 1.6, 7). */
export function kafHost({ region }: Place, partner: string): Host {
  if (region === 'us') {
    return {
      url: `${partner}.kaf.kaltura.com`,
      notes: ['The usual host of a KAF instance is used. If yours has another name, use that one (--kaf).'],
    };
  }
  const usualForm = region === 'ca' ? ' A third party shows the form <name>.kaf.ca.kaltura.com.' : '';
  return {
    url: 'KAF_HOST',
    notes: [`The host of your KAF instance is unknown. Ask Kaltura for it, and give it (--kaf).${usualForm}`],
  };
}

/** Returns the name of a region for the Kaltura Events MCP server; null if it documents none. */
export function mcpRegion(place: Place): string | null {
  const names: Partial<Record<RegionId, string>> = { us: 'NVP', eu: 'EU', de: 'DE' };
  return names[place.region] ?? null;
}
