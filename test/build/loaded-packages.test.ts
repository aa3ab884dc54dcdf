import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { Secret } from '../../source/kaltura/secret.js';
import { openTerminal } from '../terminal/terminal.js';

/** These tests list what the built program loads before the user sees something. Each new entry makes every start slower. */

const { bundle } = await import(resolve('scripts/bundle.js'));
const { outputs } = (await bundle()).metafile;
const hook = resolve('test/build/report-loaded.cjs');

/** The Node modules that take a millisecond or more to load. */
const SLOW = ['child_process', 'crypto', 'http', 'https', 'net', 'tls', 'worker_threads'];

const packageOf = (input: string): string | undefined => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];

/** Returns the source files that are part of these files of `dist/`. */
const sourcesIn = (files: readonly string[]): string[] =>
  files.flatMap((file) =>
    Object.entries<{ bytesInOutput: number }>(outputs[`dist/${file}`].inputs).flatMap(([input, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [input] : [],
    ),
  );

/** Returns the packages of package.json that are part of these files of `dist/`, without the dependencies of packages. */
function packagesIn(files: readonly string[]): string[] {
  const packages = sourcesIn(files).map(packageOf);
  return Object.keys(manifest.devDependencies).filter((name) => packages.includes(name));
}

/** Runs the program until `stopText` is on the screen, or to its end, and returns what it loaded. */
async function loadedBy(args: readonly string[], env: Record<string, string> = {}, stopText?: string) {
  const { NODE_OPTIONS, LOADED } = { NODE_OPTIONS: `--require ${hook}`, LOADED: 'loaded' };
  const terminal = await openTerminal({ args, env: { ...env, NODE_OPTIONS, LOADED } });
  if (stopText === undefined) expect((await terminal.exit).code).toBe(0);
  else await terminal.waitFor(stopText);
  const loaded = [...new Set((await readFile(join(terminal.home, LOADED), 'utf8')).trim().split('\n'))];
  const own = loaded.filter((file) => file.startsWith(resolve('dist'))).map((file) => basename(file));
  return {
    packages: packagesIn(own),
    sources: sourcesIn(own),
    // The names are without their hashes. Chunks that several entry points share have no names, so they are only counted.
    entries: own
      .map((file) => file.replace(/(-[A-Z0-9]{8})?\.js$/, ''))
      .filter((name) => name !== 'chunk')
      .sort(),
    chunks: own.filter((file) => file.startsWith('chunk-')).length,
    node: SLOW.filter((name) => loaded.includes(name) || loaded.includes(`node:${name}`)),
  };
}

test('--version loads no package', async () => {
  expect(await loadedBy(['--version'])).toMatchObject({ packages: [], entries: ['cli'], chunks: 1, node: [] });
});

test('token that signs locally loads only the parser of the command line', async () => {
  const args = ['token', '--method', 'local', '--region', 'us', '--partner', '2345678', '--no-clock-check'];
  expect(await loadedBy(args, { KALTURA_SECRET: 'c0ffee00'.repeat(4) })).toMatchObject({
    packages: ['commander'],
    entries: ['cli', 'default-profile', 'local', 'make-new-key', 'run-command'],
    chunks: 11,
    node: ['crypto'],
  });
});

test('token with a saved key loads the profile, and no code that creates keys', async () => {
  const { createHome, profile } = await import(resolve('scripts/saved-profiles.js'));
  const ks = new Secret(Buffer.from('v2|2345678|saved').toString('base64url'));
  const facts = { partnerId: 2_345_678, userId: '', type: 'USER', privileges: '', expiresAt: 9_000_000_000 };
  const home = await createHome([profile({ name: 'saved', savedKey: { ks, facts, confirmedBy: 'key' } })]);
  onTestFinished(home.remove);
  expect(await loadedBy(['token', 'saved'], home.env)).toMatchObject({
    packages: ['commander'],
    entries: ['cli', 'config-folder', 'find-profile', 'profile-store', 'run-command', 'staged-record'],
    chunks: 10,
    node: [],
  });
});

test('the first frame loads only what draws it', async () => {
  const { entries, sources, chunks, ...loaded } = await loadedBy([], {}, '❯');
  // This file is loaded right after the first frame, so it may be loaded already.
  const shown = entries.filter((name) => name !== 'change-records');
  expect({ ...loaded, entries: shown }).toEqual({
    packages: ['chalk', 'ink', 'ink-text-input', 'react', 'string-width', 'wrap-ansi'],
    entries: ['cli', 'config-folder', 'env-account', 'profile-store', 'run-wizard', 'staged-record', 'start-wizard'],
    node: [],
  });
  // The last chunk may be loaded right after the frame.
  expect(chunks).toBeLessThanOrEqual(11);
  // If a screen used a text, a privilege or a recipe while it is loaded, all of these files would be loaded.
  const late = /^source\/(messages\/(?!paragraph\.)|kaltura\/(diagnosis|privileges|recipes)\/)/;
  expect(sources.filter((file) => late.test(file))).toEqual([]);
});
