import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { sampleProfile } from '../../profiles/sample-profile.js';
import { createKey, QUESTIONS } from '../moves.js';
import { OTHER_ACCOUNT, openKey, openServer, saveProfiles, tracesOf } from '../test-servers.js';
import { cancel, openWizard } from '../wizard-in-process.js';

const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;
const OFFER = '❯ Use .env';

const envFileFor = (url: string): string =>
  [
    '# Kaltura',
    `KALTURA_PARTNER_ID=${partnerId}`,
    `KALTURA_ADMIN_SECRET="${adminSecret}"`,
    `KALTURA_SERVICE_URL=${url}/api_v3`,
    'KALTURA_USER_ID=jane',
    'KALTURA_PRIVILEGE=sview:0_abc12345',
    '',
  ].join('\n');

describe('an .env file in the current folder', () => {
  test('fills in the answers when it is chosen, and the review names the file', async () => {
    const { url } = await openServer();
    const wizard = await openWizard({ envFile: envFileFor(url) });
    await wizard.see(QUESTIONS.region, OFFER, `partner ${partnerId}`);
    await wizard.press('enter');
    await wizard.choose(QUESTIONS.purpose, 'Something else');
    await wizard.choose(QUESTIONS.holder, 'I will, in a console or a terminal');
    await wizard.choose(QUESTIONS.holder, 'USER');
    await wizard.pressEnterIn('User ID');
    await wizard.choose(QUESTIONS.user, '1 hour');
    await wizard.choose(QUESTIONS.privileges, 'Type the privileges myself…');
    await wizard.pressEnterIn('Privileges');
    await wizard.see(
      QUESTIONS.review,
      new RegExp(`${url} \\(from .env\\)`),
      /partner 1234567, secret \S+ \(from .env\)/,
      'jane (from .env)',
      'sview:0_abc12345 (from .env)',
    );
    expect(openKey(await createKey(wizard))).toMatchObject({
      partnerId,
      userId: 'jane',
      privileges: 'sview:0_abc12345',
    });
    expect(tracesOf(wizard, adminSecret)).toEqual([join(wizard.home, '.env')]);
  });

  test('is not used unless it is chosen', async () => {
    const wizard = await openWizard({ envFile: envFileFor('https://video.example.com') });
    await wizard.choose(QUESTIONS.region, 'EU');
    await wizard.choose(QUESTIONS.signIn, 'Account secret, sent to the server');
    await wizard.atField('Partner ID');
    expect(wizard.text()).not.toContain(String(partnerId));
    await cancel(wizard);
  });

  test('is no longer named as the source of an answer that the user changes', async () => {
    const wizard = await openWizard({ envFile: envFileFor('https://www.kaltura.com') });
    await wizard.see(OFFER);
    await wizard.press('enter');
    await wizard.choose(QUESTIONS.purpose, 'Play');
    await wizard.chooseByPrefix('Download URL');
    // The cursor starts in the field that .env doesn’t fill in.
    await wizard.atField('Entry ID');
    await wizard.press('up');
    await wizard.fill('User ID', 'joe');
    await wizard.fill('Entry ID', '0_abc12345');
    await wizard.see(QUESTIONS.review, 'https://www.kaltura.com (from .env)', 'joe, valid');
    expect(wizard.text()).not.toContain('joe (from');
    await cancel(wizard);
  });

  test('is offered on the first screen, and its server gets no secret of a profile', async () => {
    const folder = await saveProfiles(
      sampleProfile({ partnerId: OTHER_ACCOUNT.partnerId, region: 'us', serviceUrl: 'https://www.kaltura.com' }),
    );
    const envFile = `KALTURA_PARTNER_ID=${OTHER_ACCOUNT.partnerId}\nKALTURA_SERVICE_URL=https://video.example.com\n`;
    const wizard = await openWizard({ envFile, env: { XDG_CONFIG_HOME: folder } });
    await wizard.choose('Which profile do you want to use?', 'Use .env');
    await wizard.atField('Secret');
    await wizard.press('enter');
    await wizard.see('What are the partner ID and the secret?');
    await cancel(wizard);
  });

  test('without a region asks for it', async () => {
    const wizard = await openWizard({
      envFile: `PARTNER_ID=${OTHER_ACCOUNT.partnerId}\nADMIN_SECRET=${OTHER_ACCOUNT.adminSecret}\n`,
    });
    await wizard.see(OFFER, 'region not named');
    await wizard.press('enter');
    await wizard.see('doesn’t name the region', '❯ US');
    await cancel(wizard);
  });

  test('brings a warning about a host that looks like another one', async () => {
    const wizard = await openWizard({ envFile: envFileFor('https://api.eu.k\u0430ltura.com') });
    await wizard.see(OFFER);
    await wizard.press('enter');
    await wizard.see(QUESTIONS.purpose, 'In ASCII, it is api.eu.xn--kltura-3nf.com.');
    await cancel(wizard);
  });

  test('loses its secret if the user moves it to an encrypted file', async () => {
    const { url } = await openServer();
    const wizard = await openWizard({ envFile: envFileFor(url) });
    await wizard.see(OFFER);
    await wizard.press('enter');
    await wizard.choose(QUESTIONS.purpose, 'Play');
    await wizard.chooseByPrefix('Download URL');
    await wizard.fill('Entry ID', '0_abc12345');
    await createKey(wizard);
    await wizard.see('The secret is in .env, unencrypted.');
    await wizard.type('e');
    await wizard.pressEnterIn('Name');
    await wizard.chooseByPrefix('Don’t save the key');
    await wizard.see('This computer has no usable keychain.');
    await wizard.chooseByPrefix('In an encrypted file');
    await wizard.fill('Passphrase', 'a phrase of some length');
    await wizard.fill('Passphrase again', 'a phrase of some length');
    await wizard.chooseByPrefix('Remove the secret from .env');
    await wizard.see('Removed the secret from .env.');
    const left = await readFile(join(wizard.home, '.env'), 'utf8');
    expect(left).toBe(envFileFor(url).replace(/KALTURA_ADMIN_SECRET.*\n/, ''));
    expect(wizard.text()).not.toContain('unencrypted');
    expect(tracesOf(wizard, adminSecret)).toEqual([]);
    await cancel(wizard);
  });

  test.each([
    ['has no values of Kaltura', 'PARTNER_ID=42\nTOKEN=abc\n'],
    ['is too large', `KALTURA_PARTNER_ID=2345678\n#${'x'.repeat(70_000)}\n`],
  ])('is not offered if it %s', async (_, envFile) => {
    const wizard = await openWizard({ envFile });
    await wizard.see(QUESTIONS.region, '❯ Practice');
    expect(wizard.text()).not.toContain('.env');
    await cancel(wizard);
  });
});
