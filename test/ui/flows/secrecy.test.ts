import { describe, expect, test } from 'vitest';
import { toCredentials } from '../moves.js';
import { expectNowhere, inJson, inNamedHtml, inNumericHtml } from '../secret-search.js';
import { type Answer, apiError, type Call, openLoopback } from '../test-servers.js';
import { openWizard, type Wizard } from '../wizard-in-process.js';

const SECRET = '5ec4e7ab90d1f2c36b8a7e5d4c3b2a19';
/** A secret with characters that encodings escape in different ways. */
const ODD_SECRET = `S3cr&t<pl"an'ted/+1 %zQ9=~`;
const PASSWORD = `Pl4nted <pass&word>"+/%' xyZ`;
const CODE = '08371492';
const TOKEN = 'b7f1c0de93a2e4d58c6f0a1b2c3d4e5f';
const WIDGET_KS = `djJ8MjM0NTY3OHzwidget${'0Kq_z'.repeat(20)}`;

describe('a server that echoes secrets', () => {
  const formOf = ({ form }: Call) => JSON.stringify(form);
  const page = (text: string) => `<!DOCTYPE html><html><body><h1>Oops</h1><pre>${text}</pre></body></html>`;
  const values = ({ form }: Call) => ['secret', 'password', 'otp', 'tokenHash'].flatMap((name) => form[name] ?? []);
  const html = { 'content-type': 'text/html' };
  const hostile: Readonly<Record<string, (call: Call) => Answer>> = {
    'in the message of an error': (call) => apiError('STRANGE_ERROR', `You sent ${formOf(call)}`, { ...call.form }),
    'in a message, as the request body': (call) => apiError('STRANGE_ERROR', call.body, { body: call.body }),
    'as the code of an error': (call) => apiError(values(call).join(' '), 'no'),
    'in a page': (call) => ({ status: 500, headers: html, body: page(values(call).map(inNumericHtml).join(' ')) }),
    'in a page, as named HTML entities': (call) => ({
      status: 403,
      headers: html,
      body: page(values(call).map(inNamedHtml).join(' ')),
    }),
    'in a redirect': (call) => ({
      status: 302,
      headers: { location: `https://login.example/?${call.body}` },
      body: '',
    }),
    'in truncated JSON': (call) => {
      const [first = ''] = values(call);
      return { body: `{"secret":"${inJson(first).slice(0, -6)}` };
    },
    'in JSON of an unexpected type': (call) => ({ body: JSON.stringify({ ks: null, sent: call.form }) }),
    'as plain text': (call) => ({
      status: 400,
      headers: { 'content-type': 'text/plain' },
      body: values(call).join('\n'),
    }),
    'in a header': (call) => ({
      ...apiError('STRANGE_ERROR', 'no'),
      headers: { 'x-kaltura-session': values(call).join(' '), 'x-me': values(call).join(' ') },
    }),
  };

  async function tryAllAnswers(method: Parameters<typeof toCredentials>[1], fill: (wizard: Wizard) => Promise<void>) {
    const [first, ...others] = Object.values(hostile);
    let respond = first;
    const server = await openLoopback((call) => {
      if (call.action === 'session.startWidgetSession') {
        return { body: JSON.stringify({ ks: WIDGET_KS, partnerId: 2345678, userId: '0', objectType: 'x' }) };
      }
      const isCodeMissing = call.action === 'user.loginByLoginId' && !call.form['otp'];
      return isCodeMissing ? apiError('MISSING_OTP', 'One-time password is missing') : (respond?.(call) ?? null);
    });
    const wizard = await openWizard({ env: { DEBUG: '*' } });
    await toCredentials(wizard, method, server.url);
    await fill(wizard);
    await wizard.chooseByPrefix('Something else');
    await wizard.chooseByPrefix('I will');
    if (method !== 'login') {
      await wizard.chooseByPrefix('USER');
      await wizard.fill('User ID', '');
    }
    await wizard.chooseByPrefix('24 hours');
    await wizard.chooseByPrefix('No privileges');
    await wizard.see('Ready to create this key');
    await wizard.press('enter');
    if (method === 'login') await wizard.fill('Code', CODE);
    for (const next of [...others, undefined]) {
      await wizard.see('no key was created');
      await wizard.type('?');
      await wizard.see('esc close');
      await wizard.press('enter');
      await wizard.see('esc back to the review');
      // Its answer is shown on request only, and can contain the secret in another form.
      await wizard.see('Show the server’s answer');
      await wizard.press('esc');
      await wizard.see('Ready to create this key');
      respond = next;
      if (next !== undefined) await wizard.press('enter');
    }
    await wizard.type('?');
    await wizard.see('esc close');
    return { wizard, sent: server.calls.map(({ body }) => body).join('\n') };
  }

  const cases = [
    ['a secret', 'server', [SECRET]],
    ['a secret with special characters', 'server', [ODD_SECRET]],
    ['a password and a code', 'login', [PASSWORD, CODE]],
    ['an app token', 'token', [TOKEN, WIDGET_KS]],
  ] as const;
  test.each(cases)('%s is on no screen and in no file', async (_, method, secrets) => {
    const { wizard, sent } = await tryAllAnswers(method, async (wizard) => {
      if (method === 'login') await wizard.fill('Email', 'jane@example.com');
      if (method === 'login') await wizard.fill('Password', secrets[0]);
      await wizard.fill('Partner ID', '2345678');
      if (method === 'token') await wizard.fill('Token ID', '0_ab12cd34');
      if (method === 'token') await wizard.fill('Token', secrets[0]);
      if (secrets[0] === ODD_SECRET) await wizard.fillDespiteWarning('Secret', secrets[0], 'The account secret has');
      if (secrets[0] === SECRET) await wizard.fill('Secret', secrets[0]);
    });
    // Make sure that the secret was sent.
    if (method !== 'token') expect(sent).toContain(new URLSearchParams([['', secrets[0]]]).toString().slice(1));
    expectNowhere(wizard, secrets);
    await wizard.press('ctrl+c');
    await wizard.exit;
    expectNowhere(wizard, secrets);
  });
});
