import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../../kaltura/accounts/regions.js';
import type { Env } from '../../operations/runtime.js';

/**
 * Checks whether a list such as `NO_PROXY` names a server. Commas or blanks separate the entries. An entry is `*` (all), a name (which
 * includes its subdomains, with or without a leading `.` or `*.`), an IP address, or a range (`10.0.0.0/8`). It may end in a port, to match
 * only that port.
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

/** Removes the brackets of an IPv6 address and a trailing dot. */
const plain = (host: string): string =>
  host
    .toLowerCase()
    .replaceAll(/^\[|\]$/g, '')
    .replace(/\.$/, '');

function readEntry(text: string): { readonly host: string; readonly port: string | undefined } {
  // Text with several colons is an IPv6 address, which needs brackets to have a port.
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

/** How to connect to a server, according to the environment. */
export type ProxyChoice =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'proxy';
      /** The name of the variable, as it is written in the environment. */
      readonly variable: string;
      /** Safe to show. */
      readonly host: string;
      /** Includes the proxy's username and password, if any: never shown. */
      readonly address: URL;
    }
  /** Set but unusable. Nothing is sent, because a direct connection would bypass the proxy that the user wants. */
  | { readonly kind: 'unusable'; readonly variable: string; readonly problem: string };

/** In curl's order: lower case first, https only before all protocols. An empty variable counts as not set. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const;
const NO_PROXY_VARIABLES = ['no_proxy', 'NO_PROXY'] as const;

const DIRECT: ProxyChoice = { kind: 'direct' };

/**
 * Chooses the proxy by `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, as curl does. Never uses a proxy for this computer, or for http, which a
 * proxy could read.
 */
export function chooseProxy(target: URL, env: Env): ProxyChoice {
  if (target.protocol !== 'https:' || isLoopback(target.hostname)) return DIRECT;
  const variable = firstSet(PROXY_VARIABLES, env);
  if (variable === undefined) return DIRECT;
  const exempting = firstSet(NO_PROXY_VARIABLES, env);
  if (exempting !== undefined && isExempt(target, env[exempting] ?? '')) return DIRECT;
  return readProxy(env[variable]?.trim() ?? '', variable);
}

const firstSet = <Name extends string>(names: readonly Name[], env: Env): Name | undefined =>
  names.find((name) => (env[name] ?? '').trim() !== '');

function readProxy(text: string, variable: string): ProxyChoice {
  const unusable = (problem: string): ProxyChoice => ({ kind: 'unusable', variable, problem });
  const socks = /^(socks[45]?[ah]?):\/\//i.exec(text);
  if (socks !== null) return unusable(`${socks[1]?.toLowerCase()}:// is not supported`);
  let address: URL;
  try {
    address = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    // Both are decoded when they are sent to the proxy, so check that they can be.
    decodeURIComponent(address.username + address.password);
  } catch {
    return unusable('not a URL');
  }
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return unusable('not a URL');
  // A / ? or # in the password ends the host when parsed. The host is then a part of the password: never show it.
  if (`${address.pathname}${address.search}${address.hash}`.includes('@')) return unusable('not a URL');
  return { kind: 'proxy', variable, host: address.host, address };
}
