import type { ConnectionFault } from '../../kaltura/api/http.js';

const FAULTS: Readonly<Record<string, ConnectionFault>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  // The response ended early.
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

/** Checks for a certificate or handshake error: OpenSSL and Node have too many codes to list. */
const isTlsCode = (code: string): boolean => /^(UNABLE_TO_|ERR_TLS_|ERR_SSL_)/.test(code);

/**
 * Returns the code of an error, or `no code` if it has none of the usual form. The rest of an error is never shown: its message and
 * cause can contain the address, the form, the proxy's password, or words of the server.
 */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : 'no code';
}

/** Maps an error code of Node, OpenSSL or got to the kind of connection fault. */
export function faultOf(code: string): ConnectionFault {
  return FAULTS[code] ?? (isTlsCode(code) ? 'tls' : 'other');
}
