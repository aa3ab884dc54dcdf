import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SecretSource } from '../../../source/secrets/source.js';
import { sampleProfile } from '../../profiles/sample-profile.js';
import { saveProfiles } from '../test-servers.js';
import { cancel, openWizard } from '../wizard-in-process.js';

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

const commandThatCreates = (name: string): SecretSource => ({
  kind: 'command',
  command: [`touch "$XDG_CONFIG_HOME/${name}"; echo ${SECRET}`],
  usesShell: true,
  isConfirmed: false,
});

const profileFileIn = (folder: string): string => join(folder, 'kaltura-ks', 'profiles', 'p.json');

async function saveImportedProfile() {
  const folder = await saveProfiles(imported(commandThatCreates('it-ran')));
  const env = { XDG_CONFIG_HOME: folder, PATH };
  return { folder, env, hasRun: () => existsSync(join(folder, 'it-ran')) };
}

describe('the wizard with an imported command', () => {
  test('shows it on the first screen, and runs it only after the user agrees', async () => {
    const { env, hasRun } = await saveImportedProfile();
    const wizard = await openWizard({ env });
    await wizard.see('Secret: shell command (not confirmed): touch');
    await wizard.press('enter');
    await wizard.see('Run this imported command?');
    await wizard.see('https://api.eu.kaltura.com');
    expect(hasRun()).toBe(false);
    await wizard.chooseByPrefix('Run it now and in the future');
    await wizard.see('✔ Session key ');
    expect(hasRun()).toBe(true);
    await cancel(wizard);
  });

  test('does not run it with the first option, which goes back', async () => {
    const { env, hasRun } = await saveImportedProfile();
    const wizard = await openWizard({ env });
    await wizard.see('Which profile do you want to use?');
    await wizard.press('enter');
    await wizard.see('❯ Don’t run it');
    await wizard.press('enter');
    await wizard.see('Which profile do you want to use?');
    await wizard.press('enter');
    await wizard.chooseByPrefix('Enter the secret instead');
    await wizard.see('One answer is missing');
    expect(hasRun()).toBe(false);
    await cancel(wizard);
  });

  test('does not run it if the profile file changed in the meantime', async () => {
    const { folder, env, hasRun } = await saveImportedProfile();
    const wizard = await openWizard({ env });
    await wizard.see('Which profile do you want to use?');
    await wizard.press('enter');
    await wizard.see('Run this imported command?');
    const record = readFileSync(profileFileIn(folder), 'utf8');
    writeFileSync(profileFileIn(folder), record.replace('it-ran', 'another'));
    await wizard.chooseByPrefix('Run it now and in the future');
    await wizard.see('Another program changed or removed “p”');
    expect([hasRun(), existsSync(join(folder, 'another'))]).toEqual([false, false]);
    await cancel(wizard);
  });
});
