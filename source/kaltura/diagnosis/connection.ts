import { isOnThisComputer } from '../accounts/regions.js';
import type { NotKalturaError } from '../api/errors.js';
import type { ConnectionError } from '../api/http.js';
import { isSafeToRepeat } from '../api/retry.js';
import {
  changeServer,
  entry,
  type FixAction,
  hostnameOf,
  hostOf,
  isOwnServer,
  type MakingContext,
  ofPath,
  pathOf,
  type Values,
} from './diagnosis.js';
import type { UseContext } from './using.js';

/** What a diagnosis needs to know about a call that got no answer from the API. */
export interface FailedCall {
  readonly serviceUrl: string;
  readonly values: Values;
  /** The fixes that this call has. */
  readonly again: readonly FixAction[];
  readonly server: readonly FixAction[];
  readonly review: readonly FixAction[];
}

/** Describes a failed call to make a key. */
export const makingCall = (context: MakingContext): FailedCall => ({
  serviceUrl: context.request.serviceUrl,
  values: {
    host: hostOf(context.request),
    path: pathOf(context.request),
    call: context.request.signIn.method === 'login' ? 'login' : 'making',
  },
  again: ['retry'],
  server: [changeServer(context)],
  review: ['review'],
});

/** Describes a failed call that uses a key, or needs none. */
export const usingCall = ({ action, serviceUrl, secrets }: UseContext): FailedCall => ({
  serviceUrl,
  values: {
    host: hostOf({ serviceUrl }),
    path: pathOf({ serviceUrl }),
    call: secrets.length > 0 ? 'key' : 'public',
    action: action.toLowerCase(),
  },
  again: isSafeToRepeat(action) ? ['retry'] : [],
  server: [],
  review: [],
});

const ifOwn = <const Id extends string>(call: FailedCall, id: Id): readonly Id[] => (isOwnServer(call) ? [id] : []);

/** An answer that is not from the Kaltura API (docs/kaltura-facts.md 3.4). */
export function onNotKalturaAnswer({ what, status, leadsToHttps }: NotKalturaError, call: FailedCall) {
  const isPassing = status >= 500 || status === 429 || what !== 'wrong-shape';
  return entry(
    what === 'redirect' ? 'redirected' : 'not-kaltura',
    causesOfAnswer(what, status, leadsToHttps, call),
    [...(isPassing ? call.again : []), ...call.server, ...call.review],
    { what, status },
  );
}

function causesOfAnswer(what: NotKalturaError['what'], status: number, leadsToHttps: boolean, call: FailedCall) {
  const mistyped = ifOwn(call, 'not-a-kaltura-server');
  if (status === 401 || status === 403) return ['rejected-in-front', ...mistyped] as const;
  if (status === 404) {
    return mistyped.length === 0
      ? (['proxy-answered', 'login-page'] as const)
      : ([...ofPath(call), ...mistyped, 'path-wrong'] as const);
  }
  if (status === 429) return ['too-many-requests'] as const;
  // The API answers errors with 200 (docs/kaltura-facts.md 0.7), so something else refused the request.
  if (status >= 400 && status < 500 && what !== 'wrong-shape') return ['rejected-in-front', ...mistyped] as const;
  // 511 is the status for networks that require a login.
  if (status === 511) return ['login-page'] as const;
  if (status >= 500)
    return [what === 'empty' ? 'server-crashed' : 'server-problem', 'maintenance', ...mistyped] as const;
  switch (what) {
    case 'redirect': {
      const isHttpsMissing = leadsToHttps && call.serviceUrl.startsWith('http://');
      return [
        ...(isHttpsMissing ? (['needs-https'] as const) : []),
        ...mistyped,
        'server-moved',
        'login-page',
      ] as const;
    }
    case 'html':
      return ['login-page', ...mistyped, 'maintenance'] as const;
    case 'empty':
    case 'not-json':
      return ['answer-cut', ...mistyped, 'login-page'] as const;
    case 'wrong-shape':
      return [...mistyped, 'other-program', 'proxy-answered'] as const;
  }
}

/** A connection that failed. */
export function onConnection(error: ConnectionError, call: FailedCall) {
  const { detail, fault, mayHaveArrived } = error;
  const isPractice = isOnThisComputer(call.serviceUrl);
  const mistyped = ifOwn(call, 'address-mistyped');
  const fixes = [...call.again, ...(isPractice ? [] : call.server), ...call.review];
  const way = isPractice ? [] : proxyCauses(error);
  const values: Values = { arrived: mayHaveArrived ? 'yes' : 'no', ...proxyValues(error) };
  switch (fault) {
    case 'dns': {
      // Only names outside kaltura.com can be private to a network.
      const isPrivate = !/(^|\.)kaltura\.com$/.test(hostnameOf(call));
      const officeOnly = isPrivate ? (['name-in-office-only'] as const) : [];
      return entry('host-not-found', [...mistyped, 'offline', ...officeOnly, ...way], fixes, values);
    }
    case 'refused': {
      const causes = isPractice
        ? (['practice-stopped'] as const)
        : ([...mistyped, 'server-down', 'firewall-blocks', ...way] as const);
      return entry('connection-refused', causes, fixes, values);
    }
    case 'reset':
      return entry(
        'connection-reset',
        ['network-unstable', 'connection-cut', 'server-restarted', ...way],
        fixes,
        values,
      );
    case 'timeout':
      return entry(
        mayHaveArrived ? 'no-answer' : 'no-connection-in-time',
        ['slow', 'silent-firewall', ...way],
        fixes,
        values,
      );
    case 'tls':
      return entry('identity-unverified', tlsCauses(error), fixes, values);
    case 'proxy':
      return onProxy(error, [...call.again, ...call.review]);
    case 'aborted':
      return entry('cancelled', [], [...call.again, ...call.review], values);
    case 'other': {
      const unreadable = unreadableAnswer(detail, call);
      if (unreadable !== null) {
        return entry(unreadable.topic, unreadable.causes, [...call.again, ...call.server, ...call.review], values);
      }
      return entry(
        mayHaveArrived ? 'connection-lost' : 'connection-failed',
        [...mistyped, 'network-unreachable', ...way],
        fixes,
        values,
      );
    }
  }
}

/** An answer that cannot be read; null if there was no answer. */
function unreadableAnswer(detail: string, call: FailedCall) {
  const mistyped = ifOwn(call, 'not-a-kaltura-server');
  if (detail.includes('longer than')) {
    return { topic: 'answer-too-long', causes: [...mistyped, 'login-page', 'proxy-answered'] } as const;
  }
  if (detail === 'HPE_HEADER_OVERFLOW') {
    return { topic: 'too-many-headers', causes: ['proxy-adds-headers', ...mistyped, 'server-misconfigured'] } as const;
  }
  if (detail.startsWith('Z_')) {
    return { topic: 'not-decompressed', causes: ['proxy-changes-answer', 'answer-cut', ...mistyped] } as const;
  }
  if (!detail.startsWith('HPE_') && detail !== 'HTTP 101') return null;
  return { topic: 'not-http', causes: [...mistyped, 'port-of-other-program', 'proxy-changes-answer'] } as const;
}

const proxyValues = ({ proxy }: ConnectionError): Values => ({
  proxy: proxy?.host ?? null,
  variable: proxy?.variable ?? 'HTTPS_PROXY',
});

/** A proxy that is missing or that causes the failure. If the server was reached without a proxy, none is missing. */
function proxyCauses({ proxy, mayHaveArrived }: ConnectionError) {
  if (proxy !== null) return ['proxy-causes-it'] as const;
  return mayHaveArrived ? [] : (['proxy-missing'] as const);
}

/** The error code of Node or OpenSSL tells what is wrong with the certificate. */
function tlsCauses(error: ConnectionError) {
  const { detail, proxy } = error;
  if (/EXPIRED|NOT_YET_VALID/.test(detail)) return ['clock-wrong', 'certificate-expired'] as const;
  if (/ALTNAME|HOSTNAME/.test(detail)) return ['certificate-of-other-host', 'login-page'] as const;
  if (/^(EPROTO|ERR_SSL_)/.test(detail)) {
    // Something answered, so no proxy is missing.
    return ['no-https-here', 'https-blocked', ...(proxy === null ? [] : proxyCauses(error))] as const;
  }
  return [proxy === null ? 'company-proxy-decrypts' : 'proxy-decrypts', 'self-signed', 'intercepted'] as const;
}

/** A proxy that gave no connection. Its user name and password are not known here. */
function onProxy(error: ConnectionError, fixes: readonly FixAction[]) {
  const { topic, causes } = error.proxy?.host == null ? unusableProxy : proxyFault(error.detail);
  return entry(topic, [...causes, 'no-proxy-needed'], fixes, proxyValues(error));
}

const unusableProxy = { topic: 'proxy-unusable', causes: ['proxy-form', 'percent-signs', 'socks-proxy'] } as const;

function proxyFault(detail: string) {
  if (detail === 'HTTP 407')
    return { topic: 'proxy-login', causes: ['proxy-credentials', 'proxy-other-login'] } as const;
  if (detail.startsWith('HTTP 5')) return { topic: 'proxy-upstream', causes: ['proxy-knows-not'] } as const;
  if (detail.startsWith('HTTP ')) return { topic: 'proxy-forbids', causes: ['proxy-rules', 'not-a-proxy'] } as const;
  if (/^(ENOTFOUND|EAI_)/.test(detail)) {
    return { topic: 'proxy-not-found', causes: ['proxy-name-mistyped', 'name-in-office-only'] } as const;
  }
  if (/^(EPROTO|ERR_SSL_|ERR_TLS_|UNABLE_TO_|CERT_)|SELF_SIGNED/.test(detail)) {
    return { topic: 'proxy-unverified', causes: ['proxy-without-https', 'proxy-self-signed'] } as const;
  }
  if (detail.startsWith('HPE_')) {
    return { topic: 'proxy-not-http', causes: ['port-of-other-or-socks', 'proxy-port-mistyped'] } as const;
  }
  if (detail === 'ETIMEDOUT') {
    return { topic: 'proxy-timeout', causes: ['proxy-in-office-only', 'proxy-gets-no-answer'] } as const;
  }
  return { topic: 'proxy-refused', causes: ['proxy-address-mistyped', 'proxy-down'] } as const;
}
