import { readAddress } from '../kaltura/accounts/hosts.js';
import { readPartnerId } from '../kaltura/accounts/partner-id.js';
import { type RegionId, readServiceUrl } from '../kaltura/accounts/regions.js';
import { namesInFile, PRIVACY_CONTEXT, regionNamed } from '../kaltura/accounts/variable-names.js';
import { Secret } from '../kaltura/secret.js';
import { referencesIn, variablesIn } from './env-file.js';

/** An account as an `.env` file describes it. Texts are '' if the file doesn't have the value, or if the value refers to another variable. */
export interface EnvAccount {
  readonly partnerId: string;
  /** null if the file names no server, or none that can be used. `address` is '' in a hosted region. */
  readonly server: { readonly region: RegionId; readonly address: string } | null;
  readonly secret: Secret | null;
  readonly userId: string;
  readonly privileges: string;
  /** The path of the file, as the user wrote it. */
  readonly path: string;
  /** The whole file, to notice later that it has changed. It is a `Secret` because it contains the secret. */
  readonly text: Secret;
}

type Variables = ReadonlyMap<string, string>;

/** Returns the value of a variable by any of its names; '' if it is missing, or if two names have different values. */
function valueIn(file: Variables, own: string): string {
  const values = namesInFile(own)
    .map((name) => (file.get(name) ?? '').trim())
    .filter((value) => value !== '');
  return new Set(values).size === 1 ? (values[0] ?? '') : '';
}

/** Returns the server; null if the file names none that can be used. A URL comes before a region. */
function serverIn(file: Variables): EnvAccount['server'] {
  const url = valueIn(file, 'KALTURA_URL');
  if (url === '') {
    const region = regionNamed(valueIn(file, 'KALTURA_REGION'));
    return region === null ? null : { region, address: '' };
  }
  const reading = readAddress(url);
  if (reading.kind === 'region') return { region: reading.region, address: '' };
  const own = readServiceUrl(url);
  return own.ok ? { region: 'own', address: own.address.url } : null;
}

/** Returns the Administrator Secret; null if it is missing, or if two names have different values. */
function secretIn(file: Variables): Secret | null {
  const text = valueIn(file, 'KALTURA_SECRET');
  return text === '' ? null : new Secret(text);
}

/** Returns the privileges, with the privacy context if the file has one of its own. */
function privilegesIn(file: Variables): string {
  const privileges = valueIn(file, 'KALTURA_PRIVILEGE');
  const context = (file.get(PRIVACY_CONTEXT) ?? '').trim();
  if (context === '' || /(^|,)\s*privacycontext:/.test(privileges)) return privileges;
  return [...(privileges === '' ? [] : [privileges]), `privacycontext:${context}`].join(',');
}

/** Checks whether the variables are meant for Kaltura. Other programs have a PARTNER_ID too. */
const isForKaltura = (file: Variables): boolean =>
  [...file.keys()].some((name) => name.startsWith('KALTURA_')) || (file.has('PARTNER_ID') && file.has('ADMIN_SECRET'));

/** Returns the account that an `.env` file describes; null if it has no valid partner ID. */
export function envAccountIn(text: string, path: string): EnvAccount | null {
  const references = referencesIn(text);
  const file = new Map([...variablesIn(text)].filter(([name]) => !references.has(name)));
  const server = serverIn(file);
  const partner = readPartnerId(valueIn(file, 'KALTURA_PARTNER'), { allowsInternal: server?.region === 'own' });
  if (!isForKaltura(file) || partner.problem !== null) return null;
  return {
    partnerId: partner.text,
    server,
    secret: secretIn(file),
    userId: valueIn(file, 'KALTURA_USER'),
    privileges: privilegesIn(file),
    path,
    text: new Secret(text),
  };
}
