import { ConnectionError } from '../kaltura/api/http.js';
import type { OpenedPractice, PracticeDeps } from '../practice/open-practice.js';

/**
 * Which practice server may get a request. A server of another program (`any`) may get only public practice values, because any user of
 * this computer can run one: see `openPractice`.
 */
export type PracticeUse = 'own' | 'any';

/** A server to send a request to. */
interface TargetServer {
  /** Without `/api_v3`. Not used for practice. */
  readonly serviceUrl: string;
  /** null for a real server. */
  readonly practice: PracticeUse | null;
}

/** The practice servers of one run of the program, usually none or one. */
export interface PracticeServers {
  /** Starts or joins a practice server if there is none yet, and returns its URL. */
  url(use: PracticeUse): Promise<string>;
  /**
   * Runs a task with the URL of the server. If the practice server that was joined is gone, starts a new one and runs the task again,
   * once.
   */
  runOn<T>(server: TargetServer, task: (serviceUrl: string) => Promise<T>): Promise<T>;
  /** Returns whether another program runs the server of this URL. */
  isJoined(url: string): boolean;
  /** Stops the servers that this program has started. */
  close(): Promise<void>;
}

/** Another window that ran the practice server was closed. */
const isServerGone = (error: unknown): boolean =>
  error instanceof ConnectionError && (error.fault === 'refused' || error.fault === 'reset');

export interface PracticeServersDeps extends PracticeDeps {
  /** The port to try first, if not the usual one. */
  readonly practicePort?: number | undefined;
}

export function createPracticeServers({ now, randomBytes, practicePort }: PracticeServersDeps): PracticeServers {
  const opened: OpenedPractice[] = [];

  async function find(use: PracticeUse, isLost: boolean): Promise<string> {
    const { isPracticeServer, openPractice } = await import('../practice/open-practice.js');
    if (!isLost) {
      const own = opened.find(({ isJoined }) => !isJoined);
      if (own !== undefined) return own.url;
      const joined = opened.at(-1);
      // The other window may have closed, and another program may now use the port.
      if (use === 'any' && joined !== undefined && (await isPracticeServer(joined.url))) return joined.url;
    }
    const server = await openPractice({ now, randomBytes }, practicePort, { mayJoin: use === 'any' });
    opened.push(server);
    return server.url;
  }

  // Run calls one at a time: two at once would open two servers. Closing also waits for a server that is still opening.
  let last: Promise<unknown> = Promise.resolve();
  const url = (use: PracticeUse, isLost = false): Promise<string> => {
    const found = last.then(() => find(use, isLost));
    last = found.catch(() => {});
    return found;
  };

  return {
    url,
    isJoined: (url) => opened.some((server) => server.isJoined && server.url === url),
    async runOn({ serviceUrl, practice }, task) {
      if (practice === null) return task(serviceUrl);
      try {
        return await task(await url(practice));
      } catch (error) {
        if (!isServerGone(error)) throw error;
        return task(await url(practice, true));
      }
    },
    close: async () => {
      await last;
      await Promise.all(opened.map((server) => server.close()));
    },
  };
}
