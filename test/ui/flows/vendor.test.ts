import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { createKey, fillSecret, keysIn, QUESTIONS, toCredentials } from '../moves.js';
import { openKey } from '../test-servers.js';
import { cancel, openWizard, type Wizard } from '../wizard-in-process.js';

const { partnerId, userSecret, adminSecret, viewerLoginId, password } = PRACTICE_CREDENTIALS;
const VENDOR = 'A vendor or another team';
const EXPLAINED = 'Give the vendor an app token, not your secret';
const FORM = 'What should the vendor be allowed to do?';
const READY = 'The app token is ready. Its value is printed above.';
const NEEDS_ADMIN = 'Only an administrator can create an app token';

/** Goes from the first start to the explanation, with the practice account. */
async function toVendor(): Promise<Wizard> {
  const wizard = await openWizard();
  await toCredentials(wizard, 'server');
  await wizard.pressEnterIn('Partner ID');
  await wizard.choose(QUESTIONS.purpose, VENDOR);
  await wizard.see(EXPLAINED, 'In practice, the token ends with the practice server');
  return wizard;
}

async function toForm(): Promise<Wizard> {
  const wizard = await toVendor();
  await wizard.choose(EXPLAINED, 'Create the ADMIN key and continue');
  await wizard.see(FORM);
  return wizard;
}

/** Requests an ADMIN key with the User Secret, which the server refuses. */
async function toRefusal(): Promise<Wizard> {
  const wizard = await openWizard();
  await toCredentials(wizard, 'server');
  await fillSecret(wizard, partnerId, userSecret);
  await wizard.choose(QUESTIONS.purpose, VENDOR);
  await wizard.choose(EXPLAINED, 'Create the ADMIN key and continue');
  await wizard.see('START_SESSION_ERROR');
  return wizard;
}

/** Creates a token whose keys can list everything, which needs the confirmation word. */
async function createToken(wizard: Wizard): Promise<void> {
  await wizard.fill('Description', 'Captions by Acme');
  await wizard.pressEnterIn('User');
  await wizard.choose(FORM, 'USER');
  await wizard.choose(FORM, 'List and play everything');
  for (const field of ['Privileges', 'Key lifetime', 'Token lifetime']) await wizard.pressEnterIn(field);
  await wizard.fill('Confirm', 'danger');
  await wizard.see(READY, 'This token ends with the practice server.');
}

const valuesOn = (wizard: Wizard) => wizard.scrollback().filter((line) => /^[0-9a-f]{32}$/.test(line));

/** Creates a key with the two calls of the text, as the vendor would. */
async function followText(text: string, value: string): Promise<string> {
  const [first = '', second = ''] = [...text.matchAll(/POST (\S+)/g)].map(([, url]) => url ?? '');
  const [, widgetId = ''] = /widgetId=(\S+)/.exec(text) ?? [];
  const [, id = ''] = /^ +id=(\S+)/m.exec(text) ?? [];
  const call = async (url: string, values: Readonly<Record<string, string>>): Promise<{ readonly ks: string }> => {
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ ...values, format: '1' }) });
    return (await response.json()) as { readonly ks: string };
  };
  const { ks } = await call(first, { widgetId });
  const tokenHash = createHash('sha256').update(`${ks}${value}`).digest('hex');
  return (await call(second, { ks, id, tokenHash })).ks;
}

describe('an app token for a vendor', () => {
  test('comes with instructions to create a key; its value is printed once and is not in the instructions', async () => {
    const wizard = await toForm();
    await createToken(wizard);
    const [value = ''] = valuesOn(wizard);
    await wizard.press('enter');
    await wizard.see('✔ The text is printed above.');
    await wizard.type('c');
    await expect.poll(() => wizard.clipboard).toHaveLength(1);
    const [text = ''] = wizard.clipboard;
    expect(wizard.scrollback().join('\n')).toContain(text);
    expect(text).not.toContain(value);
    expect(text).toMatch(/^App token for Kaltura account 1234567: Captions by Acme$/m);
    expect(text).toMatch(
      /^ {2}kaltura-ks token .*--partner 1234567 --method app-token --app-token-id 0_\w+ --user captions-by-acme --expiry 1h$/m,
    );
    expect(openKey(await followText(text, value))).toMatchObject({
      type: 0,
      userId: 'captions-by-acme',
      privileges: expect.stringContaining('list:*,sview:*'),
    });

    await wizard.type('t');
    await expect.poll(() => wizard.clipboard).toEqual([text, value]);
    expect(wizard.raw.split(value)).toHaveLength(2);
    // The ADMIN key is used only to create the token.
    expect(keysIn(wizard.scrollback())).toEqual([]);
    await wizard.back('Quit now?');
    await wizard.choose('Quit now?', 'Don’t quit');
    await wizard.see(READY);
    await cancel(wizard);
  });

  test('is also offered by “Who will use this key?”', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await wizard.pressEnterIn('Partner ID');
    await wizard.choose(QUESTIONS.purpose, 'Something else');
    await wizard.choose(QUESTIONS.holder, VENDOR);
    await wizard.see(EXPLAINED);
    await wizard.back(QUESTIONS.purpose);
    await wizard.see(`❯ ${VENDOR}`);
    await cancel(wizard);
  });

  test('keeps the typed text when the user goes back, and needs no second ADMIN key', async () => {
    const wizard = await toForm();
    await wizard.fill('Description', 'Captions by Acme');
    await wizard.back(EXPLAINED);
    await wizard.back(QUESTIONS.purpose);
    await wizard.choose(QUESTIONS.purpose, VENDOR);
    const before = wizard.raw.length;
    await wizard.choose(EXPLAINED, 'Continue with the app token');
    await wizard.see(FORM, 'Captions by Acme');
    expect(wizard.raw.slice(before)).not.toContain('Creating the key');
    await cancel(wizard);
  });

  test('of the type ADMIN is created only after the confirmation word', async () => {
    const wizard = await toForm();
    await wizard.fill('Description', 'Migration');
    await wizard.pressEnterIn('User');
    await wizard.choose(FORM, 'ADMIN');
    for (const field of ['Privileges', 'Key lifetime', 'Token lifetime']) await wizard.pressEnterIn(field);
    await wizard.pressEnterIn('Confirm');
    await wizard.see('to create this token.');
    expect(valuesOn(wizard)).toEqual([]);
    await wizard.fill('Confirm', 'danger');
    await wizard.see(READY);
    await cancel(wizard);
  });
});

describe('without an ADMIN key', () => {
  test('the User Secret leads to a USER key for the vendor', async () => {
    const wizard = await toRefusal();
    expect(wizard.text()).not.toContain('Create a USER key');
    await wizard.mark('I’m not an administrator…');
    await wizard.press('enter');
    await wizard.choose(NEEDS_ADMIN, 'Create a USER key for the vendor');
    await wizard.fill('User ID', 'vendor');
    await wizard.choose(QUESTIONS.user, '1 hour');
    await wizard.choose(QUESTIONS.privileges, 'No privileges');
    await wizard.see(QUESTIONS.review, 'for a vendor or another team');
    expect(await createKey(wizard)).toMatch(/^djJ8/);
    await wizard.see('USER key, partner 1234567');
    await cancel(wizard);
  });

  test('the Administrator Secret leads to the app token', async () => {
    const wizard = await toRefusal();
    await wizard.mark('Enter the secret again');
    await wizard.press('enter');
    await wizard.fill('Secret', adminSecret);
    await wizard.choose(EXPLAINED, 'Create the ADMIN key and continue');
    await wizard.see(FORM);
    await cancel(wizard);
  });

  test('a user who is not an administrator can sign in with another method', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'login');
    await wizard.fill('Email', viewerLoginId);
    await wizard.fill('Password', password);
    await wizard.pressEnterIn('Partner ID');
    await wizard.choose(QUESTIONS.purpose, VENDOR);
    await wizard.choose(EXPLAINED, 'Create the ADMIN key and continue');
    await wizard.see(NEEDS_ADMIN, 'This sign-in creates only USER keys');
    await wizard.choose(NEEDS_ADMIN, 'Sign in again');
    await wizard.choose(QUESTIONS.signIn, 'Account secret, sent to the server');
    await wizard.choose(EXPLAINED, 'Create the ADMIN key and continue');
    await wizard.see(FORM);
    await cancel(wizard);
  });
});
