import { describe, expect, test } from 'vitest';
import { currentCode, PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { answerToReview, createKey, fillSecret, keysIn, QUESTIONS, toCredentials } from '../moves.js';
import { expectLifetime, openKey, openServer, secondsNow } from '../test-servers.js';
import { openWizard, type Wizard } from '../wizard-in-process.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const { partnerId } = PRACTICE_CREDENTIALS;

/** Continues with the credentials of the practice account, which are filled in. */
const acceptPracticeAccount = (wizard: Wizard, firstField: string): Promise<void> => wizard.pressEnterIn(firstField);

describe('the account secret, sent to the server', () => {
  test('creates a USER key with the requested user, lifetime and privileges', async () => {
    const since = secondsNow();
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await acceptPracticeAccount(wizard, 'Partner ID');
    const task = { task: 'Edit chosen entries', entries: '0_welcome1 0_campus01' };
    await answerToReview(wizard, { user: 'viewer@practice.example', lifetime: '8 hours', ...task });
    const ks = await createKey(wizard);
    const key = openKey(ks);
    expect(key).toMatchObject({
      version: 2,
      partnerId,
      type: 0,
      userId: 'viewer@practice.example',
      privileges: 'edit:0_welcome1/0_campus01',
    });
    expectLifetime(key, 8 * HOUR, since);
    const server = await openServer();
    expect(await server.call('baseEntry.count', ks)).toEqual(expect.any(Number));
    await wizard.see('USER key, partner 1234567, user viewer@practice.example', 'is valid for 7 h 59 min');
  });

  test('creates an ADMIN key that works on any practice server', async () => {
    const since = secondsNow();
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await fillSecret(wizard, partnerId, PRACTICE_CREDENTIALS.adminSecret);
    await answerToReview(wizard, { type: 'ADMIN', user: 'editor@example.com' });
    const ks = await createKey(wizard);
    const key = openKey(ks);
    expect(key).toMatchObject({ version: 2, partnerId, type: 2, userId: 'editor@example.com', privileges: '' });
    expectLifetime(key, DAY, since);
    const server = await openServer();
    expect(await server.call('session.get', ks)).toMatchObject({ sessionType: '2', userId: 'editor@example.com' });
  });

  test('the result says if the account limits the requested lifetime', async () => {
    const since = secondsNow();
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await fillSecret(wizard, PRACTICE_CREDENTIALS.cappedPartnerId, PRACTICE_CREDENTIALS.adminSecret);
    await answerToReview(wizard);
    const key = openKey(await createKey(wizard));
    expect(key.partnerId).toBe(PRACTICE_CREDENTIALS.cappedPartnerId);
    expectLifetime(key, HOUR, since);
    await wizard.see('The account allows 1 hour, not the requested 24 hours.');
  });

  test('a wrong secret can be replaced, and all other answers are kept', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'server');
    await fillSecret(wizard, partnerId, `${PRACTICE_CREDENTIALS.adminSecret.slice(0, -1)}1`);
    await answerToReview(wizard, { type: 'ADMIN', user: 'editor@example.com', lifetime: '4 hours' });
    await wizard.press('enter');
    await wizard.see('The server would not start a session for partner 1234567', 'START_SESSION_ERROR');
    await wizard.see('the User Secret was pasted', 'the secret belongs to another account');
    expect(keysIn(wizard.scrollback())).toEqual([]);

    await wizard.choose('Likely causes', 'Enter the secret again');
    await wizard.atField('Secret');
    await wizard.see(/^Partner ID +1234567$/m, '32 characters, type to replace');
    await wizard.type(PRACTICE_CREDENTIALS.adminSecret);
    await wizard.see(/32 characters$/m);
    await wizard.press('enter');
    await wizard.see(QUESTIONS.review, 'editor@example.com', '4 hours, until');
    expect(openKey(await createKey(wizard))).toMatchObject({ type: 2, userId: 'editor@example.com' });
  });
});

describe('the account secret, used on this computer', () => {
  test.each(['2', '1'])('version %s: sends nothing, and the server accepts the key', async (version) => {
    const since = secondsNow();
    const wizard = await openWizard();
    await toCredentials(wizard, 'local');
    await wizard.choose(QUESTIONS.version, `Version ${version}`);
    await acceptPracticeAccount(wizard, 'Partner ID');
    await answerToReview(wizard, { user: 'someone', lifetime: '1 hour' });
    await wizard.see(`used on this computer, version ${version}`, 'none, because the key is signed');
    const ks = await createKey(wizard);
    const key = openKey(ks);
    expect(key).toMatchObject({ version: Number(version), partnerId, type: 0, userId: 'someone', privileges: '' });
    expectLifetime(key, HOUR, since);
    const server = await openServer();
    expect(await server.call('baseEntry.count', ks)).toEqual(expect.any(Number));
  });
});

describe('email and password', () => {
  const answerQuestions = async (wizard: Wizard) => {
    await wizard.choose(QUESTIONS.purpose, 'Something else');
    await wizard.choose(QUESTIONS.holder, 'I will, in a console or a terminal');
    await wizard.choose(QUESTIONS.loginLifetime, '4 hours');
    await wizard.choose(QUESTIONS.privileges, 'No privileges');
  };
  const logIn = async (wizard: Wizard, loginId: string, address?: string) => {
    await toCredentials(wizard, 'login', address);
    await wizard.fill('Email', loginId);
    await wizard.fill('Password', PRACTICE_CREDENTIALS.password);
    await wizard.fill('Partner ID', '');
    await answerQuestions(wizard);
  };

  test('an administrator gets an ADMIN key, which the review says is decided by the login', async () => {
    const since = secondsNow();
    const wizard = await openWizard();
    await toCredentials(wizard, 'login');
    await acceptPracticeAccount(wizard, 'Email');
    await answerQuestions(wizard);
    await wizard.see('decided by the login: ADMIN for an administrator, otherwise USER');
    const ks = await createKey(wizard);
    const key = openKey(ks);
    // `privileges` is sent empty: left out, the key could do everything.
    expect(key).toMatchObject({ partnerId, type: 2, userId: PRACTICE_CREDENTIALS.loginId, privileges: '' });
    expectLifetime(key, 4 * HOUR, since);
    await wizard.see('ADMIN key, partner 1234567, user admin@practice.example', 'The server confirms it.');
    const server = await openServer();
    expect(await server.call('session.get', ks)).toMatchObject({ userId: PRACTICE_CREDENTIALS.loginId });
  });

  test('a user who is not an administrator gets a USER key, without a partner ID in the last used account', async () => {
    const wizard = await openWizard();
    await logIn(wizard, PRACTICE_CREDENTIALS.viewerLoginId);
    const ks = await createKey(wizard);
    expect(openKey(ks)).toMatchObject({ partnerId, type: 0, userId: PRACTICE_CREDENTIALS.viewerLoginId });
    const server = await openServer();
    expect(await server.call('baseEntry.count', ks)).toEqual(expect.any(Number));
  });

  test('asks for a one-time code if the server requires it, and asks again after a wrong code', async () => {
    const wizard = await openWizard();
    await logIn(wizard, PRACTICE_CREDENTIALS.otpLoginId);
    await wizard.see(QUESTIONS.review);
    await wizard.press('enter');
    await wizard.see(QUESTIONS.code);
    const right = currentCode(Date.now());
    const wrong = right === '000000' ? '000001' : '000000';
    await wizard.fill('Code', wrong);
    await wizard.see(QUESTIONS.code, 'The server refused the code');
    await wizard.atField('Code');
    await wizard.see(/^Code +\(from your authenticator app\)$/m);

    const code = currentCode(Date.now());
    await wizard.type(`${code.slice(0, 3)} ${code.slice(3)}`);
    await wizard.press('enter');
    await wizard.see('ADMIN key, partner 1234567, user code@practice.example');
    expect(openKey(wizard.key())).toMatchObject({ type: 2, userId: PRACTICE_CREDENTIALS.otpLoginId });
  });

  test('on the practice server, the current code is filled in and masked', async () => {
    const wizard = await openWizard();
    await logIn(wizard, PRACTICE_CREDENTIALS.otpLoginId);
    await wizard.see(QUESTIONS.review);
    await wizard.press('enter');
    await wizard.see(QUESTIONS.code, 'Practice: the current code is filled in.', /^Code +•{6} /m);
    expect(wizard.frame()).not.toMatch(/\d{6}/);
    await wizard.press('enter');
    await wizard.see('ADMIN key, partner 1234567');
  });

  test('keeps the leading zeros of a code', async () => {
    let moment = Date.now();
    while (!currentCode(moment).startsWith('0')) moment -= 30_000;
    const server = await openServer(() => moment);
    const wizard = await openWizard();
    await logIn(wizard, PRACTICE_CREDENTIALS.otpLoginId, server.url);
    await wizard.see(QUESTIONS.review);
    await wizard.press('enter');
    await wizard.see(QUESTIONS.code);
    await wizard.fill('Code', currentCode(moment));
    await wizard.see('ADMIN key');
    expect(openKey(wizard.key())).toMatchObject({ userId: PRACTICE_CREDENTIALS.otpLoginId });
  });
});

describe('an app token', () => {
  test('creates the requested key', async () => {
    const since = secondsNow();
    const wizard = await openWizard();
    await toCredentials(wizard, 'token');
    await acceptPracticeAccount(wizard, 'Partner ID');
    await answerToReview(wizard, { user: 'someone', lifetime: '1 hour' });
    const ks = await createKey(wizard);
    const key = openKey(ks);
    expect(key).toMatchObject({ partnerId, type: 0, userId: 'someone' });
    expect(key.privileges.split(',')).toEqual(['sessionid:0_rehearse', 'apptoken:0_rehearse']);
    expectLifetime(key, HOUR, since);
    expect(wizard.frame()).not.toMatch(/danger:|You asked/);
    const server = await openServer();
    expect(await server.call('baseEntry.count', ks)).toEqual(expect.any(Number));
  });

  test('that creates only ADMIN keys brings a warning on the result if USER was requested', async () => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'token');
    await wizard.atField('Partner ID');
    await wizard.press('tab');
    await wizard.fill('Token ID', PRACTICE_CREDENTIALS.fixedTokenId);
    await wizard.pressEnterIn('Token');
    await wizard.choose(QUESTIONS.purpose, 'Something else');
    await wizard.see('The app token can set the type.');
    await wizard.back(QUESTIONS.purpose);
    await answerToReview(wizard, { type: 'USER' });
    const ks = await createKey(wizard);
    expect(openKey(ks)).toMatchObject({ type: 2, userId: PRACTICE_CREDENTIALS.loginId });
    await wizard.see('ADMIN key', 'danger: this key can do more than you asked for', 'Don’t share the key.');
    await wizard.see('The app token decides the user');
    const server = await openServer();
    expect(await server.call('session.get', ks)).toMatchObject({ sessionType: '2' });
  });
});

describe('a self-hosted server', () => {
  test.each([
    ['video.example.com/', 'https://video.example.com'],
    ['https://video.example.com:8443/api_v3/', 'https://video.example.com:8443'],
    ['https://video.example.com/index.php/kmcng/content/entries', 'https://video.example.com'],
  ])('the URL %s becomes %s', async (typed, url) => {
    const wizard = await openWizard();
    await toCredentials(wizard, 'local', typed);
    await wizard.choose(QUESTIONS.version, 'Version 2');
    await fillSecret(wizard, partnerId, PRACTICE_CREDENTIALS.adminSecret, 'Administrator Secret');
    await answerToReview(wizard);
    await wizard.see(new RegExp(`^1 Region +self-hosted +${url}$`, 'm'));
  });

  test('with http has a warning, and signing on this computer is offered, which sends nothing', async () => {
    const wizard = await openWizard();
    await wizard.choose(QUESTIONS.region, 'Self-hosted server…');
    await wizard.fill('URL', 'http://video.example.com/api_v3');
    await wizard.see('This URL uses http, which is not encrypted');
    await wizard.see('Anyone on the network could read your secret');
    await wizard.choose('This URL uses http', 'Sign the key on this computer');
    await wizard.see(QUESTIONS.signIn, 'The key is signed on this computer');
    expect(wizard.frame()).not.toContain('Email and password');
    await wizard.press('enter');
    await wizard.choose(QUESTIONS.version, 'Version 2');
    await fillSecret(wizard, partnerId, PRACTICE_CREDENTIALS.adminSecret, 'Administrator Secret');
    await answerToReview(wizard);
    await wizard.see('http://video.example.com', 'none, because the key is signed on this computer');
    expect(openKey(await createKey(wizard))).toMatchObject({ partnerId, type: 0 });
  });

  test('on this computer can use http', async () => {
    const server = await openServer();
    const wizard = await openWizard();
    await toCredentials(wizard, 'server', `${server.url}/api_v3/`);
    await fillSecret(wizard, partnerId, PRACTICE_CREDENTIALS.adminSecret);
    await answerToReview(wizard, { type: 'ADMIN' });
    await wizard.see(`This sends one request to ${server.url.slice('http://'.length)}: session.start`);
    const ks = await createKey(wizard);
    expect(await server.call('session.get', ks)).toMatchObject({ sessionType: '2' });
  });
});
