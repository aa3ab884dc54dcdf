/** The hosted regions (facts 6), the practice server on this computer, and a self-hosted server. An account lives in one region only. */
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
