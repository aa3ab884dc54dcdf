import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { call, fieldsOf, NOW, openWorld, startKey } from './calling.js';

const SECONDS = NOW / 1000;

/** Asks for a token of the practice account with an ADMIN key. */
async function add(url: string, fields: Record<string, string>) {
  const asked = Object.entries({ objectType: 'KalturaAppToken', ...fields }).map(([name, value]) => [
    `appToken[${name}]`,
    value,
  ]);
  return call(url, 'appToken.add', { ks: await startKey(url), ...Object.fromEntries(asked) });
}

/** A key from the token, by way of a widget session. */
async function exchange(url: string, { id, token }: { id: string; token: string }) {
  const { ks } = await call(url, 'session.startWidgetSession', { widgetId: `_${PRACTICE_CREDENTIALS.partnerId}` });
  const tokenHash = createHash('sha256').update(`${ks}${token}`).digest('hex');
  return call(url, 'appToken.startSession', { ks, id, tokenHash });
}

test('a token that is made makes keys, until it is deleted; then they end too', async () => {
  const url = await openWorld();
  const made = await add(url, { hashType: 'SHA256', sessionUserId: 'portal', sessionDuration: '600' });
  expect(made).toMatchObject({ id: expect.stringMatching(/^0_[0-9a-z]{8}$/), status: 2, createdAt: SECONDS });
  expect(made.token).toMatch(/^[0-9a-f]{32}$/);

  const { ks } = await exchange(url, made);
  expect(fieldsOf(ks)).toMatchObject({ type: 0, userId: 'portal', expiresAt: SECONDS + 600 });
  expect(await call(url, 'baseEntry.count', { ks })).toBe(0);

  const admin = await startKey(url);
  expect(await call(url, 'appToken.delete', { ks: admin, id: made.id })).toBeNull();
  expect(await call(url, 'baseEntry.count', { ks })).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'LOGOUT' } });
  const notFound = { code: 'APP_TOKEN_ID_NOT_FOUND', args: { ID: made.id } };
  expect(await exchange(url, made)).toMatchObject(notFound);
  for (const action of ['appToken.get', 'appToken.delete']) {
    expect(await call(url, action, { ks: admin, id: made.id })).toMatchObject(notFound);
  }
});

test('a list tells the values of the tokens, those from the start among them', async () => {
  const url = await openWorld();
  const made = await add(url, { sessionUserId: 'portal', description: 'of the portal' });
  const ks = await startKey(url);
  const list = await call(url, 'appToken.list', { ks });
  expect(list).toMatchObject({ totalCount: 3, objectType: 'KalturaAppTokenListResponse' });
  expect(list.objects).toContainEqual(made);
  expect(list.objects).toContainEqual(
    expect.objectContaining({ id: PRACTICE_CREDENTIALS.tokenId, token: PRACTICE_CREDENTIALS.token }),
  );
  const page = await call(url, 'appToken.list', { ks, 'pager[pageSize]': '1', 'pager[pageIndex]': '4' });
  expect(page).toMatchObject({ totalCount: 3, objects: [] });
  expect((await call(url, 'appToken.list', { ks, 'filter[idEqual]': made.id })).objects).toEqual([made]);
});

describe('times', () => {
  test.each([
    ['', 0],
    ['0', 0],
    ['3600', 3_600],
    ['315359999', 315_359_999],
  ])('an expiry of “%s” is meant from now on', async (expiry, after) => {
    expect(await add(await openWorld(), { sessionUserId: 'u', expiry })).toMatchObject({ expiry: SECONDS + after });
  });

  test('a large expiry is a moment, and without one a token never expires', async () => {
    const url = await openWorld();
    const moment = String(SECONDS + 60);
    expect(await add(url, { sessionUserId: 'u', expiry: moment })).toMatchObject({ expiry: SECONDS + 60 });
    expect(await add(url, { sessionUserId: 'u' })).not.toHaveProperty('expiry');
  });

  test('keys last as long as the account allows where nothing is said, and no moment where 0 is', async () => {
    const url = await openWorld();
    expect(await add(url, { sessionUserId: 'u' })).toMatchObject({ sessionDuration: 30 * 86_400 });
    const none = await add(url, { hashType: 'SHA256', sessionUserId: 'u', sessionDuration: '0' });
    expect((await exchange(url, none)).expiry).toBe(SECONDS);
  });
});

test.each([
  [{}, 'INVALID_FIELD_VALUE'],
  [{ sessionUserId: 'jane doe' }, 'INVALID_FIELD_VALUE'],
  [{ sessionUserId: 'u', sessionType: '1' }, 'INVALID_ENUM_VALUE'],
  [{ sessionUserId: 'u', hashType: 'sha256' }, 'INVALID_ENUM_VALUE'],
  [{ sessionUserId: 'u', status: '2' }, 'PROPERTY_VALIDATION_NOT_UPDATABLE'],
  [{ sessionUserId: 'u', id: '0_mine' }, 'PROPERTY_VALIDATION_NOT_UPDATABLE'],
])('no token is made of %j', async (fields, code) => {
  const url = await openWorld();
  expect(await add(url, fields)).toMatchObject({ code });
  expect(await call(url, 'appToken.list', { ks: await startKey(url) })).toMatchObject({ totalCount: 2 });
});

test('only who may do everything sees to tokens, and only to those of the own account', async () => {
  const url = await openWorld();
  const narrow = await startKey(url, { privileges: `setrole:${PRACTICE_CREDENTIALS.roleId}` });
  for (const ks of [await startKey(url, { type: '0' }), narrow]) {
    for (const action of ['add', 'list', 'get', 'delete']) {
      const asked = { ks, id: PRACTICE_CREDENTIALS.tokenId, 'appToken[sessionUserId]': 'u' };
      expect(await call(url, `appToken.${action}`, asked)).toMatchObject({ code: 'SERVICE_FORBIDDEN' });
    }
  }
  const other = await startKey(url, { partnerId: String(PRACTICE_CREDENTIALS.cappedPartnerId) });
  expect(await call(url, 'appToken.list', { ks: other })).toMatchObject({ totalCount: 0 });
  const asked = { ks: other, id: PRACTICE_CREDENTIALS.tokenId };
  expect(await call(url, 'appToken.delete', asked)).toMatchObject({ code: 'APP_TOKEN_ID_NOT_FOUND' });
});
