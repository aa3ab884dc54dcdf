import type { Stage } from './action.js';
import { PRACTICE_SERVER_NAME, type PracticeServer, startPracticeServer } from './practice-server.js';
import { pretendWorld } from './pretend-account.js';

/** The same each time, so that a profile or a snippet that was made in practice goes on working. */
export const PRACTICE_PORT = 47_102;

/** How long to wait for a word from whoever holds the port; both ends are on this machine. */
const KNOCK_TIMEOUT = 1_000;

export type PracticeDeps = Omit<Stage, 'world'>;

/**
 * A practice server to talk to: a new one on the usual port, the one that another window already runs there, or, where a stranger
 * holds the port, a new one on any port that is free. Closing leaves another window's server alone.
 *
 * A server that was joined ends with the window that began it: who then finds nobody at the url calls this once more.
 *
 * @throws {NodeJS.ErrnoException} where no port can be opened at all
 */
export async function openPractice(deps: PracticeDeps, port: number = PRACTICE_PORT): Promise<PracticeServer> {
  try {
    return await startPracticeWorld(deps, port);
  } catch (error) {
    if (!isPortTaken(error)) throw error;
  }
  return (await joinPracticeServer(port)) ?? (await startPracticeWorld(deps, 0));
}

/** The pretend account's world on one port, and no other. @throws {NodeJS.ErrnoException} */
export const startPracticeWorld = (deps: PracticeDeps, port: number): Promise<PracticeServer> =>
  startPracticeServer({ ...deps, port, world: pretendWorld() });

/** The practice server that already runs on this port; null where it is none of ours. */
async function joinPracticeServer(port: number): Promise<PracticeServer | null> {
  const url = `http://127.0.0.1:${port}`;
  try {
    const ping = await fetch(`${url}/api_v3/service/system/action/ping?format=1`, {
      signal: AbortSignal.timeout(KNOCK_TIMEOUT),
      redirect: 'error',
    });
    await ping.body?.cancel();
    return ping.headers.get('x-me') === PRACTICE_SERVER_NAME ? { url, close: async () => {} } : null;
  } catch {
    return null;
  }
}

/** Taken, or out of bounds for this user: another port may do. */
export const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
