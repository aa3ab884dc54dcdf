import { describe, expect, test } from 'vitest';
import { openKs } from '../../source/kaltura/ks/open.js';
import { Secret } from '../../source/kaltura/secret.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { sampleProfile, savedKeyWith } from '../profiles/sample-profile.js';
import {
  OTHER_ACCOUNT,
  openOtherAccount,
  openServer,
  saveProfiles,
  secondsNow,
  signKey,
  tracesOf,
} from '../ui/test-servers.js';
import { cancel, openAccessibleWizard } from './wizard.js';

const TOKEN_VALUE = /^[0-9a-f]{32}$/;
const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;
const CHOICE = '? help.';

describe('the accessible wizard', () => {
  test('has the same steps, and prints the key on its own line', async () => {
    const terminal = await openAccessibleWizard();
    const { readUntil, answer } = terminal;
    await readUntil('Step 1 of 7 · Region.');
    await answer(CHOICE, '1');
    await readUntil('Step 2 of 7');
    await answer(CHOICE, '');
    await answer('Partner ID (now 1234567; Enter keeps it, a space clears it):', '');
    await readUntil('What is the key for?');
    await answer(CHOICE, '11');
    await readUntil('Who will use this key?');
    await answer(CHOICE, '1');
    await answer(CHOICE, '1');
    await answer('(optional):', 'jane');
    await answer(CHOICE, '2');
    await readUntil('Step 6 of 7');
    await answer(CHOICE, '1');
    await readUntil('Type: USER');
    await answer('? help:', '');
    await readUntil('Session key 1 · ');
    await readUntil('USER key, partner 1234567, user jane');
    await answer('? help:', 'q');
    expect(await terminal.exit).toMatchObject({ code: 0, lineRestored: true });
    const ks = terminal.scrollback().find((line) => line.startsWith('djJ8')) ?? '';
    expect(openKs(ks, [new Secret(PRACTICE_CREDENTIALS.adminSecret)])).toMatchObject({
      userId: 'jane',
      type: 0,
      privileges: '',
    });
  });

  test('only appends output, and never shows a secret', async () => {
    const secret = 'feed0123feed0123feed0123feed9876';
    const terminal = await openAccessibleWizard({ args: [], env: { ACCESSIBLE: '1', TERM: 'dumb' } });
    const { readUntil, answer } = terminal;
    await answer(CHOICE, '3');
    await answer(CHOICE, '1');
    await answer('Partner ID:', 'abc');
    await readUntil('Not accepted: A partner ID is a positive whole number');
    await answer('Partner ID (now abc; Enter keeps it, a space clears it):', '2345678');
    await answer('Secret, not shown:', secret);
    await readUntil('Step 4 of 7');
    await terminal.press('ctrl+c');
    expect(await terminal.exit).toMatchObject({ code: 130, lineRestored: true });
    expect(terminal.raw).not.toContain(secret.slice(0, 8));
    // No cursor movement and no erasing: a screen reader doesn't read repainted text.
    expect(terminal.raw).not.toMatch(/\x1b\[\d*[AJKHF]/);
  });

  test('goes back, shows help, and reports an invalid choice', async () => {
    const terminal = await openAccessibleWizard({ args: [], env: { INK_SCREEN_READER: 'true' } });
    const { readUntil, answer } = terminal;
    await answer(CHOICE, '99');
    await readUntil('That is not one of the choices.');
    await answer(CHOICE, '?');
    await readUntil('A Kaltura session (KS), or key for short,');
    await answer(CHOICE, '2');
    await readUntil('Step 2 of 7');
    await answer(CHOICE, 'b');
    await readUntil('Step 1 of 7');
    await answer(CHOICE, '9');
    await readUntil('What is the URL of your Kaltura server?');
    await readUntil('URL (for example https://video.example.com):');
    await terminal.press('esc');
    await readUntil('Step 1 of 7');
    await terminal.press('ctrl+c');
    expect((await terminal.exit).code).toBe(130);
  });
});

test('creates an app token, prints its value on its own line, and deletes it', async () => {
  const server = await openServer();
  const ks = signKey(partnerId, adminSecret);
  const savedKey = { ...savedKeyWith(ks, secondsNow() + 3600), confirmedBy: 'server' } as const;
  const profile = sampleProfile({ name: 'tokens', region: 'own', serviceUrl: server.url, savedKey });
  const lines = await openAccessibleWizard({ env: { XDG_CONFIG_HOME: await saveProfiles(profile) } });
  await lines.chooseByPrefix('tokens');
  await lines.chooseByPrefix('Print the saved key');
  await lines.readUntil('ADMIN key');
  await lines.answer('? help:', 'm');
  await lines.chooseByPrefix('Manage app tokens');
  await lines.readUntil('2 app tokens');
  await lines.chooseByPrefix('Create a new app token');
  await lines.answer('Description', 'nightly upload');
  await lines.answer('User', 'upload-bot');
  await lines.chooseByPrefix('USER');
  await lines.answer('Privileges', '');
  await lines.answer('Key lifetime', '2h');
  await lines.answer('Token lifetime', '90d');
  await lines.readUntil('The app token is ready. Its value is printed above');
  await lines.readUntil('Each key: valid for 2 hours');
  const values = lines.scrollback().filter((line) => TOKEN_VALUE.test(line));
  expect(values).toHaveLength(1);
  await lines.chooseByPrefix('Back to the list');
  await lines.readUntil('3 app tokens');
  await lines.chooseByPrefix(String.raw`0_\w+ {2}nightly upload`);
  await lines.chooseByPrefix('Delete it');
  await lines.readUntil('it is no longer in the account’s list');
  await cancel(lines);
  expect(lines.scrollback().filter((line) => TOKEN_VALUE.test(line))).toEqual(values);
});

test('explains an error', async () => {
  const lines = await openAccessibleWizard();
  await lines.answer('x explain error', 'x 1');
  await lines.answer('Error', 'Category id "123" not found');
  await lines.readUntil('CATEGORY_NOT_FOUND');
  await lines.readUntil('Entitlement hides it');
  await lines.chooseByPrefix('Create a key that sees every category');
  await lines.readUntil('Which region');
  await cancel(lines);
});

test('explains a key, and reads its details from the server', async () => {
  const server = await openOtherAccount();
  const ks = signKey(OTHER_ACCOUNT.partnerId, OTHER_ACCOUNT.adminSecret, 'sview:*');
  const lines = await openAccessibleWizard();
  await lines.answer('i explain key', 'i 1');
  await lines.readUntil('Nothing is sent');
  await lines.answer('Key (KS), not shown:', `"${ks}"`);
  await lines.readUntil(`Partner: ${OTHER_ACCOUNT.partnerId}`);
  await lines.chooseByPrefix('Read its details from the server');
  await lines.chooseByPrefix('Self-hosted server');
  await lines.answer('URL', server.url);
  await lines.readUntil('User: someone');
  await lines.readUntil('The key works: the server returned its details.');
  await cancel(lines);
  expect(tracesOf(lines, ks)).toEqual([]);
});
