import { expect, test } from 'vitest';
import { clockAdvice, clockDifference } from '../../../source/kaltura/api/clock.js';
import { ConnectionError, type Http, type HttpRequest } from '../../../source/kaltura/api/http.js';

const SERVER = 'https://kaltura.test';
const NOON = 1_900_000_000;

/** A computer whose clock is `behind` seconds late. Request and response take `there` and `back` milliseconds. */
function computerWith({ behind = 0, there = 0, back = 0 }) {
  let time = NOON * 1000;
  const requests: HttpRequest[] = [];
  const http: Http = async (request) => {
    requests.push(request);
    time += there;
    const body = String(Math.floor(time / 1000));
    time += back;
    return { status: 200, headers: {}, body };
  };
  return { http, requests, now: () => time - behind * 1000 };
}

const answering =
  (body: string, status = 200): Http =>
  async () => ({ status, headers: {}, body });

test.each([
  [{ behind: 0 }, 0],
  [{ behind: 300 }, 300],
  [{ behind: -300 }, -300],
  [{ behind: 300, there: 4000, back: 4000 }, 300],
  // The server's time is assumed to be from the middle of the exchange, so the error is at most half of it.
  [{ behind: 300, there: 8000, back: 0 }, 304],
  [{ behind: 300, there: 0, back: 8000 }, 296],
  [{ behind: 86400 * 400 }, 86400 * 400],
])('measures the difference of the clocks: %j', async (given, seconds) => {
  const { http, now } = computerWith(given);
  const difference = await clockDifference(http, SERVER, now);
  expect(Math.abs((difference ?? Number.NaN) - seconds)).toBeLessThanOrEqual(1);
});

test('sends only the request for the time', async () => {
  const { http, now, requests } = computerWith({});
  await clockDifference(http, `${SERVER}/`, now);
  expect(requests).toMatchObject([{ url: `${SERVER}/api_v3/service/system/action/getTime`, form: { format: '1' } }]);
});

test.each([
  ['no answer', () => Promise.reject(new ConnectionError('refused', 'kaltura.test', 'ECONNREFUSED'))],
  ['a canceled request', () => Promise.reject(new ConnectionError('aborted', 'kaltura.test', 'ERR_ABORTED'))],
  ['a web page', answering('<html>')],
  ['nothing', answering('')],
  ['an error page', answering('1900000000', 502)],
  ['an error', answering('{"objectType":"KalturaAPIException","code":"SERVICE_FORBIDDEN","message":"no","args":[]}')],
  ['a text', answering('"1900000000"')],
  ['an object', answering('{"result":1900000000}')],
  ['null', answering('null')],
  ['zero', answering('0')],
  ['a negative number', answering('-5')],
  ['a fraction', answering('1900000000.5')],
  ['a huge number', answering('1e300')],
] satisfies [string, Http][])('returns null if the answer is not a time: %s', async (_, http) => {
  expect(await clockDifference(http, SERVER, () => NOON * 1000)).toBeNull();
});

test('returns null if the clock is set back during the request', async () => {
  const times = [NOON * 1000, (NOON - 3600) * 1000];
  expect(await clockDifference(answering(String(NOON)), SERVER, () => times.shift() ?? 0)).toBeNull();
});

test('rethrows errors of the program', async () => {
  const http: Http = () => Promise.reject(new TypeError('no'));
  await expect(clockDifference(http, SERVER, () => 0)).rejects.toThrow(TypeError);
});

test.each([0, 1, -1, 60, -60])('gives no advice for %i seconds', (difference) => {
  expect(clockAdvice(difference)).toBeNull();
});

test('a clock that is behind makes keys expire too early', () => {
  expect(clockAdvice(3 * 3600 + 12 * 60)).toMatch(
    /^This computer’s clock is 3 h 12 min behind the server’s: .*expires 3 h 12 min too early.* expired from the start\. Set the clock /,
  );
  expect(clockAdvice(61)).toContain('1 min behind');
});

test('a clock that is ahead makes keys valid for longer', () => {
  expect(clockAdvice(-61)).toMatch(
    / is 1 min ahead of the server’s: a key that is signed on this computer is valid for 1 min longer .* Set the clock /,
  );
});

test('explains how to set the clock in WSL2 and on other Linux systems', () => {
  for (const difference of [61, -61]) {
    const advice = clockAdvice(difference);
    for (const word of ['WSL2', 'sudo hwclock -s', 'timedatectl']) expect(advice).toContain(word);
  }
});
