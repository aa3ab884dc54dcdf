import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleProfile } from '../profiles/sample-profile.js';
import { first } from '../sizes.js';
import { saveProfiles } from '../ui/test-servers.js';
import { openTerminal } from './terminal.js';
import { cancel, openWizard } from './wizard.js';

const PATH = '/usr/bin:/bin';

/** Sequences that erase text, set the window title or write to the clipboard. */
const ATTACK = '\u001B[1A\u001B[2K\u001B]0;title\u0007\u001B]52;c;cHduZWQ=\u0007\u202E';
const FORBIDDEN = ['\u001B[1A', '\u001B[2K', '\u001B]', '\u0007', '\u202E'];

describe('escape sequences in file names and files', () => {
  test.each(first(1, [['profiles', 'list'], ['--accessible']]))('are never printed unescaped: %j', async (...args) => {
    const folder = join(await saveProfiles(), `a${ATTACK.replaceAll('/', '')}`);
    mkdirSync(join(folder, 'kaltura-ks', 'profiles'), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, 'kaltura-ks', 'profiles', 'bad.json'), '{', { mode: 0o600 });
    const terminal = await openTerminal({ args, env: { XDG_CONFIG_HOME: folder, PATH }, columns: 200 });
    await terminal.waitFor('�[1A�[2K');
    if (args.includes('--accessible')) await terminal.press('ctrl+c');
    await terminal.exit;
    for (const sequence of FORBIDDEN) expect(terminal.raw).not.toContain(sequence);
  });

  test('are never printed unescaped: the wizard', async () => {
    const folder = await saveProfiles(sampleProfile({ name: 'p' }));
    writeFileSync(join(folder, 'kaltura-ks', 'profiles', `a${ATTACK}.json`), '{', { mode: 0o600 });
    const wizard = await openWizard({ env: { XDG_CONFIG_HOME: folder, PATH } });
    await wizard.see('Which profile do you want to use?');
    await wizard.see('damaged');
    for (const sequence of ['\u001B]0;', '\u001B]52', '\u0007', '\u202E']) expect(wizard.raw).not.toContain(sequence);
    await cancel(wizard);
  });
});
