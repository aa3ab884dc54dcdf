import type { Runtime } from './runtime.js';

/** Milliseconds for one exchange with a server. */
const REQUEST_TIMEOUT = 30_000;

export function createNodeRuntime(version: string): Runtime {
  const { env, platform } = process;
  return {
    // Looked up when used: each makes a stream the first time.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    env,
    now: Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    http: async (request) => {
      const { createGotHttp } = await import('./got-http.js');
      return createGotHttp({ timeout: REQUEST_TIMEOUT, userAgent: `kaltura-ks/${version}` })(request);
    },
    openStore: async () => {
      const [{ homedir }, { createProfileStore }, { configFolder }] = await Promise.all([
        import('node:os'),
        import('./profile-store.js'),
        import('./config-folder.js'),
      ]);
      return createProfileStore({ configFolder: configFolder({ env, platform, home: homedir() }), now: Date.now });
    },
    openClipboard: async (terminal) => {
      const { createClipboard } = await import('./clipboard.js');
      return createClipboard({ platform, env, terminal });
    },
    untilStopped: () =>
      new Promise((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      }),
    setColourLevel: (level) => {
      // chalk looks at standard output alone; this is what it heeds before that.
      process.env['FORCE_COLOR'] = String(level);
    },
  };
}
