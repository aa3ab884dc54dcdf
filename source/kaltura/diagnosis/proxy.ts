import type { ConnectionError } from '../api/http.js';
import type { AdviceBody, Remedy } from './advice.js';

/** Advice on a proxy that gave no connection. Its user name and password are not known here. */
export function onProxy({ detail, proxy }: ConnectionError, host: string, remedies: readonly Remedy[]): AdviceBody {
  const variable = proxy?.variable ?? 'HTTPS_PROXY';
  const name = proxy?.host ?? null;
  const { headline, causes } =
    name === null ? unusable(variable) : adviceOnDetail(detail, `The proxy ${name}`, variable, host);
  return {
    headline,
    explanation: `Nothing was sent to ${host}. The variable ${variable} sets the proxy and is read at startup: change it, and start again.`,
    causes: [...causes, `no proxy is needed: add ${host} to NO_PROXY, or unset ${variable}`],
    remedies,
  };
}

type ProxyAdvice = Pick<AdviceBody, 'headline' | 'causes'>;

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const FORM = 'http://proxy.example.com:3128';
const IN_PERCENT = 'in a user name or password, write @ : / ? # % as %40 %3A %2F %3F %23 %25';

const unusable = (variable: string): ProxyAdvice => ({
  headline: `${variable} does not contain a usable proxy address`,
  causes: [
    `the address does not have the form ${FORM}`,
    IN_PERCENT,
    'it is a SOCKS proxy: only http:// and https:// proxies are supported',
  ],
});

function adviceOnDetail(detail: string, proxy: string, variable: string, host: string): ProxyAdvice {
  if (detail === 'HTTP 407') {
    return {
      headline: `${proxy} requires a user name and password`,
      causes: [
        `they are missing or wrong in ${variable}: they come before the host, as in http://name:password@…; ${IN_PERCENT}`,
        'the proxy uses another kind of login (NTLM, Kerberos): ask its administrator',
      ],
    };
  }
  if (detail.startsWith('HTTP 5')) {
    return {
      headline: `${proxy} could not reach ${host}`,
      causes: [`the proxy does not know ${host}, or ${host} is down`],
    };
  }
  if (detail.startsWith('HTTP ')) {
    return {
      headline: `${proxy} does not allow connections to ${host}`,
      causes: [`its rules block ${host}: ask its administrator`, `the address in ${variable} is not a proxy`],
    };
  }
  if (/^(ENOTFOUND|EAI_)/.test(detail)) {
    return {
      headline: `${proxy} was not found`,
      causes: [`its name is mistyped in ${variable}`, 'the name exists only in an office network or VPN'],
    };
  }
  if (/^(EPROTO|ERR_SSL_|ERR_TLS_|UNABLE_TO_|CERT_)|SELF_SIGNED/.test(detail)) {
    return {
      headline: `The identity of ${lowerFirst(proxy)} could not be verified`,
      causes: [
        `the proxy itself does not use https: start ${variable} with http:// (the traffic to the server is still encrypted)`,
        'the proxy has a self-signed certificate: if you trust it, set NODE_EXTRA_CA_CERTS to its file (PEM)',
      ],
    };
  }
  if (detail.startsWith('HPE_')) {
    return {
      headline: `${proxy} does not answer like a proxy`,
      causes: ['another program or a SOCKS proxy uses this port', `its port is mistyped in ${variable}`],
    };
  }
  if (detail === 'ETIMEDOUT') {
    return {
      headline: `${proxy} did not answer in time`,
      causes: ['it can be reached only from an office network or VPN', `it gets no answer from ${host}`],
    };
  }
  return {
    headline: `${proxy} does not accept connections`,
    causes: [
      `its host or port is mistyped in ${variable}`,
      'it is down, or can be reached only from an office network or VPN',
    ],
  };
}
