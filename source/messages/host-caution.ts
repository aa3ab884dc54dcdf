import { readAddress } from '../kaltura/accounts/hosts.js';

/** Warns about the host of an address; null if there is nothing to warn about. `source` is a flag, a variable or a field. */
export function hostCaution(source: string, address: string): string | null {
  const reading = readAddress(address);
  switch (reading.kind) {
    case 'unknown':
      return `${source}: this host belongs to Kaltura, but its name doesn’t show the region. It is used as it is. To find the region of an account: kaltura-ks regions <partner ID>`;
    case 'lookalike':
      return `${source}: ${lookalikeText(reading)}`;
    case 'single-word':
      return `${source}: ${singleWordText(reading.host)}`;
    default:
      return null;
  }
}

/** Warns about a host whose name can be taken for another one. */
export const lookalikeText = ({ host, why }: { readonly host: string; readonly why: 'letters' | 'kaltura' }): string =>
  why === 'letters'
    ? `the host name has non-ASCII letters, which can look like other letters. In ASCII, it is ${host}. Make sure that this is your server.`
    : 'this host doesn’t belong to Kaltura, although its name contains kaltura.com or kaltura.ai. Make sure that this is your server.';

/** Warns about a host name of one word, which is often a part of an address. */
export const singleWordText = (host: string): string =>
  `the host name “${host}” is a single word. Only the network of an organization can find such a server. Other host names look like video.example.com.`;
