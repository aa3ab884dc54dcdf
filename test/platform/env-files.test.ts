import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildSync } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { openEnvFiles } from '../../source/platform/env-files/env-files.js';
import type { EnvFileWriteResult } from '../../source/profiles/env-file.js';

const KEY = 'djJ8MTAyfPlanted-0123456789==';
const ks = new Secret(KEY);

const ENV_FILES = join('source', 'platform', 'env-files', 'env-files.ts');

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

/** Runs a line of sh with the path in $0. */
const shell = (line: string, path: string) => spawnSync('/bin/sh', ['-c', line, path]);

function tempFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'env-files-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment without the git configuration of the user. */
const ENV: NodeJS.ProcessEnv = { PATH: process.env['PATH'], HOME: tmpdir(), GIT_CONFIG_GLOBAL: '/dev/null' };

const files = openEnvFiles(ENV);

/** Writes the key to the file in its current state. */
const write = async (path: string, key: Secret): Promise<EnvFileWriteResult> =>
  files.write(path, key, await files.look(path));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

const whyOf = (writing: EnvFileWriteResult): string => (writing.ok ? '' : writing.why);

describe('writing', () => {
  test('creates a private file, and leaves no other file', async () => {
    const folder = tempFolder();
    const path = join(folder, '.env');
    expect(await files.look(path)).toMatchObject({ path, target: path, exists: false, hasKey: false, problem: null });
    expect(await write(path, ks)).toEqual({
      ok: true,
      path,
      target: path,
      outcome: 'created',
      access: 'private',
      idleLines: 0,
    });
    expect(readFileSync(path, 'utf8')).toBe(`KALTURA_KS=${KEY}\n`);
    if (!isWindows) expect(modeOf(path)).toBe('600');
    expect(readdirSync(folder)).toEqual(['.env']);
    expect(await files.look(path)).toMatchObject({ exists: true, hasKey: true, isOpenToOthers: false });
  });

  test.skipIf(isWindows)('makes a file private that others can read, and reports that', async () => {
    const path = join(tempFolder(), '.env');
    writeFileSync(path, 'A=1\n', { mode: 0o600 });
    chmodSync(path, 0o644);
    expect(await files.look(path)).toMatchObject({ isOpenToOthers: true, hasKey: false });
    expect(await write(path, ks)).toMatchObject({ outcome: 'added', access: 'closed' });
    expect(modeOf(path)).toBe('600');
    expect(readFileSync(path, 'utf8')).toBe(`A=1\nKALTURA_KS=${KEY}\n`);
    // There is nothing to write, but others can read the file.
    chmodSync(path, 0o640);
    expect(await write(path, ks)).toMatchObject({ outcome: 'unchanged', access: 'closed' });
    expect(modeOf(path)).toBe('600');
    expect(await write(path, ks)).toMatchObject({ outcome: 'unchanged', access: 'private' });
  });

  test('keeps all other bytes, also if they are not UTF-8', async () => {
    const path = join(tempFolder(), '.env');
    const [before, after] = [Buffer.from([0x41, 0x3d, 0xfc, 0xff, 0x0d, 0x0a]), Buffer.from('B=ü\r\n', 'utf8')];
    writeFileSync(path, Buffer.concat([before, Buffer.from('KALTURA_KS=old\r\n'), after]));
    expect(await write(path, ks)).toMatchObject({ outcome: 'updated' });
    expect(readFileSync(path).equals(Buffer.concat([before, Buffer.from(`KALTURA_KS=${KEY}\r\n`), after]))).toBe(true);
  });

  test('reports lines that set the key without effect', async () => {
    const path = join(tempFolder(), '.env');
    writeFileSync(path, 'KALTURA_KS=a\nKALTURA_KS=b\nKALTURA_KS=c\n');
    expect(await write(path, ks)).toMatchObject({ outcome: 'updated', idleLines: 2 });
  });

  test('resolves a path from the current folder and from the home folder', async () => {
    const folder = tempFolder();
    const path = join(folder, '.env');
    expect((await files.look(relative(process.cwd(), path))).path).toBe(path);
    expect((await files.look('~/no-such-folder/.env')).path).toBe(join(homedir(), 'no-such-folder', '.env'));
  });

  test.skipIf(isWindows)('follows a link, and keeps the link', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'shared'));
    const [path, middle, target] = [join(folder, '.env'), join(folder, 'link'), join(folder, 'shared', 'real.env')];
    symlinkSync('link', path);
    symlinkSync('shared/real.env', middle);
    // A link to a file that doesn't exist yet.
    expect(await files.look(path)).toMatchObject({ path, target, isLink: true, exists: false, problem: null });
    expect(await write(path, ks)).toMatchObject({ path, target, outcome: 'created' });
    expect(readlinkSync(path)).toBe('link');
    expect(lstatSync(target).isFile()).toBe(true);
    expect(modeOf(target)).toBe('600');
    expect(await write(path, new Secret('another'))).toMatchObject({ target, outcome: 'updated' });
    expect(readFileSync(path, 'utf8')).toBe('KALTURA_KS=another\n');
  });

  test.skipIf(isWindows)('changes only the given name of a file with two names', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'first'), 'A=1\n');
    linkSync(join(folder, 'first'), join(folder, '.env'));
    expect(await write(join(folder, '.env'), ks)).toMatchObject({ outcome: 'added' });
    expect(readFileSync(join(folder, 'first'), 'utf8')).toBe('A=1\n');
  });

  test.skipIf(isWindows || !isRoot)('as root keeps the owner of a file', async () => {
    const path = join(tempFolder(), '.env');
    writeFileSync(path, 'A=1\n', { mode: 0o600 });
    chownSync(path, 1234, 1234);
    expect(await write(path, ks)).toMatchObject({ outcome: 'added' });
    expect(statSync(path)).toMatchObject({ uid: 1234, gid: 1234 });
  });

  test('at the same time results in a complete file', async () => {
    const path = join(tempFolder(), '.env');
    writeFileSync(path, 'A=1\nKALTURA_KS=old\nB=2\n');
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);
    await Promise.all(keys.map((key) => write(path, new Secret(key))));
    expect(readFileSync(path, 'utf8')).toMatch(/^A=1\nKALTURA_KS=key-\d+\nB=2\n$/);
  });
});

const unmount = (folder: string): void => void shell('umount "$0"', folder);

const mountSmallDisk = (folder: string): boolean => shell('mount -t tmpfs -o size=64k tmpfs "$0"', folder).status === 0;

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'env-files-disk-'));
  const mounted = mountSmallDisk(folder);
  if (mounted) unmount(folder);
  rmdirSync(folder);
  return mounted;
}

describe('a file that can’t be written is unchanged', () => {
  const cases: readonly (readonly [string, string, (path: string) => void])[] = [
    ['a folder', 'it is a folder', (path) => mkdirSync(path)],
    ['a file that is not text', 'it is not a text file', (path) => writeFileSync(path, Buffer.from([65, 0, 66]))],
    [
      'a file that is too large',
      'it is too large for a file with variables',
      (path) => writeFileSync(path, 'A'.repeat(1024 * 1024 + 1)),
    ],
  ];

  test.each(cases)('%s', async (_what, why, make) => {
    const folder = tempFolder();
    const path = join(folder, '.env');
    make(path);
    expect(await files.look(path)).toMatchObject({ problem: why });
    expect(whyOf(await write(path, ks))).toBe(why);
    expect(readdirSync(folder)).toEqual(['.env']);
  });

  test('a path without its folder', async () => {
    const folder = tempFolder();
    const path = join(folder, 'none', '.env');
    expect(await files.look(path)).toMatchObject({
      path,
      problem: 'its folder does not exist; create it, or use another path',
    });
    expect(whyOf(await write(path, ks))).toBe('its folder does not exist; create it, or use another path');
    writeFileSync(join(folder, 'file'), '');
    const belowFile = await files.look(join(folder, 'file', '.env'));
    expect(belowFile.problem).toBe('there is a file where a folder should be');
  });

  test.skipIf(isWindows)('links in a circle, and anything that is not a file', async () => {
    const folder = tempFolder();
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    expect(whyOf(await write(join(folder, 'a'), ks))).toBe('its links form a loop');
    shell('mkfifo "$0"', join(folder, 'pipe'));
    expect(whyOf(await write(join(folder, 'pipe'), ks))).toBe('it is not a regular file');
    expect(whyOf(await write('/dev/null', ks))).toBe('it is not a regular file');
  });

  test('a text that is not a key', async () => {
    const path = join(tempFolder(), '.env');
    const writing = await write(path, new Secret('planted\nPATH=/tmp'));
    expect(whyOf(writing)).toBe('the new text contains characters that a key can’t have');
    expect(JSON.stringify(writing)).not.toContain('planted');
    expect((await files.look(path)).exists).toBe(false);
  });

  // Permissions don't restrict root, so these tests run as another user.
  const AS_OTHER_USER = { uid: 65534, gid: 65534 };

  test.skipIf(isWindows || !isRoot)('write-protected or of another user, or in such a folder', () => {
    const folder = tempFolder();
    chmodSync(folder, 0o755);
    const own = join(folder, 'own');
    mkdirSync(own);
    for (const name of ['protected', 'others', 'closed']) writeFileSync(join(own, name), 'A=1\n', { mode: 0o666 });
    chownSync(join(own, 'protected'), 65534, 65534);
    chmodSync(join(own, 'protected'), 0o400);
    chmodSync(join(own, 'others'), 0o666);
    chownSync(own, 65534, 65534);
    const locked = join(folder, 'locked');
    mkdirSync(locked, { mode: 0o755 });
    writeFileSync(join(locked, '.env'), 'A=1\n');
    chownSync(join(locked, '.env'), 65534, 65534);
    const bundle = join(folder, 'env-files.mjs');
    buildSync({ entryPoints: [ENV_FILES], bundle: true, platform: 'node', format: 'esm', outfile: bundle });
    chmodSync(bundle, 0o644);
    const script = `
      const { openEnvFiles } = await import(${JSON.stringify(bundle)});
      const files = openEnvFiles({ PATH: process.env.PATH });
      const ks = { reveal: () => ${JSON.stringify(KEY)} };
      const paths = ${JSON.stringify([join(own, 'protected'), join(own, 'others'), join(locked, '.env'), join(locked, 'new.env')])};
      for (const path of paths) console.log((await files.look(path)).problem + '|' + (await files.write(path, ks, await files.look(path))).why);`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      ...AS_OTHER_USER,
      cwd: folder,
      encoding: 'utf8',
    });
    const twice = (why: string): string => `${why}|${why}`;
    expect(stdout.trim().split('\n')).toEqual([
      twice('it is write-protected'),
      twice('it belongs to another user of this computer'),
      twice('you don’t have permission to write to its folder'),
      twice('you don’t have permission to write to its folder'),
    ]);
    expect(readFileSync(join(own, 'others'), 'utf8')).toBe('A=1\n');
    expect(readdirSync(locked)).toEqual(['.env']);
  });

  test.skipIf(!canMount())('on a full disk (if one can be mounted): the old file is complete', async () => {
    const disk = tempFolder();
    mountSmallDisk(disk);
    onTestFinished(() => unmount(disk));
    const path = join(disk, '.env');
    const text = `A=${'x'.repeat(30_000)}\n`;
    writeFileSync(path, text);
    writeFileSync(join(disk, 'filler'), 'x'.repeat(28_000));
    expect(whyOf(await write(path, ks))).toBe('the disk is full');
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readdirSync(disk).sort()).toEqual(['.env', 'filler']);
  });
});

describe('a file that changed after it was checked', () => {
  test('is not written if the path leads to another file', async () => {
    const folder = tempFolder();
    const [path, other] = [join(folder, '.env'), join(folder, 'other')];
    writeFileSync(path, 'A=1\n');
    writeFileSync(other, 'B=1\n');
    const seen = await files.look(path);
    rmSync(path);
    symlinkSync(other, path);
    expect(whyOf(await files.write(path, ks, seen))).toMatch(/^its path led to another file/);
    expect(readFileSync(other, 'utf8')).toBe('B=1\n');
  });

  test('a link is reported if it leads out of its folder', async () => {
    const folder = tempFolder();
    const inner = join(folder, 'site');
    mkdirSync(join(inner, 'config'), { recursive: true });
    const leadsAway = async (target: string): Promise<boolean> => {
      rmSync(join(inner, '.env'), { force: true });
      symlinkSync(target, join(inner, '.env'));
      return (await files.look(join(inner, '.env'))).leadsAway;
    };
    expect(await leadsAway('config/.env')).toBe(false);
    expect(await leadsAway('.env.local')).toBe(false);
    expect(await leadsAway('../.env')).toBe(true);
    expect(await leadsAway('../site-2.env')).toBe(true);
    expect(await leadsAway(join(folder, 'elsewhere'))).toBe(true);
  });
});

test('only files of a killed write are removed by the next check', async () => {
  const folder = tempFolder();
  const path = join(folder, '.env');
  const old = (name: string): void => {
    writeFileSync(join(folder, name), 'KALTURA_KS=x\n');
    utimesSync(join(folder, name), 1_000_000, 1_000_000);
  };
  for (const name of ['.env.0123456789ab.tmp', '.env.012345.tmp', '.envx0123456789ab.tmp', '.env.tmp']) old(name);
  old('b.env.0123456789ab.tmp');
  writeFileSync(join(folder, '.env.aaaaaaaaaaaa.tmp'), 'of a program that is at work');
  mkdirSync(join(folder, '.env.bbbbbbbbbbbb.tmp'));
  await files.look(path);
  expect(readdirSync(folder).sort()).toEqual([
    '.env.012345.tmp',
    '.env.aaaaaaaaaaaa.tmp',
    '.env.bbbbbbbbbbbb.tmp',
    '.env.tmp',
    '.envx0123456789ab.tmp',
    'b.env.0123456789ab.tmp',
  ]);
});

const hasGit = spawnSync('git', ['--version']).error === undefined;

describe.skipIf(!hasGit)('git (if it is installed)', () => {
  const git = (folder: string, ...args: string[]) => execFileSync('git', ['-C', folder, ...args], { env: ENV });
  function repository(): string {
    const folder = tempFolder();
    git(folder, 'init', '-q');
    return folder;
  }
  const gitStateOf = async (path: string, env = ENV): Promise<string> => (await openEnvFiles(env).look(path)).git;

  test('would commit a file that is not ignored, also if it doesn’t exist yet', async () => {
    const folder = repository();
    expect(await gitStateOf(join(folder, '.env'))).toBe('would-be-committed');
    writeFileSync(join(folder, '.env'), 'A=1\n');
    expect(await gitStateOf(join(folder, '.env'))).toBe('would-be-committed');
    mkdirSync(join(folder, 'deep'));
    expect(await gitStateOf(join(folder, 'deep', '.env'))).toBe('would-be-committed');
  });

  test('ignores a file, unless it is excluded from the rule or already tracked', async () => {
    const folder = repository();
    writeFileSync(join(folder, '.gitignore'), '.env*\n!.env.sample\n');
    expect(await gitStateOf(join(folder, '.env'))).toBe('ignored');
    expect(await gitStateOf(join(folder, '.env.sample'))).toBe('would-be-committed');
    writeFileSync(join(folder, '.env.test'), 'A=1\n');
    git(folder, 'add', '-f', '.env.test');
    expect(await gitStateOf(join(folder, '.env.test'))).toBe('tracked');
  });

  test('would commit the file only now: the file is not written', async () => {
    const folder = repository();
    const path = join(folder, '.env');
    writeFileSync(join(folder, '.gitignore'), '.env\n');
    const seen = await files.look(path);
    writeFileSync(join(folder, '.gitignore'), '');
    expect(whyOf(await files.write(path, ks, seen))).toMatch(/^git would commit it now/);
    expect(readdirSync(folder)).not.toContain('.env');
    // The user confirmed this state.
    expect((await write(path, ks)).ok).toBe(true);
  });

  test('gets the exact name of the file, with any characters', async () => {
    const folder = repository();
    writeFileSync(join(folder, 'x.env'), '');
    git(folder, 'add', '.');
    for (const name of ['*.env', ':(top)x.env', '-q', '?.env', '[x].env']) {
      expect(await gitStateOf(join(folder, name)), name).toBe('would-be-committed');
    }
    expect(await gitStateOf(join(folder, 'x.env'))).toBe('tracked');
    writeFileSync(join(folder, '.gitignore'), 'y.env\n');
    expect(await gitStateOf(join(folder, 'y.env'))).toBe('ignored');
    expect(await gitStateOf(join(folder, '?.env'))).toBe('would-be-committed');
  });

  test('is called for the target of a link', async () => {
    const folder = repository();
    const outside = tempFolder();
    symlinkSync(join(outside, 'real.env'), join(folder, '.env'));
    expect(await gitStateOf(join(folder, '.env'))).toBe('no-repository');
    symlinkSync(join(folder, 'real.env'), join(outside, '.env'));
    expect(await gitStateOf(join(outside, '.env'))).toBe('would-be-committed');
  });

  test('is not affected by the variables of another repository', async () => {
    const [folder, other] = [repository(), repository()];
    writeFileSync(join(other, '.gitignore'), '.env\n');
    const env = { ...ENV, GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other };
    expect(await gitStateOf(join(folder, '.env'), env)).toBe('would-be-committed');
  });

  test('reports nothing outside a repository', async () => {
    expect(await gitStateOf(join(tempFolder(), '.env'))).toBe('no-repository');
  });

  test('results in “unknown” if it is missing or does not answer', async () => {
    const folder = repository();
    const nothing = tempFolder();
    expect(await gitStateOf(join(folder, '.env'), { PATH: nothing })).toBe('unknown');
    expect(await gitStateOf(join(nothing, '.env'), { PATH: nothing })).toBe('no-repository');
    writeFileSync(join(nothing, 'git'), '#!/bin/sh\nexit 128\n', { mode: 0o755 });
    expect(await gitStateOf(join(folder, '.env'), { PATH: nothing })).toBe('unknown');
  });

  test('starts no program from the repository configuration, and gets no secret', async () => {
    const folder = repository();
    const marker = join(tempFolder(), 'told');
    git(folder, 'config', 'core.fsmonitor', `touch ${marker}`);
    const tools = tempFolder();
    writeFileSync(join(tools, 'git'), `#!/bin/sh\nenv >"${marker}.env"\nexec /usr/bin/git "$@"\n`, { mode: 0o755 });
    const env = { ...ENV, PATH: `${tools}:${ENV['PATH']}`, KALTURA_SECRET: 'planted' };
    writeFileSync(join(folder, '.env'), '');
    git(folder, '-c', 'core.fsmonitor=false', 'add', '.env');
    expect(await gitStateOf(join(folder, '.env'), env)).toBe('tracked');
    expect(readFileSync(`${marker}.env`, 'utf8')).not.toContain('planted');
    expect(() => statSync(marker)).toThrow();
  });
});
