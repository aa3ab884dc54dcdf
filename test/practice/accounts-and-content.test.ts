import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import { ACCOUNT, call, openServer, startKey } from './practice-calls.js';

describe('content hidden by entitlement', () => {
  const category = { id: String(PRACTICE_CREDENTIALS.hiddenCategoryId) };
  const entry = { entryId: PRACTICE_CREDENTIALS.hiddenEntryId };
  const FEATURE = { permissionName: 'FEATURE_ENTITLEMENT' };

  test.each([
    ['', false],
    ['*', false],
    ['all:*', false],
    ['disableentitlement', true],
    ['all:*,disableentitlement', true],
    ['enableentitlement,disableentitlement', false],
  ])('is found by an ADMIN key with “%s”: %j', async (privileges, isFound) => {
    const url = await openServer();
    const ks = await startKey(url, { privileges });
    const found = (object: object) => (isFound ? object : { objectType: 'KalturaAPIException' });
    expect(await call(url, 'category.get', { ks, ...category })).toMatchObject(found({ name: 'Staff only' }));
    expect(await call(url, 'baseEntry.get', { ks, ...entry })).toMatchObject(
      found({ id: PRACTICE_CREDENTIALS.hiddenEntryId }),
    );
    const ids = (await call(url, 'category.list', { ks })).objects.map(({ id }: { id: number }) => id);
    expect(ids.includes(PRACTICE_CREDENTIALS.hiddenCategoryId)).toBe(isFound);
  });

  test('gets the same error as missing content and content of another account', async () => {
    const url = await openServer();
    const free = { privileges: 'disableentitlement' };
    const other = await startKey(url, { ...free, partnerId: String(PRACTICE_CREDENTIALS.cappedPartnerId) });
    const answers = [
      await call(url, 'baseEntry.get', { ks: await startKey(url), ...entry }),
      await call(url, 'baseEntry.get', { ks: other, ...entry }),
    ];
    const gone = await call(url, 'baseEntry.get', { ks: await startKey(url, free), entryId: '0_nosuch' });
    for (const answer of answers)
      expect({ ...answer, args: {}, message: '' }).toEqual({ ...gone, args: {}, message: '' });
  });

  test('is announced to an ADMIN key in the account settings, together with the secrets', async () => {
    const url = await openServer();
    const ks = await startKey(url);
    expect(await call(url, 'partner.getInfo', { ks })).toMatchObject({
      id: PRACTICE_CREDENTIALS.partnerId,
      defaultEntitlementEnforcement: true,
      adminSecret: PRACTICE_CREDENTIALS.adminSecret,
      secret: PRACTICE_CREDENTIALS.userSecret,
    });
    expect(await call(url, 'permission.get', { ks, ...FEATURE })).toMatchObject({ status: 1 });
    const none = await call(url, 'permission.get', { ks, permissionName: 'FEATURE_NONE' });
    expect(none).toMatchObject({ code: 'INVALID_OBJECT_ID', args: { ID: 'FEATURE_NONE' } });
  });

  test('is not announced to a USER key or a widget session', async () => {
    const url = await openServer();
    const widget = await call(url, 'session.startWidgetSession', { widgetId: `_${PRACTICE_CREDENTIALS.partnerId}` });
    for (const ks of [await startKey(url, { type: '0' }), widget.ks]) {
      for (const action of ['partner.getInfo', 'permission.get', 'userRole.list']) {
        expect(await call(url, action, { ks, ...FEATURE })).toMatchObject({ code: 'SERVICE_FORBIDDEN' });
      }
    }
  });
});

test('the listed roles are the ones that setrole accepts', async () => {
  const url = await openServer();
  const list = await call(url, 'userRole.list', { ks: await startKey(url), 'pager[pageSize]': '500' });
  expect(list.objects).toHaveLength(list.totalCount);
  const own = list.objects.filter((role: { partnerId: number }) => role.partnerId === PRACTICE_CREDENTIALS.partnerId);
  expect(own).toMatchObject([{ id: PRACTICE_CREDENTIALS.roleId, name: 'Practice viewers' }]);
  for (const { id, systemName } of list.objects) {
    for (const role of [id, systemName]) {
      expect(typeof (await startKey(url, { privileges: `setrole:${role}` }))).toBe('string');
    }
  }
  const elsewhere = {
    partnerId: String(PRACTICE_CREDENTIALS.cappedPartnerId),
    privileges: `setrole:${PRACTICE_CREDENTIALS.roleId}`,
  };
  expect(await startKey(url, elsewhere)).toMatchObject({ code: 'UNKNOWN_ROLE_ID' });
});

describe('an account', () => {
  const blocked = { code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED', args: [] };
  const widgetOf = (partnerId: number) => ({ widgetId: `_${partnerId}` });

  test('that is blocked creates widget sessions that can do nothing', async () => {
    const url = await openServer();
    const partnerId = String(PRACTICE_CREDENTIALS.blockedPartnerId);
    expect(await call(url, 'session.start', { ...ACCOUNT, partnerId })).toEqual(expect.objectContaining(blocked));
    const { ks } = await call(url, 'session.startWidgetSession', widgetOf(PRACTICE_CREDENTIALS.blockedPartnerId));
    expect(typeof ks).toBe('string');
    for (const action of ['baseEntry.count', 'session.get', 'session.end', 'system.ping']) {
      expect([action, await call(url, action, { ks })]).toEqual([action, expect.objectContaining(blocked)]);
    }
  });

  test('that is unknown gets the answers of a wrong region', async () => {
    const url = await openServer(createPracticeData([PRACTICE_CREDENTIALS.blockedPartnerId]));
    expect(await startKey(url)).toEqual(expect.objectContaining(blocked));
    const unknown = await call(url, 'session.startWidgetSession', widgetOf(PRACTICE_CREDENTIALS.partnerId));
    expect(unknown).toMatchObject({ code: 'INVALID_WIDGET_ID' });
    const known = await call(url, 'session.startWidgetSession', widgetOf(PRACTICE_CREDENTIALS.blockedPartnerId));
    expect(known).toMatchObject({ partnerId: PRACTICE_CREDENTIALS.blockedPartnerId });
    const key = await startKey(await openServer());
    expect(await call(url, 'session.get', { ks: key })).toMatchObject({ code: 'INVALID_KS', args: { KSID: key } });
    const login = { loginId: PRACTICE_CREDENTIALS.loginId, password: PRACTICE_CREDENTIALS.password };
    expect(await call(url, 'user.loginByLoginId', login)).toMatchObject({ code: 'USER_WRONG_PASSWORD' });
  });
});
