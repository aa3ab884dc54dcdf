import type { ServerContext } from './action.js';
import { PRACTICE_SERVER_NAME, type PracticeServer, startPracticeServer } from './practice-server.js';
import { createPracticeData } from './practice-world.js';
import type { PracticeData } from './world.js';

/** The same each time, so that a profile or a snippet that was made in practice goes on working. */
export const PRACTICE_PORT = 47_102;

/** How long to wait for a word from whoever holds the port; both ends are on this machine. */
const DETECTION_TIMEOUT = 1_000;

export type PracticeDeps = Omit<ServerContext, 'data'>;

/** A practice server to talk to: one of our own, or one that another window runs. */
export interface OpenedPractice extends PracticeServer {
  /** Another program answers there. Nobody can tell for sure that it is ours: it must be sent nothing but what is pretended. */
  readonly isJoined: boolean;
}

/**
 * A practice server to talk to: a new one on the usual port or, where that is taken, a new one on any port that is free. With
 * `mayJoin` the one that another window already runs on the usual port is taken instead; closing leaves it alone.
 *
 * Any user of this computer can listen on that port and answer as a practice server does, for there is no secret by which to know
 * one. So who has anything to send that is not pretended must not join.
 *
 * @throws {NodeJS.ErrnoException} where no port can be opened at all
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
 * A practice server on one port, and no other.
 *
 * @param world what it knows: all that is pretended, unless another is given
 * @throws {NodeJS.ErrnoException}
 */
export const startPracticeServerOn = (
  deps: PracticeDeps,
  port: number,
  data: PracticeData = createPracticeData(),
): Promise<PracticeServer> => startPracticeServer({ ...deps, port, data });

/** Whether something that calls itself a practice server answers there now. */
async function isPracticeServer(url: string): Promise<boolean> {
  try {
    const ping = await fetch(`${url}/api_v3/service/system/action/ping?format=1`, {
      signal: AbortSignal.timeout(DETECTION_TIMEOUT),
      redirect: 'error',
    });
    await ping.body?.cancel();
    return ping.headers.get('x-me') === PRACTICE_SERVER_NAME;
  } catch {
    return false;
  }
}

/** Taken, or out of bounds for this user: another port may do. */
export const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');

export interface PracticeUrlOptions {
  /** The one opened before was found gone. */
  readonly replaceLost?: boolean;
  /** All that will be sent is pretended: see `openPractice`. */
  readonly mayJoin?: boolean;
}

/** The practice servers that one run of the wizard uses: as a rule a single one. */
export interface PracticeServers {
  /** Where to practise now. */
  url(options?: PracticeUrlOptions): Promise<string>;
  close(): Promise<void>;
}

export function managePracticeServers(deps: PracticeDeps, port: number = PRACTICE_PORT): PracticeServers {
  const opened: OpenedPractice[] = [];

  async function usable({
    replaceLost = false,
    mayJoin = false,
  }: PracticeUrlOptions): Promise<OpenedPractice | undefined> {
    if (replaceLost) return undefined;
    const own = opened.find(({ isJoined }) => !isJoined);
    const joined = opened.at(-1);
    if (own !== undefined || joined === undefined || !mayJoin) return own;
    // The window that began it may have ended, and another program have taken the port.
    return (await isPracticeServer(joined.url)) ? joined : undefined;
  }

  async function find(options: PracticeUrlOptions): Promise<string> {
    const used = await usable(options);
    if (used !== undefined) return used.url;
    const server = await openPractice(deps, port, { mayJoin: options.mayJoin === true });
    opened.push(server);
    return server.url;
  }

  // One after the other: two at once would open two servers, and one that is still being opened is closed too.
  let last: Promise<unknown> = Promise.resolve();
  return {
    url: (options = {}) => {
      const found = last.then(() => find(options));
      last = found.catch(() => {});
      return found;
    },
    close: async () => {
      await last;
      await Promise.all(opened.map((server) => server.close()));
    },
  };
}
