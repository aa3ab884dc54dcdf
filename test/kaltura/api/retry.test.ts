import { expect, test } from 'vitest';
import { callApi } from '../../../source/kaltura/api/client.js';
import {
  ConnectionError,
  type ConnectionFault,
  type Http,
  type HttpResponse,
} from '../../../source/kaltura/api/http.js';
import { isSafeToRepeat, withOneRetry } from '../../../source/kaltura/api/retry.js';

const SERVER = 'https://kaltura.test';
const answer: HttpResponse = { status: 200, headers: {}, body: '"djJ8"' };
const broken = (fault: ConnectionFault) => new ConnectionError(fault, 'kaltura.test', 'ECODE');

/** Fails or answers in the given order, and records the URLs. */
function scripted(...turns: readonly (Error | HttpResponse)[]) {
  const seen: string[] = [];
  const http: Http = async ({ url }) => {
    const turn = turns[seen.push(url) - 1];
    if (turn === undefined) throw new Error(`Asked ${seen.length} times.`);
    if (turn instanceof Error) throw turn;
    return turn;
  };
  return { http, seen };
}

const outcomeOf = (answering: Promise<unknown>): Promise<unknown> => answering.catch((error: unknown) => error);

test.each<ConnectionFault>(['dns', 'refused', 'reset'])('retries once after %s', async (fault) => {
  const { http, seen } = scripted(broken(fault), answer);
  expect(await callApi(withOneRetry(http), SERVER, 'session.start', {})).toBe('djJ8');
  expect(seen).toHaveLength(2);
  expect(seen[1]).toBe(seen[0]);
});

test('reports the second failure, and does not retry again', async () => {
  const { http, seen } = scripted(broken('reset'), broken('refused'), answer);
  expect(await outcomeOf(callApi(withOneRetry(http), SERVER, 'session.start', {}))).toMatchObject({ fault: 'refused' });
  expect(seen).toHaveLength(2);
});

test.each<ConnectionFault>(['timeout', 'tls', 'proxy', 'aborted', 'other'])(
  'does not retry after %s',
  async (fault) => {
    const { http, seen } = scripted(broken(fault), answer);
    expect(await outcomeOf(callApi(withOneRetry(http), SERVER, 'session.start', {}))).toMatchObject({ fault });
    expect(seen).toHaveLength(1);
  },
);

test.each([
  ['user.loginByLoginId', false],
  ['user.login', false],
  ['user.loginByKs', false],
  ['session.end', false],
  ['appToken.add', false],
  ['appToken.update', false],
  ['appToken.delete', false],
  ['toString.constructor', false],
  ['session.start', true],
  ['session.startWidgetSession', true],
  ['appToken.startSession', true],
  ['session.get', true],
  ['system.ping', true],
  ['system.getTime', true],
  ['system.getVersion', true],
  ['baseEntry.count', true],
  ['baseEntry.list', true],
  ['baseEntry.get', true],
  ['category.get', true],
  ['appToken.list', true],
  ['partner.getInfo', true],
  ['permission.get', true],
  ['userRole.list', true],
])('%s may be repeated: %s', async (action, isSafe) => {
  expect(isSafeToRepeat(action)).toBe(isSafe);
  for (const spelling of [action, action.toLowerCase(), action.toUpperCase()]) {
    const { http, seen } = scripted(broken('reset'), answer);
    await outcomeOf(callApi(withOneRetry(http), SERVER, spelling, {}));
    expect(seen).toHaveLength(isSafe ? 2 : 1);
  }
});

test.each([
  `${SERVER}/api_v3/service/multirequest`,
  `${SERVER}/api_v3/service/user/action/login/service/session/action/start?x=/service/session/action/get`,
  SERVER,
])('does not retry a request with an unknown action: %s', async (url) => {
  const { http, seen } = scripted(broken('reset'), answer);
  await outcomeOf(withOneRetry(http)({ url, form: {} }));
  expect(seen).toHaveLength(1);
});

test('does not retry after an answer with any HTTP status', async () => {
  for (const status of [200, 302, 500, 502]) {
    const { http, seen } = scripted({ ...answer, status });
    await outcomeOf(callApi(withOneRetry(http), SERVER, 'session.start', {}));
    expect(seen).toHaveLength(1);
  }
});

test('does not retry after an error of the program', async () => {
  const { http, seen } = scripted(new TypeError('no'), answer);
  expect(await outcomeOf(callApi(withOneRetry(http), SERVER, 'session.start', {}))).toBeInstanceOf(TypeError);
  expect(seen).toHaveLength(1);
});

test('does not retry a canceled request', async () => {
  const controller = new AbortController();
  const { http, seen } = scripted(broken('reset'), answer);
  const canceled: Http = (request) => {
    controller.abort();
    return http(request);
  };
  await outcomeOf(callApi(withOneRetry(canceled), SERVER, 'session.start', {}, controller.signal));
  expect(seen).toHaveLength(1);
});
