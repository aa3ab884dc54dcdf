import type { ConnectionError, ConnectionFault, ProxyOnTheWay } from '../http.js';
import { isLoopback } from '../service-url.js';
import { type Counsel, type FailedCall, hostnameOf, hostOf, isOwnServer } from './advice.js';
import { onProxy } from './on-proxy.js';
import { onUnfitAnswer } from './on-unfit-answer.js';

/** What to do where nobody answered. */
export function onConnection(error: ConnectionError, call: FailedCall): Counsel {
  const { ifNothingSent } = call;
  const host = hostOf(call);
  const isPractice = isLoopback(hostnameOf(call));
  const mistyped = isOwnServer(call) ? [`the address is mistyped: ${host}`] : [];
  const remedies = [...call.again, ...(isPractice ? [] : call.place), ...call.review];
  const way = isPractice ? [] : wayOut(error, host);
  // What everybody’s name servers know is not known in some networks only.
  const isPrivate = !/(^|\.)kaltura\.com$/.test(hostnameOf(call));
  const officeOnly = isPrivate ? ['the name is known in an office network or VPN only'] : [];
  const counsel: Readonly<Record<ConnectionFault, () => Counsel>> = {
    dns: () => ({
      headline: `The name ${host} was not found`,
      explanation: ifNothingSent,
      causes: [...mistyped, 'this computer is offline', ...officeOnly, ...way],
      remedies,
    }),
    refused: () => ({
      headline: `${host} does not accept connections`,
      explanation: ifNothingSent,
      causes: isPractice
        ? ['the practice server has ended']
        : [...mistyped, 'the server is down, or listens on another port', 'a firewall is in between', ...way],
      remedies,
    }),
    reset: () => ({
      headline: `The connection to ${host} broke off`,
      explanation: `No answer came. ${whatArrived(error, call)}`,
      causes: ['the network is unsteady', 'a firewall or proxy cut the connection', 'the server restarted', ...way],
      remedies,
    }),
    timeout: () => ({
      headline: error.mayHaveArrived ? `${host} did not answer in time` : `${host} could not be reached in time`,
      explanation: `It was given up. ${whatArrived(error, call)}`,
      causes: ['the network or the server is slow: try again', 'a firewall swallows the request', ...way],
      remedies,
    }),
    tls: () => ({
      headline: `The connection to ${host} cannot be trusted`,
      explanation: ifNothingSent,
      causes: tlsCauses(error, host),
      remedies,
    }),
    proxy: () => onProxy(error, host, [...call.again, ...call.review]),
    aborted: () => ({
      headline: 'Given up, as you asked',
      explanation: `${call.missed}. ${whatArrived(error, call)}`,
      causes: [],
      remedies: [...call.again, ...call.review],
    }),
    other: () => ({
      headline: `The connection to ${host} failed`,
      explanation: error.mayHaveArrived ? `No answer came. ${whatArrived(error, call)}` : ifNothingSent,
      causes: [...mistyped, 'the network cannot be reached from here', ...way],
      remedies,
      ...answered(error, call),
    }),
  };
  return counsel[error.fault]();
}

/** Where it cannot be known whether the request got through, and that matters, it is said. */
const whatArrived = ({ mayHaveArrived }: ConnectionError, { ifArrived, ifNothingSent }: FailedCall): string =>
  mayHaveArrived ? ifArrived : ifNothingSent;

function answered(error: ConnectionError, call: FailedCall): Partial<Counsel> {
  const counsel = onUnfitAnswer(error, call);
  if (counsel === null) return {};
  const missed = `${call.missed.charAt(0).toLowerCase()}${call.missed.slice(1)}`;
  return { ...counsel, explanation: `It was not read, and ${missed}. ${whatArrived(error, call)}` };
}

/** A proxy that is missing, or one that is in the way. Where the server was reached without one, none is missing. */
function wayOut({ proxy, mayHaveArrived }: ConnectionError, host: string): readonly string[] {
  if (proxy === null) {
    const missing = `only a proxy leads out of this network: name it in the variable HTTPS_PROXY, and leave ${host} out of NO_PROXY`;
    return mayHaveArrived ? [] : [missing];
  }
  return [`${nameOf(proxy)}, named in ${proxy.variable}, is in the way: name ${host} in NO_PROXY to go without it`];
}

const nameOf = ({ host }: ProxyOnTheWay): string => (host === null ? 'the proxy' : `the proxy ${host}`);

/** The word of Node or OpenSSL says which part of the trust is missing. */
function tlsCauses(error: ConnectionError, host: string): readonly string[] {
  const { detail, proxy } = error;
  if (/EXPIRED|NOT_YET_VALID/.test(detail)) {
    return ['this computer’s clock is wrong', 'the certificate of the server has expired: tell whoever runs it'];
  }
  if (/ALTNAME|HOSTNAME/.test(detail)) {
    return [
      `the certificate is for another name than ${host}: the address is mistyped, or is that of another server`,
      'a login page of this network (hotel, train, guest Wi-Fi) answers instead: open a web page first',
    ];
  }
  if (/^(EPROTO|ERR_SSL_)/.test(detail)) {
    const unfit = 'the server does not speak https on this port';
    // Something answered: so a way out is not what is missing.
    return [unfit, 'a proxy or firewall does not let https through', ...(proxy === null ? [] : wayOut(error, host))];
  }
  const reader = proxy === null ? 'a company proxy' : nameOf(proxy);
  return [
    `${reader} reads encrypted traffic: name its certificate file (PEM) in the variable NODE_EXTRA_CA_CERTS, and start again`,
    'the server has a certificate of its own making: name its file (PEM) in NODE_EXTRA_CA_CERTS, if you trust it',
    'someone stands between you and the server: do not go on in a network that you do not trust',
  ];
}
