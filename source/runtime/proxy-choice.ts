import { isLoopback } from '../kaltura/service-url.js';
import { isExempt } from './proxy-exemption.js';

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
const NAMING = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const;
const EXEMPTING = ['no_proxy', 'NO_PROXY'] as const;

const DIRECT: ProxyChoice = { kind: 'direct' };

/**
 * The proxy to go through, by `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` as administrators know them from curl. A server on this
 * computer is never asked through one, and nothing that is not https is: a proxy could read it.
 */
export function chooseProxy(target: URL, env: Environment): ProxyChoice {
  if (target.protocol !== 'https:' || isLoopback(target.hostname)) return DIRECT;
  const variable = firstSet(NAMING, env);
  if (variable === undefined) return DIRECT;
  const exempting = firstSet(EXEMPTING, env);
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
