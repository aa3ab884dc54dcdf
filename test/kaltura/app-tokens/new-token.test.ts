import { describe, expect, test } from 'vitest';
import { readNewAppToken, type TypedAppToken, tokenRisks } from '../../../source/kaltura/app-tokens/new-token.js';
import { isDanger } from '../../../source/kaltura/risks/risks.js';

const NOW = 1_800_000_000;

const TYPED: TypedAppToken = {
  description: 'nightly upload',
  userId: 'upload-bot',
  type: 'USER',
  privileges: 'setrole:UPLOAD_BASE_ROLE',
  sessionLength: '1h',
  expires: '90d',
};

const read = (change: Partial<TypedAppToken> = {}) => readNewAppToken({ ...TYPED, ...change }, NOW + 0.7);

test('reads the typed fields', () => {
  expect(read({ description: ' nightly upload\n' })).toEqual({
    newToken: {
      description: 'nightly upload',
      type: 'USER',
      userId: 'upload-bot',
      privileges: 'setrole:UPLOAD_BASE_ROLE',
      duration: 3600,
      expiresAt: NOW + 90 * 86_400,
    },
    problems: {},
    warnings: {},
  });
});

test('“never” means no expiry, with a warning', () => {
  const { newToken, warnings } = read({ expires: ' Never ' });
  expect(newToken?.expiresAt).toBeNull();
  expect(warnings.expires).toContain('Delete it');
});

describe('refuses values that would make the token or its keys useless', () => {
  test.each<[string, Partial<TypedAppToken>, keyof TypedAppToken]>([
    ['a session length of 0', { sessionLength: '0' }, 'sessionLength'],
    ['0h', { sessionLength: '0h' }, 'sessionLength'],
    ['no session length', { sessionLength: '' }, 'sessionLength'],
    ['a negative session length', { sessionLength: '-5m' }, 'sessionLength'],
    ['an expiry of 0', { expires: '0' }, 'expires'],
    ['0d', { expires: '0d' }, 'expires'],
    ['00', { expires: '00' }, 'expires'],
    ['no expiry', { expires: '' }, 'expires'],
    ['an expiry in the past', { expires: '-1d' }, 'expires'],
    ['an expiry that is not a time', { expires: 'soon' }, 'expires'],
    ['a user with a ;', { userId: 'a;b' }, 'userId'],
    ['a description with a bell', { description: 'a\u0007b' }, 'description'],
    ['*', { privileges: '*' }, 'privileges'],
    ['all:*', { privileges: 'all:*' }, 'privileges'],
    ['* among others', { privileges: '*,disableentitlement' }, 'privileges'],
    ['sessionid', { privileges: 'list:*,sessionid:x' }, 'privileges'],
    ['apptoken', { privileges: 'apptoken:0_x' }, 'privileges'],
    ['another spelling', { privileges: 'DisableEntitlement' }, 'privileges'],
  ])('%s', (_what, change, field) => {
    const { newToken, problems } = read(change);
    expect(newToken).toBeNull();
    expect(Object.keys(problems)).toEqual([field]);
  });
});

test('explains why such a value is refused', () => {
  expect(read({ privileges: '*' }).problems.privileges).toMatch(/only privilege.*sessionid and apptoken/);
  expect(read({ expires: '0' }).problems.expires).toContain('immediately');
  expect(read({ sessionLength: '0' }).problems.sessionLength).toContain('already be expired');
});

test('reports the problems of all fields at once', () => {
  const { problems } = read({ userId: 'a;b', sessionLength: '0', expires: '0', privileges: '*' });
  expect(Object.keys(problems).sort()).toEqual(['expires', 'privileges', 'sessionLength', 'userId']);
});

test.each<[Partial<TypedAppToken>, keyof TypedAppToken, string]>([
  [{ description: '' }, 'description', 'shows later'],
  [{ userId: '0' }, 'userId', 'means no user'],
  [{ userId: ' ' }, 'userId', 'chooses their user'],
  [{ userId: 'Zoë Łukasz' }, 'userId', 'doesn’t create users'],
  [{ userId: '*' }, 'userId', 'any user'],
  [{ privileges: 'list:*,playlist:*' }, 'privileges', 'read as list:*'],
])('%o is warned about, and can be used', (change, field, text) => {
  const { newToken, warnings } = read(change);
  expect(newToken).not.toBeNull();
  expect(warnings[field as keyof typeof warnings]).toContain(text);
});

describe('the risks', () => {
  const risksFor = (change: Partial<TypedAppToken>) => {
    const { newToken } = read(change);
    return newToken === null ? [] : tokenRisks(newToken, 102).filter(isDanger);
  };
  const idsFor = (change: Partial<TypedAppToken>) => risksFor(change).map(({ id }) => id);

  test.each<[Partial<TypedAppToken>, readonly string[]]>([
    [{}, []],
    [{ privileges: '' }, []],
    [{ privileges: 'list:*,disableentitlement' }, ['user-disableentitlement', 'user-list']],
    [{ type: 'ADMIN', privileges: '' }, ['admin-app-token']],
    [{ type: 'ADMIN', privileges: 'setrole:UPLOAD_BASE_ROLE' }, []],
    [{ type: 'ADMIN', privileges: 'setrole:Publisher Administrator' }, ['admin-app-token']],
    [{ type: 'ADMIN', privileges: 'disableentitlement' }, ['admin-app-token', 'admin-disableentitlement']],
    [{ type: 'ADMIN', privileges: '', sessionLength: '7d' }, ['admin-app-token', 'admin-over-24-hours']],
  ])('of %o are %o', (change, ids) => {
    expect(idsFor(change)).toEqual(ids);
  });

  test('of an ADMIN token recommend a USER token', () => {
    expect(risksFor({ type: 'ADMIN', privileges: '' })[0]?.message).toMatch(/secret.*USER token/);
  });

  test('do not include what the app token itself decides', () => {
    const { newToken } = read({ privileges: 'disableentitlement' });
    const ids = newToken === null ? [] : tokenRisks(newToken, null).map(({ id }) => id);
    expect(ids).not.toContain('token-drops-privileges');
    expect(ids).not.toContain('type-decided-elsewhere');
  });
});
