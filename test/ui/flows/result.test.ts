import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import {
  answerToReview,
  createKey,
  createPracticeKey,
  fillSecret,
  keysIn,
  QUESTIONS,
  toCredentials,
} from '../moves.js';
import { openKey } from '../test-servers.js';
import { openWizard, type Wizard } from '../wizard-in-process.js';

const { partnerId } = PRACTICE_CREDENTIALS;

describe('the result', () => {
  test('has the facts of the key, and says if the server could not confirm them', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await fillSecret(wizard, partnerId, PRACTICE_CREDENTIALS.userSecret);
    await answerToReview(wizard, { user: 'someone', lifetime: '1 hour' });
    expect(openKey(await createKey(wizard))).toMatchObject({ type: 0, userId: 'someone' });
    await wizard.see('USER key, partner 1234567, user someone', 'This is what you asked for. It isn’t confirmed');
  });

  test('creates another key on n, without the earlier answers', async () => {
    const wizard = await openWizard();
    const first = await createPracticeKey(wizard, { user: 'someone' });
    await wizard.type('n');
    await wizard.see(QUESTIONS.region);
    const second = await createPracticeKey(wizard);
    expect(openKey(second).userId).toBe('');
    expect(keysIn(wizard.scrollback())).toEqual([first, second]);
  });
});

describe('c copies', () => {
  const COPIED = '✔ Copied (wl-copy).';
  const SENT =
    'Sent to the clipboard through your terminal. If you can’t paste it, select the key above (v prints it again).';
  const DESKTOP = { WAYLAND_DISPLAY: 'wayland-0' };
  const copyTool = { 'wl-copy': '/bin/cat >"$HOME/clipboard"' };
  const copiedFile = (wizard: Wizard) => join(wizard.home, 'clipboard');

  test('with the clipboard tool, which the message names', async () => {
    const wizard = await openWizard({ env: DESKTOP, tools: copyTool });
    const ks = await createPracticeKey(wizard);
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
    ['the computer is reached over SSH', { ...DESKTOP, SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }, copyTool],
  ])('through the terminal if %s, with a message that it may not work', async (_, env, tools) => {
    const wizard = await openWizard({ env, tools });
    const ks = await createPracticeKey(wizard);
    await wizard.type('c');
    await wizard.see(SENT);
    expect(wizard.clipboard).toEqual([ks]);
    expect(existsSync(copiedFile(wizard))).toBe(false);
    expect(keysIn(wizard.scrollback())).toEqual([ks]);
  });
});
