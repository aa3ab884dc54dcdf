import { describe, expect, test } from 'vitest';
import { openKs } from '../../source/kaltura/ks/open.js';
import { Secret } from '../../source/kaltura/secret.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { openTerminal } from './terminal.js';

/** The wizard line by line, as a screen reader hears it. */
async function openLines(how: { args?: readonly string[]; env?: Record<string, string> }) {
  const terminal = await openTerminal({ columns: 100, rows: 50, ...how });
  /** Waits for a question that came after all that was said before, and answers it. */
  let heard = 0;
  const hear = async (text: string) => {
    await terminal.waitFor(() => terminal.raw.indexOf(text, heard) !== -1);
    heard = terminal.raw.indexOf(text, heard) + text.length;
  };
  const answer = async (question: string, line: string) => {
    await hear(question);
    await terminal.type(line);
    await terminal.press('enter');
  };
  return { terminal, hear, answer };
}

const CHOICE = '? help.';

describe('line by line', () => {
  test('the same steps lead to the same key, which stands on a line of its own', async () => {
    const { terminal, hear, answer } = await openLines({ args: ['--accessible'] });
    await hear('step 1 of 7 · Region.');
    await answer(CHOICE, '1');
    await hear('step 2 of 7');
    await answer(CHOICE, '');
    await answer('Partner ID (now 1234567; Enter keeps it, a blank empties it):', '');
    await answer('Secret, not shown (32 characters are there; Enter keeps them):', '');
    await hear('Who will hold this key?');
    await answer(CHOICE, '1');
    await answer(CHOICE, '2');
    await answer('User ID (nobody in particular):', 'jane');
    await answer(CHOICE, '2');
    await hear('step 6 of 7');
    await answer(CHOICE, '1');
    await hear('4. Type: USER');
    await answer('? help:', '');
    await hear('The key, on a line of its own:');
    await hear('Your key: USER, partner 1234567, user jane');
    await answer('q quit', 'q');
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
    const { terminal, hear, answer } = await openLines({ env: { ACCESSIBLE: '1', TERM: 'dumb' } });
    await answer(CHOICE, '3');
    await answer(CHOICE, '1');
    await answer('Partner ID:', 'abc');
    await hear('Not yet: A partner ID is a positive whole number');
    await answer('Partner ID (now abc; Enter keeps it, a blank empties it):', '2345678');
    await answer('Secret, not shown:', planted);
    await hear('step 4 of 7');
    await terminal.press('ctrl+c');
    expect(await terminal.exit).toMatchObject({ code: 130, lineRestored: true });
    expect(terminal.raw).not.toContain(planted.slice(0, 8));
    // Neither up nor erased: a repaint is silent to a screen reader.
    expect(terminal.raw).not.toMatch(/\x1b\[\d*[AJKHF]/);
  });

  test('goes back, explains, and says what is none of the choices', async () => {
    const { terminal, hear, answer } = await openLines({ env: { INK_SCREEN_READER: 'true' } });
    await answer(CHOICE, '99');
    await hear('That is none of the choices.');
    await answer(CHOICE, '?');
    await hear('A Kaltura session key (KS) is what every call');
    await answer(CHOICE, '2');
    await hear('step 2 of 7');
    await answer(CHOICE, 'b');
    await hear('step 1 of 7');
    await answer(CHOICE, '9');
    await hear('What is the address of your Kaltura server?');
    await hear('Address (https://video.example.com):');
    await terminal.press('esc');
    await hear('step 1 of 7');
    await terminal.press('ctrl+c');
    expect((await terminal.exit).code).toBe(130);
  });
});
