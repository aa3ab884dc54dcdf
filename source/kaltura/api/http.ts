import type { Secret } from '../secret.js';

/** The one kind of request that the API needs: a form, posted. Secrets travel in the body alone, never in the address. */
export interface HttpRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  /** The secrets in the form, and others that the server knows. None of them may be shown. */
  readonly secrets?: readonly Secret[];
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @throws {ConnectionError} when no answer came; an answer of any status is a response */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** `proxy`: the proxy on the way let nothing through; what goes wrong beyond it is told as without one. */
export type ConnectionFault = 'dns' | 'refused' | 'reset' | 'timeout' | 'tls' | 'proxy' | 'aborted' | 'other';

/** The proxy on the way to the server. Its name and password are no part of this. */
export interface ProxyInUse {
  /** With the port; null where the variable holds nothing that could be read. */
  readonly host: string | null;
  /** The environment variable that names it, as it is written there: `HTTPS_PROXY`… */
  readonly variable: string;
}

export interface ConnectionErrorOptions {
  readonly proxy?: ProxyInUse | null;
  /** Whether the request, or a part of it, may have reached the server all the same. Left out: what the fault alone says. */
  readonly mayHaveArrived?: boolean;
}

const FAULTS_BEFORE_SENDING: readonly ConnectionFault[] = ['dns', 'refused', 'tls', 'proxy'];

/** No answer came from the server. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** null where the server is asked without one. */
  readonly proxy: ProxyInUse | null;
  readonly mayHaveArrived: boolean;

  constructor(
    readonly fault: ConnectionFault,
    /** The server's, with its port. */
    readonly host: string,
    /** An error code (`ECONNREFUSED`), a status of the proxy (`HTTP 407`) or words of our own: it is shown as it is. */
    readonly detail: string,
    { proxy = null, mayHaveArrived = !FAULTS_BEFORE_SENDING.includes(fault) }: ConnectionErrorOptions = {},
  ) {
    const way = proxy === null ? '' : ` by way of ${proxy.host ?? 'a proxy'} (${proxy.variable})`;
    super(`${fault}: ${host} (${detail})${way}`);
    this.proxy = proxy;
    this.mayHaveArrived = mayHaveArrived;
  }
}
