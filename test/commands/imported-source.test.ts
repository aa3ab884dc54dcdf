import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandSpec } from '../../source/cli/specs/command-spec.js';
import { COMMANDS } from '../../source/cli/specs/program.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { writeProfile } from '../../source/profiles/record.js';
import type { SecretSource } from '../../source/secrets/source.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { openPlace, type Place } from './program.js';

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const PARTNER = '2345678';

const storeIn = (place: Place) =>
  createProfileStore({ configFolder: join(place.home, '.config', 'kaltura-ks'), now: Date.now });

/** What an imported command leaves behind once it has run. */
const markIn = (place: Place): string => join(place.home, 'it-ran');

const shell = (line: string, isConfirmed = false): SecretSource => ({
  kind: 'command',
  command: [line],
  usesShell: true,
  isConfirmed,
});

const markingLine = (place: Place): string => `touch '${markIn(place)}'; echo ${SECRET}`;

const imported = (secretSource: SecretSource) =>
  sampleProfile({
    name: 'p',
    region: 'us',
    serviceUrl: 'https://www.kaltura.com',
    method: 'local',
    partnerId: Number(PARTNER),
    type: 'USER',
    userId: 'jo',
    privileges: '',
    acceptedRisks: [],
    secretSource,
  });

/** Nothing leaves this computer: nothing listens on that port. */
const NO_NETWORK = { HTTPS_PROXY: 'http://127.0.0.1:9' };

async function placeWith(secretSource: (place: Place) => SecretSource): Promise<Place> {
  const place = await openPlace();
  await storeIn(place).save(imported(secretSource(place)));
  return place;
}

const withMark = () => placeWith((place) => shell(markingLine(place)));

const placeOfP = async (place: Place) =>
  (await storeIn(place).load()).profiles.find(({ name }) => name === 'p')?.secretSource;

async function aKey(): Promise<string> {
  const place = await openPlace();
  const args = ['token', '--method', 'local', '--region', 'us', '--partner', PARTNER, '--type', 'user', '--user', 'jo'];
  return (await place.run([...args, '--no-clock-check', '--secret-stdin'], { input: SECRET })).stdout;
}

/** Every command, as it is called on the profile `p`, and whether it reads the secret of a profile. */
const CALLS: Readonly<Record<string, { readonly args: readonly string[]; readonly reads?: true }>> = {
  token: { args: ['p', '--no-clock-check'], reads: true },
  exec: { args: ['p', '--no-clock-check', '--', 'true'], reads: true },
  inspect: { args: ['--profile', 'p'], reads: true },
  explain: { args: ['CATEGORY_NOT_FOUND'] },
  call: { args: ['baseEntry.count', '--profile', 'p', '--timeout', '1s'], reads: true },
  help: { args: [] },
  check: { args: ['p', '--timeout', '1s'], reads: true },
  end: { args: ['p', '--yes'] },
  use: { args: ['curl', 'p'] },
  'env-file': { args: ['p', '--no-clock-check'], reads: true },
  'app-tokens list': { args: ['--profile', 'p', '--timeout', '1s'], reads: true },
  'app-tokens create': { args: ['--profile', 'p', '--user', 'jo', '--timeout', '1s'], reads: true },
  'app-tokens delete': { args: ['0_abcdefgh', '--profile', 'p', '--yes', '--timeout', '1s'], reads: true },
  'recipes list': { args: [] },
  'recipes show': { args: ['upload'] },
  regions: { args: [PARTNER, '--timeout', '1s'] },
  'profiles list': { args: [] },
  'profiles show': { args: ['p'] },
  'profiles add': { args: ['q', '--region', 'us', '--partner', PARTNER] },
  'profiles edit': { args: ['p', '--expiry', '1h'] },
  'profiles default': { args: ['p'] },
  'profiles rename': { args: ['p', 'q'] },
  'profiles remove': { args: ['p', '--yes'] },
  'profiles export': { args: [] },
  'profiles import': { args: ['absent.json'] },
  status: { args: ['--timeout', '1s'] },
  completion: { args: ['bash'] },
  forget: { args: ['--yes'] },
  practice: { args: ['--port', 'none'] },
};

const leavesOf = ({ name, commands }: CommandSpec): string[] => {
  const word = name.replace(/ .*/, '');
  return commands === undefined ? [word] : commands.flatMap(leavesOf).map((child) => `${word} ${child}`);
};

describe('an imported command that nobody has confirmed', () => {
  test('is looked for in every command', () => {
    expect(Object.keys(CALLS).sort()).toEqual(COMMANDS.flatMap(leavesOf).sort());
  });

  const READING = Object.entries(CALLS).filter(([, { reads }]) => reads === true);

  test.each(READING)('is not run by %s, which says how to confirm it', async (command, { args }) => {
    const place = await withMark();
    const input = command === 'inspect' ? await aKey() : '';
    const { code, stderr } = await place.run([...command.split(' '), ...args], { env: NO_NETWORK, input });
    expect(existsSync(markIn(place))).toBe(false);
    expect(code).toBe(2);
    expect(stderr).toContain('--confirm-command');
    expect(stderr).toContain('https://www.kaltura.com');
    expect(await placeOfP(place)).toMatchObject({ isConfirmed: false });
  });

  test('is not run by any other command', async () => {
    const place = await withMark();
    for (const [command, { args, reads }] of Object.entries(CALLS)) {
      if (reads === true) continue;
      const isThere = (await placeOfP(place)) !== undefined;
      // The command before this one may have renamed or deleted the profile.
      if (!isThere) await storeIn(place).save(imported(shell(markingLine(place))));
      await place.run([...command.split(' '), ...args], { env: NO_NETWORK });
      expect(existsSync(markIn(place)), command).toBe(false);
    }
  });

  test.each(READING)('is run by %s with --confirm-command, and stays confirmed', async (command, { args }) => {
    const place = await withMark();
    const input = command === 'inspect' ? await aKey() : '';
    const [own, after] = [args.slice(0, args.indexOf('--') >>> 0), args.includes('--') ? ['--', 'true'] : []];
    const words = [...command.split(' '), ...own, '--confirm-command', ...after];
    const { stderr } = await place.run(words, { env: NO_NETWORK, input });
    expect(stderr).toContain(`touch '${markIn(place)}'`);
    expect(stderr).not.toContain(SECRET);
    expect(existsSync(markIn(place))).toBe(true);
    expect(await placeOfP(place)).toMatchObject({ isConfirmed: true });
  });

  test('is shown by list, show and status, cut in the list alone', async () => {
    const line = `pass show ${'kaltura/'.repeat(12)}secret`;
    const place = await placeWith(() => shell(line));
    expect((await place.run(['profiles', 'list'])).stdout).toMatch(/shell command \(not confirmed\): pass show .*…\n$/);
    expect((await place.run(['profiles', 'show', 'p'])).stdout).toContain(`shell command (not confirmed): ${line}\n`);
    expect((await place.run(['status', '--timeout', '1s'], { env: NO_NETWORK })).stdout).toContain(line);
    const shown = JSON.parse((await place.run(['profiles', 'show', 'p', '--json'])).stdout) as object;
    expect(shown).toMatchObject({ secretPlace: { command: [line], isConfirmed: false } });
  });
});

test('an imported variable is not read before it is confirmed, whatever secret it holds', async () => {
  const place = await placeWith(() => ({ kind: 'variable', name: 'AWS_SECRET_ACCESS_KEY', isConfirmed: false }));
  const env = { AWS_SECRET_ACCESS_KEY: SECRET };
  const refused = await place.run(['token', 'p', '--no-clock-check'], { env });
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('AWS_SECRET_ACCESS_KEY');
  expect((await place.run(['token', 'p', '--no-clock-check', '--confirm-command'], { env })).code).toBe(0);
  expect((await place.run(['token', 'p', '--no-clock-check'], { env })).code).toBe(0);
});

test('a record from before the confirmation was typed here: it is confirmed', async () => {
  const place = await withMark();
  const file = join(place.home, '.config', 'kaltura-ks', 'profiles', 'p.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/,\s*"isConfirmed": false/, ''));
  expect((await place.run(['token', 'p', '--no-clock-check'])).code).toBe(0);
});

describe('profiles import', () => {
  const fileIn = (place: Place, ...records: object[]): string => {
    const file = join(place.home, 'in.json');
    writeFileSync(file, JSON.stringify({ kalturaKsProfiles: 1, profiles: records }));
    return file;
  };
  const record = (secretSource: SecretSource, changes: object = {}) => ({
    ...writeProfile(imported(secretSource)),
    ...changes,
  });

  test('a service URL that can be taken for another one gets a caution that names it', async () => {
    const place = await openPlace();
    const lookalike = { region: 'own', serviceUrl: 'https://www.kaltura.com.example.com' };
    const { stderr } = await place.run(['profiles', 'import', fileIn(place, record({ kind: 'ask' }, lookalike))]);
    expect(stderr).toContain('caution: service URL: this host doesn’t belong to Kaltura');
  });

  test.each([
    ['an erased line', '\u001B[1A\u001B[2K'],
    ['an OSC sequence', '\u001B]0;title\u0007'],
    ['text turned around', '\u202E'],
    ['a zero-width space', '\u200B'],
    ['a tag character', '\u{E0041}'],
    ['a line break', '\n'],
  ])('refuses a command with %s, and prints nothing of it raw', async (_what, attack) => {
    const place = await openPlace();
    for (const [usesShell, command] of [
      [true, [`touch x ${attack}`]],
      [false, ['touch', `x${attack}`]],
    ] as const) {
      const file = fileIn(place, record({ kind: 'command', command, usesShell, isConfirmed: true }));
      const { code, stdout, stderr } = await place.run(['profiles', 'import', file]);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('Not imported: “p”. The record contains an invisible or control character (U+');
      expect(stderr.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
    const add = ['profiles', 'add', 'q', '--region', 'us', '--partner', '5'];
    for (const flag of ['--from-command', '--from-shell']) {
      expect(await place.run([...add, flag, `'touch${attack}'`])).toMatchObject({ code: 2 });
    }
    expect((await storeIn(place).load()).profiles).toEqual([]);
  });

  test('refuses such a character in every other text of a record', async () => {
    const place = await openPlace();
    const ask: SecretSource = { kind: 'ask' };
    const file = fileIn(
      place,
      ...['userId', 'holder', 'privileges', 'unknown'].map((field) => record(ask, { [field]: 'a\u200Bb' })),
      record(ask, { nested: [{ deep: ['\u001B'] }] }),
    );
    const { code, stderr } = await place.run(['profiles', 'import', file]);
    expect(code).toBe(1);
    expect(stderr.match(/invisible or control character/g)).toHaveLength(5);
  });

  test('never takes over a confirmation, accepted risks, or a reference to a stored secret', async () => {
    const place = await openPlace();
    const dangerous = { type: 'ADMIN', holder: 'browser', acceptedRisks: ['admin-for-others'] };
    const file = fileIn(
      place,
      record(shell('true', true), dangerous),
      record({ kind: 'keychain' }, { name: 'k', secretPlace: { kind: 'keychain', secretEntry: 'a'.repeat(32) } }),
    );
    const { code, stderr } = await place.run(['profiles', 'import', file]);
    expect(code).toBe(0);
    expect(stderr).toContain('Risks accepted in the file are not accepted here');
    expect(stderr).toContain('not confirmed yet');
    const { profiles } = await storeIn(place).load();
    expect(profiles.map(({ secretSource, acceptedRisks }) => ({ secretSource, acceptedRisks }))).toEqual([
      { secretSource: { kind: 'ask' }, acceptedRisks: [] },
      { secretSource: shell('true'), acceptedRisks: [] },
    ]);
  });

  test('with --confirm-command prints the commands first and confirms them', async () => {
    const place = await openPlace();
    const file = fileIn(place, record(shell(markingLine(place))));
    const { stderr } = await place.run(['profiles', 'import', file, '--confirm-command']);
    expect(stderr.indexOf('touch')).toBeGreaterThan(0);
    expect(stderr.indexOf('touch')).toBeLessThan(stderr.indexOf('Imported “p”'));
    expect((await place.run(['token', 'p', '--no-clock-check'])).code).toBe(0);
  });

  test('keeps the confirmation of the very same command for the very same account alone', async () => {
    const place = await openPlace();
    await storeIn(place).save(imported(shell(markingLine(place), true)));
    const again = async (changed: object): Promise<unknown> => {
      await place.run(['profiles', 'import', fileIn(place, record(shell(markingLine(place)), changed)), '--replace']);
      const secretSource = await placeOfP(place);
      await storeIn(place).save(imported(shell(markingLine(place), true)), { replace: true });
      return secretSource;
    };
    expect(await again({})).toMatchObject({ isConfirmed: true });
    expect(await again({ region: 'own', serviceUrl: 'https://evil.example' })).toMatchObject({ isConfirmed: false });
    const other = { ...record(shell('echo x')) };
    await place.run(['profiles', 'import', fileIn(place, other), '--replace']);
    expect(await placeOfP(place)).toMatchObject({ isConfirmed: false });
  });
});
