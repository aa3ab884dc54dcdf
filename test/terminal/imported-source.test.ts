import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SecretSource } from '../../source/secrets/source.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { first } from '../sizes.js';
import { saveProfiles } from '../ui/worlds.js';
import { openTerminal, type PseudoTerminal } from './terminal.js';
import { cancel, openWizard } from './wizard.js';

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const PATH = '/usr/bin:/bin';

const imported = (secretSource: SecretSource) =>
  sampleProfile({
    name: 'p',
    method: 'local',
    partnerId: 2_345_678,
    type: 'USER',
    userId: 'jo',
    privileges: '',
    acceptedRisks: [],
    secretSource,
  });

const marking = (name: string): SecretSource => ({
  kind: 'command',
  command: [`touch "$XDG_CONFIG_HOME/${name}"; echo ${SECRET}`],
  usesShell: true,
  isConfirmed: false,
});

const fileOfP = (folder: string): string => join(folder, 'kaltura-ks', 'profiles', 'p.json');

async function openWith(...args: string[]) {
  const folder = await saveProfiles(imported(marking('it-ran')));
  const env = { XDG_CONFIG_HOME: folder, PATH };
  const open = (): Promise<PseudoTerminal> => openTerminal({ args, env, columns: 100, stdout: 'pipe' });
  return { folder, env, open, hasRun: () => existsSync(join(folder, 'it-ran')) };
}

const TOKEN = ['token', 'p', '--no-clock-check'] as const;
const QUESTION = 'Run this command now and in the future?';

describe('token with an imported command', () => {
  test('shows the exact command and its server, runs it after yes, and does not ask again', async () => {
    const { folder, open, hasRun } = await openWith(...TOKEN);
    const first = await open();
    await first.waitFor(QUESTION);
    expect(first.frame()).toContain('touch "$XDG_CONFIG_HOME/it-ran"; echo 0f1e…e1f0');
    expect(first.frame()).toContain('https://api.eu.kaltura.com');
    expect(hasRun()).toBe(false);
    await first.type('yes');
    await first.press('enter');
    expect((await first.exit).code).toBe(0);
    expect(hasRun()).toBe(true);
    expect(JSON.parse(readFileSync(fileOfP(folder), 'utf8'))).toMatchObject({ secretPlace: { isConfirmed: true } });
    const second = await open();
    expect((await second.exit).code).toBe(0);
    expect(second.raw).not.toContain(QUESTION);
  });

  test.each(first(1, ['', 'no', 'x']))('does not run it after “%s”', async (answer) => {
    const { open, hasRun } = await openWith(...TOKEN);
    const terminal = await open();
    await terminal.waitFor(QUESTION);
    await terminal.type(answer);
    await terminal.press('enter');
    expect((await terminal.exit).code).toBe(1);
    expect([hasRun(), terminal.stdout]).toEqual([false, '']);
  });

  test('does not run it if the record changed while it was shown', async () => {
    const { folder, open, hasRun } = await openWith(...TOKEN);
    const terminal = await open();
    await terminal.waitFor(QUESTION);
    const record = readFileSync(fileOfP(folder), 'utf8');
    writeFileSync(fileOfP(folder), record.replace('echo', 'touch /tmp/another; echo'));
    await terminal.type('yes');
    await terminal.press('enter');
    expect((await terminal.exit).code).toBe(1);
    expect(terminal.frame()).toContain('Another program changed');
    expect(hasRun()).toBe(false);
    expect(JSON.parse(readFileSync(fileOfP(folder), 'utf8'))).toMatchObject({ secretPlace: { isConfirmed: false } });
  });
});

/** Sequences that would erase what was said, set the title or the clipboard. */
const ATTACK = '\u001B[1A\u001B[2K\u001B]0;title\u0007\u001B]52;c;cHduZWQ=\u0007\u202E';
const FORBIDDEN = ['\u001B[1A', '\u001B[2K', '\u001B]', '\u0007', '\u202E'];

describe('escape sequences in file names and files', () => {
  const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
    ['status', ['status', '--timeout', '1s']],
    ['profiles list', ['profiles', 'list']],
    ['forget', ['forget', '--no-input']],
    ['import', ['profiles', 'import', 'in.json']],
    ['import of a path', ['profiles', 'import', `no${ATTACK}.json`]],
    ['token', ['token', `no${ATTACK}`]],
  ];
  test.each(first(2, COMMANDS))('never reach the terminal raw: %s', async (_what, args) => {
    const folder = await saveProfiles();
    const profiles = join(folder, 'kaltura-ks', 'profiles');
    mkdirSync(profiles, { recursive: true, mode: 0o700 });
    writeFileSync(join(profiles, `a${ATTACK.replaceAll('/', '')}\nkaltura-ks: all is well.json`), '{', { mode: 0o600 });
    const file = { kalturaKsProfiles: 1, profiles: [{ name: `x${ATTACK}`, secretPlace: { command: [ATTACK] } }] };
    writeFileSync(join(folder, 'in.json'), JSON.stringify(file));
    const terminal = await openTerminal({ args, env: { XDG_CONFIG_HOME: folder, PATH }, cwd: folder, columns: 200 });
    await terminal.exit;
    for (const sequence of FORBIDDEN) expect(terminal.raw).not.toContain(sequence);
    expect(terminal.raw).not.toMatch(/^kaltura-ks: all is well/m);
  });

  const STREAMS: readonly (readonly [string, readonly string[], string])[] = [
    ['standard output', ['status', '--timeout', '1s'], '�[1A�[2K'],
    ['JSON on standard output', ['status', '--json', '--timeout', '1s'], '\\u001b[1A\\u001b[2K'],
    ['standard error', ['profiles', 'list'], '�[1A�[2K'],
    ['standard error, of a failure', ['token', 'absent'], '�[1A�[2K'],
    ['line by line', ['--accessible'], '�[1A�[2K'],
  ];
  test.each(first(3, STREAMS))(
    'never reach the terminal raw from a path in the environment: %s',
    async (_what, args, shown) => {
      const folder = join(await saveProfiles(), `a${ATTACK.replaceAll('/', '')}`);
      mkdirSync(join(folder, 'kaltura-ks', 'profiles'), { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, 'kaltura-ks', 'profiles', 'bad.json'), '{', { mode: 0o600 });
      const terminal = await openTerminal({ args, env: { XDG_CONFIG_HOME: folder, PATH }, columns: 200 });
      if (args[0] === '--accessible') {
        await terminal.waitFor(shown);
        await terminal.press('ctrl+c');
      }
      await terminal.exit;
      expect(terminal.raw).toContain(shown);
      for (const sequence of FORBIDDEN) expect(terminal.raw).not.toContain(sequence);
    },
  );

  test('are written to a pipe as they are', async () => {
    const folder = join(await saveProfiles(), 'a\u001B[2K');
    const args = ['status', '--timeout', '1s'];
    const terminal = await openTerminal({ args, env: { XDG_CONFIG_HOME: folder, PATH }, stdout: 'pipe' });
    await terminal.exit;
    expect(terminal.stdout).toContain(`in ${folder}`);
  });

  test('never reach the terminal raw: the wizard', async () => {
    const folder = await saveProfiles(imported(marking('it-ran')));
    writeFileSync(join(folder, 'kaltura-ks', 'profiles', `a${ATTACK}.json`), '{', { mode: 0o600 });
    const wizard = await openWizard({ env: { XDG_CONFIG_HOME: folder, PATH } });
    await wizard.see('Which profile do you want to use?');
    await wizard.see('damaged');
    for (const sequence of ['\u001B]0;', '\u001B]52', '\u0007', '\u202E']) expect(wizard.raw).not.toContain(sequence);
    await cancel(wizard);
  });

  test('of our own still work: the prompt brackets what is pasted', async () => {
    const { open } = await openWith(...TOKEN);
    const terminal = await open();
    await terminal.waitFor(QUESTION);
    await terminal.press('enter');
    await terminal.exit;
    expect(terminal.raw).toMatch(/\u001B\[\?2004h.*\u001B\[\?2004l/s);
  });
});

test('profiles import asks for the secret source of each account', async () => {
  const folder = await saveProfiles();
  const [secret, phrase] = ['feed0123feed0123feed0123feed9876', 'a phrase of some length'];
  const accounts = `101 = ${secret}\n102 = ${secret}\nclass = KalturaPresetSecretRepository\n`;
  writeFileSync(join(folder, 'config.ini'), `[presetRepository]\n${accounts}`, { mode: 0o600 });
  const args = ['profiles', 'import', 'config.ini'];
  const terminal = await openTerminal({ args, env: { XDG_CONFIG_HOME: folder, PATH }, cwd: folder, columns: 200 });
  await terminal.waitFor('secret of partner 101?');
  await terminal.type('file\r');
  await terminal.waitFor('Passphrase (not shown)');
  await terminal.type(`${phrase}\r`);
  await terminal.waitFor('Passphrase again');
  await terminal.type(`${phrase}\r`);
  await terminal.waitFor('secret of partner 102?');
  await terminal.type('\r');
  await terminal.exit;
  const kindOf = (name: string) =>
    JSON.parse(readFileSync(join(folder, 'kaltura-ks', 'profiles', `${name}.json`), 'utf8')).secretPlace.kind;
  expect([kindOf('partner-101'), kindOf('partner-102')]).toEqual(['file', 'ask']);
  expect(terminal.raw).not.toContain(secret);
});
