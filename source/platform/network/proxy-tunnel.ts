import type { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ProxyAgentRequestOptions } from 'hpagent';
import { codeOf } from './connection-fault.js';

/** A way through a proxy to the one server that is asked: TLS begins at its far end, so that the proxy sees no word of it. */
export interface ProxyTunnel {
  readonly agent: Agent;
  /** What the proxy did so far: `failed` with an error code, or the status of the proxy's answer. */
  readonly state: () => 'asked' | 'open' | { readonly failed: string };
  /** To be called at the end: a proxy that never answers would keep the program running. */
  readonly close: () => void;
}

type ConnectionCallback = (error: Error | null, socket: Duplex) => void;

/**
 * Goes through an HTTP proxy by CONNECT. hpagent is loaded here, only where there is a proxy to go through. No `ca` is set, here or anywhere: it
 * would take the place of what NODE_EXTRA_CA_CERTS added.
 *
 * @param address with the name and password, if the proxy takes any
 * @param timeout milliseconds for the proxy to open the way; Node does not end a request that has no connection yet
 */
export async function createProxyTunnel(address: URL, timeout: number): Promise<ProxyTunnel> {
  const { HttpsProxyAgent } = await import('hpagent');
  const givenUp = new AbortController();
  let state: ReturnType<ProxyTunnel['state']> = 'asked';
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  // hpagent hands all of these on to the request that asks the proxy.
  const proxyRequestOptions: ProxyAgentRequestOptions & { signal: AbortSignal } = { signal: givenUp.signal };
  const agent = new HttpsProxyAgent({ proxy: withoutBrackets(address), proxyRequestOptions, maxCachedSessions: 0 });
  const connect = agent.createConnection.bind(agent);
  // What fails before this calls back is the proxy's doing; what fails after is the server's.
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
      // Later, nobody would listen to the error that this makes.
      if (state === 'asked') givenUp.abort();
    },
  };
}

/** hpagent takes the host as it stands, and Node wants an IPv6 address without brackets there. */
function withoutBrackets(address: URL): URL {
  const { protocol, hostname, port, username, password } = address;
  return { protocol, hostname: hostname.replaceAll(/^\[|\]$/g, ''), port, username, password } as URL;
}

/** Returns the status of the proxy's answer, or the code of the error. */
function errorCodeOf(error: Error): string {
  const status = /^Bad response: (\d{3})$/.exec(error.message)?.[1];
  return status === undefined ? codeOf(error) : `HTTP ${status}`;
}
