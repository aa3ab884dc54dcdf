import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SNIPPET_LABELS, SNIPPET_LANGUAGES, snippetFor } from '../../../source/kaltura/snippets/snippets.js';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { createKeyOn } from '../moves.js';
import { openServer, tracesOf } from '../test-servers.js';
import type { WizardOptions } from '../wizard-in-process.js';
import { cancel, openWizard, type Wizard } from '../wizard-in-process.js';

const USE = 'How do you want to use the key?';
const WRITE = 'Write it to an .env file…';

async function openUse(options: WizardOptions = {}) {
  const { url } = await openServer();
  const wizard = await openWizard(options);
  const key = await createKeyOn(wizard, url);
  await wizard.type('u');
  await wizard.see(USE);
  return { wizard, key, url };
}

test('u prints code in every language above the frame, without the key, and c copies it', async () => {
  const { wizard, key, url } = await openUse();
  for (const [index, language] of SNIPPET_LANGUAGES.entries()) {
    await wizard.mark(SNIPPET_LABELS[language]);
    const { lines, fileName } = snippetFor(language, { serviceUrl: url, type: 'USER' });
    if (fileName !== null) await wizard.see(`2. Save the code as ${fileName}`);
    await wizard.press('enter');
    await wizard.waitFor(() => wizard.scrollback().join('\n').includes(lines.join('\n')));
    await wizard.type('c');
    await wizard.see('Sent to the clipboard through your terminal');
    await wizard.waitFor(() => wizard.clipboard.length > index);
    expect(wizard.clipboard[index]).toBe(lines.join('\n'));
  }
  // Printed only once, when it was created.
  expect(wizard.raw.split(key)).toHaveLength(2);
  await cancel(wizard);
  expect(tracesOf(wizard, PRACTICE_CREDENTIALS.adminSecret)).toEqual([]);
});

describe('an .env file', () => {
  const fileOf = ({ home }: Wizard) => join(home, '.env');
  const textOf = (wizard: Wizard) => readFileSync(fileOf(wizard), 'utf8');
  const modeOf = (wizard: Wizard) => (statSync(fileOf(wizard)).mode & 0o777).toString(8);
  const withGit = { env: { PATH: '/usr/bin:/bin' } };

  async function openWriteScreen(wizard: Wizard): Promise<void> {
    await wizard.choose(USE, WRITE);
    await wizard.pressEnterIn('File');
    await wizard.see(`Write KALTURA_KS to ${fileOf(wizard)}?`);
  }

  test('is described before it is created, and only the user can read it', async () => {
    const { wizard, key } = await openUse();
    await openWriteScreen(wizard);
    await wizard.see(
      'Creates the file with one line: KALTURA_KS=<the key>. Only your user account on this computer can read it.',
    );
    expect(existsSync(fileOf(wizard))).toBe(false);
    await wizard.choose('Write KALTURA_KS', 'Write it');
    await wizard.see(
      `✔ Created ${fileOf(wizard)} with KALTURA_KS. Only your user account on this computer can read it.`,
    );
    expect([textOf(wizard), modeOf(wizard)]).toEqual([`KALTURA_KS=${key}\n`, '600']);
    await cancel(wizard);
    expect(tracesOf(wizard, key)).toEqual(['the terminal', fileOf(wizard)]);
  });

  test('keeps its other lines, and becomes private', async () => {
    const { wizard, key } = await openUse();
    writeFileSync(fileOf(wizard), '# Kaltura\nKALTURA_KS=old # stays\r\nDEBUG=1', { mode: 0o644 });
    await openWriteScreen(wizard);
    await wizard.see('Replaces the key in the line KALTURA_KS=<the key>. The other lines stay unchanged.');
    await wizard.see('Other users of this computer can read the file now.');
    await wizard.choose('Write KALTURA_KS', 'Write it');
    await wizard.see(`✔ Replaced KALTURA_KS in ${fileOf(wizard)} with the new key.`);
    expect([textOf(wizard), modeOf(wizard)]).toEqual([`# Kaltura\nKALTURA_KS=${key} # stays\r\nDEBUG=1`, '600']);
    await cancel(wizard);
  });

  test('that git would commit has a warning, and “Don’t write it” is the first option', async () => {
    const { wizard, key } = await openUse(withGit);
    execFileSync('git', ['init', '--quiet', wizard.home]);
    await openWriteScreen(wizard);
    await wizard.see('! git would commit this file and the key in it', 'Add this line to .gitignore first: .env');
    await wizard.see('❯ Don’t write it');
    await wizard.press('enter');
    await wizard.see(USE);
    expect(existsSync(fileOf(wizard))).toBe(false);

    writeFileSync(join(wizard.home, '.gitignore'), '.env\n');
    await openWriteScreen(wizard);
    await wizard.see('git ignores the file, so it can’t be committed by accident.', '❯ Write it');
    await wizard.press('enter');
    await wizard.see('✔ Created');
    expect(textOf(wizard)).toBe(`KALTURA_KS=${key}\n`);
    await cancel(wizard);
  });

  test('in a missing folder is not written, and the user can enter another path', async () => {
    const { wizard } = await openUse();
    await wizard.choose(USE, WRITE);
    await wizard.fill('File', 'nowhere/.env');
    await wizard.see('nowhere/.env can’t be written: its folder does not exist; create it');
    await wizard.fill('File', '.env');
    await wizard.see(`Write KALTURA_KS to ${fileOf(wizard)}?`, '❯ Write it');
    await cancel(wizard);
    expect(existsSync(fileOf(wizard))).toBe(false);
  });
});
