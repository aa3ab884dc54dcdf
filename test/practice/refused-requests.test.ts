import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ApiError } from '../../source/practice/api-error.js';
import { startPracticeServerOn } from '../../source/practice/open-practice.js';
import { readParameters } from '../../source/practice/parameters.js';

async function open(): Promise<string> {
  const server = await startPracticeServerOn({ now: Date.now, randomBytes: (length) => randomBytes(length) }, 0);
  onTestFinished(() => server.close());
  return server.url;
}

describe('a web page in a browser on this computer', () => {
  /** Uses headers that `fetch` doesn't allow. */
  async function get(url: string, headers: Record<string, string>): Promise<{ status: number; head: string }> {
    const sent = request(`${url}/api_v3/service/system/action/ping?format=1`, { headers });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    return { status: response.statusCode ?? 0, head: response.rawHeaders.join('\n').toLowerCase() };
  }

  test.each([
    { origin: 'https://page.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-origin' },
  ])('is refused because of its headers: %j', async (headers) => {
    expect(await get(await open(), headers)).toMatchObject({ status: 403 });
  });

  test('is refused if its host name resolves to this computer', async () => {
    const url = await open();
    for (const host of ['page.example', `page.example:${new URL(url).port}`, '127.0.0.1', 'localhost:1']) {
      expect([host, (await get(url, { host })).status]).toEqual([host, 403]);
    }
  });

  test('cannot read an answer, but programs can, with any name of this computer', async () => {
    const url = await open();
    for (const name of ['127.0.0.1', 'localhost', 'LocalHost', '[::1]']) {
      const { status, head } = await get(url, { host: `${name}:${new URL(url).port}`, 'sec-fetch-site': 'none' });
      expect([name, status]).toEqual([name, 200]);
      expect(head).not.toContain('access-control');
    }
  });
});

describe('a request that is too large', () => {
  const start = '/api_v3/service/session/action/start';
  const read = (body: string, contentType = 'application/json') =>
    readParameters({ method: 'POST', path: start, contentType, body, remoteAddress: '127.0.0.1' });

  test('is refused if its body is too long', async () => {
    const url = await open();
    const post = (length: number) => fetch(`${url}${start}`, { method: 'POST', body: 'x'.repeat(length) });
    expect((await post(32_000)).status).toBe(200);
    expect((await post(32_001)).status).toBe(413);
    expect((await post(3_000_000)).status).toBe(413);
  });

  test('loses parameters that are nested too deeply', () => {
    const deep = (depth: number) =>
      read(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`).raw('a:'.repeat(depth).slice(0, -1));
    expect([deep(8), deep(9)]).toEqual(['1', undefined]);
  });

  test('loses parameters whose names are too long, in JSON and in forms', () => {
    for (const [length, value] of [
      [256, '1'],
      [257, undefined],
    ] as const) {
      const name = 'n'.repeat(length);
      expect(read(JSON.stringify({ [name]: '1' })).raw(name)).toBe(value);
      expect(read(`${name}=1`, 'application/x-www-form-urlencoded').raw(name)).toBe(value);
    }
  });

  test('does not slow down the removal of tags from error messages', () => {
    const { message, args } = new ApiError('CODE', 'a <b>c</b> > d <e', { NAME: '<<x>y<' });
    expect([message, args['NAME']]).toEqual(['a c > d <e', 'y<']);
    // A quadratic algorithm would take minutes.
    const many = '<'.repeat(1_000_000);
    expect(new ApiError('CODE', many).message === many).toBe(true);
  });
});
