import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import {
  ask,
  giveSecret,
  keysIn,
  make,
  makePracticeKey,
  openKey,
  openWizard,
  QUESTIONS,
  toCredentials,
  type Wizard,
} from './walking.js';

const { partnerId } = PRACTICE_CREDENTIALS;
/** Makes a key that is longer than a window is wide, at any of the widths. */
const LONG_USER = `${'long.user.name.'.repeat(12)}@example.com`;

describe('the key on the terminal', () => {
  test.each([40, 80, 200])('is one line at %i columns, bare, and stays when the wizard has gone', async (columns) => {
    const wizard = await openWizard({ columns, rows: 60 });
    const ks = await makePracticeKey(wizard, { user: LONG_USER });
    expect(openKey(ks).userId).toBe(LONG_USER);
    expect(ks.length).toBeGreaterThan(200);
    // Not broken, indented or framed on its way: it begins a row, and its bytes follow one another.
    expect(wizard.raw).toContain(`${ks}\r\n`);
    expect(wizard.scrollback().filter((line) => line.includes(ks.slice(0, 20)))).toEqual([ks]);
    const row = wizard.screen().findIndex((line) => line.startsWith(ks.slice(0, 30)));
    expect(row).toBeGreaterThanOrEqual(0);
    expect(wizard.cells(row).map(({ style }) => style)).toEqual([{}]);

    await wizard.type('q');
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expect(keysIn(wizard.scrollback())).toEqual([ks]);
    expect(wizard.modes).toMatchObject({ changed: [], alternateScreenUsed: false });
  });

  test('survives a window that becomes narrower and wider', async () => {
    const wizard = await openWizard({ rows: 40 });
    const ks = await makePracticeKey(wizard, { user: LONG_USER });
    for (const [columns, width] of [
      [50, 49],
      [120, 119],
    ] as const) {
      wizard.resize(columns, 40);
      // The title is drawn from edge to edge: what was drawn before the resize may stand above it.
      await wizard.waitFor((rows) => rows.some((row) => row.startsWith('kaltura-ks ') && row.length === width));
      await wizard.see('q quit');
      expect(keysIn(wizard.scrollback())).toEqual([ks]);
    }
    await wizard.type('q');
    await wizard.exit;
    expect(keysIn(wizard.scrollback())).toEqual([ks]);
  });

  test('comes with what it says of itself; where it cannot be read, that is said', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await giveSecret(wizard, partnerId, PRACTICE_CREDENTIALS.userSecret);
    await ask(wizard, { user: 'someone', lifetime: '1 hour' });
    expect(openKey(await make(wizard))).toMatchObject({ type: 0, userId: 'someone' });
    await wizard.see('USER, partner 1234567, user someone', 'As asked, not confirmed');
  });

  test('n makes room for another, without what was typed before', async () => {
    const wizard = await openWizard();
    const first = await makePracticeKey(wizard, { user: 'someone' });
    await wizard.type('n');
    await wizard.see(QUESTIONS.region);
    const second = await makePracticeKey(wizard);
    expect(openKey(second).userId).toBe('');
    expect(keysIn(wizard.scrollback())).toEqual([first, second]);
  });
});

describe('KS=$(kaltura-ks)', () => {
  const capture = () => openWizard({ stdout: 'pipe' });

  test('shows the wizard in colour, and hands over the key and one newline', async () => {
    const wizard = await capture();
    const ks = await makePracticeKey(wizard);
    expect(wizard.looks()).toContain('fg');
    await wizard.see('q quit, handing the key over');
    expect(wizard.stdout).toBe('');
    await wizard.type('q');
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expect(wizard.stdout).toBe(`${ks}\n`);
  });

  test('hands over the last of several', async () => {
    const wizard = await capture();
    await makePracticeKey(wizard);
    await wizard.type('n');
    await wizard.see(QUESTIONS.region);
    const last = await makePracticeKey(wizard);
    await wizard.type('q');
    await wizard.exit;
    expect(wizard.stdout).toBe(`${last}\n`);
  });

  test('without a key it gives nothing, and fails', async () => {
    const wizard = await capture();
    await wizard.see(QUESTIONS.region);
    await wizard.back('Leave now?');
    await wizard.mark('Quit');
    await wizard.press('enter');
    const { code } = await wizard.exit;
    expect(code).not.toBe(0);
    expect(wizard.stdout).toBe('');
  });

  test('Ctrl-C gives nothing, even with a key in hand', async () => {
    const wizard = await capture();
    await makePracticeKey(wizard);
    await wizard.press('ctrl+c');
    expect(await wizard.exit).toEqual({ code: 130, lineRestored: true });
    expect(wizard.stdout).toBe('');
  });

  test('a copy goes to the terminal and not into what is captured', async () => {
    const wizard = await capture();
    const ks = await makePracticeKey(wizard);
    await wizard.type('c');
    await wizard.see('Sent to your terminal’s clipboard (OSC 52).');
    expect(wizard.clipboard).toEqual([ks]);
    await wizard.type('q');
    await wizard.exit;
    expect(wizard.stdout).toBe(`${ks}\n`);
  });
});

describe('c copies', () => {
  const COPIED = '✔ Copied (wl-copy).';
  const SENT = 'Sent to your terminal’s clipboard (OSC 52). If pasting gives nothing, select the line above.';
  const DESKTOP = { WAYLAND_DISPLAY: 'wayland-0' };
  const takes = { 'wl-copy': '/bin/cat >"$HOME/clipboard"' };
  const copiedFile = (wizard: Wizard) => join(wizard.home, 'clipboard');

  test('with the tool of the desktop, which is named', async () => {
    const wizard = await openWizard({ env: DESKTOP, tools: takes });
    const ks = await makePracticeKey(wizard);
    expect(existsSync(copiedFile(wizard))).toBe(false);
    await wizard.type('c');
    await wizard.see(COPIED);
    expect(readFileSync(copiedFile(wizard), 'utf8')).toBe(ks);
    expect(wizard.clipboard).toEqual([]);
  });

  test.each([
    ['there is no tool', {}, {}],
    ['the tool is not installed', DESKTOP, {}],
    ['the tool fails', DESKTOP, { 'wl-copy': 'exit 1' }],
    ['the tool is one of a far computer', { ...DESKTOP, SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }, takes],
  ])('by the terminal where %s, and claims no more than it knows', async (_, env, tools) => {
    const wizard = await openWizard({ env, tools });
    const ks = await makePracticeKey(wizard);
    await wizard.type('c');
    await wizard.see(SENT);
    expect(wizard.raw).toContain(`\x1b]52;c;${Buffer.from(ks).toString('base64')}\x07`);
    expect(wizard.clipboard).toEqual([ks]);
    expect(existsSync(copiedFile(wizard))).toBe(false);
    expect(keysIn(wizard.scrollback())).toEqual([ks]);
  });
});
