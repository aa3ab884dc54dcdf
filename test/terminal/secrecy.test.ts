import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import {
  type Answer,
  apiError,
  askForKey,
  type Call,
  type Drive,
  drive,
  openLoopback,
  openPretendServer,
  toCredentials,
} from './driving.js';
import type { TerminalOptions } from './terminal.js';

const SECRET = '5ec4e7ab90d1f2c36b8a7e5d4c3b2a19';
/** A secret as no account has it, full of what the many ways to write a text write differently. */
const ODD_SECRET = `S3cr&t<pl"an'ted/+1 %zQ9=~`;
const PASSWORD = `Pl4nted <pass&word>"+/%' xyZ`;
const CODE = '08371492';
const TOKEN = 'b7f1c0de93a2e4d58c6f0a1b2c3d4e5f';
const WIDGET_KS = `djJ8MjM0NTY3OHzwidget${'0Kq_z'.repeat(20)}`;

/** So short a piece is enough to search the rest for; it is more than the ending that is shown. */
const PIECE = 8;

const inHtml = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const named = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // As PHP, in which Kaltura's server is written, does it.
    .replaceAll("'", '&#039;');
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** The ways in which a text may have been written down. */
const formsOf = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  encodeURIComponent(text).toLowerCase(),
  new URLSearchParams([['', text]]).toString().slice(1),
  inJson(text),
  inJson(inJson(text)),
  inHtml(text),
  named(text),
  Buffer.from(text).toString('base64'),
  Buffer.from(text).toString('base64url'),
  Buffer.from(text).toString('hex'),
  [...text].reverse().join(''),
];

function piecesOf(text: string): Set<string> {
  const pieces = formsOf(text).flatMap((form) =>
    Array.from({ length: Math.max(1, form.length - PIECE + 1) }, (_, at) => form.slice(at, at + PIECE)),
  );
  return new Set(pieces);
}

const pieceIn = (haystack: string, text: string): string | undefined => {
  for (const piece of piecesOf(text)) if (haystack.includes(piece)) return piece;
  return undefined;
};

/** Arguments and environment of every process that the program in this terminal consists of. */
function processesOf({ home }: Drive): Record<string, string> {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      // Ended meanwhile, or not ours to read.
      return '';
    }
  };
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const ours = pids.filter((pid) => read(`/proc/${pid}/environ`).includes(`HOME=${home}\0`));
  return Object.fromEntries(
    ours.flatMap((pid) =>
      ['cmdline', 'environ', 'comm'].map((name) => [`/proc/${pid}/${name}`, read(`/proc/${pid}/${name}`)]),
    ),
  );
}

/** Every file below the program's own HOME and temporary folder, by its path from there. */
function filesOf({ home }: Drive): Record<string, string> {
  const root = dirname(home);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

const everythingOf = (wizard: Drive): Record<string, string> => ({
  'the terminal': wizard.raw,
  'the screen': wizard.scrollback().join('\n'),
  ...filesOf(wizard),
  ...processesOf(wizard),
});

/** The lines in which a text, or a part of it in whatever form, is to be found. */
const placesOf = (wizard: Drive, text: string): string[] => {
  const found = Object.entries(everythingOf(wizard)).flatMap(([place, content]) =>
    pieceIn(content, text) === undefined
      ? []
      : content.split(/\r?\n/).flatMap((line) => (pieceIn(line, text) ? [`${place}: ${JSON.stringify(line)}`] : [])),
  );
  return [...new Set(found)];
};

const expectNowhere = (wizard: Drive, ...texts: string[]) => {
  for (const text of texts) expect(placesOf(wizard, text), text).toEqual([]);
};

describe('a server that sends everything back', () => {
  const told = ({ form }: Call) => JSON.stringify(form);
  const page = (text: string) => `<!DOCTYPE html><html><body><h1>Oops</h1><pre>${text}</pre></body></html>`;
  const values = ({ form }: Call) => ['secret', 'password', 'otp', 'tokenHash'].flatMap((name) => form[name] ?? []);
  const html = { 'content-type': 'text/html' };
  const hostile: Readonly<Record<string, (call: Call) => Answer>> = {
    'in the message of an error': (call) => apiError('STRANGE_ERROR', `You sent ${told(call)}`, { ...call.form }),
    'in a message, as it was sent': (call) => apiError('STRANGE_ERROR', call.body, { body: call.body }),
    'as the code of an error': (call) => apiError(values(call).join(' '), 'no'),
    'in a page': (call) => ({ status: 500, headers: html, body: page(values(call).map(inHtml).join(' ')) }),
    'in a page, by the names of the signs': (call) => ({
      status: 403,
      headers: html,
      body: page(values(call).map(named).join(' ')),
    }),
    'in a redirect': (call) => ({
      status: 302,
      headers: { location: `https://login.example/?${call.body}` },
      body: '',
    }),
    'in JSON that breaks off': (call) => {
      const [first = ''] = values(call);
      return { body: `{"secret":"${inJson(first).slice(0, -6)}` };
    },
    'in JSON of another shape': (call) => ({ body: JSON.stringify({ ks: null, sent: call.form }) }),
    'as bare text': (call) => ({
      status: 400,
      headers: { 'content-type': 'text/plain' },
      body: values(call).join('\n'),
    }),
    'in a header': (call) => ({
      ...apiError('STRANGE_ERROR', 'no'),
      headers: { 'x-kaltura-session': values(call).join(' '), 'x-me': values(call).join(' ') },
    }),
  };

  async function meetAll(way: Parameters<typeof toCredentials>[1], fill: (wizard: Drive) => Promise<void>) {
    const [first, ...others] = Object.values(hostile);
    let now = first;
    const server = await openLoopback((call) => {
      if (call.action === 'session.startWidgetSession') {
        return { body: JSON.stringify({ ks: WIDGET_KS, partnerId: 2345678, userId: '0', objectType: 'x' }) };
      }
      const isCodeMissing = call.action === 'user.loginByLoginId' && !call.form['otp'];
      return isCodeMissing ? apiError('MISSING_OTP', 'One-time password is missing') : (now?.(call) ?? null);
    });
    const wizard = await drive({ env: { DEBUG: '*' } });
    await toCredentials(wizard, way, server.url);
    await fill(wizard);
    await askForKey(wizard, way);
    if (way === 'login') await wizard.fill('Code', CODE);
    for (const next of [...others, undefined]) {
      await wizard.see('no key was made');
      await wizard.type('?');
      await wizard.see('any other key close');
      await wizard.press('enter');
      await wizard.see('esc back to review');
      // Its answer is shown on request only, and can contain the secret in another form.
      await wizard.see('Show the server’s answer');
      await wizard.press('esc');
      await wizard.see('Ready to make this key');
      now = next;
      if (next !== undefined) await wizard.press('enter');
    }
    await wizard.type('?');
    await wizard.see('any other key close');
    return { wizard, sent: server.calls.map(({ body }) => body).join('\n') };
  }

  const cases = [
    ['a secret', 'server', [SECRET]],
    ['a secret full of signs', 'server', [ODD_SECRET]],
    ['a password and a code', 'login', [PASSWORD, CODE]],
    ['an app token', 'token', [TOKEN, WIDGET_KS]],
  ] as const;
  test.each(cases)('%s: on no screen, in no file and in no process', async (_, way, planted) => {
    const { wizard, sent } = await meetAll(way, async (driven) => {
      if (way === 'login') await driven.fill('E-mail', 'jane@example.com');
      if (way === 'login') await driven.fill('Password', planted[0]);
      await driven.fill('Partner ID', '2345678');
      if (way === 'token') await driven.fill('Token ID', '0_ab12cd34');
      if (way === 'token') await driven.fill('Token', planted[0]);
      if (planted[0] === ODD_SECRET) await driven.insist('Secret', planted[0], 'The account secret has');
      if (planted[0] === SECRET) await driven.fill('Secret', planted[0]);
    });
    // It was sent all right, or nothing would be proved.
    if (way !== 'token') expect(sent).toContain(new URLSearchParams([['', planted[0]]]).toString().slice(1));
    expectNowhere(wizard, ...planted);
    await wizard.press('ctrl+c');
    await wizard.exit;
    expectNowhere(wizard, ...planted);
  });
});

describe('typing a secret', () => {
  const openSecret = async (options: TerminalOptions = {}) => {
    const wizard = await drive(options);
    await wizard.take('US');
    await wizard.take('Account secret, sent');
    await wizard.fill('Partner ID', '2345678');
    await wizard.atField('Secret');
    return wizard;
  };

  test.each([{}, { env: { TERM: 'dumb' } }, { columns: 40, rows: 15 }])('it is never shown (%o)', async (options) => {
    const wizard = await openSecret(options);
    for (const [index, character] of [...SECRET].entries()) {
      await wizard.type(character);
      await wizard.see(`${index + 1} character`);
    }
    await wizard.press('home', 'delete', 'end', 'backspace');
    await wizard.see('30 characters');
    await wizard.press('shift+tab');
    await wizard.see('30 characters, ends b2a1');
    expectNowhere(wizard, SECRET);
  });

  test('the mask is 32 signs long at the most, and the ending shows once the field is left', async () => {
    const wizard = await openSecret();
    await wizard.paste('x'.repeat(200));
    await wizard.see('200 characters');
    const row = wizard.screen().find((line) => line.startsWith('Secret')) ?? '';
    expect(row).toMatch(/^Secret +•{32} +200 characters$/);
    await wizard.press('ctrl+u');
    await wizard.type('short12');
    await wizard.press('tab');
    await wizard.waitFor((rows) => rows.some((line) => /^Secret +•{7} +7 characters$/.test(line)));
  });

  test('Ctrl-R shows it and hides it again; another visit begins hidden', async () => {
    const wizard = await openSecret();
    await wizard.type(SECRET);
    await wizard.see('32 characters');
    expectNowhere(wizard, SECRET);
    await wizard.press('ctrl+r');
    await wizard.see(SECRET);
    await wizard.see('ctrl+r hide secret');
    await wizard.press('ctrl+r');
    await wizard.see('ctrl+r show secret');
    expect(wizard.frame()).not.toContain(SECRET.slice(0, PIECE));
    await wizard.press('ctrl+r');
    await wizard.see(SECRET);
    await wizard.press('esc');
    await wizard.see('How do you prove');
    await wizard.press('enter');
    await wizard.see('32 characters, ends 2a19');
    expect(wizard.frame()).not.toContain(SECRET.slice(0, PIECE));
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('%s while it is typed leaves nothing of it behind', async (signal) => {
    const wizard = await openSecret();
    await wizard.type(SECRET);
    await wizard.see('32 characters');
    wizard.kill(signal);
    await wizard.exit;
    expectNowhere(wizard, SECRET);
  });
});

describe('a key', () => {
  const tools = {
    // Notes what others on this computer could see of it while it runs.
    'wl-copy': '/bin/cat "/proc/$$/cmdline" "/proc/$$/environ" >"$HOME/seen"; /bin/cat >"$HOME/clipboard"',
  };
  const env = { WAYLAND_DISPLAY: 'wayland-0' };
  /** Without the beginning, which is a word of its own. */
  const PLANTED = PRACTICE_CREDENTIALS.password.slice(2);

  async function toKey(options: TerminalOptions = {}) {
    const { url } = await openPretendServer();
    const wizard = await drive({ tools, ...options, env: { ...env, ...options.env } });
    await toCredentials(wizard, 'login', url);
    await wizard.fill('E-mail', PRACTICE_CREDENTIALS.otpLoginId);
    await wizard.fill('Password', PRACTICE_CREDENTIALS.password);
    await wizard.fill('Partner ID', '');
    await askForKey(wizard, 'login');
    const code = currentCode(Date.now());
    await wizard.fill('Code', code);
    await wizard.see('✔ Your key');
    const ks = wizard.scrollback().find((line) => /^djJ8[\w-]{60,}=*$/.test(line)) ?? '';
    expect(ks).not.toBe('');
    const expectFramesWithout = () =>
      expect(
        pieceIn(
          wizard
            .screen()
            .filter((row) => row.includes(' '))
            .join('\n'),
          ks,
        ),
      ).toBeUndefined();
    return { wizard, ks, code, expectFramesWithout };
  }

  test('is written once, raw, and found only where it was put: line, clipboard, and its file when it is kept', async () => {
    const { wizard, ks, code, expectFramesWithout } = await toKey();
    expectFramesWithout();
    await wizard.type('?');
    await wizard.see('any other key close');
    expectFramesWithout();
    await wizard.press('enter');
    await wizard.see('c copy');
    expect(Object.keys(filesOf(wizard)).filter((path) => pieceIn(filesOf(wizard)[path] ?? '', ks))).toEqual([]);
    await wizard.type('c');
    await wizard.see('✔ Copied (wl-copy).');
    expect(filesOf(wizard)['home/clipboard']).toBe(ks);
    expectFramesWithout();

    await wizard.type('s');
    await wizard.fill('Name', 'without');
    await wizard.take('Save the answers only');
    await wizard.take('Ask for it each time');
    await wizard.see('✔ Saved “without”');
    const files = () => Object.entries(filesOf(wizard)).flatMap(([path, text]) => (pieceIn(text, ks) ? [path] : []));
    expect(files()).toEqual(['home/clipboard']);

    await wizard.type('s');
    await wizard.fill('Name', 'with');
    await wizard.take('Keep the key too');
    await wizard.take('Ask for it each time');
    await wizard.see('✔ Saved “with”');
    expectFramesWithout();
    expect(files().sort()).toEqual(['home/.config/kaltura-ks/profiles/with.json', 'home/clipboard']);
    expect(Object.keys(processesOf(wizard)).length).toBeGreaterThan(0);
    expect(Object.entries(processesOf(wizard)).filter(([, text]) => pieceIn(text, ks))).toEqual([]);
    // The clipboard goes by way of the tool alone: not once more to the terminal.
    expect(wizard.raw.split(ks)).toHaveLength(2);
    expect(wizard.raw).not.toContain('\x1b]52');
    expectNowhere(wizard, PLANTED, code);

    await wizard.type('q');
    await wizard.exit;
    expectNowhere(wizard, PLANTED);
  });

  test('handed over, it is on standard output, and nothing else is', async () => {
    const { wizard, ks } = await toKey({ stdout: 'pipe' });
    await wizard.type('q');
    expect((await wizard.exit).code).toBe(0);
    expect(wizard.stdout).toBe(`${ks}\n`);
    expectNowhere(wizard, PLANTED);
  });

  test('stays on the terminal when it cannot be saved; what went wrong gives nothing away', async () => {
    const { wizard, ks } = await toKey();
    // Where the folder should be.
    writeFileSync(join(wizard.home, '.config', 'kaltura-ks'), '');
    await wizard.type('s');
    await wizard.fill('Name', 'nowhere');
    await wizard.take('Keep the key too');
    await wizard.see('❯ Ask for it each time');
    await wizard.press('enter');
    await wizard.see('! There is a file where the folder of the profiles should be');
    await wizard.press('esc');
    await wizard.see('✔ Your key');
    expect(wizard.scrollback().filter((line) => line === ks)).toHaveLength(1);
    expect(wizard.raw).not.toMatch(/\n\s+at .*:\d+:\d+/);
    await wizard.type('q');
    expect((await wizard.exit).code).toBe(0);
    expect(Object.values(filesOf(wizard)).filter((text) => pieceIn(text, ks))).toEqual([]);
    expectNowhere(wizard, PLANTED);
  });
});
