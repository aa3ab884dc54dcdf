import type { Stage } from './action.js';
import { PRACTICE_SERVER_NAME, type PracticeServer, startPracticeServer } from './practice-server.js';
import { pretendWorld } from './pretend-world.js';
import type { World } from './world.js';

/** The same each time, so that a profile or a snippet that was made in practice goes on working. */
export const PRACTICE_PORT = 47_102;

/** How long to wait for a word from whoever holds the port; both ends are on this machine. */
const KNOCK_TIMEOUT = 1_000;

export type PracticeDeps = Omit<Stage, 'world'>;

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
    return own(await startPracticeWorld(deps, port));
  } catch (error) {
    if (!isPortTaken(error)) throw error;
  }
  const url = `http://127.0.0.1:${port}`;
  if (mayJoin && (await isPracticeServer(url))) return { url, isJoined: true, close: async () => {} };
  return own(await startPracticeWorld(deps, 0));
}

const own = (server: PracticeServer): OpenedPractice => ({ ...server, isJoined: false });

/**
 * A practice server on one port, and no other.
 *
 * @param world what it knows: all that is pretended, unless another is given
 * @throws {NodeJS.ErrnoException}
 */
export const startPracticeWorld = (
  deps: PracticeDeps,
  port: number,
  world: World = pretendWorld(),
): Promise<PracticeServer> => startPracticeServer({ ...deps, port, world });

/** Whether something that calls itself a practice server answers there now. */
export async function isPracticeServer(url: string): Promise<boolean> {
  try {
    const ping = await fetch(`${url}/api_v3/service/system/action/ping?format=1`, {
      signal: AbortSignal.timeout(KNOCK_TIMEOUT),
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
