import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { Account, PracticeData } from '../../source/practice/world.js';
import { ACCOUNT, call, fieldsOf, NOW, openServer, post, startKey } from './practice-calls.js';

// Behavior of the real server that no single recording of this repository shows.

describe('privileges', () => {
  const count = async (url: string, privileges: string) =>
    call(url, 'baseEntry.count', { ks: await startKey(url, { type: '0', userId: 'jane', privileges }) });

  test('under privacycontext, an entry without a category is found by its ID, and not listed', async () => {
    const url = await openServer();
    const ks = await startKey(url, { privileges: `privacycontext:${PRACTICE_CREDENTIALS.privacyContext}` });
    expect(await call(url, 'baseEntry.get', { ks, entryId: '0_sketch01' })).toMatchObject({ id: '0_sketch01' });
    expect(await call(url, 'baseEntry.get', { ks, entryId: '0_welcome1' })).toMatchObject({
      code: 'ENTRY_ID_NOT_FOUND',
    });
    const { objects } = await call(url, 'baseEntry.list', { ks });
    expect(objects).toMatchObject([{ id: '0_campus01' }]);
  });

  test('a USER key counts the entries of disableentitlementforentry', async () => {
    const url = await openServer();
    expect(await count(url, '')).toBe(0);
    expect(await count(url, `disableentitlementforentry:${PRACTICE_CREDENTIALS.hiddenEntryId}/0_welcome1`)).toBe(2);
    expect(await count(url, 'disableentitlementforentry:0_nosuch00')).toBe(0);
  });

  test('REPORT_VIEWER_ROLE lists categories and reads no content', async () => {
    const url = await openServer();
    const ks = await startKey(url, { privileges: 'setrole:REPORT_VIEWER_ROLE' });
    for (const action of ['baseEntry.get', 'baseEntry.list', 'baseEntry.count', 'category.get', 'session.get']) {
      const refused = { code: 'SERVICE_FORBIDDEN', args: { SERVICE: action.replace('.', '->') } };
      expect(await call(url, action, { ks, entryId: '0_welcome1', id: '2001' })).toMatchObject(refused);
    }
    expect(await call(url, 'category.list', { ks })).toMatchObject({ totalCount: 1 });
    expect(await call(url, 'system.ping', { ks })).toBe(true);
  });

  test('actionslimit does not count calls of a widget key without a user', async () => {
    const url = await openServer();
    const privileges = 'widget:1,actionslimit:1';
    const ping = (ks: string) => call(url, 'system.ping', { ks });
    const anonymous = await startKey(url, { type: '0', privileges });
    expect([await ping(anonymous), await ping(anonymous)]).toEqual([true, true]);
    const named = await startKey(url, { type: '0', userId: 'jane', privileges });
    expect([await ping(named), await ping(named)]).toMatchObject([true, { args: { KSID: 'EXCEEDED_ACTIONS_LIMIT' } }]);
  });
});

describe('XML', () => {
  const xmlOf = async (url: string, action: string, asked: Record<string, string> = {}): Promise<string> =>
    (await post(url, action, { ks: await startKey(url), ...asked })).text();

  test('contains the empty elements of session.get and partner.getInfo', async () => {
    const url = await openServer();
    const start = '<relatedObjects></relatedObjects>';
    expect(await xmlOf(url, 'session.get')).toContain(`${start}<ks></ks><sessionType>2</sessionType>`);
    const info = await xmlOf(url, 'partner.getInfo');
    expect(info).toContain(`${start}<id>1234567</id><name>Practice account</name><website></website>`);
    expect(info).toContain('<externalIdentifier></externalIdentifier></result>');
  });

  test('leaves them out only with ignoreNull=1', async () => {
    const url = await openServer();
    for (const action of ['session.get', 'partner.getInfo']) {
      const short = await xmlOf(url, action, { ignoreNull: '1' });
      expect(short).not.toMatch(/relatedObjects|<ks>|<website>/);
      expect(short).toContain('<executionTime>');
      expect(await xmlOf(url, action, { ignoreNull: '0' })).toContain('<relatedObjects>');
    }
  });
});

describe('requests', () => {
  test.each(['session', 'session/', 'session/action', 'session/action/'])(
    'the path “%s” has an action that does not exist',
    async (address) => {
      const response = await fetch(`${await openServer()}/api_v3/service/${address}?format=1`);
      expect(await response.json()).toEqual({
        code: 'ACTION_DOES_NOT_EXISTS',
        message: 'Action "" does not exists for service "session"',
        objectType: 'KalturaAPIException',
        args: { ACTION_NAME: '', SERVICE_NAME: 'session' },
      });
    },
  );

  test('a form is ignored with PUT and DELETE', async () => {
    const url = await openServer();
    for (const method of ['PUT', 'DELETE']) {
      const body = new URLSearchParams({ format: '1', ...ACCOUNT });
      const response = await fetch(`${url}/api_v3/service/session/action/start`, { method, body });
      expect(await response.text()).toContain('<code>MISSING_MANDATORY_PARAMETER</code>');
    }
  });

  test.each([
    ['1e2', 'SERVICE_FORBIDDEN_CONTENT_BLOCKED'],
    ['102.9', 'SERVICE_FORBIDDEN'],
    ['0x8c', 'SERVICE_FORBIDDEN'],
    ['102abc', 'SERVICE_FORBIDDEN'],
  ])('the partner ID “%s” is answered with %s', async (partnerId, code) => {
    expect(await startKey(await openServer(), { partnerId })).toMatchObject({ code });
  });

  test.each([' 1234567', '+1234567', '1234567.0', '1234567e0'])(
    'the partner ID “%s” is read as the account',
    async (partnerId) => {
      expect(fieldsOf(await startKey(await openServer(), { partnerId })).partnerId).toBe(1_234_567);
    },
  );
});

describe('session.start', () => {
  test('reports an unknown role before a wrong secret, and an unknown account before both', async () => {
    const url = await openServer();
    const asked = { secret: 'wrong', privileges: 'setrole:NO_SUCH_ROLE' };
    expect(await startKey(url, asked)).toMatchObject({ code: 'UNKNOWN_ROLE_ID' });
    expect(await startKey(url, { ...asked, privileges: 'setrole' })).toMatchObject({ code: 'UNKNOWN_ROLE_ID' });
    expect(await startKey(url, { ...asked, privileges: 'setrole:No Session' })).toMatchObject({
      code: 'START_SESSION_ERROR',
    });
    expect(await startKey(url, { ...asked, partnerId: '99' })).toMatchObject({
      code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
    });
  });

  test('takes the full path with nocache=1', async () => {
    const url = await openServer();
    const asked = { nocache: '1', partnerId: String(PRACTICE_CREDENTIALS.cappedPartnerId) };
    expect(fieldsOf(await startKey(url, { ...asked, expiry: '86400' })).expiresAt).toBe(NOW / 1000 + 3_600);
    expect(await startKey(url, { ...asked, privileges: 'setrole:NO_SUCH_ROLE' })).toMatchObject({
      code: 'UNKNOWN_ROLE_ID',
    });
    expect(await startKey(url, { ...asked, ks: 'abc' })).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'abc' } });
  });
});

describe('a login for an account that the user does not belong to', () => {
  const { loginId, password, partnerId, cappedPartnerId } = PRACTICE_CREDENTIALS;

  /** The practice data with logins of only the usual account, and with changes of the other account. */
  function withOther(changes: Partial<Account>): PracticeData {
    const data = createPracticeData();
    return {
      ...data,
      accounts: data.accounts.map((one) => (one.partnerId === cappedPartnerId ? { ...one, ...changes } : one)),
      logins: data.logins.map((one) => ({ ...one, accounts: [{ partnerId, isAdmin: true }] })),
    };
  }

  test.each([
    [{}, { otp: '123456' }, 'INVALID_OTP'],
    [{}, {}, 'MISSING_OTP'],
    [{ singleSignOnOnly: true }, { otp: '123456' }, 'DIRECT_LOGIN_BLOCKED'],
    [{ singleSignOnOnly: true }, { password: 'wrong' }, 'USER_WRONG_PASSWORD'],
    [{ hasTwoFactors: false }, {}, 'USER_WRONG_PASSWORD'],
  ])('with %j and parameters %j is answered with %s', async (changes, asked, code) => {
    const url = await openServer(withOther(changes));
    const login = { loginId, password, partnerId: String(cappedPartnerId), ...asked };
    expect(await call(url, 'user.loginByLoginId', login)).toMatchObject({ code });
  });
});
