import { ConnectionError, type ConnectionFault, type Http, type HttpRequest } from '../kaltura/http.js';
import { isLoopback } from '../kaltura/service-url.js';

/** The API answers in a few hundred bytes; whatever is longer is something else. */
const LARGEST_ANSWER = 1024 * 1024;

export interface GotHttpOptions {
  /** Milliseconds, for the whole exchange. */
  readonly timeout: number;
  readonly userAgent: string;
}

/**
 * Posts forms with got, which is loaded with the first request. Nothing is retried (a wrong password counts, facts 4.3), no
 * redirect is followed (it would carry the secret along), and every status is an answer.
 *
 * @throws {RangeError} for an address that would send secrets in the clear
 */
export function createGotHttp(options: GotHttpOptions): Http {
  return async (request) => {
    const { host } = assertConfidential(request.url);
    const { default: got } = await import('got');
    try {
      const stream = got.stream.post(request.url, {
        form: { ...request.form },
        headers: { 'user-agent': options.userAgent, accept: 'application/json' },
        timeout: { request: options.timeout },
        retry: { limit: 0 },
        throwHttpErrors: false,
        followRedirect: false,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
      const body = await textOf(stream, host);
      const response = stream.response;
      if (response === undefined) throw new ConnectionError('other', host, 'no answer');
      return { status: response.statusCode, headers: flat(response.headers), body };
    } catch (error) {
      throw error instanceof ConnectionError ? error : connectionError(error, request, host);
    }
  };
}

/** The wizard refuses such addresses long before; here no mistake elsewhere can send a secret in the clear. */
function assertConfidential(address: string): URL {
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new RangeError(`Secrets are only sent over https, not to ${url.protocol}//${url.host}.`);
  }
  return url;
}

async function textOf(stream: AsyncIterable<Buffer | string>, host: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop early closes the connection.
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LARGEST_ANSWER) throw new ConnectionError('other', host, 'the answer is longer than 1 MiB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const flat = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

const FAULTS: Readonly<Record<string, ConnectionFault>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  // The answer broke off.
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: 'reset',
  ERR_READING_RESPONSE_STREAM: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  ETIMEDOUT: 'timeout',
  ERR_ABORTED: 'aborted',
  ABORT_ERR: 'aborted',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_REVOKED: 'tls',
  CERT_UNTRUSTED: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  HOSTNAME_MISMATCH: 'tls',
};

/** OpenSSL's and Node's own words for trouble with certificates and handshakes are too many to list. */
const isTlsCode = (code: string): boolean => /^(UNABLE_TO_|ERR_TLS_|ERR_SSL_)/.test(code);

/** Only the code goes on: messages and causes of others may hold the address or the form. */
function connectionError(error: unknown, request: HttpRequest, host: string): ConnectionError {
  const code = String((error as { code?: unknown } | null)?.code ?? 'no code');
  if (request.signal?.aborted) return new ConnectionError('aborted', host, code);
  return new ConnectionError(FAULTS[code] ?? (isTlsCode(code) ? 'tls' : 'other'), host, code);
}
