import { describe, expect, test } from 'vitest';
import { ApiError, NotKalturaError } from '../../../source/kaltura/api/client.js';
import { ConnectionError, type Http, type HttpResponse } from '../../../source/kaltura/api/http.js';
import { withOneRetry } from '../../../source/kaltura/api/retry.js';
import { factsInKey } from '../../../source/kaltura/ks/facts.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { planRevoke, revokeKey } from '../../../source/kaltura/sessions/end.js';
import type { KeyFacts } from '../../../source/kaltura/sign-in/key-request.js';
import { createRecordedHttp, recording, type Stub } from '../api/recorded-http.js';

const NOW = 1_800_000_000;
const SERVER = 'https://kaltura.test';

const facts = (change: Partial<KeyFacts> = {}): KeyFacts => ({
  partnerId: 102,
  userId: 'jo',
  type: 'USER',
  privileges: '',
  expiresAt: NOW + 60,
  ...change,
});

describe('the effect of revoking a key', () => {
  test.each([
    ['no sessionid', 'list:*', { kind: 'alone' }],
    ['a sessionid', 'sview:0_a,sessionid:visit-42', { kind: 'group', sessionId: 'visit-42' }],
    ['several: the first counts', 'sessionid:one/two', { kind: 'group', sessionId: 'one' }],
    ['a name that only ends the same', 'mysessionid:x', { kind: 'alone' }],
    ['no value', 'sessionid', { kind: 'alone' }],
    ['a key of an app token', 'sessionid:0_tok,apptoken:0_tok,list:*', { kind: 'token', tokenId: '0_tok' }],
    [
      'a key of an app token with its own sessionid',
      'sessionid:0_tok/x,apptoken:0_tok',
      { kind: 'token', tokenId: '0_tok' },
    ],
    ['an apptoken that is not the group', 'sessionid:x,apptoken:0_tok', { kind: 'group', sessionId: 'x' }],
  ])('%s', (_what, privileges, endsWith) => {
    expect(planRevoke(facts({ privileges }), NOW).endsWith).toEqual(endsWith);
  });

  test('a recorded key of an app token is revoked with all keys of the token', () => {
    const { body } = recording('269').response;
    const ks = new Secret(JSON.parse(body).ks);
    const found = factsInKey(ks, [new Secret('0123456789abcdef0123456789abcdef')]);
    expect(planRevoke(found, NOW - 10_000_000).endsWith).toEqual({ kind: 'token', tokenId: '0_sha256' });
  });

  test.each([
    ['nothing is known', null],
    ['the privileges are unknown', facts({ privileges: null })],
  ])('is unknown if %s', (_what, known) => {
    expect(planRevoke(known, NOW)).toEqual({ endsWith: { kind: 'unknown' }, obstacle: null, doubts: [] });
  });

  const widget = facts({ userId: '0', privileges: 'view:*,widget:1' });

  test.each<[string, KeyFacts, string | null]>([
    ['it has expired', facts({ expiresAt: NOW }), 'over'],
    ['it has a second left', facts({ expiresAt: NOW + 1 }), null],
    ['a widget session', widget, 'widget'],
    ['a widget session without a user', { ...widget, userId: '' }, 'widget'],
    ['widget:1 with a user can be revoked', { ...widget, userId: 'jo' }, null],
    ['widget:1 on ADMIN can be revoked', { ...widget, type: 'ADMIN' }, null],
    ['other paths', facts({ privileges: 'urirestrict:/api_v3/service/baseEntry/*' }), 'paths'],
    ['one other path', facts({ privileges: 'urirestrict:/api_v3/service/session/action/get' }), 'paths'],
    ['the path without the *', facts({ privileges: 'urirestrict:/api_v3/service/session' }), 'paths'],
    ['a full URL', facts({ privileges: 'urirestrict:https://kaltura.test/api_v3/*' }), 'paths'],
    ['the exact path', facts({ privileges: 'urirestrict:/api_v3/service/session/action/end' }), null],
    ['no calls at all', facts({ privileges: 'actionslimit:0' }), 'limit'],
    ['calls in KAF only', facts({ privileges: 'actionslimit:-1' }), 'limit'],
    ['a limit without a number', facts({ privileges: 'actionslimit' }), 'limit'],
    ['a number of calls', facts({ privileges: 'actionslimit:10' }), null],
    ['all paths', facts({ privileges: 'urirestrict:/api_v3/*' }), null],
    ['one of several paths', facts({ privileges: 'urirestrict:/x|/api_v3/service/session/*' }), null],
  ])('has an obstacle, or none: %s', (_what, known, kind) => {
    expect(planRevoke(known, NOW).obstacle?.kind ?? null).toBe(kind);
  });

  test('has the paths, IP addresses and call limit', () => {
    const privileges = 'iprestrict:10.0.0.7/10.0.0.8,actionslimit:3,urirestrict:/a|/b/*';
    expect(planRevoke(facts({ privileges }), NOW)).toEqual({
      endsWith: { kind: 'alone' },
      obstacle: { kind: 'paths', paths: ['/a', '/b/*'] },
      doubts: [
        { kind: 'addresses', addresses: ['10.0.0.7', '10.0.0.8'] },
        { kind: 'uses', limit: '3' },
      ],
    });
  });
});

describe('revoking a key', () => {
  const ENDED = recording('188').form['ks'] ?? '';

  async function end(stubs: readonly Stub[], ks = ENDED) {
    const recorded = createRecordedHttp(stubs);
    const report = await revokeKey({ serviceUrl: SERVER, ks: new Secret(ks), http: recorded.http });
    recorded.assertAllUsed();
    return report;
  }

  test('is confirmed by another request', async () => {
    expect(await end([{ name: '188' }, { name: '191' }])).toEqual({ outcome: 'ended' });
  });

  test('needs no confirmation if the key was already revoked', async () => {
    expect(await end([{ name: '191' }])).toEqual({ outcome: 'already-ended', reason: 'LOGOUT' });
  });

  test('works for a version 1 key too', async () => {
    const ks = recording('200').form['ks'] ?? '';
    expect(await end([{ name: '200' }, { name: '191', but: { ks } }], ks)).toEqual({ outcome: 'ended' });
  });

  test('reports that a text that is not a key was refused', async () => {
    const report = await end([{ name: '196' }], 'garbage');
    expect(report).toMatchObject({ outcome: 'refused', error: { code: 'INVALID_KS', action: 'session.end' } });
    expect(JSON.stringify(report)).not.toContain('garbage');
  });

  /** Answers or fails in this order. */
  function scripted(...turns: readonly (Error | string | HttpResponse)[]) {
    const asked: string[] = [];
    const http: Http = async ({ url }) => {
      const turn = turns[asked.push(new URL(url).pathname) - 1];
      if (turn === undefined) throw new Error(`Asked ${asked.length} times.`);
      if (turn instanceof Error) throw turn;
      return typeof turn === 'string' ? { status: 200, headers: {}, body: turn } : turn;
    };
    const report = revokeKey({ serviceUrl: SERVER, ks: new Secret('djJ8MTAyfA'), http: withOneRetry(http) });
    return { ended: report, asked };
  }

  const invalid = (reason: string): string =>
    JSON.stringify({
      objectType: 'KalturaAPIException',
      code: 'INVALID_KS',
      message: `Invalid KS "${reason}", Error "-1,INVALID_STR"`,
      args: { KSID: reason, ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' },
    });
  const reset = new ConnectionError('reset', 'kaltura.test', 'ECONNRESET');

  test('reports that the key had already expired', async () => {
    expect(await scripted(invalid('EXPIRED')).ended).toEqual({ outcome: 'already-ended', reason: 'EXPIRED' });
  });

  test('is confirmed if the key expires before the confirmation', async () => {
    expect(await scripted('null', invalid('EXPIRED')).ended).toEqual({ outcome: 'ended' });
  });

  test.each(['EXCEEDED_RESTRICTED_URI', 'EXCEEDED_RESTRICTED_IP', 'EXCEEDED_ACTIONS_LIMIT'])(
    'reports a refusal: %s',
    async (reason) => {
      const { ended: report, asked } = scripted(invalid(reason));
      expect(await report).toMatchObject({ outcome: 'refused', error: { args: { KSID: reason } } });
      expect(asked).toHaveLength(1);
    },
  );

  test('reports that the server accepted the request but still accepts the key', async () => {
    expect(await scripted('null', 'null').ended).toEqual({ outcome: 'still-works' });
  });

  test.each([
    ['no answer', reset, ConnectionError],
    ['a login page', { status: 200, headers: {}, body: '<html>' }, NotKalturaError],
    ['an unclear answer', 'true', NotKalturaError],
    ['another error', invalid('EXCEEDED_ACTIONS_LIMIT'), ApiError],
  ])('is not confirmed after %s', async (_what, turn, kind) => {
    const report = await scripted('null', turn).ended;
    expect(report).toMatchObject({ outcome: 'ended-unproved' });
    expect('why' in report && report.why).toBeInstanceOf(kind);
  });

  test('does not repeat the request after a lost connection, and says that it may have arrived', async () => {
    const { ended: report, asked } = scripted(reset, 'null');
    await expect(report).rejects.toMatchObject({ fault: 'reset', mayHaveArrived: true });
    expect(asked).toEqual(['/api_v3/service/session/action/end']);
  });

  test('rejects an answer that is not from Kaltura', async () => {
    await expect(scripted('{}').ended).rejects.toBeInstanceOf(NotKalturaError);
  });

  test('confirms on the same path, which a restricted key can use', async () => {
    const { ended: report, asked } = scripted('null', invalid('LOGOUT'));
    await report;
    expect(new Set(asked).size).toBe(1);
  });
});
