import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { answerToReview, createKey, keysIn, QUESTIONS, type SIGN_IN_METHODS, toCredentials } from '../ui/moves.js';
import { openKey } from '../ui/test-servers.js';
import { openWizard, type Wizard } from './wizard.js';

/** Makes the key longer than the width of each window. */
const LONG_USER = `${'long.user.name.'.repeat(12)}@example.com`;

/** Creates a key of the practice account, from the first start. */
async function makeKey(wizard: Wizard, method: keyof typeof SIGN_IN_METHODS, firstField: string): Promise<string> {
  await toCredentials(wizard, method);
  if (method === 'local') await wizard.choose(QUESTIONS.version, 'Version 2');
  await wizard.pressEnterIn(firstField);
  await answerToReview(wizard, { user: LONG_USER });
  return createKey(wizard);
}

/** Makes sure that the key is one logical line, whole and without style. */
function expectOneLine(wizard: Wizard, ks: string): void {
  expect(openKey(ks)).toMatchObject({ partnerId: PRACTICE_CREDENTIALS.partnerId, userId: LONG_USER });
  expect(ks.length).toBeGreaterThan(200);
  expect(wizard.raw).toContain(`${ks}\r\n`);
  expect(wizard.scrollback().filter((line) => line.includes(ks.slice(0, 20)))).toEqual([ks]);
  const row = wizard.screen().findIndex((line) => line.startsWith(ks.slice(0, 30)));
  expect(wizard.cells(row).map(({ style }) => style)).toEqual([{}]);
}

// secrecy.test.ts tests the login.
describe('a key', () => {
  test('signed with the account secret stays one line in a narrower and a wider window', async () => {
    const wizard = await openWizard({ columns: 80, rows: 60 });
    const ks = await makeKey(wizard, 'local', 'Partner ID');
    expectOneLine(wizard, ks);
    for (const columns of [50, 120]) {
      wizard.resize(columns, 60);
      // The title fills the width. Rows from before the resize may still be above it.
      await wizard.waitFor((rows) => rows.some((row) => row.startsWith('kaltura-ks ') && row.length === columns - 1));
      await wizard.see('v print again');
      expect(keysIn(wizard.scrollback())).toEqual([ks]);
    }
  });

  test('of an app token is captured by KS=$(kaltura-ks), with the wizard in color', async () => {
    const wizard = await openWizard({ columns: 200, rows: 60, stdout: 'pipe' });
    const ks = await makeKey(wizard, 'token', 'Partner ID');
    expectOneLine(wizard, ks);
    expect(wizard.styles()).toContain('fg');
    await wizard.see('q quit and print the key');
    await wizard.type('c');
    await wizard.see('Sent to the clipboard through your terminal.');
    expect(wizard.raw).toContain(`\x1b]52;c;${Buffer.from(ks).toString('base64')}\x07`);
    expect([wizard.clipboard, wizard.stdout]).toEqual([[ks], '']);
    await wizard.type('q');
    expect(await wizard.exit).toEqual({ code: 0, lineRestored: true });
    expect(wizard.stdout).toBe(`${ks}\n`);
  });
});
