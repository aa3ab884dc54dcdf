import { isLoopback } from '../accounts/regions.js';
import type { ConnectionError, ConnectionFault, ProxyInUse } from '../api/http.js';
import { type AdviceBody, type FailedCall, hostnameOf, hostOf, isOwnServer } from './advice.js';
import { LOGIN_PAGE } from './foreign-answer.js';
import { onProxy } from './proxy.js';

type AnswerAdvice = Pick<AdviceBody, 'headline' | 'causes'>;

/** Returns advice on an unreadable answer; null if there was no answer. */
function onUnreadableAnswer({ detail }: ConnectionError, call: FailedCall): Omit<AdviceBody, 'explanation'> | null {
  const host = hostOf(call);
  const mistyped = isOwnServer(call) ? [`${host} is not the address of a Kaltura server`] : [];
  const counsel = adviceOnDetail(detail, host, mistyped);
  return counsel && { ...counsel, remedies: [...call.again, ...call.place, ...call.review] };
}

function adviceOnDetail(detail: string, host: string, mistyped: readonly string[]): AnswerAdvice | null {
  if (detail.includes('longer than')) {
    return {
      headline: `The answer from ${host} is too long`,
      causes: [...mistyped, LOGIN_PAGE, 'a proxy answered instead of the server'],
    };
  }
  if (detail === 'HPE_HEADER_OVERFLOW') {
    return {
      headline: `${host} sent too many headers with its answer`,
      causes: [
        'a proxy or firewall adds too many headers: ask its administrator',
        ...mistyped,
        'the server is configured wrongly: tell its administrator',
      ],
    };
  }
  if (detail.startsWith('HPE_')) {
    return {
      headline: `${host} does not answer like a web server`,
      causes: [...mistyped, 'another program uses this port', 'a proxy or firewall changes what the server sends'],
    };
  }
  return null;
}

/** Advice on a connection that failed. */
export function onConnection(error: ConnectionError, call: FailedCall): AdviceBody {
  const { ifNothingSent } = call;
  const host = hostOf(call);
  const isPractice = isLoopback(hostnameOf(call));
  const mistyped = isOwnServer(call) ? [`the address ${host} is mistyped`] : [];
  const remedies = [...call.again, ...(isPractice ? [] : call.place), ...call.review];
  const way = isPractice ? [] : proxyCauses(error, host);
  // Only names outside kaltura.com can be private to a network.
  const isPrivate = !/(^|\.)kaltura\.com$/.test(hostnameOf(call));
  const officeOnly = isPrivate ? ['the name exists only in an office network or VPN'] : [];
  const counsel: Readonly<Record<ConnectionFault, () => AdviceBody>> = {
    dns: () => ({
      headline: `The host name ${host} was not found`,
      explanation: ifNothingSent,
      causes: [...mistyped, 'this computer is offline', ...officeOnly, ...way],
      remedies,
    }),
    refused: () => ({
      headline: `${host} does not accept connections`,
      explanation: ifNothingSent,
      causes: isPractice
        ? ['the practice server has stopped']
        : [...mistyped, 'the server is down or listens on another port', 'a firewall blocks the connection', ...way],
      remedies,
    }),
    reset: () => ({
      headline: `The connection to ${host} was interrupted`,
      explanation: `The server did not answer. ${whatArrived(error, call)}`,
      causes: ['the network is unstable', 'a firewall or proxy cut the connection', 'the server restarted', ...way],
      remedies,
    }),
    timeout: () => ({
      headline: error.mayHaveArrived ? `${host} did not answer in time` : `${host} could not be reached in time`,
      explanation: `The time limit was reached. ${whatArrived(error, call)}`,
      causes: [
        'the network or the server is slow: try again',
        'a firewall blocks the request without an answer',
        ...way,
      ],
      remedies,
    }),
    tls: () => ({
      headline: `The identity of ${host} could not be verified`,
      explanation: ifNothingSent,
      causes: tlsCauses(error, host),
      remedies,
    }),
    proxy: () => onProxy(error, host, [...call.again, ...call.review]),
    aborted: () => ({
      headline: 'Cancelled',
      explanation: `${call.missed}. ${whatArrived(error, call)}`,
      causes: [],
      remedies: [...call.again, ...call.review],
    }),
    other: () => ({
      headline: `The connection to ${host} failed`,
      explanation: error.mayHaveArrived ? `The server did not answer. ${whatArrived(error, call)}` : ifNothingSent,
      causes: [...mistyped, 'this computer cannot reach that network', ...way],
      remedies,
      ...answered(error, call),
    }),
  };
  return counsel[error.fault]();
}

/** Says whether the request may have arrived. */
const whatArrived = ({ mayHaveArrived }: ConnectionError, { ifArrived, ifNothingSent }: FailedCall): string =>
  mayHaveArrived ? ifArrived : ifNothingSent;

function answered(error: ConnectionError, call: FailedCall): Partial<AdviceBody> {
  const counsel = onUnreadableAnswer(error, call);
  if (counsel === null) return {};
  const missed = `${call.missed.charAt(0).toLowerCase()}${call.missed.slice(1)}`;
  return { ...counsel, explanation: `The answer was not used, so ${missed}. ${whatArrived(error, call)}` };
}

/** A proxy that is missing or that causes the failure. If the server was reached without a proxy, none is missing. */
function proxyCauses({ proxy, mayHaveArrived }: ConnectionError, host: string): readonly string[] {
  if (proxy === null) {
    const missing = `this network requires a proxy: set HTTPS_PROXY to its address, and remove ${host} from NO_PROXY`;
    return mayHaveArrived ? [] : [missing];
  }
  return [`${nameOf(proxy)} from ${proxy.variable} causes the failure: add ${host} to NO_PROXY to connect without it`];
}

const nameOf = ({ host }: ProxyInUse): string => (host === null ? 'the proxy' : `the proxy ${host}`);

/** The error code of Node or OpenSSL tells what is wrong with the certificate. */
function tlsCauses(error: ConnectionError, host: string): readonly string[] {
  const { detail, proxy } = error;
  if (/EXPIRED|NOT_YET_VALID/.test(detail)) {
    return ['this computer’s clock is wrong', 'the server’s certificate has expired: tell its administrator'];
  }
  if (/ALTNAME|HOSTNAME/.test(detail)) {
    return [`the certificate is not for ${host}: the address is mistyped or belongs to another server`, LOGIN_PAGE];
  }
  if (/^(EPROTO|ERR_SSL_)/.test(detail)) {
    const unfit = 'the server does not use https on this port';
    // Something answered, so no proxy is missing.
    return [unfit, 'a proxy or firewall blocks https', ...(proxy === null ? [] : proxyCauses(error, host))];
  }
  const reader = proxy === null ? 'a company proxy' : nameOf(proxy);
  return [
    `${reader} decrypts https traffic: set NODE_EXTRA_CA_CERTS to its certificate file (PEM), and start again`,
    'the server has a self-signed certificate: if you trust it, set NODE_EXTRA_CA_CERTS to its file (PEM)',
    'someone intercepts the connection: do not continue in a network that you do not trust',
  ];
}
