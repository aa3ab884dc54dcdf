import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../../kaltura/accounts/regions.js';

/**
 * Whether a list such as `NO_PROXY` holds names a server. Entries are parted by commas or blanks; each is `*` for all, a name (which stands for what
 * lies below it too, with or without `.` or `*.` before it), an address, or a range of addresses (`10.0.0.0/8`), and may end in
 * a port, for which alone it is then meant.
 */
function isExempt(target: URL, list: string): boolean {
  const host = plain(target.hostname);
  const port = target.port === '' ? '443' : target.port;
  return list.split(/[\s,]+/).some((text) => {
    if (text === '') return false;
    if (text === '*') return true;
    const entry = readEntry(text);
    if (entry.port !== undefined && entry.port !== port) return false;
    return isIP(host) === 0 ? isNameBelow(host, entry.host) : isAddressWithin(host, entry.host);
  });
}

/** Without the brackets of an IPv6 address, and without the dot that may end a name. */
const plain = (host: string): string =>
  host
    .toLowerCase()
    .replaceAll(/^\[|\]$/g, '')
    .replace(/\.$/, '');

function readEntry(text: string): { readonly host: string; readonly port: string | undefined } {
  // More than one colon is an IPv6 address, which takes a port only behind brackets.
  const [, host = text, port] = /^(\[.+\]|[^:]+):(\d+)$/.exec(text) ?? [];
  return { host: plain(host), port };
}

function isNameBelow(host: string, entry: string): boolean {
  const name = entry.replace(/^\*?\./, '');
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

function isAddressWithin(host: string, entry: string): boolean {
  const [address = '', prefix] = entry.split('/');
  const family = familyOf(address);
  if (family === null || family !== familyOf(host)) return false;
  const longest = family === 'ipv4' ? 32 : 128;
  const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(length <= longest)) return false;
  const range = new BlockList();
  range.addSubnet(address, length, family);
  return range.check(host, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 0 ? null : `ipv${version as 4 | 6}`;
}

/** How to reach a server, as the environment says. */
export type ProxyChoice =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'proxy';
      /** The variable that names it, as it is written in the environment. */
      readonly variable: string;
      /** Fit to be shown. */
      readonly host: string;
      /** With the name and password for the proxy, if it takes any: never shown. */
      readonly address: URL;
    }
  /** Set, but of no use. Nothing is then sent past the proxy that somebody wanted. */
  | { readonly kind: 'unusable'; readonly variable: string; readonly problem: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** As curl has them: the small letters first, what is for https alone before what is for all. An empty one is as good as none. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const;
const NO_PROXY_VARIABLES = ['no_proxy', 'NO_PROXY'] as const;

const DIRECT: ProxyChoice = { kind: 'direct' };

/**
 * The proxy to go through, by `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` as administrators know them from curl. A server on this
 * computer is never asked through one, and nothing that is not https is: a proxy could read it.
 */
export function chooseProxy(target: URL, env: Environment): ProxyChoice {
  if (target.protocol !== 'https:' || isLoopback(target.hostname)) return DIRECT;
  const variable = firstSet(PROXY_VARIABLES, env);
  if (variable === undefined) return DIRECT;
  const exempting = firstSet(NO_PROXY_VARIABLES, env);
  if (exempting !== undefined && isExempt(target, env[exempting] ?? '')) return DIRECT;
  return readProxy(env[variable]?.trim() ?? '', variable);
}

const firstSet = <Name extends string>(names: readonly Name[], env: Environment): Name | undefined =>
  names.find((name) => (env[name] ?? '').trim() !== '');

function readProxy(text: string, variable: string): ProxyChoice {
  const unusable = (problem: string): ProxyChoice => ({ kind: 'unusable', variable, problem });
  const socks = /^(socks[45]?[ah]?):\/\//i.exec(text);
  if (socks !== null) return unusable(`${socks[1]?.toLowerCase()}:// is not known here`);
  let address: URL;
  try {
    address = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    // Both are decoded when they are sent to the proxy: it had better be possible.
    decodeURIComponent(address.username + address.password);
  } catch {
    return unusable('not an address');
  }
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return unusable('not an address');
  // A / ? or # within the password ends what is read as the host, which is then a piece of the password: not to be shown.
  if (`${address.pathname}${address.search}${address.hash}`.includes('@')) return unusable('not an address');
  return { kind: 'proxy', variable, host: address.host, address };
}
