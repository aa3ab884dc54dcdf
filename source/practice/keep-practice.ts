import {
  isPracticeServer,
  type OpenedPractice,
  openPractice,
  PRACTICE_PORT,
  type PracticeDeps,
} from './open-practice.js';

export interface PracticeWish {
  /** The one opened before was found gone. */
  readonly isAnew?: boolean;
  /** All that will be sent is pretended: see `openPractice`. */
  readonly mayJoin?: boolean;
}

/** The practice servers that one run of the wizard uses: as a rule a single one. */
export interface KeptPractice {
  /** Where to practise now. */
  url(wish?: PracticeWish): Promise<string>;
  close(): Promise<void>;
}

export function keepPractice(deps: PracticeDeps, port: number = PRACTICE_PORT): KeptPractice {
  const opened: OpenedPractice[] = [];

  async function usable({ isAnew = false, mayJoin = false }: PracticeWish): Promise<OpenedPractice | undefined> {
    if (isAnew) return undefined;
    const own = opened.find(({ isJoined }) => !isJoined);
    const joined = opened.at(-1);
    if (own !== undefined || joined === undefined || !mayJoin) return own;
    // The window that began it may have ended, and another program have taken the port.
    return (await isPracticeServer(joined.url)) ? joined : undefined;
  }

  async function find(wish: PracticeWish): Promise<string> {
    const used = await usable(wish);
    if (used !== undefined) return used.url;
    const server = await openPractice(deps, port, { mayJoin: wish.mayJoin === true });
    opened.push(server);
    return server.url;
  }

  // One after the other: two at once would open two servers, and one that is still being opened is closed too.
  let last: Promise<unknown> = Promise.resolve();
  return {
    url: (wish = {}) => {
      const found = last.then(() => find(wish));
      last = found.catch(() => {});
      return found;
    },
    close: async () => {
      await last;
      await Promise.all(opened.map((server) => server.close()));
    },
  };
}
