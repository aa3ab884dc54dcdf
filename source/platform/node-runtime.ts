import { homedir } from 'node:os';
import { type Page, pagesAt } from '../kaltura/accounts/pages.js';
import type { Http } from '../kaltura/api/http.js';
import type { Runtime } from '../operations/runtime.js';
import type { ScryptCost } from '../secrets/encrypted-secret.js';
import { dropBlankVariables, takeSecretVariables } from '../secrets/variables.js';
import { asciiText } from '../terminal/ascii.js';
import { withAllLinks } from '../terminal/hyperlinks.js';
import { sanitizedStream, terminalLine } from '../terminal/text.js';
import { guardTerminal, onTerminatingSignal, suspend, untilStopped } from './signals.js';
import { outputState } from './standard-output.js';
import { isUtf8 } from './terminal/choice.js';
import { supportsHyperlinks } from './terminal/hyperlinks.js';

/** The parts of the process that a runtime uses; tests pass their own. */
export interface Host extends Pick<NodeJS.Process, 'env' | 'platform' | 'stdin' | 'stdout' | 'stderr'> {
  readonly scryptCost?: ScryptCost;
  /** See `Runtime`. */
  readonly practicePort?: number;
}

export function createNodeRuntime(version: string, host: Host = process): Runtime {
  const { env, platform } = host;
  dropBlankVariables(env);
  const secretVariables = takeSecretVariables(env);
  const httpWithin =
    (timeout: number): Http =>
    async (request) => {
      const { createNodeHttp } = await import('./network/got-http.js');
      return createNodeHttp({ timeout, userAgent: `kaltura-ks/${version}`, env })(request);
    };
  const findConfigFolder = async (): Promise<string> => {
    const { configFolder } = await import('./files/config-folder.js');
    return configFolder({ env, platform, home: homedir() });
  };
  // Created when first used, because an abort takes a millisecond, which is wasted if no keychain is open.
  let left: AbortController | null = null;
  let stdout: NodeJS.WriteStream | undefined;
  let stderr: NodeJS.WriteStream | undefined;
  let pages: readonly Page[] = [];
  const hasLinks = supportsHyperlinks(env);
  const isAscii = !isUtf8(env);
  const convert = (text: string, linked: readonly Page[]): string => {
    const shown = isAscii ? asciiText(text) : text;
    return hasLinks ? withAllLinks(shown, linked) : shown;
  };
  // Always sanitized: messages may be shown on a terminal later.
  const errorStream = (): NodeJS.WriteStream => {
    stderr ??= sanitizedStream(host.stderr, host.stderr.isTTY ? (text) => convert(text, pages) : undefined);
    return stderr;
  };
  return {
    // Read on first use, because each getter creates a stream.
    get stdin() {
      return host.stdin;
    },
    get stdout() {
      // A pipe or file gets the exact bytes. A key is printed here: only addresses are linked.
      stdout ??= host.stdout.isTTY ? sanitizedStream(host.stdout, (text) => convert(text, [])) : host.stdout;
      return stdout;
    },
    get stderr() {
      return errorStream();
    },
    env,
    inheritedEnv: env,
    secretVariables,
    isWindows: platform === 'win32',
    now: Date.now,
    wakeIn: (delay, listener) => {
      const timer = setTimeout(listener, delay);
      timer.unref();
      return () => clearTimeout(timer);
    },
    // Not the global `crypto`, which loads all of WebCrypto.
    randomBytes: (length) => process.getBuiltinModule('node:crypto').randomBytes(length),
    practicePort: host.practicePort,
    httpWithin,
    openStore: async () => {
      const [folder, { createProfileStore }, { removeAllLeftovers }] = await Promise.all([
        findConfigFolder(),
        import('./profiles/profile-store.js'),
        import('./files/staged-record.js'),
      ]);
      removeAllLeftovers(folder, Date.now());
      return createProfileStore({ configFolder: folder, now: Date.now });
    },
    openSecretKeeper: async (onWaiting) => {
      left ??= new AbortController();
      const { signal } = left;
      const [folder, { openSecretKeeper }] = await Promise.all([
        findConfigFolder(),
        import('./secrets/open-keeper.js'),
      ]);
      return openSecretKeeper({
        configFolder: folder,
        env,
        secretVariables,
        platform,
        now: Date.now,
        onWaiting,
        leaving: signal,
        cost: host.scryptCost,
      });
    },
    openClipboard: async (terminal) => {
      const { createClipboard } = await import('./terminal/clipboard.js');
      return createClipboard({ platform, env, terminal });
    },
    readText: async (path) => {
      const onWaiting = () => {
        errorStream().write(
          `kaltura-ks: Waiting for data from ${terminalLine(path)}, which is a pipe. Ctrl+C to stop.\n`,
        );
      };
      return (await import('./files/read-text.js')).readText(path, { onWaiting });
    },
    openUpload: async (path) => (await import('./files/upload-file.js')).openUpload(path),
    openEnvFiles: async () => (await import('./env-files/env-files.js')).openEnvFiles(env),
    readEnvAccount: async () => (await import('./env-files/env-account.js')).readEnvAccount(),
    runChild: async (command) => (await import('./child-command.js')).runChild(command),
    openSavedFiles: async () => (await import('./files/saved-files.js')).openSavedFiles(await findConfigFolder()),
    profileNames: async () => (await import('./profiles/names.js')).profileNames(await findConfigFolder()),
    lookAround: async () => (await import('./look-around.js')).describeSurroundings(host, platform),
    outputState: () => (host === process ? outputState() : 'open'),
    onSignal: onTerminatingSignal,
    guardTerminal,
    suspend,
    untilStopped,
    leave: () => left?.abort(),
    linkPagesOf: (serviceUrl) => {
      pages = hasLinks ? pagesAt(serviceUrl) : [];
    },
    setColorLevel: (level) => {
      // chalk detects colors on standard output only; this variable has priority over that.
      process.env['FORCE_COLOR'] = String(level);
    },
  };
}
