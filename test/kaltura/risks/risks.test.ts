import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  confirmationWord,
  dangerIds,
  isDanger,
  type KeyPlan,
  RISK_RULES,
  risksOf,
} from '../../../source/kaltura/risks/risks.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

const PLAIN: KeyPlan = {
  type: 'USER',
  privileges: '',
  lifetime: HOUR,
  userId: 'jane',
  holder: 'server',
  signIn: { method: 'server', partnerId: 102 },
  serviceUrl: 'https://www.kaltura.com',
};
const LOCAL: Partial<KeyPlan> = { signIn: { method: 'local', partnerId: 102, ksVersion: 2 } };
const VERSION_1: Partial<KeyPlan> = { signIn: { method: 'local', partnerId: 102, ksVersion: 1 } };
const LOGIN: Partial<KeyPlan> = { signIn: { method: 'login', partnerId: 102, loginId: 'jo@example.com' } };
const APP_TOKEN: Partial<KeyPlan> = { signIn: { method: 'app-token', partnerId: 102, tokenId: '0_abc12345' } };
const ADMIN: Partial<KeyPlan> = { type: 'ADMIN', holder: 'me', lifetime: DAY };
const BROWSER: Partial<KeyPlan> = { holder: 'browser' };

const IN_CONTEXT = 'sview:*,enableentitlement,privacycontext:x';

/** The IDs of the dangers, and the word that confirms them. */
const DANGERS: [about: string, plan: Partial<KeyPlan>, ids: string[], word: string | null][] = [
  ['a USER key without privileges', {}, [], null],
  ['ADMIN for the user’s own use, a day', ADMIN, [], null],
  ['ADMIN for a server', { ...ADMIN, holder: 'server' }, [], null],
  ['ADMIN, use unknown', { ...ADMIN, holder: null }, [], null],
  ['ADMIN in a browser', { ...ADMIN, ...BROWSER }, ['admin-exposed'], 'admin'],
  ['ADMIN for a vendor', { ...ADMIN, holder: 'vendor' }, ['admin-exposed'], 'admin'],
  [
    'ADMIN in a browser, with a role',
    { ...ADMIN, ...BROWSER, privileges: 'setrole:PLAYBACK_BASE_ROLE' },
    ['admin-exposed'],
    'admin',
  ],
  ['ADMIN, disableentitlement', { ...ADMIN, privileges: 'disableentitlement' }, ['admin-disableentitlement'], 'admin'],
  ["the article's text", { ...ADMIN, privileges: 'all:*,disableentitlement' }, ['admin-disableentitlement'], 'admin'],
  ['disableentitlement with a value, which does nothing', { ...ADMIN, privileges: 'disableentitlement:*' }, [], null],
  [
    'disableentitlement with enableentitlement, which wins',
    { ...ADMIN, privileges: 'disableentitlement,enableentitlement' },
    [],
    null,
  ],
  ['ADMIN for a second over a day', { ...ADMIN, lifetime: DAY + 1 }, ['admin-over-24-hours'], 'admin'],
  ['ADMIN for a year', { ...ADMIN, lifetime: 365 * DAY }, ['admin-over-30-days'], 'admin'],
  [
    'ADMIN, everything wrong',
    { ...ADMIN, ...BROWSER, lifetime: 2 * DAY, privileges: 'disableentitlement' },
    ['admin-disableentitlement', 'admin-exposed', 'admin-over-24-hours'],
    'admin',
  ],
  ['ADMIN with what it has anyway', { ...ADMIN, privileges: 'edit:*,list:*' }, [], null],
  ['USER for a year', { lifetime: 365 * DAY }, [], null],
  ['USER, administrator role', { privileges: 'setrole:Publisher Administrator' }, ['administrator-role'], 'admin'],
  ['USER, a role by number', { privileges: 'setrole:12345' }, [], null],
  ['USER *', { privileges: '*' }, ['user-everything'], 'everything'],
  ['USER all:*', { privileges: 'all:*' }, ['user-everything'], 'everything'],
  ['USER all:*, version 1 signed locally', { privileges: 'all:*', ...VERSION_1 }, [], null],
  ['USER *, version 1 signed locally', { privileges: '*', ...VERSION_1 }, ['user-everything'], 'everything'],
  ['USER *, from an app token', { privileges: '*', ...APP_TOKEN }, [], null],
  ['a login with *', { ...LOGIN, privileges: '*' }, ['user-everything'], 'everything'],
  [
    'USER disableentitlement',
    { privileges: 'list:*,disableentitlement' },
    ['user-disableentitlement', 'user-list'],
    'everything',
  ],
  ['USER edit:*', { privileges: 'edit:*' }, ['user-edit'], 'everything'],
  ['USER download:*', { privileges: 'download:*' }, ['user-download'], 'everything'],
  ['USER edituser:*', { privileges: 'edituser:*' }, ['user-edituser'], 'everything'],
  ['a name that contains list:*', { privileges: 'playlist:*' }, ['user-list'], 'everything'],
  ['USER edit:<id>', { privileges: 'edit:0_abc12345' }, [], null],
  ['USER sview:*', { privileges: 'sview:*' }, [], null],
  ['browser sview:*', { ...BROWSER, privileges: 'sview:*' }, ['shared-sview'], 'share'],
  ['browser sview:<id>', { ...BROWSER, privileges: 'sview:0_abc12345' }, [], null],
  ['browser list:*', { ...BROWSER, privileges: 'list:*' }, ['shared-list'], 'share'],
  ['vendor editadmintags', { holder: 'vendor', privileges: 'editadmintags:*' }, [], null],
  [
    'browser sview:* without entitlement',
    { ...BROWSER, privileges: 'sview:*,privacycontext:x' },
    ['shared-sview'],
    'share',
  ],
  ['browser sview:* in a privacy context', { ...BROWSER, privileges: IN_CONTEXT }, [], null],
  ['browser list:* in a privacy context', { ...BROWSER, privileges: `list:*,${IN_CONTEXT}` }, ['shared-list'], 'share'],
  [
    'vendor disableentitlement',
    { holder: 'vendor', privileges: 'disableentitlement' },
    ['shared-disableentitlement'],
    'share',
  ],
  [
    'vendor disablesessiontypecheck',
    { holder: 'vendor', privileges: 'disablesessiontypecheck' },
    ['shared-disablesessiontypecheck'],
    'share',
  ],
  ['browser *', { ...BROWSER, privileges: '*' }, ['shared-everything'], 'share'],
];

describe('dangers', () => {
  test.each(DANGERS)('%s', (_, change, ids, word) => {
    const plan = { ...PLAIN, ...change };
    expect(dangerIds(plan)).toEqual(ids);
    expect(confirmationWord(plan)).toBe(word);
  });
});

const LIGHTER: [id: string, plan: Partial<KeyPlan>, without: Partial<KeyPlan>][] = [
  ['admin', ADMIN, {}],
  ['type-unknown-exposed', { ...BROWSER, ...LOGIN }, { ...BROWSER }],
  ['over-24-hours', { lifetime: 2 * DAY }, { lifetime: DAY }],
  ['over-30-days', { lifetime: 31 * DAY }, { lifetime: 30 * DAY }],
  ['browser-over-an-hour', { ...BROWSER, lifetime: 2 * HOUR }, { ...BROWSER, lifetime: HOUR }],
  ['browser-without-limits', BROWSER, { ...BROWSER, privileges: 'actionslimit:9' }],
  ['vendor-by-secret', { holder: 'vendor' }, { holder: 'vendor', ...APP_TOKEN }],
  ['wide-sview', { privileges: 'sview:*' }, { privileges: 'sview:0_abc12345' }],
  ['wide-sview-in-context', { privileges: IN_CONTEXT }, { privileges: 'sview:*' }],
  ['wide-editadmintags', { ...BROWSER, privileges: 'editadmintags:*' }, BROWSER],
  ['wide-enablechangeaccount', { privileges: 'enablechangeaccount:*' }, { privileges: 'enablechangeaccount:102' }],
  ['entitlement-exceptions', { privileges: 'disableentitlementforentry:0_abc12345' }, {}],
  ['unknown-role', { privileges: 'setrole:12345' }, { privileges: 'setrole:PLAYBACK_BASE_ROLE' }],
  ['role-reaches-further', { privileges: 'setrole:SSO_ADMIN_ROLE' }, { privileges: 'setrole:UPLOAD_BASE_ROLE' }],
  [
    'token-drops-privileges',
    { ...APP_TOKEN, privileges: 'disableentitlement' },
    { ...APP_TOKEN, privileges: 'appid:x' },
  ],
  ['plain-http', { serviceUrl: 'http://video.example.com' }, { serviceUrl: 'http://127.0.0.1:47102' }],
  ['wildcard-does-nothing', { privileges: 'all:*,disableentitlement' }, { privileges: 'all:*' }],
  ['wildcard-does-nothing', { privileges: 'all:*,disableentitlement' }, { privileges: 'all' }],
  ['wildcard-on-admin', { ...ADMIN, privileges: '*' }, ADMIN],
  ['admin-passes-anyway', { ...ADMIN, privileges: 'list:*' }, { privileges: 'list:*' }],
  [
    'enableentitlement-wins',
    { privileges: 'enableentitlement,disableentitlement' },
    { privileges: 'enableentitlement' },
  ],
  ['lists-own-only', { privileges: 'disableentitlement' }, { privileges: 'list:*,disableentitlement' }],
  ['calls-refused', { privileges: 'actionslimit:-1' }, { privileges: 'actionslimit:1' }],
  ['upload-role', { privileges: 'setrole:UPLOAD_BASE_ROLE' }, { privileges: 'setrole:PLAYBACK_BASE_ROLE' }],
  ['context-hides', { privileges: 'privacycontext:x' }, {}],
  ['user-role', { userId: 'boss' }, { userId: 'boss', privileges: 'setrole:PLAYBACK_BASE_ROLE' }],
  ['admin-user-role', { ...ADMIN, userId: 'boss' }, { ...ADMIN, userId: '' }],
  ['anonymous', { userId: '0' }, { userId: '', ...LOGIN }],
  ['type-decided-elsewhere', APP_TOKEN, {}],
  ['version-1-readable', { ...VERSION_1 }, LOCAL],
  ['local-unchecked', LOCAL, {}],
  ['local-role-unchecked', { ...LOCAL, privileges: 'setrole:7' }, { privileges: 'setrole:7' }],
  ['server-may-shorten', { lifetime: 2 * DAY }, { lifetime: 2 * DAY, ...LOCAL }],
  ['downloadasset-rounding', { privileges: 'downloadasset:0_abc12345' }, {}],
];

describe('cautions and notes', () => {
  test.each(LIGHTER)('%s', (id, change, without) => {
    const idsOf = (plan: Partial<KeyPlan>) => risksOf({ ...PLAIN, ...plan }).map((risk) => risk.id);
    expect(idsOf(change)).toContain(id);
    expect(idsOf(without)).not.toContain(id);
  });

  test('the list has all cautions and notes', () => {
    const tested = LIGHTER.map(([id]) => id);
    const rest = RISK_RULES.filter(({ weight, id }) => weight !== 'danger' && !tested.includes(id)).map(({ id }) => id);
    expect(rest).toEqual(['wide-downloadasset', 'wide-disablesessiontypecheck']);
  });
});

test('says what ADMIN with disableentitlement means, and what all:* adds', () => {
  const messages = risksOf({ ...PLAIN, ...ADMIN, privileges: 'all:*,disableentitlement' }).map(
    ({ message }) => message,
  );
  expect(messages[0]).toBe(
    'ADMIN with disableentitlement: it can see and change everything, and read the secrets of this account, its child accounts and the other accounts where its user is an administrator.',
  );
  expect(messages).toContain(
    'all:*,disableentitlement: the all:* does nothing, because it works only when it is the only privilege.',
  );
});

test('names other accounts only for a key that has or may have a user', () => {
  const of = (plan: Partial<KeyPlan>) =>
    risksOf({ ...PLAIN, ...ADMIN, ...plan }).find(({ id }) => id === 'admin')?.message ?? '';
  expect(of({})).toContain('other accounts');
  expect(of({ ...APP_TOKEN, userId: '' })).toContain('other accounts');
  expect(of({ userId: '' })).toContain('the secrets of this account and its child accounts.');
});

test('does not mention secrets for a narrow role', () => {
  const of = (privileges: string) =>
    risksOf({ ...PLAIN, ...ADMIN, privileges }).find(({ id }) => id === 'admin')?.message ?? '';
  expect(of('')).toContain('secrets');
  expect(of('setrole:PLAYBACK_BASE_ROLE')).not.toContain('secrets');
  expect(of('setrole:12345')).toContain('secrets');
});

test('any plan: sorted by weight, and a word exactly if there is a danger', () => {
  const plan = fc.record<KeyPlan>({
    type: fc.constantFrom('USER', 'ADMIN', null),
    privileges: fc
      .subarray([
        'all:*',
        'disableentitlement',
        'list:*',
        'edit:*',
        'sview:0_abc12345',
        'setrole:7',
        'privacycontext:x',
      ])
      .map((items) => items.join(',')),
    lifetime: fc.constantFrom(900, HOUR, DAY, 7 * DAY, 365 * DAY),
    userId: fc.constantFrom('', '0', 'jane'),
    holder: fc.constantFrom('me', 'server', 'browser', 'vendor', null),
    signIn: fc
      .tuple(fc.constantFrom(PLAIN, LOCAL, VERSION_1, LOGIN, APP_TOKEN), fc.constantFrom(null, 102))
      .map(([{ signIn = PLAIN.signIn }, partnerId]) => ({ ...signIn, partnerId })),
    serviceUrl: fc.constantFrom('https://www.kaltura.com', 'http://video.example.com', ''),
  });
  fc.assert(
    fc.property(plan, (value) => {
      const risks = risksOf(value);
      const order = risks.map(({ weight }) => ['danger', 'caution', 'note'].indexOf(weight));
      expect(order).toEqual(order.toSorted());
      expect(new Set(risks.map(({ id }) => id)).size).toBe(risks.length);
      for (const { message } of risks) expect(message).toMatch(/^\S[^\n]*\.$/);
      const dangers = risks.filter(isDanger).map(({ id }) => id);
      expect(dangerIds(value)).toEqual(dangers.toSorted());
      expect(confirmationWord(value) === null).toBe(dangers.length === 0);
      if (value.type === 'ADMIN' && value.signIn.method !== 'login' && dangers.length > 0)
        expect(confirmationWord(value)).toBe('admin');
    }),
  );
});

test('IDs are unique, and words are short and plain', () => {
  expect(new Set(RISK_RULES.map(({ id }) => id)).size).toBe(RISK_RULES.length);
  for (const rule of RISK_RULES) if (rule.weight === 'danger') expect(rule.word).toMatch(/^[a-z]{4,10}$/);
});
