import type { Secret } from '../secret.js';

/** A file in a form. */
export interface FormFile {
  /** The name of the parameter. */
  readonly name: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  /** Reads the file from its start. */
  readonly read: () => AsyncIterable<Uint8Array>;
}

/** A form POST, the only kind of request that the API needs. Secrets are sent in the body and never in the URL. */
export interface HttpRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  /** With files, the form is sent as `multipart/form-data`. */
  readonly files?: readonly FormFile[] | undefined;
  /** The size limit of the answer in bytes, if not 1 MiB. */
  readonly largestAnswer?: number | undefined;
  /** The secrets in the form and others that the server knows. They must never be shown. */
  readonly secrets?: readonly Secret[];
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @throws {ConnectionError} if there is no answer. An answer with any status is a response */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** What each call to a server needs. */
export interface CallDeps {
  readonly http: Http;
  readonly signal?: AbortSignal | undefined;
}

/**
 * `proxy`: the proxy rejected or dropped the connection. Failures beyond the proxy have the same codes as without one.
 */
export type ConnectionFault = 'dns' | 'refused' | 'reset' | 'timeout' | 'tls' | 'proxy' | 'aborted' | 'other';

/** The proxy for a request, without its user name and password. */
export interface ProxyInUse {
  /** Host and port; null if the variable's value cannot be parsed. */
  readonly host: string | null;
  /** The name of the environment variable, in the case in which it is set, such as `HTTPS_PROXY`. */
  readonly variable: string;
}

export interface ConnectionErrorOptions {
  readonly proxy?: ProxyInUse | null;
  /** Whether the server may have received the request or a part of it. Default: derived from the fault. */
  readonly mayHaveArrived?: boolean;
}

const FAULTS_BEFORE_SENDING: readonly ConnectionFault[] = ['dns', 'refused', 'tls', 'proxy'];

/** The server did not answer. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** null if no proxy is used. */
  readonly proxy: ProxyInUse | null;
  readonly mayHaveArrived: boolean;

  constructor(
    readonly fault: ConnectionFault,
    /** The server's host with its port. */
    readonly host: string,
    /** An error code (`ECONNREFUSED`), a proxy status (`HTTP 407`) or a text of this program. It is shown unchanged. */
    readonly detail: string,
    { proxy = null, mayHaveArrived = !FAULTS_BEFORE_SENDING.includes(fault) }: ConnectionErrorOptions = {},
  ) {
    const via = proxy === null ? '' : ` by way of ${proxy.host ?? 'a proxy'} (${proxy.variable})`;
    super(`${fault}: ${host} (${detail})${via}`);
    this.proxy = proxy;
    this.mayHaveArrived = mayHaveArrived;
  }
}

/** Checks whether a request failed because it was aborted. */
export const isAborted = (error: unknown): boolean => error instanceof ConnectionError && error.fault === 'aborted';
