import type { ClientRequest } from 'node:http';
import { TLSSocket } from 'node:tls';
import { isLoopback } from '../../kaltura/accounts/regions.js';
import {
  ConnectionError,
  type ConnectionFault,
  type FormFile,
  type Http,
  type HttpRequest,
  type ProxyInUse,
} from '../../kaltura/api/http.js';
import { withOneRetry } from '../../kaltura/api/retry.js';
import type { Env } from '../../operations/runtime.js';
import { codeOf, faultOf } from './connection-fault.js';
import { multipartBody } from './multipart.js';
import { chooseProxy } from './proxy-choice.js';
import { createProxyTunnel, type ProxyTunnel } from './proxy-tunnel.js';

/** Bytes. The answers that this program reads itself have a few hundred; anything longer is not an API response. */
const LARGEST_ANSWER = 1024 * 1024;

export interface GotHttpOptions {
  /** Milliseconds, for the whole exchange. */
  readonly timeout: number;
  readonly userAgent: string;
  /** The environment that can name a proxy (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, in either case). Without it, no proxy is used. */
  readonly env?: Env;
}

/** The state of an exchange, to describe its failure. */
interface Exchange {
  readonly host: string;
  readonly signal: AbortSignal | undefined;
  readonly proxy: ProxyInUse | null;
  readonly tunnel: ProxyTunnel | null;
  /** undefined until the request is created. */
  request?: ClientRequest;
}

/**
 * Posts forms with got, which is loaded on the first request. Never retries (a wrong password counts, docs/kaltura-facts.md 4.3) and never
 * follows redirects (they would receive the secret). Returns every HTTP status as a response.
 * @throws {RangeError} for an address that would send secrets unencrypted
 */
export function createGotHttp({ timeout, userAgent, env = {} }: GotHttpOptions): Http {
  return async ({ url, form, files = [], largestAnswer = LARGEST_ANSWER, signal }) => {
    const target = assertConfidential(url);
    const exchange = await startExchange(target, { env, timeout }, signal);
    const { default: got } = await import('got');
    try {
      const { headers, ...content } = contentOf(form, files);
      const stream = got.stream.post(url, {
        ...content,
        headers: { 'user-agent': userAgent, accept: 'application/json', ...headers },
        // How long an upload takes is unknown: then only the time without any progress is limited.
        timeout: files.length === 0 ? { request: timeout } : { connect: timeout, socket: timeout, response: timeout },
        retry: { limit: 0 },
        throwHttpErrors: false,
        followRedirect: false,
        ...(exchange.tunnel === null ? {} : { agent: { https: exchange.tunnel.agent } }),
        ...(signal === undefined ? {} : { signal }),
      });
      stream.once('request', (request: ClientRequest) => {
        exchange.request = request;
        // After a protocol switch (HTTP 101), the request would never end.
        request.once('upgrade', () => stream.destroy(failure(exchange, 'other', 'HTTP 101')));
      });
      const body = await textOf(stream, largestAnswer, exchange);
      const response = stream.response;
      if (response === undefined) throw failure(exchange, 'other', 'no answer');
      return { status: response.statusCode, headers: flat(response.headers), body };
    } catch (error) {
      throw error instanceof ConnectionError ? error : connectionError(error, exchange);
    } finally {
      exchange.tunnel?.close();
    }
  };
}

/**
 * Chooses between a direct connection and a proxy.
 * @throws {ConnectionError} if the environment names an unusable proxy
 */
async function startExchange(
  target: URL,
  { env, timeout }: Required<Pick<GotHttpOptions, 'env' | 'timeout'>>,
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  const { host } = target;
  const choice = chooseProxy(target, env);
  if (choice.kind === 'direct') return { host, signal, proxy: null, tunnel: null };
  const { variable } = choice;
  if (choice.kind === 'unusable') {
    throw new ConnectionError('proxy', host, choice.problem, { proxy: { host: null, variable } });
  }
  const tunnel = await createProxyTunnel(choice.address, timeout);
  return { host, signal, proxy: { host: choice.host, variable }, tunnel };
}

/**
 * Checks that secrets can't be sent unencrypted. The wizard refuses such addresses earlier; this check guards against mistakes elsewhere.
 */
function assertConfidential(address: string): URL {
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new RangeError(`Secrets are only sent over https, not to ${url.protocol}//${url.host}.`);
  }
  return url;
}

/** Returns the form as got takes it. */
function contentOf(form: HttpRequest['form'], files: readonly FormFile[]) {
  if (files.length === 0) return { form: { ...form }, headers: {} };
  const { contentType, length, stream } = multipartBody(form, files);
  return { body: stream, headers: { 'content-type': contentType, 'content-length': String(length) } };
}

async function textOf(
  stream: AsyncIterable<Buffer | string>,
  largestAnswer: number,
  exchange: Exchange,
): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Ending the loop early closes the connection.
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > largestAnswer) {
      throw failure(exchange, 'other', `the answer is longer than ${largestAnswer / 1024 / 1024} MiB`);
    }
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

function connectionError(error: unknown, exchange: Exchange): ConnectionError {
  if (error instanceof Error && error.cause instanceof ConnectionError) return error.cause;
  const { cause } = error as { cause?: unknown };
  // The answer came, but could not be decompressed: zlib says how.
  const code = codeOf(cause).startsWith('Z_') ? codeOf(cause) : codeOf(error);
  if (exchange.signal?.aborted) return failure(exchange, 'aborted', code);
  const state = exchange.tunnel?.state() ?? 'open';
  if (state !== 'open') return failure(exchange, 'proxy', state === 'asked' ? code : state.failed);
  return failure(exchange, faultOf(code), code);
}

function failure(exchange: Exchange, fault: ConnectionFault, detail: string): ConnectionError {
  const { host, proxy } = exchange;
  return new ConnectionError(fault, host, detail, {
    proxy,
    ...(isConnected(exchange) ? {} : { mayHaveArrived: false }),
  });
}

/** Checks whether any of the request may have been sent: with TLS, nothing is sent before the server is verified. */
function isConnected({ request }: Exchange): boolean {
  const socket = request?.socket ?? null;
  return socket instanceof TLSSocket ? socket.authorized : socket !== null;
}

/** Creates the HTTP client: got, with one retry if the first request did not reach the server. */
export const createNodeHttp = (options: GotHttpOptions): Http => withOneRetry(createGotHttp(options));
