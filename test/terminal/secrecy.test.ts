import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { first } from '../sizes.js';
import { toCredentials } from '../ui/moves.js';
import { expectNowhere, filesOf, pieceIn } from '../ui/secret-search.js';
import { openPracticeServer } from '../ui/test-servers.js';
import type { TerminalOptions } from './terminal.js';
import { openWizard, type Wizard } from './wizard.js';

const SECRET = '5ec4e7ab90d1f2c36b8a7e5d4c3b2a19';

/** Returns the arguments and environment of every process of the program. */
function processesOf({ home }: Wizard): Record<string, string> {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      // The process has ended, or belongs to another user.
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

describe('typing a secret', () => {
  const openSecret = async (options: TerminalOptions = {}) => {
    const wizard = await openWizard(options);
    await wizard.chooseByPrefix('US');
    await wizard.chooseByPrefix('Account secret, sent');
    await wizard.fill('Partner ID', '2345678');
    await wizard.atField('Secret');
    return wizard;
  };

  test.each(first(1, [{}, { env: { TERM: 'dumb' } }, { columns: 40, rows: 15 }]))(
    'never shows it (%o)',
    async (options) => {
      const wizard = await openSecret(options);
      for (const [index, character] of [...SECRET].entries()) {
        await wizard.type(character);
        await wizard.see(`${index + 1} character`);
      }
      await wizard.press('home', 'delete', 'end', 'backspace');
      await wizard.see('30 characters');
      await wizard.press('shift+tab');
      await wizard.see('30 characters, ends in b2a1');
      expectNowhere(wizard, [SECRET], processesOf(wizard));
    },
  );

  test.each(first(1, ['SIGTERM', 'SIGHUP'] as const))('leaves no trace of it after %s', async (signal) => {
    const wizard = await openSecret();
    await wizard.type(SECRET);
    await wizard.see('32 characters');
    wizard.kill(signal);
    await wizard.exit;
    expectNowhere(wizard, [SECRET], processesOf(wizard));
  });
});

describe('a key', () => {
  const tools = {
    // Records the arguments and environment, which other users could read.
    'wl-copy': '/bin/cat "/proc/$$/cmdline" "/proc/$$/environ" >"$HOME/seen"; /bin/cat >"$HOME/clipboard"',
  };
  const env = { WAYLAND_DISPLAY: 'wayland-0' };
  /** Without its first two characters, because the word “Practice” is also on the screens. */
  const PASSWORD_PART = PRACTICE_CREDENTIALS.password.slice(2);

  async function createKey(options: TerminalOptions = {}) {
    const { url } = await openPracticeServer();
    const wizard = await openWizard({ tools, ...options, env: { ...env, ...options.env } });
    await toCredentials(wizard, 'login', url);
    await wizard.fill('Email', PRACTICE_CREDENTIALS.otpLoginId);
    await wizard.fill('Password', PRACTICE_CREDENTIALS.password);
    await wizard.fill('Partner ID', '');
    await wizard.chooseByPrefix('Something else');
    await wizard.chooseByPrefix('I will');
    await wizard.chooseByPrefix('24 hours');
    await wizard.chooseByPrefix('No privileges');
    await wizard.see('Ready to create this key');
    await wizard.press('enter');
    const code = currentCode(Date.now());
    await wizard.fill('Code', code);
    await wizard.see('✔ Session key ');
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

  test('is printed once, and is found only on the terminal, in the clipboard and in the profile that saves it', async () => {
    const { wizard, ks, code, expectFramesWithout } = await createKey();
    expectFramesWithout();
    await wizard.type('?');
    await wizard.see('esc close');
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
    await wizard.chooseByPrefix('Don’t save the key');
    await wizard.chooseByPrefix('Enter it each time');
    await wizard.see('✔ Saved “without”');
    const files = () => Object.entries(filesOf(wizard)).flatMap(([path, text]) => (pieceIn(text, ks) ? [path] : []));
    expect(files()).toEqual(['home/clipboard']);

    await wizard.type('s');
    await wizard.fill('Name', 'with');
    await wizard.chooseByPrefix('Save the key too');
    await wizard.chooseByPrefix('Enter it each time');
    await wizard.see('✔ Saved “with”');
    expectFramesWithout();
    expect(files().sort()).toEqual(['home/.config/kaltura-ks/profiles/with.json', 'home/clipboard']);
    expect(Object.keys(processesOf(wizard)).length).toBeGreaterThan(0);
    expect(Object.entries(processesOf(wizard)).filter(([, text]) => pieceIn(text, ks))).toEqual([]);
    // The key is copied only with the clipboard tool, not through the terminal.
    expect(wizard.raw.split(ks)).toHaveLength(2);
    expect(wizard.raw).not.toContain('\x1b]52');
    expectNowhere(wizard, [PASSWORD_PART, code], processesOf(wizard));

    await wizard.type('q');
    await wizard.exit;
    expectNowhere(wizard, [PASSWORD_PART], processesOf(wizard));
  });

  test('is the only text on standard output after q', async () => {
    const { wizard, ks } = await createKey({ stdout: 'pipe' });
    await wizard.type('q');
    expect((await wizard.exit).code).toBe(0);
    expect(wizard.stdout).toBe(`${ks}\n`);
    expectNowhere(wizard, [PASSWORD_PART], processesOf(wizard));
  });
});
