import { get } from 'node:http';
import type { ServerContext } from './action.js';
import { PRACTICE_SERVER_NAME, type PracticeServer, startPracticeServer } from './practice-server.js';
import { createPracticeData } from './practice-world.js';

/** The usual port. It never changes, so that saved profiles and snippets for the practice server keep working. */
export const PRACTICE_PORT = 47_102;

/** Time in milliseconds to wait for an answer from the program on the port. Both ends are on this computer. */
const DETECTION_TIMEOUT = 1_000;

export type PracticeDeps = Omit<ServerContext, 'data'>;

/** A running practice server: started by this process, or already running in another window. */
export interface OpenedPractice extends PracticeServer {
  /** Whether another program runs it. It could be any program, so send only practice data. */
  readonly isJoined: boolean;
}

/**
 * Opens a practice server on the usual port or, if that is taken, on any free port. With `mayJoin`, uses the server
 * that another window already runs on the usual port; closing does not stop that one.
 *
 * Any user of this computer can listen on that port and answer like a practice server, and no secret identifies a real
 * one. So callers that send real data must not join.
 *
 * @throws {NodeJS.ErrnoException} if no port can be opened
 */
export async function openPractice(
  deps: PracticeDeps,
  port: number = PRACTICE_PORT,
  { mayJoin = false }: { readonly mayJoin?: boolean } = {},
): Promise<OpenedPractice> {
  try {
    return startedHere(await startPracticeServerOn(deps, port));
  } catch (error) {
    if (!isPortTaken(error)) throw error;
  }
  const url = `http://127.0.0.1:${port}`;
  if (mayJoin && (await isPracticeServer(url))) return { url, isJoined: true, close: async () => {} };
  return startedHere(await startPracticeServerOn(deps, 0));
}

const startedHere = (server: PracticeServer): OpenedPractice => ({ ...server, isJoined: false });

/**
 * Starts a practice server with all practice data on exactly this port.
 *
 * @throws {NodeJS.ErrnoException}
 */
export const startPracticeServerOn = (deps: PracticeDeps, port: number): Promise<PracticeServer> =>
  startPracticeServer({ ...deps, port, data: createPracticeData() });

/**
 * Returns whether a program that identifies itself as a practice server answers at this URL. Uses
 * `http.get`, because `fetch` never settles if the program closes the connection without an answer.
 */
export const isPracticeServer = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const ping = get(`${url}/api_v3/service/system/action/ping?format=1`, {
      agent: false,
      signal: AbortSignal.timeout(DETECTION_TIMEOUT),
    });
    ping.once('response', ({ headers }) => {
      resolve(headers['x-me'] === PRACTICE_SERVER_NAME);
      ping.destroy();
    });
    ping.on('error', () => resolve(false));
    ping.once('close', () => resolve(false));
  });

/** Returns whether the port is taken or not allowed for this user, so that another port may work. */
export const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
