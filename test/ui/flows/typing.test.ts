import { describe, expect, test } from 'vitest';
import { toCredentials } from '../moves.js';
import { apiError, openLoopback } from '../test-servers.js';
import { openWizard, type Wizard } from '../wizard-in-process.js';

const HEX = '0123456789abcdef0123456789ab9af1';

/** Opens the credentials with a server that refuses every request and records what it receives. */
async function openFields(method: 'server' | 'login') {
  const server = await openLoopback(() => apiError('START_SESSION_ERROR', 'no'));
  const wizard = await openWizard();
  await toCredentials(wizard, method, server.url);
  await wizard.atField(method === 'login' ? 'Email' : 'Partner ID');
  const submitAndReadRequest = async () => {
    await wizard.chooseByPrefix('Something else');
    await wizard.chooseByPrefix('I will');
    if (method === 'server') {
      await wizard.chooseByPrefix('USER');
      await wizard.fill('User ID', '');
    }
    await wizard.chooseByPrefix('24 hours');
    await wizard.chooseByPrefix('No privileges');
    await wizard.see('Ready to create this key');
    await wizard.press('enter');
    await wizard.see('START_SESSION_ERROR');
    return server.calls[0]?.form ?? {};
  };
  return { wizard, submitAndReadRequest };
}

const seeRow = (wizard: Wizard, row: string) => wizard.waitFor((rows) => rows.includes(row));
const rowOf = (wizard: Wizard, label: string) => wizard.screen().find((row) => row.startsWith(label)) ?? '';

describe('pasted text', () => {
  test('a line end after a pasted secret is removed, and does not submit', async () => {
    const { wizard, submitAndReadRequest } = await openFields('server');
    await wizard.paste('2345678\n');
    await seeRow(wizard, 'Partner ID   2345678');
    await wizard.press('enter');
    await wizard.atField('Secret');
    await wizard.paste(`${HEX}\r\n`);
    await wizard.see('32 characters');
    await wizard.atField('Secret');
    await wizard.press('enter');
    expect(await submitAndReadRequest()).toMatchObject({ partnerId: '2345678', secret: HEX });
  });

  test.each(['\n', '\r\n', '\r'])('a line end (%j) inside a secret is reported, and the value is kept', async (end) => {
    const { wizard } = await openFields('server');
    await wizard.fill('Partner ID', '2345678');
    await wizard.atField('Secret');
    await wizard.paste(`first${end}second`);
    await wizard.see(`${11 + end.length} characters`);
    await wizard.press('enter');
    await wizard.see('has a line break inside, after 5 characters');
    await wizard.atField('Secret');
    await wizard.see(`${11 + end.length} characters`);
  });

  test('spaces and line ends around IDs and secrets, and zero-width characters, are not sent', async () => {
    const { wizard, submitAndReadRequest } = await openFields('server');
    await wizard.paste('\u200B 2345678\u00A0\r\n');
    await wizard.see('2345678');
    await wizard.press('enter');
    await wizard.atField('Secret');
    await wizard.paste(`\uFEFF\t ${HEX.slice(0, 9)}\u200B${HEX.slice(9)} \u2060\r\n`);
    await wizard.see('32 characters');
    await wizard.press('enter');
    expect(await submitAndReadRequest()).toMatchObject({ partnerId: '2345678', secret: HEX });
  });

  test('spaces in a password are kept and counted', async () => {
    const { wizard, submitAndReadRequest } = await openFields('login');
    await wizard.fill('Email', ' jane@example.com ');
    await wizard.atField('Password');
    await wizard.paste(' two  words \r\n');
    await wizard.see('12 characters');
    await wizard.press('enter');
    await wizard.fill('Partner ID', '');
    expect(await submitAndReadRequest()).toMatchObject({ loginId: 'jane@example.com', password: ' two  words ' });
  });
});

describe('problems and warnings', () => {
  test.each(['1.5', 'abc', '99999999999'])('the partner ID %s is refused in its field', async (typed) => {
    const { wizard } = await openFields('server');
    await wizard.fill('Partner ID', typed);
    await wizard.waitFor((rows) => rows.some((row) => /^ {2}! .*partner ID/i.test(row)));
    await wizard.atField('Partner ID');
    expect(rowOf(wizard, 'Partner ID')).toBe(`Partner ID   ${typed}`);
  });

  test('a Sub Partner ID is recognized, and Ctrl+Y uses the partner ID in it', async () => {
    const { wizard, submitAndReadRequest } = await openFields('server');
    await wizard.fill('Partner ID', '234567800');
    await wizard.see('This looks like a Sub Partner ID');
    await wizard.see('ctrl+y use 2345678');
    await wizard.press('ctrl+y');
    await seeRow(wizard, 'Partner ID   2345678');
    expect(wizard.text()).not.toContain('Sub Partner');
    await wizard.press('enter');
    await wizard.fill('Secret', HEX);
    expect(await submitAndReadRequest()).toMatchObject({ partnerId: '2345678' });
  });

  test('a partner ID that ends in 00 can be used despite the warning', async () => {
    const { wizard, submitAndReadRequest } = await openFields('server');
    await wizard.fillDespiteWarning('Partner ID', '1234500', 'This looks like a Sub Partner ID');
    await wizard.fill('Secret', HEX);
    expect(await submitAndReadRequest()).toMatchObject({ partnerId: '1234500' });
  });

  test('a secret that is not 32 hex digits brings a warning after leaving the field, but is accepted', async () => {
    const { wizard, submitAndReadRequest } = await openFields('server');
    await wizard.fill('Partner ID', '2345678');
    await wizard.atField('Secret');
    await wizard.type(HEX.slice(1));
    await wizard.press('tab');
    await wizard.see('has 31 characters; usually it has 32');
    await wizard.press('tab');
    await wizard.atField('Secret');
    await wizard.press('enter');
    expect(await submitAndReadRequest()).toMatchObject({ secret: HEX.slice(1) });
  });

  test('the first Enter shows the warning, and the second one continues', async () => {
    const { wizard, submitAndReadRequest } = await openFields('server');
    await wizard.fill('Partner ID', '2345678');
    await wizard.fillDespiteWarning('Secret', HEX.slice(1), 'The account secret has 31 characters');
    expect(await submitAndReadRequest()).toMatchObject({ secret: HEX.slice(1) });
  });

  test('Esc goes back and keeps the typed text; an arrow key does not go back', async () => {
    const { wizard } = await openFields('server');
    await wizard.fill('Partner ID', '2345678');
    await wizard.atField('Secret');
    await wizard.type(HEX);
    await wizard.press('left');
    await wizard.see('32 characters');
    await wizard.press('esc');
    await wizard.see('How do you want to sign in?');
    await wizard.press('enter');
    await wizard.see('32 characters, ends in 9af1');
    expect(rowOf(wizard, 'Partner ID')).toBe('Partner ID   2345678');
  });
});
