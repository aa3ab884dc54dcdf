import type { ConnectionError } from '../http.js';
import type { Counsel, Remedy } from './advice.js';

/** What to do where the proxy on the way let nothing through. Its name and password are not known here. */
export function onProxy({ detail, proxy }: ConnectionError, host: string, remedies: readonly Remedy[]): Counsel {
  const variable = proxy?.variable ?? 'HTTPS_PROXY';
  const name = proxy?.host ?? null;
  const { headline, causes } =
    name === null ? unusable(variable) : counselOn(detail, `The proxy ${name}`, variable, host);
  return {
    headline,
    explanation: `Nothing was sent to ${host}. The proxy is named in the variable ${variable}, which is read at the start: set it, and start again.`,
    causes: [...causes, `no proxy is needed for ${host}: name ${host} in NO_PROXY, or unset ${variable}`],
    remedies,
  };
}

type ProxyCounsel = Pick<Counsel, 'headline' | 'causes'>;

const FORM = 'http://proxy.example.com:3128';
const IN_PERCENT = 'in a name or password, @ : / ? # % are written %40 %3A %2F %3F %23 %25';

const unusable = (variable: string): ProxyCounsel => ({
  headline: `${variable} names no proxy that can be used`,
  causes: [
    `it is not written like ${FORM}`,
    IN_PERCENT,
    'it names a SOCKS proxy: only http:// and https:// ones are used',
  ],
});

function counselOn(detail: string, proxy: string, variable: string, host: string): ProxyCounsel {
  if (detail === 'HTTP 407') {
    return {
      headline: `${proxy} wants a name and a password`,
      causes: [
        `they are missing in ${variable}, or wrong: they stand before the host, as in http://name:password@…; ${IN_PERCENT}`,
        'it takes another kind of login (NTLM, Kerberos) than name and password: ask whoever runs it',
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
      headline: `${proxy} does not let us through to ${host}`,
      causes: [`its rules forbid ${host}: ask whoever runs it`, `what ${variable} names is no proxy`],
    };
  }
  if (/^(ENOTFOUND|EAI_)/.test(detail)) {
    return {
      headline: `${proxy} was not found`,
      causes: [`its name is mistyped in ${variable}`, 'it is known in an office network or VPN only'],
    };
  }
  if (/^(EPROTO|ERR_SSL_|ERR_TLS_|UNABLE_TO_|CERT_)|SELF_SIGNED/.test(detail)) {
    return {
      headline: `${proxy} cannot be trusted`,
      causes: [
        `it speaks no https itself: ${variable} then begins with http://, and what is sent is encrypted all the same`,
        'its certificate is of its own making: name its file (PEM) in NODE_EXTRA_CA_CERTS, if you trust it',
      ],
    };
  }
  if (detail.startsWith('HPE_')) {
    return {
      headline: `${proxy} does not answer as a proxy does`,
      causes: ['something else listens there, or a SOCKS proxy', `its port is mistyped in ${variable}`],
    };
  }
  if (detail === 'ETIMEDOUT') {
    return {
      headline: `${proxy} did not answer in time`,
      causes: ['it can be reached in an office network or VPN only', `it waits in vain for ${host}`],
    };
  }
  return {
    headline: `${proxy} does not accept connections`,
    causes: [
      `its host or port is mistyped in ${variable}`,
      'it is down, or is reached in an office network or VPN only',
    ],
  };
}
