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

describe('the calls', () => {
  test.each<[string, KeyFacts | null, string[]]>([
    ['an ADMIN key tells of itself', key('ADMIN'), ['session.get', 'baseEntry.count']],
    ['a USER key may only count', key('USER'), ['baseEntry.count']],
    ['a widget key may only count', key('USER', 'view:*,widget:1'), ['baseEntry.count']],
    ['nothing is known', null, ['session.get', 'baseEntry.count']],
    ['a login’s type is not known', key(null), ['session.get', 'baseEntry.count']],
    ['a role for playing', key('ADMIN', 'setrole:PLAYBACK_BASE_ROLE'), ['baseEntry.count']],
    ['no role at all', key('ADMIN', 'setrole:null'), ['baseEntry.count']],
    ['an administrator’s role', key('USER', 'setrole:Publisher Administrator'), ['session.get', 'baseEntry.count']],
    ['a role of the account', key('USER', 'setrole:4711'), ['baseEntry.count']],
    ['a few calls', key('ADMIN', 'actionslimit:5'), ['session.get']],
    ['paths of one service', key('ADMIN', 'urirestrict:/api_v3/service/baseEntry/*'), ['baseEntry.count']],
    ['several paths', key('ADMIN', 'urirestrict:/p/102/*|/api_v3/service/session/action/get'), ['session.get']],
    ['a whole address never matches', key('ADMIN', `urirestrict:${SERVER}/api_v3/*`), []],
    ['other paths', key('USER', 'urirestrict:/p/102/sp/10200/playManifest*'), []],
    ['the beginning of a path is not the path', key('USER', 'urirestrict:/api_v3/service/baseEntry'), []],
    ['no limit that any call could meet', key('ADMIN', 'actionslimit:0'), []],
  ])('%s', (_, facts, expected) => {
    expect(actions(facts)).toEqual(expected);
  });

  test('are shown as they will be sent, the key left out, and the clock is asked without it', () => {
    const { calls, clock } = planCheck(key('USER'), `${SERVER}/`);
    expect(calls[0]).toMatchObject({
      host: 'www.kaltura.com',
      url: `${SERVER}/api_v3/service/baseEntry/action/count`,
      parameters: [{ name: 'ks', value: { comesFrom: 'the key' } }],
    });
    expect(clock).toMatchObject({ action: 'system.getTime', parameters: [] });
  });

  test('the second is left out where the first tells of a limit that was not known', () => {
    expect(planCheck(null, SERVER).calls.map(({ when }) => when)).toEqual(['always', 'unless-limited']);
    expect(planCheck(key('ADMIN'), SERVER).calls.map(({ when }) => when)).toEqual(['always', 'always']);
  });
});

describe('what it costs', () => {
  test.each<[string, KeyFacts | null, object]>([
    ['nothing', key('ADMIN'), { kind: 'nothing' }],
    ['a call of five', key('ADMIN', 'actionslimit:5'), { kind: 'calls', uses: 1, limit: 5 }],
    ['the whole key', key('USER', 'actionslimit:1,sview:0_a'), { kind: 'calls', uses: 1, limit: 1 }],
    ['perhaps something', null, { kind: 'unknown', uses: 2 }],
    ['nothing where nothing is asked', key('USER', 'actionslimit:3,urirestrict:/p/*'), { kind: 'nothing' }],
  ])('%s', (_, facts, cost) => {
    expect(planCheck(facts, SERVER).cost).toEqual(cost);
  });

  test('what is asked for by its id takes the place of the check where calls are counted', () => {
    const entry = { kind: 'entry', id: '0_abc12345' } as const;
    const limited = planCheck(key('USER', 'actionslimit:1'), SERVER, entry);
    expect(limited.calls).toEqual([]);
    expect(limited.lookup).toMatchObject({ action: 'baseEntry.get' });
    expect(limited).toMatchObject({ cost: { kind: 'calls', uses: 1, limit: 1 }, noCheckReason: null });
    const free = planCheck(key('USER'), SERVER, { kind: 'category', id: '12' });
    expect([...free.calls, free.lookup].map((call) => call?.action)).toEqual(['baseEntry.count', 'category.get']);
  });
});

describe('what may stand in the way', () => {
  test.each<[string, string, object[]]>([
    ['nothing', 'list:*', []],
    [
      'addresses and paths',
      'iprestrict:1.2.3.4/5.6.7.8,urirestrict:/api_v3/*',
      [
        { kind: 'paths', paths: ['/api_v3/*'] },
        { kind: 'addresses', addresses: ['1.2.3.4', '5.6.7.8'] },
      ],
    ],
    ['a role of which only the name is known', 'setrole:4711', [{ kind: 'role', role: '4711', reach: 'unknown' }]],
    ['a role without any', 'setrole:No Session', [{ kind: 'role', role: 'No Session', reach: 'nothing' }]],
    ['an administrator’s role', 'setrole:Publisher Administrator', []],
    [
      'a role that takes away',
      'restrictingrole:KMS_RESTRICTED_ROLE',
      [{ kind: 'removing-role', role: 'KMS_RESTRICTED_ROLE' }],
    ],
  ])('%s', (_, privileges, obstacles) => {
    expect(planCheck(key('USER', privileges), SERVER).obstacles).toEqual(obstacles);
  });

  test('why nothing can be asked, and what would have been', () => {
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
