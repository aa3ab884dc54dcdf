import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { deferred } from '../../terminal/deferred.js';
import type { Key } from '../../terminal/terminal.js';
import { answerToReview, createKey, fillSecret, keysIn, QUESTIONS, toCredentials } from '../moves.js';
import { openKey, openServer } from '../test-servers.js';
import { openWizard, type Wizard } from '../wizard-in-process.js';

const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;

/** Presses a key until the frame has the text `end`, and waits for each effect. Returns the frames before each press. */
async function pressUntil(wizard: Wizard, key: Key, end: string): Promise<string[]> {
  const left: string[] = [];
  const screenAndCursor = () => `${wizard.frame()} ${wizard.cursor.row}`;
  while (!wizard.frame().includes(end)) {
    const before = screenAndCursor();
    left.push(wizard.frame());
    await wizard.press(key);
    await wizard.waitFor(() => screenAndCursor() !== before && !wizard.frame().includes('Creating the key'));
  }
  return left;
}

/** Returns the answers on the review, without the time of the expiry. */
const answersOn = (wizard: Wizard) =>
  wizard
    .screen()
    .filter((row) => /^(\d| {2}Type) /.test(row))
    .map((row) => row.replace(/, until.*/, ''));

test('at most twelve Enter presses create a USER practice key that can list and play', async () => {
  const wizard = await openWizard();
  await wizard.see(QUESTIONS.region);
  const screens = await pressUntil(wizard, 'enter', '✔ Session key ');
  expect(screens.length).toBeLessThanOrEqual(12);
  expect(screens.join('\n')).toMatch(/^❯ Look around +list and play the practice content$/m);
  expect(openKey(wizard.key())).toMatchObject({ type: 0, privileges: 'list:*,sview:*' });
  const server = await openServer();
  expect(await server.call('baseEntry.count', wizard.key())).toEqual(expect.any(Number));
});

describe('going back', () => {
  const ANSWERS = [
    '1 Region      self-hosted  https://video.example.com',
    '2 Sign-in     account secret, used on this computer, version 1',
    '3 Account     partner 2345678, secret …9af1',
    '4 Purpose     no use case chosen',
    '  Type        ADMIN, for a server or script',
    '5 User        someone, valid for 7 days',
    '6 Privileges  sview:0_abc12345',
  ];

  /** Gives answers that differ from every default, up to the last screen before the review. */
  async function answerAll(wizard: Wizard): Promise<void> {
    await toCredentials(wizard, 'local', 'video.example.com');
    await wizard.choose(QUESTIONS.version, 'Version 1');
    await fillSecret(wizard, 2345678, `${'0'.repeat(28)}9af1`, 'Administrator Secret');
    await wizard.choose(QUESTIONS.purpose, 'Something else');
    await wizard.choose(QUESTIONS.holder, 'My own server or script');
    await wizard.choose(QUESTIONS.holder, 'ADMIN');
    await wizard.choose(QUESTIONS.admin, 'Create an ADMIN key for my own use');
    await wizard.fill('User ID', 'someone');
    await wizard.choose(QUESTIONS.user, '7 days');
    await wizard.choose(QUESTIONS.privileges, 'Type the privileges myself…');
    await wizard.atField('Privileges');
    await wizard.type('sview:0_abc12345');
    await wizard.see(/^Privileges +sview:0_abc12345$/m);
  }

  test.each(['esc', 'shift+tab'] as const)(
    'with %s to the first step, and forward again, keeps all answers',
    async (key) => {
      const wizard = await openWizard();
      await answerAll(wizard);
      await pressUntil(wizard, key, QUESTIONS.region);
      await wizard.see('❯ Self-hosted server…');
      const screens = await pressUntil(wizard, 'enter', QUESTIONS.review);
      expect(answersOn(wizard)).toEqual(ANSWERS);
      // ADMIN was confirmed the first time.
      expect(screens.join('\n')).not.toContain(QUESTIONS.admin);
    },
  );

  test('with Esc from the review passes every step, and forward again leads to the review', async () => {
    const wizard = await openWizard();
    await answerAll(wizard);
    await wizard.press('enter');
    await wizard.see(QUESTIONS.review);
    const back = await pressUntil(wizard, 'esc', QUESTIONS.region);
    for (const question of [
      QUESTIONS.privileges,
      QUESTIONS.user,
      QUESTIONS.holder,
      QUESTIONS.purpose,
      QUESTIONS.version,
    ])
      expect(back.join('\n')).toContain(question);
    await pressUntil(wizard, 'enter', QUESTIONS.review);
    expect(answersOn(wizard)).toEqual(ANSWERS);
  });

  test('with Esc on the first step asks whether to quit', async () => {
    const wizard = await openWizard();
    await wizard.see(QUESTIONS.region);
    await wizard.back('Quit now?');
    await wizard.choose('Quit now?', 'Don’t quit');
    await wizard.see(QUESTIONS.region);
    await wizard.back('Quit now?');
    await wizard.back(QUESTIONS.region);
    await wizard.back('Quit now?');
    await wizard.mark('Quit');
    await wizard.press('enter');
    expect(await wizard.exit).toBe('done');
  });
});

describe('the review', () => {
  test('opens a step with its digit; Enter and Esc return', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await pressUntil(wizard, 'enter', QUESTIONS.review);
    const answers = answersOn(wizard);
    const { region, signIn, purpose, user, privileges } = QUESTIONS;
    for (const [index, question] of [
      region,
      signIn,
      'partner ID and the secret?',
      purpose,
      user,
      privileges,
    ].entries()) {
      await wizard.type(String(index + 1));
      await wizard.see(question);
      await pressUntil(wizard, 'enter', QUESTIONS.review);
      await wizard.type(String(index + 1));
      await wizard.see(question);
      await wizard.back(QUESTIONS.review);
    }
    expect(answersOn(wizard)).toEqual(answers);
  });

  test('asks for the confirmation word of a dangerous key once, and again after an answer changes', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await fillSecret(wizard, partnerId, adminSecret);
    await answerToReview(wizard, { type: 'ADMIN', user: 'editor@example.com', task: 'See everything, hidden or not' });
    await wizard.see('danger: ADMIN with disableentitlement');
    await wizard.fill('Confirm', 'yes');
    await wizard.see('Type the word “admin” to create this key.');
    expect(keysIn(wizard.scrollback())).toEqual([]);
    await wizard.fill('Confirm', 'admin');
    await wizard.see('✔ Session key ');
    expect(openKey(wizard.key())).toMatchObject({ type: 2, privileges: 'disableentitlement' });

    await wizard.type('m');
    await wizard.choose('What do you want to do with this key?', 'Change the answers…');
    await wizard.see(QUESTIONS.review);
    expect(wizard.frame()).not.toContain('Type the word');
    await wizard.type('5');
    await wizard.pressEnterIn('User ID');
    await wizard.choose(QUESTIONS.user, '1 hour');
    await wizard.see(QUESTIONS.review, 'editor@example.com', '1 hour, until', '6 Privileges  disableentitlement');
    await wizard.atField('Confirm');
  });

  test('asks to confirm ADMIN once, and again for another account', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await fillSecret(wizard, partnerId, adminSecret);
    await answerToReview(wizard, { type: 'ADMIN' });
    await wizard.type('4');
    await wizard.choose(QUESTIONS.holder, 'I will, in a console or a terminal');
    await wizard.choose(QUESTIONS.holder, 'ADMIN');
    await wizard.see(QUESTIONS.review);
    await wizard.type('3');
    await fillSecret(wizard, PRACTICE_CREDENTIALS.cappedPartnerId, adminSecret);
    await wizard.see(QUESTIONS.admin, 'partner 1234568');
    await wizard.choose(QUESTIONS.admin, 'Create a USER key instead');
    await wizard.see(QUESTIONS.review, /^ {2}Type +USER/m);
  });
});

/** A slow server that answers each request only when the test resolves `answered`. */
async function openSlowServer() {
  const behind = await openServer();
  const calls = Array.from({ length: 2 }, () => ({
    arrived: deferred<void>(),
    answered: deferred<void>(),
    disconnected: deferred<void>(),
  }));
  let count = 0;
  const server = createServer(async (request, response) => {
    const call = calls[count++];
    response.on('close', () => call?.disconnected.resolve());
    const body = Buffer.concat(await request.toArray());
    call?.arrived.resolve();
    await call?.answered.promise;
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const answer = await fetch(`${behind.url}${request.url}`, { method: 'POST', headers, body });
    response.end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

test('Esc during a request aborts it and returns to the review; its late answer is ignored', async () => {
  const { url, calls } = await openSlowServer();
  const [first, second] = calls;
  const wizard = await openWizard();
  await toCredentials(wizard, 'server', url);
  await fillSecret(wizard, partnerId, adminSecret);
  await answerToReview(wizard, { user: 'first' });
  await wizard.press('enter');
  await wizard.see('Creating the key…');
  await first?.arrived.promise;
  await wizard.back(QUESTIONS.review);
  await first?.disconnected.promise;

  await wizard.type('5');
  await wizard.fill('User ID', 'second');
  await wizard.choose(QUESTIONS.user, '24 hours');
  await wizard.see(QUESTIONS.review, 'second, valid');
  await wizard.press('enter');
  await second?.arrived.promise;
  first?.answered.resolve();
  second?.answered.resolve();
  await wizard.see('✔ Session key ');
  expect(keysIn(wizard.scrollback()).map((ks) => openKey(ks).userId)).toEqual(['second']);
});

test('every step has help, which opens with F1 and, outside text fields, with ?', async () => {
  const wizard = await openWizard();
  // Only the frame: the help may push a printed key out of the window.
  const currentFrame = () => wizard.frame().slice(wizard.frame().lastIndexOf('kaltura-ks '));
  const checkHelp = async (question: string, ...keys: ('f1' | '?')[]) => {
    await wizard.see(question);
    const before = currentFrame();
    for (const key of keys) {
      if (key === '?') await wizard.type('?');
      else await wizard.press('f1');
      await wizard.see('esc close');
      await wizard.press('esc');
      await wizard.waitFor(() => currentFrame() === before);
    }
  };
  await checkHelp(QUESTIONS.region, '?', 'f1');
  await wizard.choose(QUESTIONS.region, 'Self-hosted server…');
  await checkHelp(QUESTIONS.address, 'f1');
  await wizard.fill('URL', 'http://video.example.com');
  await checkHelp('This URL uses http', '?', 'f1');
  await wizard.choose('This URL uses http', 'Sign the key on this computer');
  await checkHelp(QUESTIONS.signIn, '?', 'f1');
  await wizard.press('enter');
  await checkHelp(QUESTIONS.version, '?', 'f1');
  await wizard.choose(QUESTIONS.version, 'Version 2');
  await checkHelp('What are the partner ID and the secret?', 'f1');
  await fillSecret(wizard, partnerId, adminSecret, 'Administrator Secret');
  await checkHelp(QUESTIONS.purpose, '?', 'f1');
  await wizard.choose(QUESTIONS.purpose, 'Something else');
  await checkHelp(QUESTIONS.holder, '?', 'f1');
  await wizard.choose(QUESTIONS.holder, 'I will, in a console or a terminal');
  await wizard.choose(QUESTIONS.holder, 'ADMIN');
  await checkHelp(QUESTIONS.admin, '?', 'f1');
  await wizard.choose(QUESTIONS.admin, 'Create an ADMIN key for my own use');
  await checkHelp(QUESTIONS.user, 'f1');
  await wizard.fill('User ID', '');
  await wizard.choose(QUESTIONS.user, '24 hours');
  await checkHelp(QUESTIONS.privileges, '?', 'f1');
  await wizard.choose(QUESTIONS.privileges, 'Choose privileges one by one…');
  await checkHelp('Which privileges should the key have?', '?', 'f1');
  await wizard.press('enter');
  await wizard.see('Nothing is selected.');
  await wizard.press('enter');
  await checkHelp(QUESTIONS.review, '?', 'f1');
  await createKey(wizard);
  await checkHelp('✔ Session key ', '?', 'f1');
});
