import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { createKey, createKeyOn, type KeyAnswers, QUESTIONS } from '../moves.js';
import { openKey, openPracticeServer, tracesOf } from '../test-servers.js';
import { cancel, openWizard, type Wizard } from '../wizard-in-process.js';

const CATEGORY = String(PRACTICE_CREDENTIALS.hiddenCategoryId);
const LOOK_UP_QUESTION = 'Which entry or category?';

/** Creates a key of the practice account, and opens the screen that looks for an entry or a category. */
async function openLookUp(asked: KeyAnswers) {
  const server = await openPracticeServer();
  const wizard = await openWizard();
  await createKeyOn(wizard, server.url, asked);
  await wizard.type('m');
  await wizard.choose('What do you want to do with this key?', 'Look for an entry or a category…');
  await wizard.see(LOOK_UP_QUESTION);
  const callsSince = (from: number) => server.calls.slice(from).map(({ action }) => action);
  return { wizard, server, callsSince };
}

async function lookFor(wizard: Wizard, kind: 'entry' | 'category', id: string): Promise<void> {
  await wizard.fill('ID', id);
  await wizard.see('❯ ', `${kind} ${id}`);
}

const NOT_FOUND = 'The key can’t find the';
const CHECK_ENTITLEMENT = 'Check whether entitlement hides it';
const ENFORCEMENT = 'Ask whether the account enforces entitlement';
const SEE_ALL = 'Create a key that sees everything';

describe.each([
  ['USER', 'everything', 'list:*,disableentitlement'],
  ['ADMIN', 'admin', 'disableentitlement'],
] as const)('a category that entitlement hides from a key of type %s', (type, word, privileges) => {
  test('is reported as hidden; a key that sees it is created after the confirmation word, and finds it', async () => {
    const { wizard, server, callsSince } = await openLookUp({ type, user: 'someone' });
    await lookFor(wizard, 'category', CATEGORY);
    await wizard.see(
      `The key can’t find the category ${CATEGORY}`,
      'it belongs to another account, or it does not exist',
    );
    await wizard.see('session.start with the account’s secret, then category.get and session.end with the new key');
    const before = server.calls.length;
    await wizard.choose(NOT_FOUND, CHECK_ENTITLEMENT);
    await wizard.see('✔ The category exists (“Staff only”), but entitlement hides it from your key.', privileges);
    expect(callsSince(before)).toEqual(['session.start', 'category.get', 'session.end']);

    await wizard.choose(NOT_FOUND, SEE_ALL);
    await wizard.see(
      QUESTIONS.review,
      new RegExp(`^6 Privileges +${privileges.replaceAll('*', String.raw`\*`)}$`, 'm'),
    );
    await wizard.see('someone, valid', '! danger: ');
    await wizard.pressEnterIn('Confirm');
    await wizard.see('to create this key.');
    await wizard.fill('Confirm', word);
    await wizard.see('✔ Session key ');
    const key = wizard.key();
    expect(openKey(key)).toMatchObject({ type: type === 'ADMIN' ? 2 : 0, userId: 'someone', privileges });

    await wizard.type('m');
    await wizard.choose('What do you want to do with this key?', 'Look for an entry or a category…');
    await lookFor(wizard, 'category', CATEGORY);
    await wizard.see(`✔ The key can see the category ${CATEGORY}: “Staff only”.`);
    await cancel(wizard);
    expect(tracesOf(wizard, PRACTICE_CREDENTIALS.adminSecret)).toEqual([]);
  });
});

test('a key that sees only the hidden entry is the first option, and needs no confirmation word', async () => {
  const { wizard } = await openLookUp({ type: 'USER' });
  await lookFor(wizard, 'entry', PRACTICE_CREDENTIALS.hiddenEntryId);
  await wizard.choose(NOT_FOUND, CHECK_ENTITLEMENT);
  await wizard.see('✔ The entry exists (“Staff day, the whole recording”), but entitlement hides it from your key.');
  await wizard.see(/^❯ Create a key that sees this entry {2}/m);
  await wizard.press('enter');
  const key = await createKey(wizard);
  expect(openKey(key).privileges).toBe(`disableentitlementforentry:${PRACTICE_CREDENTIALS.hiddenEntryId}`);
});

test.each([
  ['entry', '0_abcdefgh'],
  ['category', '4004'],
] as const)('a %s that does not exist is not found by a key that bypasses entitlement either', async (kind, id) => {
  const { wizard } = await openLookUp({ type: 'USER' });
  await lookFor(wizard, kind, id);
  await wizard.choose(NOT_FOUND, CHECK_ENTITLEMENT);
  await wizard.see('A key that bypasses entitlement can’t find it either', 'No privilege will help');
  expect(wizard.frame()).not.toContain('Create a key');
  expect(wizard.frame()).not.toContain(CHECK_ENTITLEMENT);
  await wizard.choose(NOT_FOUND, 'Look for another ID');
  await wizard.see(LOOK_UP_QUESTION);
  await cancel(wizard);
});

test('an ADMIN key can read whether the account enforces entitlement', async () => {
  const { wizard, server, callsSince } = await openLookUp({ type: 'ADMIN' });
  await lookFor(wizard, 'category', CATEGORY);
  await wizard.mark(ENFORCEMENT);
  await wizard.see(
    'reads its settings with this key (partner.getInfo, permission.get)',
    'discards them without reading them',
  );
  const before = server.calls.length;
  await wizard.choose(NOT_FOUND, ENFORCEMENT);
  await wizard.see('The account enforces entitlement for every key without disableentitlement');
  expect(callsSince(before).sort()).toEqual(['partner.getInfo', 'permission.get']);
  expect(wizard.frame()).not.toContain(ENFORCEMENT);
  await cancel(wizard);
  // The server's answer contains both secrets.
  for (const secret of [PRACTICE_CREDENTIALS.adminSecret, PRACTICE_CREDENTIALS.userSecret])
    expect(tracesOf(wizard, secret)).toEqual([]);
});
