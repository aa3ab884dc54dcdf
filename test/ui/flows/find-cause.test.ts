import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { answerToReview, createKey, fillSecret, QUESTIONS, toCredentials } from '../moves.js';
import { apiError, OTHER_ACCOUNT, openKey, openLoopback, openPracticeServer, tracesOf } from '../test-servers.js';
import { cancel, openWizard, type Wizard } from '../wizard-in-process.js';

const { partnerId, adminSecret, userSecret } = PRACTICE_CREDENTIALS;
const USER_SECRET = 'Is it the User Secret?';
const ADMIN = { type: 'ADMIN', user: 'editor@example.com', lifetime: '4 hours' } as const;

/** Requests an ADMIN key with this secret, which the server refuses. */
async function requestRefusedKey(wizard: Wizard, address: string, secret: string): Promise<void> {
  await toCredentials(wizard, 'server', address);
  await fillSecret(wizard, partnerId, secret);
  await answerToReview(wizard, ADMIN);
  await wizard.press('enter');
  await wizard.see('The server would not start a session for partner 1234567', 'START_SESSION_ERROR');
}

/** Opens the screen that describes the check before it runs. */
async function openCheck(wizard: Wizard): Promise<void> {
  await wizard.choose('no key was created', 'Check whether it is the User Secret');
  await wizard.see(USER_SECRET, '❯ Check now');
}

describe('a refused ADMIN key', () => {
  test('because of the User Secret: shows the request first, and then that it is the User Secret', async () => {
    const server = await openPracticeServer();
    const { host } = new URL(server.url);
    const wizard = await openWizard();
    await requestRefusedKey(wizard, server.url, userSecret);
    const before = server.calls.length;
    await openCheck(wizard);
    await wizard.see(`Request to ${host}: session.start with`, 'secret=…f000', 'type=0', 'expiry=1');
    expect(server.calls.length).toBe(before);
    await wizard.press('enter');
    await wizard.see(`This is the User Secret of partner ${partnerId}`);
    expect(server.calls.slice(before).map(({ action }) => action)).toEqual(['session.start']);
    expect(wizard.frame()).not.toContain('Check whether');

    await wizard.choose('This is the User Secret', 'Enter the Administrator Secret');
    await wizard.fill('Secret', adminSecret);
    await wizard.see(QUESTIONS.review, 'editor@example.com', '4 hours, until');
    expect(openKey(await createKey(wizard))).toMatchObject({ type: 2, userId: 'editor@example.com' });
    for (const secret of [adminSecret, userSecret]) expect(tracesOf(wizard, secret)).toEqual([]);
  });

  test('because of a wrong secret: says that it is no secret of the account, and keeps the answers', async () => {
    const server = await openPracticeServer();
    const wizard = await openWizard();
    await requestRefusedKey(wizard, server.url, OTHER_ACCOUNT.adminSecret);
    await openCheck(wizard);
    await wizard.press('enter');
    await wizard.see(
      `does not accept this as a secret of partner ${partnerId}`,
      'It also refused to create a USER key',
    );
    await wizard.back(QUESTIONS.review);
    await wizard.see('editor@example.com', 'secret …9876');
    await cancel(wizard);
    expect(tracesOf(wizard, OTHER_ACCOUNT.adminSecret)).toEqual([]);
  });
});

describe('a check without an answer', () => {
  /** Starts a check on a server that refuses the first request and doesn't answer the next one. */
  async function startUnansweredCheck() {
    let [markReceived, markDisconnected] = [() => {}, () => {}];
    const received = new Promise<void>((resolve) => {
      markReceived = resolve;
    });
    const disconnected = new Promise<void>((resolve) => {
      markDisconnected = resolve;
    });
    const server = await openLoopback(() => {
      if (server.calls.length === 1) return apiError('START_SESSION_ERROR', 'no', { PID: String(partnerId) });
      markReceived();
      return null;
    });
    server.onDisconnect(markDisconnected);
    const wizard = await openWizard();
    await requestRefusedKey(wizard, server.url, OTHER_ACCOUNT.adminSecret);
    await openCheck(wizard);
    await wizard.press('enter');
    await wizard.see('esc cancel');
    await received;
    return { wizard, disconnected };
  }

  test('is cancelled by Esc, and all answers are kept', async () => {
    const { wizard, disconnected } = await startUnansweredCheck();
    await wizard.back('Don’t check');
    await disconnected;
    await wizard.see(USER_SECRET);
    await wizard.choose(USER_SECRET, 'Don’t check');
    await wizard.see('The server would not start a session', 'Check whether it is the User Secret');
    await wizard.back(QUESTIONS.review);
    await wizard.see('secret …9876', 'editor@example.com', '4 hours, until', /^ {2}Type +ADMIN$/m);
    await cancel(wizard);
  });

  test('is aborted by Ctrl+C', async () => {
    const { wizard, disconnected } = await startUnansweredCheck();
    await cancel(wizard);
    await disconnected;
    expect(tracesOf(wizard, OTHER_ACCOUNT.adminSecret)).toEqual([]);
  });
});
