import type { ChildProcess } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ksWith, NOW, sampleProfile, savedKeyWith } from '../../profiles/sample-profile.js';
import { SIZES } from '../../sizes.js';
import { buildProgramFirst, runProgram } from './built-program.js';
import { everythingIn, tempStore } from './temp-store.js';

buildProgramFirst();

const LONG = 7_200_000;

test('no profile is lost if four programs save different profiles at once', { timeout: LONG }, async () => {
  const { store, configFolder } = tempStore();
  const outcomes = await Promise.all(
    ['a', 'b', 'c', 'd'].map((label) => runProgram([configFolder, 'different', label, String(SIZES.saves / 4)])),
  );
  expect(outcomes.map((outcome) => outcome.code)).toEqual([0, 0, 0, 0]);
  const { profiles, troubles } = await store.load();
  expect([profiles.length, troubles]).toEqual([SIZES.saves, []]);
});

test('only one of four programs gets each new name', { timeout: LONG }, async () => {
  const { store, configFolder } = tempStore();
  const programs = ['a', 'b', 'c', 'd'].map((label) =>
    runProgram([configFolder, 'contend', label, String(SIZES.sameSaves)]),
  );
  const won = (await Promise.all(programs)).flatMap((outcome) => outcome.lines);
  const { profiles } = await store.load();
  expect(won.toSorted()).toEqual(profiles.map((profile) => `${profile.name} ${profile.privileges}`).toSorted());
  expect(won).toHaveLength(SIZES.sameSaves);
});

test('a profile that four programs save at once is always complete', {
  timeout: LONG,
}, async () => {
  const { store, configFolder } = tempStore();
  let running = 4;
  const programs = ['a', 'b', 'c', 'd'].map(async (label) => {
    const { code } = await runProgram([configFolder, 'same', label, String(SIZES.sameSaves)]);
    running -= 1;
    return code;
  });
  const seen = new Set<string>();
  while (running > 0) {
    const { profiles, troubles } = await store.load();
    expect(troubles).toEqual([]);
    for (const profile of profiles)
      seen.add(`${profile.name} ${profile.privileges.length} ${[...new Set(profile.privileges)].length}`);
    await setImmediate();
  }
  expect(await Promise.all(programs)).toEqual([0, 0, 0, 0]);
  expect([...seen]).toEqual(['shared 200000 1']);
  expect((await store.load()).profiles).toHaveLength(1);
});

/** The rounds in the order of their saves. */
const roundOf = (privileges: string): number => {
  const [, run, index] = /^round:run(\d+)-(\d+)$/.exec(privileges) ?? [];
  return Number(run) * 1_000_000 + Number(index);
};

test('all saved profiles load if a save is killed at any moment', { timeout: LONG }, async () => {
  const { store, configFolder, clock } = tempStore();
  const saved = new Set<string>();
  let latest = roundOf('round:run0-0');
  for (let kill = 0; kill < SIZES.kills; kill += 1) {
    const killAfter = (child: ChildProcess, lines: number) => lines >= 2 + (kill % 7) && child.kill('SIGKILL');
    const { signal, lines } = await runProgram([configFolder, 'until-killed', `run${kill}`], killAfter);
    expect(signal).toBe('SIGKILL');
    for (const line of lines) {
      const [name = '', privileges = ''] = line.split(' ');
      saved.add(name);
      if (name === 'shared') latest = roundOf(privileges);
    }
    const { profiles, troubles } = await store.load();
    const byName = new Map(profiles.map((profile) => [profile.name, profile]));
    expect(troubles).toEqual([]);
    expect([...saved].filter((name) => !byName.has(name))).toEqual([]);
    // The last reported save, or one that was finished but not reported.
    expect(roundOf(byName.get('shared')?.privileges ?? '')).toBeGreaterThanOrEqual(latest);
  }
  const saving = join(store.folder, '.saving');
  for (const name of readdirSync(saving)) utimesSync(join(saving, name), NOW - 3600, NOW - 3600);
  clock.now = NOW;
  await store.sweep();
  expect(readdirSync(saving)).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'a full disk that stores only a part of a record damages no profile',
  { timeout: LONG },
  async () => {
    const { store, configFolder } = tempStore();
    await store.save(sampleProfile({ name: 'shared' }));
    const before = readFileSync(store.fileOf('shared'));
    const { code, lines } = await runProgram([configFolder, 'large', 'x'], () => {}, { before: 'ulimit -f 8' });
    expect([code, lines.join()]).toEqual([
      1,
      expect.stringMatching(/can’t be saved: (the disk is full|the file is too large for the system)/),
    ]);
    expect(readFileSync(store.fileOf('shared'))).toEqual(before);
    expect(await store.load()).toEqual({ profiles: [sampleProfile({ name: 'shared' })], troubles: [] });
  },
);

test('a save is complete inside a Snap, where conf writes in place', { timeout: LONG }, async () => {
  const { store, configFolder } = tempStore();
  const env = { ...process.env, SNAP: '/snap/kaltura-ks/1' };
  const programs = ['a', 'b'].map((label) => runProgram([configFolder, 'same', label, '20'], () => {}, { env }));
  expect((await Promise.all(programs)).map((outcome) => outcome.code)).toEqual([0, 0]);
  const { profiles, troubles } = await store.load();
  expect([troubles, profiles[0]?.privileges]).toEqual([[], expect.stringMatching(/^(a+|b+)$/)]);
});

// Permissions don't restrict root, so the program runs as another user if the tests run as root.
const isRoot = process.getuid?.() === 0;
const otherUser = isRoot ? { uid: 65_534, gid: 65_534 } : {};

test.skipIf(process.platform === 'win32')('explains missing permissions for folders', { timeout: LONG }, async () => {
  const { store, configFolder } = tempStore();
  await store.save(sampleProfile({ savedKey: savedKeyWith(ksWith('planted'), NOW + 60) }));
  const before = everythingIn(configFolder);
  for (const folder of [dirname(configFolder), configFolder]) chmodSync(folder, 0o500);
  if (!isRoot) chmodSync(store.folder, 0o000);
  for (const task of ['load', 'large']) {
    const { code, lines } = await runProgram([configFolder, task, 'x'], () => {}, otherUser);
    const text = lines.join('\n');
    expect([task, code, text]).toEqual([
      task,
      1,
      expect.stringMatching(/can’t be (read|saved): you don’t have permission \(.*kaltura-ks/),
    ]);
    expect(text).toContain('"fault":"denied"');
    expect(text).not.toMatch(/EACCES|node:fs|planted/);
  }
  chmodSync(dirname(configFolder), 0o700);
  chmodSync(configFolder, 0o700);
  chmodSync(store.folder, 0o700);
  expect(everythingIn(configFolder)).toBe(before);
});
