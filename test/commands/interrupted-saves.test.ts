import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { removeAllLeftovers } from '../../source/platform/files/staged-record.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { openSecretKeeper } from '../../source/platform/secrets/open-keeper.js';
import { deleteLeftoverEntries } from '../../source/profiles/change-entries.js';
import { openProfileSecrets } from '../../source/profiles/profile-secrets.js';
import { keychainEntries } from '../platform/secrets/keychain-entries.js';
import { noSecretService, privateKeyring } from '../platform/secrets/secret-service.js';
import { first, isFull, SIZES } from '../sizes.js';

const PASSPHRASE = 'a phrase of some length';
const OLD = '0'.repeat(32);
const NEW = '1'.repeat(32);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
const LONG_TEST = 7_200_000;

const folder = mkdtempSync(join(tmpdir(), 'interrupted-'));
const wizardProgram = join(folder, 'wizard-save-program.mjs');

// Only the large settings run the wizard's code.
beforeAll(async () => {
  if (!isFull) return;
  const { build } = await import('esbuild');
  await build({
    entryPoints: [fileURLToPath(new URL('wizard-save-program.ts', import.meta.url))],
    outfile: wizardProgram,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { 'import.meta.url': JSON.stringify(new URL('../../package.json', import.meta.url).href) },
    banner: {
      js: `const require = process.getBuiltinModule('node:module').createRequire('${resolve('package.json')}');`,
    },
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Store = 'file' | 'keychain';

/** The programs that replace a stored secret: a command, and the wizard's code without its screens. */
const PROGRAMS = {
  'profiles add': (store: Store): string[] => {
    const account = ['--region', 'eu', '--partner', '1234567'];
    return [resolve('dist/cli.js'), 'profiles', 'add', 'p', ...account, '--replace', '--store', store];
  },
  wizard: (store: Store): string[] => [wizardProgram, store],
} as const;

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Creates a home folder with a profile whose old secret is stored. */
async function openHome(args: readonly string[], keychain: NodeJS.ProcessEnv = {}) {
  const home = mkdtempSync(join(tmpdir(), 'interrupted-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const original = join(home, 'original');
  mkdirSync(original, { mode: 0o700 });
  const { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR } = keychain;
  const bus = { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR };

  /** Replaces the secret. The variables in `kill` (see kill-at.cjs) interrupt the program. */
  const replace = (secret: string, config: string, kill: Readonly<Record<string, string>> = {}): Promise<Ending> =>
    new Promise((done, fail) => {
      const env = {
        PATH: process.env['PATH'],
        HOME: home,
        XDG_CONFIG_HOME: config,
        KALTURA_SECRET: secret,
        KALTURA_PASSPHRASE: PASSPHRASE,
        ...bus,
        ...kill,
      };
      const preload = fileURLToPath(new URL('kill-at.cjs', import.meta.url));
      const child = spawn(process.execPath, ['--require', preload, ...args], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        stderr += chunk;
      });
      child.on('error', fail);
      child.on('close', (code, signal) => done({ code, signal, stderr }));
    });

  /** Opens the profiles and secrets as another program does, `later` milliseconds from now. */
  function openStored(config: string, later = 0) {
    const configFolder = join(config, 'kaltura-ks');
    const now = () => Date.now() + later;
    const store = createProfileStore({ configFolder, now });
    const keeper = openSecretKeeper({
      configFolder,
      env: { ...process.env, ...bus },
      platform: process.platform,
      now,
      keychainLimit: 60_000,
    });
    const secrets = openProfileSecrets(
      async () => keeper,
      async () => new Secret(PASSPHRASE),
    );
    return { configFolder, store, secrets, now };
  }

  async function storedSecret(config: string): Promise<string> {
    const { store, secrets } = openStored(config);
    const { profiles, troubles } = await store.load();
    expect([profiles.length, troubles]).toEqual([1, []]);
    const [profile] = profiles;
    return profile === undefined ? '' : (await secrets.read(profile, 'secret')).reveal();
  }

  /** Cleans up as a later command does, and returns what is left. */
  async function cleanUpLater(config: string, store: Store): Promise<{ files: string[]; entries: number }> {
    const { configFolder, now, ...deps } = openStored(config, 3_600_000);
    removeAllLeftovers(configFolder, now());
    await deleteLeftoverEntries(store, deps);
    const names = readdirSync(configFolder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    const entries = store === 'keychain' ? Object.keys(keychainEntries({ ...process.env, ...bus })).length : 0;
    return { files, entries };
  }

  expect(await replace(OLD, original), 'the profile is saved').toMatchObject({ code: 0 });
  const copy = () => {
    const config = mkdtempSync(join(home, 'copy-'));
    cpSync(original, config, { recursive: true });
    return config;
  };
  return { replace, storedSecret, cleanUpLater, copy, original, home };
}

/** Runs the program once to its end, and returns the number of moments at which it can be interrupted. */
async function countMoments({ replace, home }: Awaited<ReturnType<typeof openHome>>, config: string): Promise<number> {
  const log = join(home, 'moments');
  expect(await replace(NEW, config, { KILL_COUNT: log })).toMatchObject({ code: 0 });
  return readFileSync(log, 'utf8').split('\n').length - 1;
}

describe.each(first(1, Object.entries(PROGRAMS)))('replacing a stored secret: %s', (_program, argsFor) => {
  test('keeps the old secret or stores the new one if a signal interrupts it at any moment', {
    timeout: LONG_TEST,
  }, async () => {
    const home = await openHome(argsFor('file'));
    const moments = await countMoments(home, home.copy());
    const found = { old: 0, new: 0, interrupted: 0 };
    for (let turn = 0; turn < SIZES.interruptions; turn += 1) {
      // Steps of 7, a prime: a few turns spread over the whole run, and many turns reach every moment.
      const at = 1 + ((turn * 7 + Math.floor(turn / moments)) % moments);
      const signal = SIGNALS[(turn + Math.floor(turn / SIGNALS.length)) % SIGNALS.length] ?? 'SIGKILL';
      const config = home.copy();
      const { code } = await home.replace(NEW, config, { KILL_AT: String(at), KILL_BY: signal });
      const secret = await home.storedSecret(config);
      expect([OLD, NEW], `${signal} at ${at}`).toContain(secret);
      if (code === 0) expect(secret).toBe(NEW);
      else found.interrupted += 1;
      found[secret === OLD ? 'old' : 'new'] += 1;
      const { files } = await home.cleanUpLater(config, 'file');
      expect(files.toSorted(), `${signal} at ${at}`).toEqual(
        ['p.json', expect.stringMatching(/^[0-9a-f]{32}\.json$/)].toSorted(),
      );
      rmSync(config, { recursive: true, force: true });
    }
    console.info(`Interrupted replacements: ${SIZES.interruptions} over ${moments} moments; ${JSON.stringify(found)}`);
    expect(found.interrupted).toBeGreaterThan(0);
  });

  test.skipIf(noSecretService !== null)(
    'keeps the old secret or stores the new one in a keychain',
    { timeout: LONG_TEST },
    async () => {
      const home = await openHome(argsFor('keychain'), await privateKeyring());
      const moments = await countMoments(home, home.original);
      // All runs share one keychain, which cannot be copied. So each run replaces the secret that the last one left.
      let [secret, next] = [NEW, OLD];
      for (let turn = 0; turn < SIZES.interruptions / 2; turn += 1) {
        const at = 1 + ((turn * 7) % moments);
        const signal = SIGNALS[turn % SIGNALS.length] ?? 'SIGKILL';
        const { code } = await home.replace(next, home.original, { KILL_AT: String(at), KILL_BY: signal });
        const found = await home.storedSecret(home.original);
        expect([secret, next], `${signal} at ${at}`).toContain(found);
        if (code === 0) expect(found).toBe(next);
        if (found === next) [secret, next] = [next, secret];
      }
      expect((await home.cleanUpLater(home.original, 'keychain')).entries).toBe(1);
    },
  );

  test('by two programs at once stores the secret of a program that reports success', {
    timeout: LONG_TEST,
  }, async () => {
    const home = await openHome(argsFor('file'));
    const outcomes = { success: 0, changed: 0 };
    for (let round = 0; round < SIZES.replacementRounds; round += 1) {
      const config = home.copy();
      const texts = ['2'.repeat(32), '3'.repeat(32)];
      const endings = await Promise.all(texts.map((text) => home.replace(text, config)));
      const stored = texts.filter((_text, index) => endings[index]?.code === 0);
      for (const { code, stderr } of endings) {
        if (code === 0) outcomes.success += 1;
        else {
          outcomes.changed += 1;
          expect(stderr).toContain('Another program changed');
        }
      }
      expect(stored).toContain(await home.storedSecret(config));
      expect((await home.cleanUpLater(config, 'file')).files).toHaveLength(2);
      rmSync(config, { recursive: true, force: true });
    }
    console.info(`Replacements by two programs at once: ${JSON.stringify(outcomes)}`);
  });
});
