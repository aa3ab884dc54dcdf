import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { ACCOUNT, call, fieldsOf, openServer, startKey } from './practice-calls.js';

const ADDRESS = '/api_v3/service/multirequest';
const START = { '1:service': 'session', '1:action': 'start', '1:type': '2', '1:userId': 'jane' };
const ACCOUNT_1 = { '1:partnerId': ACCOUNT.partnerId, '1:secret': ACCOUNT.secret };

/** The results of a multirequest that is sent as a form. */
// biome-ignore lint/suspicious/noExplicitAny: a result can be any value, and the test checks it
const callAll = async (url: string, parameters: Record<string, string>): Promise<any> =>
  (await send(url, new URLSearchParams({ format: '1', ...parameters }))).json();

const send = (url: string, body: URLSearchParams): Promise<Response> => fetch(url + ADDRESS, { method: 'POST', body });

/** Several calls of one action: `1:service`, `1:action`, `2:service`… */
const repeat = (count: number, service: string, action: string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [`${index + 1}:service`, service],
      [`${index + 1}:action`, action],
    ]).flat(),
  );

describe('a multirequest', () => {
  test('passes the result of a call on to later ones', async () => {
    const url = await openServer();
    const [ks, info, widget, entry] = await callAll(url, {
      ...START,
      ...ACCOUNT_1,
      '2:service': 'session',
      '2:action': 'get',
      '2:ks': '{1:result}',
      '3:service': 'session',
      '3:action': 'startWidgetSession',
      '3:widgetId': '_{2:result:partnerId}',
      '4:service': 'baseEntry',
      '4:action': 'get',
      '4:ks': '{3:result:ks}',
      '4:entryId': '0_welcome1',
    });
    expect(fieldsOf(ks)).toMatchObject({ type: 2, userId: 'jane' });
    expect(info).toMatchObject({ userId: 'jane', sessionType: '2' });
    expect(widget).toMatchObject({ partnerId: PRACTICE_CREDENTIALS.partnerId });
    expect(entry).toMatchObject({ id: '0_welcome1' });
  });

  test('passes on an item of a list', async () => {
    const url = await openServer();
    const [list, entry] = await callAll(url, {
      ks: await startKey(url),
      ...repeat(2, 'baseEntry', 'list'),
      '2:action': 'get',
      '2:entryId': '{1:result:objects:0:id}',
    });
    expect(entry).toEqual(list.objects[0]);
  });

  test('is read from JSON too, and written in XML', async () => {
    const url = await openServer();
    const calls = { 1: { service: 'system', action: 'ping' }, 2: { service: 'nosuch', action: 'list' } };
    const headers = { 'content-type': 'application/json' };
    const json = await fetch(url + ADDRESS, { method: 'POST', headers, body: JSON.stringify({ format: 1, ...calls }) });
    expect(await json.json()).toEqual([true, expect.objectContaining({ code: 'SERVICE_DOES_NOT_EXISTS' })]);
    const xml = await send(url, new URLSearchParams(repeat(1, 'nosuch', 'list')));
    expect(await xml.text()).toContain('<xml><result><item><error><code>SERVICE_DOES_NOT_EXISTS</code>');
  });

  test('continues after an error, and passes on an empty text from it', async () => {
    const url = await openServer();
    const results = await callAll(url, {
      ...START,
      ...ACCOUNT_1,
      '1:secret': 'wrong',
      '2:service': 'session',
      '2:action': 'get',
      '2:ks': '{1:result}',
      '3:service': 'system',
      '3:action': 'ping',
    });
    expect(results).toMatchObject([{ code: 'START_SESSION_ERROR' }, { code: 'SERVICE_FORBIDDEN' }, true]);
  });

  test('does not replace references to the same or later results', async () => {
    const url = await openServer();
    const entries = { '1:entryId': '{1:result}', '2:entryId': '{3:result:id}' };
    const results = await callAll(url, { ks: await startKey(url), ...repeat(2, 'baseEntry', 'get'), ...entries });
    expect(results).toMatchObject([{ args: { ENTRY_ID: '{1:result}' } }, { args: { ENTRY_ID: '{3:result:id}' } }]);
  });

  test('ends at a gap in the numbers, and at a call without service or action', async () => {
    const url = await openServer();
    const ping = repeat(4, 'system', 'ping');
    expect(await callAll(url, {})).toEqual([]);
    for (const name of ['3:service', '3:action']) {
      const { [name]: _, ...rest } = ping;
      expect(await callAll(url, rest)).toEqual([true, true]);
    }
  });

  test('uses the common key if a call has none', async () => {
    const url = await openServer();
    const user = await startKey(url, { type: '0' });
    const results = await callAll(url, { ks: user, ...repeat(2, 'session', 'get'), '2:ks': await startKey(url) });
    expect(results).toMatchObject([{ code: 'SERVICE_FORBIDDEN' }, { sessionType: '2' }]);
  });
});

describe('a key in a multirequest', () => {
  test('is counted once for actionslimit', async () => {
    const url = await openServer();
    const ks = await startKey(url, { privileges: 'actionslimit:2' });
    const calls = { ...repeat(3, 'baseEntry', 'count'), '3:ks': ks };
    for (const _use of [1, 2]) expect(await callAll(url, { ks, ...calls })).toEqual([2, 2, 2]);
    const exceeded = expect.objectContaining({ args: expect.objectContaining({ KSID: 'EXCEEDED_ACTIONS_LIMIT' }) });
    expect(await callAll(url, { ks, ...calls })).toEqual([exceeded, exceeded, exceeded]);
    expect(await call(url, 'baseEntry.count', { ks })).toEqual(exceeded);
  });

  test('that is revoked in it works for its later calls, but not after it', async () => {
    const url = await openServer();
    const ks = await startKey(url);
    const end = { '1:service': 'session', '1:action': 'end' };
    expect(await callAll(url, { ks, ...repeat(2, 'baseEntry', 'count'), ...end })).toEqual([null, 2]);
    expect(await call(url, 'baseEntry.count', { ks })).toMatchObject({ args: { KSID: 'LOGOUT' } });
  });
});
