import { describe, expect, test } from 'vitest';
import { planCheck } from '../../../source/kaltura/sessions/check-plan.js';
import type { KeyFacts } from '../../../source/kaltura/sign-in/key-request.js';

const SERVER = 'https://www.kaltura.com';

const key = (type: KeyFacts['type'], privileges: string | null = ''): KeyFacts => ({
  partnerId: 102,
  userId: '',
  type,
  privileges,
  expiresAt: null,
});

const actions = (facts: KeyFacts | null): string[] => planCheck(facts, SERVER).calls.map(({ action }) => action);

describe('the planned calls', () => {
  test.each<[string, KeyFacts | null, string[]]>([
    ['an ADMIN key can read its own facts', key('ADMIN'), ['session.get', 'baseEntry.count']],
    ['a USER key can only count', key('USER'), ['baseEntry.count']],
    ['a widget key can only count', key('USER', 'view:*,widget:1'), ['baseEntry.count']],
    ['nothing is known about the key', null, ['session.get', 'baseEntry.count']],
    ['the type of a login key is unknown', key(null), ['session.get', 'baseEntry.count']],
    ['a role for playing', key('ADMIN', 'setrole:PLAYBACK_BASE_ROLE'), ['baseEntry.count']],
    ['no role at all', key('ADMIN', 'setrole:null'), ['baseEntry.count']],
    ['an administrator’s role', key('USER', 'setrole:Publisher Administrator'), ['session.get', 'baseEntry.count']],
    ['a role of the account', key('USER', 'setrole:4711'), ['baseEntry.count']],
    ['a limited number of calls', key('ADMIN', 'actionslimit:5'), ['session.get']],
    ['paths of one service', key('ADMIN', 'urirestrict:/api_v3/service/baseEntry/*'), ['baseEntry.count']],
    ['several paths', key('ADMIN', 'urirestrict:/p/102/*|/api_v3/service/session/action/get'), ['session.get']],
    ['a full URL never matches', key('ADMIN', `urirestrict:${SERVER}/api_v3/*`), []],
    ['other paths', key('USER', 'urirestrict:/p/102/sp/10200/playManifest*'), []],
    ['a part of a path does not match', key('USER', 'urirestrict:/api_v3/service/baseEntry'), []],
    ['a limit of no calls', key('ADMIN', 'actionslimit:0'), []],
  ])('%s', (_, facts, expected) => {
    expect(actions(facts)).toEqual(expected);
  });

  test('are listed as they will be sent, without the key, and the clock request needs no key', () => {
    const { calls, clock } = planCheck(key('USER'), `${SERVER}/`);
    expect(calls[0]).toMatchObject({
      host: 'www.kaltura.com',
      url: `${SERVER}/api_v3/service/baseEntry/action/count`,
      parameters: [{ name: 'ks', value: { comesFrom: 'the key' } }],
    });
    expect(clock).toMatchObject({ action: 'system.getTime', parameters: [] });
  });

  test('skip the second call if the first one shows an unknown limit', () => {
    expect(planCheck(null, SERVER).calls.map(({ when }) => when)).toEqual(['always', 'unless-limited']);
    expect(planCheck(key('ADMIN'), SERVER).calls.map(({ when }) => when)).toEqual(['always', 'always']);
  });
});

describe('the number of calls that the check uses', () => {
  test.each<[string, KeyFacts | null, object]>([
    ['none', key('ADMIN'), { kind: 'nothing' }],
    ['one of five', key('ADMIN', 'actionslimit:5'), { kind: 'calls', uses: 1, limit: 5 }],
    ['the only one', key('USER', 'actionslimit:1,sview:0_a'), { kind: 'calls', uses: 1, limit: 1 }],
    ['unknown', null, { kind: 'unknown', uses: 2 }],
    ['none if no call is possible', key('USER', 'actionslimit:3,urirestrict:/p/*'), { kind: 'nothing' }],
  ])('%s', (_, facts, cost) => {
    expect(planCheck(facts, SERVER).cost).toEqual(cost);
  });

  test('a lookup by ID replaces the check if calls are limited', () => {
    const entry = { kind: 'entry', id: '0_abc12345' } as const;
    const limited = planCheck(key('USER', 'actionslimit:1'), SERVER, entry);
    expect(limited.calls).toEqual([]);
    expect(limited.lookup).toMatchObject({ action: 'baseEntry.get' });
    expect(limited).toMatchObject({ cost: { kind: 'calls', uses: 1, limit: 1 }, noCheckReason: null });
    const free = planCheck(key('USER'), SERVER, { kind: 'category', id: '12' });
    expect([...free.calls, free.lookup].map((call) => call?.action)).toEqual(['baseEntry.count', 'category.get']);
  });
});

describe('the obstacles', () => {
  test.each<[string, string, object[]]>([
    ['none', 'list:*', []],
    [
      'IP addresses and paths',
      'iprestrict:1.2.3.4/5.6.7.8,urirestrict:/api_v3/*',
      [
        { kind: 'paths', paths: ['/api_v3/*'] },
        { kind: 'addresses', addresses: ['1.2.3.4', '5.6.7.8'] },
      ],
    ],
    ['an unknown role', 'setrole:4711', [{ kind: 'role', role: '4711', reach: 'unknown' }]],
    ['a role without permissions', 'setrole:No Session', [{ kind: 'role', role: 'No Session', reach: 'nothing' }]],
    ['an administrator’s role', 'setrole:Publisher Administrator', []],
    [
      'a role that removes permissions',
      'restrictingrole:KMS_RESTRICTED_ROLE',
      [{ kind: 'removing-role', role: 'KMS_RESTRICTED_ROLE' }],
    ],
  ])('%s', (_, privileges, obstacles) => {
    expect(planCheck(key('USER', privileges), SERVER).obstacles).toEqual(obstacles);
  });

  test('the reason why no call is possible, and the excluded calls', () => {
    expect(planCheck(key('ADMIN', 'urirestrict:/p/*'), SERVER)).toMatchObject({
      noCheckReason: 'paths',
      excluded: ['session.get', 'baseEntry.count'],
    });
    expect(planCheck(key('ADMIN', 'actionslimit:many'), SERVER)).toMatchObject({ noCheckReason: 'unusable-limit' });
    const entry = { kind: 'entry', id: '0_abc12345' } as const;
    const excluded = planCheck(key('USER', 'urirestrict:/api_v3/service/baseEntry/action/count'), SERVER, entry);
    expect(excluded).toMatchObject({ lookup: null, excluded: ['baseEntry.get'], noCheckReason: null });
  });
});
