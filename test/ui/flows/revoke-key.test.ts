import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { sampleProfile, savedKeyWith } from '../../profiles/sample-profile.js';
import { answerToReview, createKey, createKeyOn, QUESTIONS, toCredentials } from '../moves.js';
import { openServer, saveProfiles, secondsNow, signKey } from '../test-servers.js';
import { cancel, openWizard, type Wizard } from '../wizard-in-process.js';

const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;
const NEXT = 'What do you want to do with this key?';
const REVOKE_QUESTION = 'Revoke this key before it expires?';
const REVOKED = 'The key is revoked';
const VERIFIED = '✔ The server refused it in a test request.';

async function openRevoke(wizard: Wizard): Promise<void> {
  await wizard.type('m');
  await wizard.choose(NEXT, 'Revoke the key');
  await wizard.see(REVOKE_QUESTION, /❯ Keep the key/);
}

describe('revoking a key', () => {
  test('says that it revokes only this key; “Keep the key” is the first option', async () => {
    const server = await openServer();
    const wizard = await openWizard();
    const key = await createKeyOn(wizard, server.url);
    await openRevoke(wizard);
    await wizard.see('This revokes only this key. The other keys of the account keep working.');
    await wizard.press('enter');
    await wizard.back('✔ Session key ');
    expect(wizard.frame()).not.toContain('revoked');
    expect(await server.call('baseEntry.count', key)).toEqual(expect.any(Number));
    await openRevoke(wizard);
    await cancel(wizard);
    expect(await server.call('baseEntry.count', key)).toEqual(expect.any(Number));
  });

  test('names the other keys that it revokes, verifies it, and shows it on the result until a new key is created', async () => {
    const server = await openServer();
    const wizard = await openWizard();
    const key = await createKeyOn(wizard, server.url, { privileges: 'sessionid:night-42' });
    const sibling = signKey(partnerId, adminSecret, 'sessionid:night-42');
    expect(await server.call('baseEntry.count', sibling)).toEqual(expect.any(Number));
    await openRevoke(wizard);
    await wizard.see('Every key of the account with sessionid:night-42 stops working too, for 24 hours');
    await wizard.choose(REVOKE_QUESTION, 'Revoke it now');
    await wizard.see(REVOKED, VERIFIED);
    for (const revoked of [key, sibling])
      await expect(server.call('baseEntry.count', revoked)).rejects.toMatchObject({ args: { KSID: 'LOGOUT' } });
    await wizard.choose(REVOKED, 'Continue');
    await wizard.see('! Session key 1 is revoked: the server refuses it. Press n to create a new one.');

    await wizard.type('m');
    await wizard.choose('This key is revoked. What do you want to do?', 'Create a new key…');
    await wizard.see(QUESTIONS.review);
    await wizard.type('6');
    await wizard.choose(QUESTIONS.privileges, 'No privileges');
    await createKey(wizard);
    await wizard.see('USER key, partner 1234567, no user, no privileges');
    expect(wizard.frame()).not.toContain('revoked');
    await openRevoke(wizard);
    await cancel(wizard);
  });

  test('of an app token warns that it disables the whole token', async () => {
    const server = await openServer();
    const wizard = await openWizard();
    await toCredentials(wizard, 'token', server.url);
    await wizard.fill('Partner ID', String(partnerId));
    await wizard.fill('Token ID', PRACTICE_CREDENTIALS.tokenId);
    await wizard.fill('Token', PRACTICE_CREDENTIALS.token);
    await answerToReview(wizard);
    const key = await createKey(wizard);
    await openRevoke(wizard);
    await wizard.see(
      `! This key was created from the app token ${PRACTICE_CREDENTIALS.tokenId}. Revoking the key disables the whole app token`,
      'let this key expire instead',
    );
    await wizard.choose(REVOKE_QUESTION, 'Revoke it now');
    await wizard.see(VERIFIED);
    await expect(server.call('baseEntry.count', key)).rejects.toMatchObject({ args: { KSID: 'LOGOUT' } });
    await cancel(wizard);
  });
});

test('a saved key is removed from its profile when it is revoked', async () => {
  const server = await openServer();
  const ks = signKey(partnerId, adminSecret);
  const profile = sampleProfile({
    name: 'nightly',
    region: 'own',
    type: 'USER',
    privileges: '',
    serviceUrl: server.url,
    savedKey: savedKeyWith(ks, secondsNow() + 3600),
  });
  const folder = await saveProfiles(profile);
  const file = join(folder, 'kaltura-ks', 'profiles', 'nightly.json');
  expect(readFileSync(file, 'utf8')).toContain(ks);
  const wizard = await openWizard({ env: { XDG_CONFIG_HOME: folder } });
  await wizard.see(/^❯ nightly .* left/m);
  await wizard.press('enter');
  await wizard.choose('This profile has a valid key', 'Print the saved key');
  await wizard.see('✔ Session key ');
  await openRevoke(wizard);
  await wizard.choose(REVOKE_QUESTION, 'Revoke it now');
  await wizard.see(VERIFIED);
  expect(readFileSync(file, 'utf8')).not.toContain(ks);
  await wizard.choose(REVOKED, 'Continue');
  await wizard.see('! Session key 1 is revoked: the server refuses it.');
  await wizard.back('Which profile do you want to use?');
  // Enter must not create another key.
  await wizard.see(/^ {2}nightly .*key ended/m, '❯ Create a new key…');
  await wizard.press('enter');
  await wizard.see('Which region is your account in?');
  await cancel(wizard);
});
