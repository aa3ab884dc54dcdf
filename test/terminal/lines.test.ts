import { describe, expect, test } from 'vitest';
import { openKs } from '../../source/kaltura/ks/open.js';
import { Secret } from '../../source/kaltura/secret.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { sampleProfile, savedKeyWith } from '../profiles/sample-profile.js';
import { FOREIGN, openForeign, openServer, saveProfiles, secondsNow, signKey, tracesOf } from '../ui/worlds.js';
import { cancel, listen } from './wizard.js';

const TOKEN_VALUE = /^[0-9a-f]{32}$/;
const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;
const CHOICE = '? help.';

describe('line by line', () => {
  test('the same steps lead to the same key, which stands on a line of its own', async () => {
    const terminal = await listen();
    const { hear, answer } = terminal;
    await hear('Step 1 of 7 · Region.');
    await answer(CHOICE, '1');
    await hear('Step 2 of 7');
    await answer(CHOICE, '');
    await answer('Partner ID (now 1234567; Enter keeps it, a space clears it):', '');
    await hear('What is the key for?');
    await answer(CHOICE, '11');
    await hear('Who will use this key?');
    await answer(CHOICE, '1');
    await answer(CHOICE, '1');
    await answer('(optional):', 'jane');
    await answer(CHOICE, '2');
    await hear('Step 6 of 7');
    await answer(CHOICE, '1');
    await hear('Type: USER');
    await answer('? help:', '');
    await hear('Session key 1 · ');
    await hear('USER key, partner 1234567, user jane');
    await answer('? help:', 'q');
    expect(await terminal.exit).toMatchObject({ code: 0, lineRestored: true });
    const ks = terminal.scrollback().find((line) => line.startsWith('djJ8')) ?? '';
    expect(openKs(ks, [new Secret(PRACTICE_CREDENTIALS.adminSecret)])).toMatchObject({
      userId: 'jane',
      type: 0,
      privileges: '',
    });
  });

  test('only adds to what was said, and never shows a secret', async () => {
    const planted = 'feed0123feed0123feed0123feed9876';
    const terminal = await listen({ args: [], env: { ACCESSIBLE: '1', TERM: 'dumb' } });
    const { hear, answer } = terminal;
    await answer(CHOICE, '3');
    await answer(CHOICE, '1');
    await answer('Partner ID:', 'abc');
    await hear('Not accepted: A partner ID is a positive whole number');
    await answer('Partner ID (now abc; Enter keeps it, a space clears it):', '2345678');
    await answer('Secret, not shown:', planted);
    await hear('Step 4 of 7');
    await terminal.press('ctrl+c');
    expect(await terminal.exit).toMatchObject({ code: 130, lineRestored: true });
    expect(terminal.raw).not.toContain(planted.slice(0, 8));
    // Neither up nor erased: a repaint is silent to a screen reader.
    expect(terminal.raw).not.toMatch(/\x1b\[\d*[AJKHF]/);
  });

  test('goes back, explains, and says what is none of the choices', async () => {
    const terminal = await listen({ args: [], env: { INK_SCREEN_READER: 'true' } });
    const { hear, answer } = terminal;
    await answer(CHOICE, '99');
    await hear('That is not one of the choices.');
    await answer(CHOICE, '?');
    await hear('A Kaltura session (KS), or key for short,');
    await answer(CHOICE, '2');
    await hear('Step 2 of 7');
    await answer(CHOICE, 'b');
    await hear('Step 1 of 7');
    await answer(CHOICE, '9');
    await hear('What is the URL of your Kaltura server?');
    await hear('URL (for example https://video.example.com):');
    await terminal.press('esc');
    await hear('Step 1 of 7');
    await terminal.press('ctrl+c');
    expect((await terminal.exit).code).toBe(130);
  });
});

test('an app token is made, its value stands on a line of its own, and it is deleted', async () => {
  const server = await openServer();
  const ks = signKey(partnerId, adminSecret);
  const kept = { ...savedKeyWith(ks, secondsNow() + 3600), confirmedBy: 'server' } as const;
  const profile = sampleProfile({ name: 'tokens', region: 'own', serviceUrl: server.url, savedKey: kept });
  const lines = await listen({ env: { XDG_CONFIG_HOME: await saveProfiles(profile) } });
  await lines.take('tokens');
  await lines.take('Print the saved key');
  await lines.hear('ADMIN key');
  await lines.answer('? help:', 'm');
  await lines.take('Manage app tokens');
  await lines.hear('2 app tokens');
  await lines.take('Create a new app token');
  await lines.answer('Description', 'nightly upload');
  await lines.answer('User', 'upload-bot');
  await lines.take('USER');
  await lines.answer('Privileges', '');
  await lines.answer('Key lifetime', '2h');
  await lines.answer('Token lifetime', '90d');
  await lines.hear('The app token is ready. Its value is printed above');
  await lines.hear('Each key: valid for 2 hours');
  const values = lines.scrollback().filter((line) => TOKEN_VALUE.test(line));
  expect(values).toHaveLength(1);
  await lines.take('Back to the list');
  await lines.hear('3 app tokens');
  await lines.take(String.raw`0_\w+ {2}nightly upload`);
  await lines.take('Delete it');
  await lines.hear('it is no longer in the account’s list');
  await cancel(lines);
  expect(lines.scrollback().filter((line) => TOKEN_VALUE.test(line))).toEqual(values);
});

test('an error is explained', async () => {
  const lines = await listen();
  await lines.answer('x explain error', 'x 1');
  await lines.answer('Error', 'Category id "123" not found');
  await lines.hear('CATEGORY_NOT_FOUND');
  await lines.hear('Entitlement hides it');
  await lines.take('Create a key that sees every category');
  await lines.hear('Which region');
  await cancel(lines);
});

test('a key is explained, and its server asked', async () => {
  const server = await openForeign();
  const ks = signKey(FOREIGN.partnerId, FOREIGN.adminSecret, 'sview:*');
  const lines = await listen();
  await lines.answer('i explain key', 'i 1');
  await lines.hear('Nothing is sent');
  await lines.answer('Key (KS), not shown:', `"${ks}"`);
  await lines.hear(`Partner: ${FOREIGN.partnerId}`);
  await lines.take('Read its details from the server');
  await lines.take('Self-hosted server');
  await lines.answer('URL', server.url);
  await lines.hear('User: someone');
  await lines.hear('The key works: the server returned its details.');
  await cancel(lines);
  expect(tracesOf(lines, ks)).toEqual([]);
});
