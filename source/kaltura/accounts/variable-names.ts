import { HOSTED_REGION_IDS, HOSTED_REGIONS, type HostedRegionId } from './regions.js';

/** The names that Kaltura's guides and samples use for a value (docs/kaltura-products.md 3), by our own name if that differs. */
const OFFICIAL_NAMES: Readonly<Record<string, string>> = {
  KALTURA_PARTNER: 'KALTURA_PARTNER_ID',
  KALTURA_URL: 'KALTURA_SERVICE_URL',
  KALTURA_REGION: 'KALTURA_ENV',
  KALTURA_USER: 'KALTURA_USER_ID',
  KALTURA_SECRET: 'KALTURA_ADMIN_SECRET',
};

/** The names that university scripts use in `.env` files (docs/kaltura-products.md 3). Too general to be read from the environment. */
const UNPREFIXED_NAMES: Readonly<Record<string, string>> = {
  KALTURA_PARTNER: 'PARTNER_ID',
  KALTURA_URL: 'SERVICE_URL',
  KALTURA_USER: 'USER_ID',
  KALTURA_PRIVILEGE: 'PRIVILEGES',
  KALTURA_SECRET: 'ADMIN_SECRET',
};

/** Adds a `privacycontext` to the privileges. */
export const PRIVACY_CONTEXT = 'PRIVACY_CONTEXT';

/** Returns the official name of a variable; null if it has no other name. */
export const officialNameOf = (own: string): string | null => OFFICIAL_NAMES[own] ?? null;

/** Returns all names of a variable, the official one first. */
export const namesOf = (own: string): readonly string[] => [officialNameOf(own) ?? [], own].flat();

/** Returns the name to recommend: `KALTURA_PARTNER_ID` for `KALTURA_PARTNER`. */
export const preferredNameOf = (own: string): string => officialNameOf(own) ?? own;

/** The values of KALTURA_ENV. `NVP` is the US region. */
export const REGION_NAMES: readonly string[] = ['NVP', 'EU', 'DE', 'SG', 'AP', 'CA'];

/** Returns the region that a value of KALTURA_ENV names, also by its code (`irp2`); null if it names none. */
export function regionNamed(text: string): HostedRegionId | null {
  const name = text.trim().toLowerCase();
  if (name === 'nvp') return 'us';
  return HOSTED_REGION_IDS.find((region) => region === name || HOSTED_REGIONS[region].code === name) ?? null;
}

/** Returns all names of a variable in an `.env` file. */
export const namesInFile = (own: string): readonly string[] => [...namesOf(own), UNPREFIXED_NAMES[own] ?? []].flat();
