import { readAddress } from '../../kaltura/accounts/hosts.js';
import {
  type HostedRegionId,
  isHostedRegion,
  type RegionId,
  readServiceUrl,
  serviceUrlOfRegion,
} from '../../kaltura/accounts/regions.js';
import { officialNameOf, REGION_NAMES, regionNamed } from '../../kaltura/accounts/variable-names.js';
import type { Env } from '../../operations/runtime.js';
import { notOneOf, UsageError } from '../shared/exit-codes.js';
import { answerFlag, variableOf } from './answer-flags.js';

/** A server that a flag or variable names: a region, or the address of another server. */
export interface NamedServer {
  readonly name: 'region' | 'url';
  /** The ID of the region, or the address as it was given. */
  readonly text: string;
  readonly source: string;
}

/** Reads a region, also one that is given by an address of its hosts. */
export function readRegion(text: string, source: string): NamedServer | UsageError {
  const choices = answerFlag('region').choices ?? [];
  const choice = text.trim().toLowerCase();
  if (choices.includes(choice)) return { name: 'region', text: choice, source };
  const reading = readAddress(text);
  if (reading.kind === 'region') return { name: 'region', text: reading.region, source };
  return notOneOf(source, choices, text);
}

/** Reads an address. That of a hosted region, such as a KMC page, is its region. */
export function readServer(text: string, source: string): NamedServer {
  const reading = readAddress(text);
  return reading.kind === 'region' ? { name: 'region', text: reading.region, source } : { name: 'url', text, source };
}

function readRegionName(text: string, source: string): NamedServer | UsageError {
  const region = regionNamed(text);
  if (region !== null) return { name: 'region', text: region, source };
  if (text.trim().toLowerCase() === 'practice') return { name: 'region', text: 'practice', source };
  return notOneOf(source, [...REGION_NAMES, 'practice'], text);
}

/** Returns the URL of a server without `/api_v3`; its text if it has none. */
function urlOf({ name, text }: Pick<NamedServer, 'name' | 'text'>): string {
  if (name === 'region') return isHostedRegion(text as RegionId) ? serviceUrlOfRegion(text as HostedRegionId) : text;
  const reading = readServiceUrl(text);
  return reading.ok ? reading.address.url : text.trim();
}

const [REGION, URL_NAME] = [variableOf('region'), variableOf('url')];
const [REGION_NAME, SERVICE_URL] = [officialNameOf(REGION) ?? '', officialNameOf(URL_NAME) ?? ''];

/** Names of a server, with the one that a message about a conflict should mention first. */
const READERS: readonly (readonly [name: string, read: (text: string, source: string) => NamedServer | UsageError])[] =
  [
    [SERVICE_URL, readServer],
    [URL_NAME, readServer],
    [REGION, readRegion],
    [REGION_NAME, readRegionName],
  ];

const isOfficial = (name: string): boolean => name === SERVICE_URL || name === REGION_NAME;

/** Returns the servers that variables name. Leaves out a KALTURA_ENV of another program if another variable names the server. */
function serversIn(env: Env): { readonly name: string; readonly server: NamedServer | UsageError }[] {
  const found = READERS.flatMap(([name, read]) => {
    const text = env[name] ?? '';
    return text === '' ? [] : [{ name, server: read(text, name) }];
  });
  return found.filter(
    ({ name, server }) => !(name === REGION_NAME && server instanceof UsageError && found.length > 1),
  );
}

/**
 * Reads the server from variables. `exec` sets KALTURA_SERVICE_URL and KALTURA_URL to the same server, so where the official names don't
 * count, such a KALTURA_URL doesn't either.
 * @returns an error if two variables name different servers, or one is invalid
 */
export function serverInVariables(env: Env, usesOfficial: boolean): NamedServer | UsageError | undefined {
  const all = serversIn(env);
  const official = all.find(({ name }) => name === SERVICE_URL)?.server;
  const isSameAsOfficial = (server: NamedServer): boolean =>
    official !== undefined && !(official instanceof UsageError) && urlOf(official) === urlOf(server);
  const counted = all.filter(
    ({ name, server }) =>
      usesOfficial ||
      !(isOfficial(name) || (name === URL_NAME && !(server instanceof UsageError) && isSameAsOfficial(server))),
  );
  const servers: NamedServer[] = [];
  for (const { server } of counted) {
    if (server instanceof UsageError) return server;
    servers.push(server);
  }
  const [one] = servers;
  if (one === undefined) return undefined;
  const other = servers.find((server) => urlOf(server) !== urlOf(one));
  if (other === undefined) return one;
  return new UsageError(
    `${one.source} and ${other.source} name different servers. Unset one of them.`,
    'conflicting-options',
  );
}

/** Returns the names of variables that name a region whose server is another one than `serviceUrl`. */
export function otherServersIn(env: Env, serviceUrl: string | null): string[] {
  return serversIn(env).flatMap(({ name, server }) => {
    const isRegion = name === REGION || name === REGION_NAME;
    return isRegion && !(server instanceof UsageError) && urlOf(server) !== serviceUrl ? [name] : [];
  });
}
