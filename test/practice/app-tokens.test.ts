import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import { call, fieldsOf, NOW, openServer, startKey } from './practice-calls.js';

const SECONDS = NOW / 1000;

/** Creates a token of the practice account with an ADMIN key. */
async function add(url: string, fields: Record<string, string>, partnerId: number = PRACTICE_CREDENTIALS.partnerId) {
  const ks = await startKey(url, { partnerId: String(partnerId) });
  return call(url, 'appToken.add', { ks, ...tokenFields(fields) });
}

/** Changes a token of the practice account with an ADMIN key. */
const update = async (url: string, id: string, fields: Record<string, string>) =>
  call(url, 'appToken.update', { ks: await startKey(url), id, ...tokenFields(fields) });

const tokenFields = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ objectType: 'KalturaAppToken', ...fields }).map(([name, value]) => [`appToken[${name}]`, value]),
  );

/** Creates a key from the token, in a widget session. */
async function exchange(url: string, { id, token }: { id: string; token: string }, hash = 'sha256', asked = {}) {
  const { ks } = await call(url, 'session.startWidgetSession', { widgetId: `_${PRACTICE_CREDENTIALS.partnerId}` });
  const tokenHash = createHash(hash).update(`${ks}${token}`).digest('hex');
  return call(url, 'appToken.startSession', { ks, id, tokenHash, ...asked });
}

test('a token creates keys until it is deleted, which also revokes the keys', async () => {
  const url = await openServer();
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

test('a list has the values of all tokens, including the initial ones', async () => {
  const url = await openServer();
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

describe('expiry and duration', () => {
  test.each([
    ['0', 0],
    ['-2', -2],
    ['3600', 3_600],
    ['315359999', 315_359_999],
  ])('an expiry of “%s” counts from now', async (expiry, after) => {
    expect(await add(await openServer(), { sessionUserId: 'u', expiry })).toMatchObject({ expiry: SECONDS + after });
  });

  test.each([
    ['', 0],
    ['-1', -1],
  ])('an expiry of “%s” is stored unchanged', async (expiry, kept) => {
    expect(await add(await openServer(), { sessionUserId: 'u', expiry })).toMatchObject({ expiry: kept });
  });

  test('a large expiry is a point in time, and without one a token never expires', async () => {
    const url = await openServer();
    const moment = String(SECONDS + 60);
    expect(await add(url, { sessionUserId: 'u', expiry: moment })).toMatchObject({ expiry: SECONDS + 60 });
    expect(await add(url, { sessionUserId: 'u' })).not.toHaveProperty('expiry');
  });

  test('without a duration, keys are valid as long as the account allows; with 0, they expire immediately', async () => {
    const url = await openServer();
    for (const nothing of [{}, { sessionDuration__null: '' }]) {
      expect(await add(url, { sessionUserId: 'u', ...nothing })).toMatchObject({ sessionDuration: 30 * 86_400 });
    }
    const none = await add(url, { hashType: 'SHA256', sessionUserId: 'u', sessionDuration: '0' });
    expect((await exchange(url, none)).expiry).toBe(SECONDS);
  });
});

test.each([
  [{ sessionUserId: '' }, 'INVALID_FIELD_VALUE'],
  [{ sessionUserId: 'jane doe' }, 'INVALID_FIELD_VALUE'],
  [{ sessionUserId: 'u', sessionType: '1' }, 'INVALID_ENUM_VALUE'],
  [{ sessionUserId: 'u', hashType: 'sha256' }, 'INVALID_ENUM_VALUE'],
  [{ sessionUserId: 'u', status: '2' }, 'PROPERTY_VALIDATION_NOT_UPDATABLE'],
  [{ sessionUserId: 'u', id: '0_mine' }, 'PROPERTY_VALIDATION_NOT_UPDATABLE'],
])('refuses a token with %j', async (fields, code) => {
  const url = await openServer();
  expect(await add(url, fields)).toMatchObject({ code });
  expect(await call(url, 'appToken.list', { ks: await startKey(url) })).toMatchObject({ totalCount: 2 });
});

test('only an unrestricted ADMIN key manages tokens, and only those of its account', async () => {
  const url = await openServer();
  const narrow = await startKey(url, { privileges: `setrole:${PRACTICE_CREDENTIALS.roleId}` });
  for (const ks of [await startKey(url, { type: '0' }), narrow]) {
    for (const action of ['add', 'list', 'get', 'update', 'delete']) {
      const asked = { ks, id: PRACTICE_CREDENTIALS.tokenId, 'appToken[sessionUserId]': 'u' };
      expect(await call(url, `appToken.${action}`, asked)).toMatchObject({ code: 'SERVICE_FORBIDDEN' });
    }
  }
  const other = await startKey(url, { partnerId: String(PRACTICE_CREDENTIALS.cappedPartnerId) });
  expect(await call(url, 'appToken.list', { ks: other })).toMatchObject({ totalCount: 0 });
  const asked = { ks: other, id: PRACTICE_CREDENTIALS.tokenId };
  expect(await call(url, 'appToken.delete', asked)).toMatchObject({ code: 'APP_TOKEN_ID_NOT_FOUND' });
});

describe('a token without a user', () => {
  test('is created in an account with an anonymous user, and refused in others', async () => {
    const url = await openServer();
    expect(await add(url, {})).not.toHaveProperty('sessionUserId');
    const refused = { code: 'INVALID_FIELD_VALUE', args: { FIELD_NAME: 'sessionUserId' } };
    for (const fields of [{}, { sessionUserId: '' }] as Record<string, string>[]) {
      expect(await add(url, fields, PRACTICE_CREDENTIALS.cappedPartnerId)).toMatchObject(refused);
    }
  });

  // The same calls as in the tests of Kaltura's guide to app tokens.
  test('works as in Kaltura’s own guide', async () => {
    const url = await openServer();
    const ks = await startKey(url, { privileges: 'disableentitlement' });
    const fields = {
      sessionType: '0',
      sessionDuration: '86400',
      sessionPrivileges: 'sview:*,list:*',
      description: 'guide',
    };
    const sha256 = await add(url, { hashType: 'SHA256', ...fields });
    expect(sha256).toMatchObject({ objectType: 'KalturaAppToken', status: 2, sessionPrivileges: 'sview:*,list:*' });
    const sha1 = await add(url, { hashType: 'SHA1', sessionType: '0', sessionDuration: '3600' });

    expect(await call(url, 'appToken.get', { ks, id: sha256.id })).toEqual(sha256);
    const listed = async (filter: Record<string, string>) =>
      (await call(url, 'appToken.list', { ks, 'filter[statusEqual]': '2', ...filter })).objects;
    expect(await listed({ 'filter[idEqual]': sha256.id, 'pager[pageSize]': '10' })).toEqual([sha256]);
    expect(await listed({ 'filter[hashTypeEqual]': 'SHA256', 'pager[pageSize]': '50' })).toContainEqual(sha256);

    const changed = { description: 'changed', sessionDuration: 43_200 };
    expect(await update(url, sha256.id, { description: 'changed', sessionDuration: '43200' })).toEqual({
      ...sha256,
      ...changed,
    });

    const key = await exchange(url, sha256, 'sha256', { userId: 'reader', type: '0', expiry: '3600' });
    expect(key).toMatchObject({ userId: 'reader', expiry: SECONDS + 3_600 });
    expect(await call(url, 'media.list', { ks: key.ks, 'pager[pageSize]': '1' })).toMatchObject({ totalCount: 2 });
    const short = await exchange(url, sha1, 'sha1', { userId: 'reader', type: '0', expiry: '1800' });
    expect(await call(url, 'media.list', { ks: short.ks })).toMatchObject({ totalCount: 0 });

    const replacement = await add(url, { hashType: 'SHA256', ...fields });
    expect(typeof (await exchange(url, replacement)).ks).toBe('string');
    const wrong = await exchange(url, { ...sha256, token: 'wrong' });
    expect(wrong).toMatchObject({ objectType: 'KalturaAPIException', code: 'INVALID_APP_TOKEN_HASH' });

    for (const { id } of [sha1, sha256, replacement]) expect(await call(url, 'appToken.delete', { ks, id })).toBeNull();
    expect(await exchange(url, sha1, 'sha1')).toMatchObject({ code: 'APP_TOKEN_ID_NOT_FOUND' });
    expect(await call(url, 'media.list', { ks: key.ks })).toMatchObject({
      code: 'INVALID_KS',
      args: { KSID: 'LOGOUT' },
    });
  });
});

describe('appToken.update', () => {
  test('disables and enables a token', async () => {
    const url = await openServer();
    const token = await add(url, { hashType: 'SHA256', sessionUserId: 'portal', expiry: '-2' });
    expect(await exchange(url, token)).toMatchObject({ code: 'APP_TOKEN_EXPIRED', args: { ID: token.id } });
    expect(await update(url, token.id, { expiry: '' })).toMatchObject({ expiry: 0 });
    expect(await exchange(url, token)).toMatchObject({ code: 'APP_TOKEN_EXPIRED' });
    expect(await update(url, token.id, { expiry__null: '' })).not.toHaveProperty('expiry');
    expect(typeof (await exchange(url, token)).ks).toBe('string');
  });

  test('keeps fields that are not sent, and can empty or unset fields', async () => {
    const url = await openServer();
    const token = await add(url, { sessionUserId: 'portal', sessionPrivileges: 'sview:*', description: 'd' });
    expect(await update(url, token.id, {})).toEqual(token);
    expect(await update(url, token.id, { sessionPrivileges: '' })).toMatchObject({ sessionPrivileges: '' });
    expect(await update(url, token.id, { sessionPrivileges__null: '' })).not.toHaveProperty('sessionPrivileges');
    expect(await update(url, token.id, { status: '2' })).toMatchObject({ description: 'd' });
  });

  test.each([
    [{ status: '1' }, 'PROPERTY_VALIDATION_NOT_UPDATABLE'],
    [{ token: 'other' }, 'PROPERTY_VALIDATION_NOT_UPDATABLE'],
    [{ hashType: 'CRC32' }, 'INVALID_ENUM_VALUE'],
    [{ sessionUserId: 'two words' }, 'INVALID_FIELD_VALUE'],
  ])('refuses %j', async (fields, code) => {
    const url = await openServer();
    const token = await add(url, { sessionUserId: 'portal' });
    expect(await update(url, token.id, fields as Record<string, string>)).toMatchObject({ code });
  });
});

// The recorded accounts have no maximum, so their tokens can be without a duration (docs/kaltura-facts.md 5.8).
test.each(['', '-1'])('a token without a duration keeps working with an expiry of “%s”', async (expiry) => {
  const data = createPracticeData();
  const url = await openServer({ ...data, accounts: data.accounts.map((one) => ({ ...one, maxLifetime: null })) });
  const token = await add(url, { hashType: 'SHA256', sessionUserId: 'portal', expiry });
  expect(token).not.toHaveProperty('sessionDuration');
  expect(await exchange(url, token)).toMatchObject({ expiry: SECONDS });
  await update(url, token.id, { sessionDuration: '600' });
  expect(await exchange(url, token)).toMatchObject({ code: 'APP_TOKEN_EXPIRED' });
});

test('a list for an unknown user has no objects', async () => {
  const url = await openServer();
  const list = async (userId: string) =>
    call(url, 'appToken.list', { ks: await startKey(url), 'filter[sessionUserIdEqual]': userId });
  expect(await list('nobody')).toEqual({ totalCount: 0, objectType: 'KalturaAppTokenListResponse' });
  expect(await list(PRACTICE_CREDENTIALS.viewerLoginId)).toMatchObject({ totalCount: 0, objects: [] });
  expect(await list(PRACTICE_CREDENTIALS.loginId)).toMatchObject({ totalCount: 1 });
});
