/** The one kind of request that the API needs: a form, posted. Secrets travel in the body alone, never in the address. */
export interface HttpRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
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

export type ConnectionFault = 'dns' | 'refused' | 'reset' | 'timeout' | 'tls' | 'aborted' | 'other';

/** No answer came from the server. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  constructor(
    readonly fault: ConnectionFault,
    readonly host: string,
    /** The system's own word for it (`ECONNREFUSED`…), for those who know it. */
    readonly detail: string,
  ) {
    super(`${fault}: ${host} (${detail})`);
  }
}
