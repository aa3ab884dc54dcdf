import type { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ProxyAgentRequestOptions } from 'hpagent';
import { codeOf } from './connection-fault.js';

/** A connection through a proxy to one server. TLS runs end to end, so the proxy can't read the request. */
export interface ProxyTunnel {
  readonly agent: Agent;
  /** The result of the proxy so far: `failed` has an error code, or the status of the proxy's response. */
  readonly state: () => 'asked' | 'open' | { readonly failed: string };
  /** Call it at the end: a proxy that never responds would keep the program running. */
  readonly close: () => void;
}

type ConnectionCallback = (error: Error | null, socket: Duplex) => void;

/**
 * Opens a tunnel through an HTTP proxy by CONNECT. Loads hpagent only here. Sets no `ca`, because that would replace the certificates of
 * NODE_EXTRA_CA_CERTS.
 * @param address with the username and password, if the proxy needs them
 * @param timeout milliseconds for the proxy to open the tunnel; Node does not yet end a request without a connection
 */
export async function createProxyTunnel(address: URL, timeout: number): Promise<ProxyTunnel> {
  const { HttpsProxyAgent } = await import('hpagent');
  const givenUp = new AbortController();
  let state: ReturnType<ProxyTunnel['state']> = 'asked';
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  // hpagent passes all of these to the request to the proxy.
  const proxyRequestOptions: ProxyAgentRequestOptions & { signal: AbortSignal } = { signal: givenUp.signal };
  const agent = new HttpsProxyAgent({ proxy: withoutBrackets(address), proxyRequestOptions, maxCachedSessions: 0 });
  const connect = agent.createConnection.bind(agent);
  // A failure before this callback is the proxy's; a later one is the server's.
  agent.createConnection = (options, whenMade?: ConnectionCallback) => {
    timer = setTimeout(() => givenUp.abort(), timeout);
    return connect(options, (error, socket) => {
      clearTimeout(timer);
      if (isClosed) return;
      state = error === null ? 'open' : { failed: givenUp.signal.aborted ? 'ETIMEDOUT' : errorCodeOf(error) };
      whenMade?.(error, socket);
    });
  };
  return {
    agent,
    state: () => state,
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      // After that, nothing would handle the error of the abort.
      if (state === 'asked') givenUp.abort();
    },
  };
}

/** Removes the brackets of an IPv6 address: hpagent passes the host as it is, and Node expects none. */
function withoutBrackets(address: URL): URL {
  const { protocol, hostname, port, username, password } = address;
  return { protocol, hostname: hostname.replaceAll(/^\[|\]$/g, ''), port, username, password } as URL;
}

/** Returns the status of the proxy's answer, or the code of the error. */
function errorCodeOf(error: Error): string {
  const status = /^Bad response: (\d{3})$/.exec(error.message)?.[1];
  return status === undefined ? codeOf(error) : `HTTP ${status}`;
}
