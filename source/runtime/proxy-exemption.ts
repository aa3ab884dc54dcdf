import { BlockList, isIP } from 'node:net';

/**
 * Whether a list such as `NO_PROXY` holds names a server. Entries are parted by commas or blanks; each is `*` for all, a name (which stands for what
 * lies below it too, with or without `.` or `*.` before it), an address, or a range of addresses (`10.0.0.0/8`), and may end in
 * a port, for which alone it is then meant.
 */
export function isExempt(target: URL, list: string): boolean {
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
