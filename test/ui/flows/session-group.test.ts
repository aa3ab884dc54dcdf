import { expect, test } from 'vitest';
import { createKey, QUESTIONS, toCredentials } from '../moves.js';
import { openKey } from '../test-servers.js';
import { openWizard } from '../wizard-in-process.js';

test('a session group is added on the privileges step, and the review and the result show how to revoke it', async () => {
  const wizard = await openWizard();
  await toCredentials(wizard, 'server');
  await wizard.pressEnterIn('Partner ID');
  await wizard.choose(QUESTIONS.purpose, 'Something else');
  await wizard.choose(QUESTIONS.holder, 'I will, in a console or a terminal');
  await wizard.choose(QUESTIONS.holder, 'USER');
  await wizard.fill('User ID', 'jane');
  await wizard.choose(QUESTIONS.user, '1 hour');
  await wizard.see(QUESTIONS.privileges, 'ctrl+g');
  await wizard.mark('No privileges');
  await wizard.press('ctrl+g');
  await wizard.see(/sessionid:[0-9a-f]{16}/);
  await wizard.press('ctrl+g');
  await wizard.see('(none)');
  await wizard.press('ctrl+g');
  await wizard.see(/sessionid:[0-9a-f]{16}/);
  await wizard.press('enter');
  await wizard.see(QUESTIONS.review);
  const [, group] = /Session group ([0-9a-f]{16})\./.exec(wizard.text()) ?? [];
  expect(openKey(await createKey(wizard)).privileges).toBe(`sessionid:${group}`);
  await wizard.see(`Session group ${group}.`, `--group ${group}`);
});
