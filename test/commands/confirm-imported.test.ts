import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SecretSource } from '../../source/secrets/source.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { saveProfiles } from '../ui/test-servers.js';
import { openSandbox } from './program.js';

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const QUESTION = 'Run this command now and in the future?';

/** A command that creates a file when it runs. */
const markingCommand: SecretSource = {
  kind: 'command',
  command: [`touch "$XDG_CONFIG_HOME/it-ran"; echo ${SECRET}`],
  usesShell: true,
  isConfirmed: false,
};

/** Saves an imported profile with a command, and returns a function that runs `token` with it at a terminal. */
async function openImported() {
  const [folder, sandbox] = [
    await saveProfiles(
      sampleProfile({
        name: 'p',
        method: 'local',
        partnerId: 2_345_678,
        type: 'USER',
        userId: 'jo',
        privileges: '',
        acceptedRisks: [],
        secretSource: markingCommand,
      }),
    ),
    await openSandbox(),
  ];
  const record = join(folder, 'kaltura-ks', 'profiles', 'p.json');
  return {
    record,
    hasRun: () => existsSync(join(folder, 'it-ran')),
    isConfirmed: () => JSON.parse(readFileSync(record, 'utf8')).secretPlace.isConfirmed,
    makeKey: (...typed: readonly (string | (() => string))[]) =>
      sandbox.run(['token', 'p', '--no-clock-check'], { env: { XDG_CONFIG_HOME: folder }, typed }),
  };
}

test('token shows an imported command and its server, runs it after yes, and does not ask again', async () => {
  const { makeKey, hasRun, isConfirmed } = await openImported();
  let hasRunBefore = true;
  const answer = () => {
    hasRunBefore = hasRun();
    return 'yes\r';
  };
  const first = await makeKey(answer);
  expect(first.stderr).toContain(QUESTION);
  expect(first.stderr).toContain('touch "$XDG_CONFIG_HOME/it-ran"; echo 0f1e…e1f0');
  expect(first.stderr).toContain('https://api.eu.kaltura.com');
  // The prompt turns bracketed paste on and off.
  expect(first.stderr).toMatch(/\u001B\[\?2004h.*\u001B\[\?2004l/s);
  expect([hasRunBefore, hasRun(), first.code, isConfirmed()]).toEqual([false, true, 0, true]);
  const second = await makeKey();
  expect(second.code).toBe(0);
  expect(second.stderr).not.toContain(QUESTION);
});

test.each(['', 'no', 'x'])('token does not run an imported command after the answer “%s”', async (answer) => {
  const { makeKey, hasRun } = await openImported();
  expect(await makeKey(`${answer}\r`)).toMatchObject({ code: 1, stdout: '' });
  expect(hasRun()).toBe(false);
});

test('token does not run an imported command if the record changed while it was shown', async () => {
  const { makeKey, hasRun, isConfirmed, record } = await openImported();
  const { code, stderr } = await makeKey(() => {
    writeFileSync(record, readFileSync(record, 'utf8').replace('echo', 'touch /tmp/another; echo'));
    return 'yes\r';
  });
  expect(code).toBe(1);
  expect(stderr).toContain('Another program changed');
  expect([hasRun(), isConfirmed()]).toEqual([false, false]);
});

test('profiles import asks for the secret source of each account', async () => {
  const [folder, sandbox] = [await saveProfiles(), await openSandbox()];
  const [secret, phrase] = ['feed0123feed0123feed0123feed9876', 'a phrase of some length'];
  const accounts = `101 = ${secret}\n102 = ${secret}\nclass = KalturaPresetSecretRepository\n`;
  const file = join(folder, 'config.ini');
  writeFileSync(file, `[presetRepository]\n${accounts}`, { mode: 0o600 });
  const { stdout, stderr } = await sandbox.run(['profiles', 'import', file], {
    env: { XDG_CONFIG_HOME: folder },
    typed: ['file\r', `${phrase}\r`, `${phrase}\r`, '\r'],
  });
  const asked = [
    'secret of partner 101?',
    'New passphrase (at least 12 characters, not shown)',
    'Passphrase again',
    'secret of partner 102?',
  ];
  expect(asked.map((question) => stderr.indexOf(question)).toSorted((one, other) => one - other)).toEqual(
    asked.map((question) => stderr.indexOf(question)),
  );
  const kindOf = (name: string) =>
    JSON.parse(readFileSync(join(folder, 'kaltura-ks', 'profiles', `${name}.json`), 'utf8')).secretPlace.kind;
  expect([kindOf('partner-101'), kindOf('partner-102')]).toEqual(['file', 'ask']);
  expect(stdout + stderr).not.toContain(secret);
});
