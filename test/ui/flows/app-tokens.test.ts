import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { createKeyOn } from '../moves.js';
import { openKey, openServer, signKey, tracesOf } from '../test-servers.js';
import { cancel, openWizard, type Wizard } from '../wizard-in-process.js';

const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;
const NEXT = 'What do you want to do with this key?';
const FORM_QUESTION = 'What should this token’s keys be allowed to do?';
const CREATED = 'The app token is ready. Its value is printed above.';
const CONFIRM = 'Confirm';
const PASSPHRASE = 'correct horse battery staple';

async function toTokens(wizard: Wizard): Promise<void> {
  await wizard.type('m');
  await wizard.choose(NEXT, 'Manage app tokens');
  await wizard.see('2 app tokens');
}

type Answers = { readonly type?: 'USER' | 'ADMIN'; readonly privileges?: string };

async function fillForm(wizard: Wizard, { type = 'USER', privileges = '' }: Answers = {}): Promise<void> {
  await wizard.choose('2 app tokens', 'Create a new app token…');
  await wizard.see(FORM_QUESTION);
  await wizard.fill('Description', 'nightly upload');
  await wizard.fill('User', 'upload-bot');
  await wizard.mark(type);
  await wizard.press('enter');
  await wizard.fill('Privileges', privileges);
  await wizard.fill('Key lifetime', '2h');
  await wizard.fill('Token lifetime', '90d');
}

const looksLikeValue = /^[0-9a-f]{32}$/;
const valuesOn = (wizard: Wizard) => wizard.scrollback().filter((line) => looksLikeValue.test(line));

/** Returns the ID and the value of the created token from the screen. */
async function createdToken(wizard: Wizard) {
  await wizard.see(CREATED);
  const [, id = ''] = /^ID +(\S+)$/m.exec(wizard.frame()) ?? [];
  const [value = ''] = valuesOn(wizard);
  return { id, value };
}

async function save(wizard: Wizard, name: string): Promise<void> {
  await wizard.choose(CREATED, 'Save a profile that uses the token…');
  await wizard.fill('Name', name);
  await wizard.mark('In an encrypted file');
  await wizard.press('enter');
  await wizard.fill('Passphrase', PASSPHRASE);
  await wizard.fill('Passphrase again', PASSPHRASE);
  await wizard.see(`✔ Saved “${name}”`);
}

describe('an ADMIN key', () => {
  test('lists the app tokens of the account, without their values', async () => {
    const { url } = await openServer();
    const wizard = await openWizard();
    await createKeyOn(wizard, url, { type: 'ADMIN' });
    await toTokens(wizard);
    await wizard.see(/^❯ 0_fixadmin {2}For practice/m, /^ {2}0_rehearse {2}For practice/m);
    await wizard.see('ADMIN, active, never expires, user admin@practice.example, list:*');
    await wizard.choose('2 app tokens', '0_rehearse  For practice: each request chooses the user');
    await wizard.see('App token 0_rehearse', /^User +each request chooses$/m, /^Each key +valid for 24 hours$/m);
    await wizard.see('❯ Keep it', 'all keys that were created from it stop');
    await cancel(wizard);
    expect(tracesOf(wizard, PRACTICE_CREDENTIALS.token)).toEqual([]);
  });

  test('creates an app token, prints its value once, and saves a profile that creates keys', async () => {
    const server = await openServer();
    const wizard = await openWizard();
    await createKeyOn(wizard, server.url, { type: 'ADMIN' });
    await toTokens(wizard);
    await fillForm(wizard, { privileges: 'sview:0_welcome1' });
    const { value } = await createdToken(wizard);
    expect(wizard.raw).toContain(`${value}\r\n`);
    await wizard.see(/^Each key +valid for 2 hours$/m, 'expires in 90 days');
    await wizard.type('t');
    await wizard.see('Sent to the clipboard through your terminal');
    expect(wizard.clipboard).toEqual([value]);
    await save(wizard, 'nightly');
    expect(tracesOf(wizard, value)).toEqual(['the terminal']);
    expect(wizard.raw.split(value)).toHaveLength(2);

    await wizard.see('Which profile do you want to use?', /^❯ nightly /m);
    await wizard.press('enter');
    await wizard.fill('Passphrase', PASSPHRASE);
    await wizard.see('USER key, partner 1234567, user upload-bot', 'sview:0_welcome1');
    const key = wizard.key();
    expect(openKey(key)).toMatchObject({ userId: 'upload-bot', type: 0 });
    expect(await server.call('baseEntry.count', key)).toEqual(expect.any(Number));

    await wizard.press('esc');
    await wizard.see('Quit now?');
    await cancel(wizard);
  });

  test('deletes an app token, and the server then refuses its keys', async () => {
    const server = await openServer();
    const wizard = await openWizard();
    await createKeyOn(wizard, server.url, { type: 'ADMIN' });
    await toTokens(wizard);
    await fillForm(wizard);
    const { id } = await createdToken(wizard);
    await wizard.choose(CREATED, 'Back to the list');
    await wizard.see('3 app tokens');
    const keyOfToken = signKey(partnerId, adminSecret, `sessionid:${id},apptoken:${id}`);
    expect(await server.call('baseEntry.count', keyOfToken)).toEqual(expect.any(Number));
    await wizard.choose('3 app tokens', `${id}  nightly upload`);
    await wizard.choose(`App token ${id}`, 'Delete it');
    await wizard.see(`✔ Deleted ${id}: it is no longer in the account’s list.`, '2 app tokens');
    await expect(server.call('baseEntry.count', keyOfToken)).rejects.toThrow();
    await cancel(wizard);
  });

  test('creates an ADMIN token only after the confirmation word', async () => {
    const { url } = await openServer();
    const wizard = await openWizard();
    await createKeyOn(wizard, url, { type: 'ADMIN' });
    await toTokens(wizard);
    await fillForm(wizard, { type: 'ADMIN' });
    await wizard.see('! An ADMIN app token is nearly as powerful as the account’s secret');
    await wizard.pressEnterIn(CONFIRM);
    await wizard.see('to create this token.');
    expect(valuesOn(wizard)).toEqual([]);
    await wizard.fill(CONFIRM, 'danger');
    const { id } = await createdToken(wizard);
    await wizard.choose(CREATED, 'Back to the list');
    await wizard.choose('3 app tokens', `${id}  nightly upload`);
    await wizard.see(/^Type +ADMIN$/m, 'The token creates ADMIN keys');
    await cancel(wizard);
    // The printed value stays on the terminal, once.
    expect(valuesOn(wizard)).toHaveLength(1);
  });
});

test('with a USER key, the menu says that app tokens need an ADMIN key', async () => {
  const { url } = await openServer();
  const wizard = await openWizard();
  await createKeyOn(wizard, url, { type: 'USER' });
  await wizard.type('m');
  await wizard.see(NEXT, 'Explain the key', 'Revoke the key', 'ADMIN key');
  await cancel(wizard);
});
