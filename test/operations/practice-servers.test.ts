import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ConnectionError } from '../../source/kaltura/api/http.js';
import { createPracticeServers } from '../../source/operations/practice-servers.js';
import { openPractice } from '../../source/practice/open-practice.js';
import { closeServers, listening } from '../platform/network/loopback.js';
import { call, deps, openOtherServer } from '../practice/practice-calls.js';

const portOf = (url: string): number => Number(new URL(url).port);

function serversOn(port: number) {
  const servers = createPracticeServers({ ...deps, practicePort: port });
  onTestFinished(() => servers.close());
  return servers;
}

test('a program that only claims to be a practice server gets only public practice values', async () => {
  const { port, heard } = await openOtherServer({ 'x-me': 'kaltura-ks-practice' });
  const practice = serversOn(port);
  const joined = await practice.url('any');
  expect(portOf(joined)).toBe(port);
  expect(practice.isJoined(joined)).toBe(true);
  heard.length = 0;
  const own = await practice.url('own');
  expect(portOf(own)).not.toBe(port);
  expect(practice.isJoined(own)).toBe(false);
  expect(await call(own, 'system.ping')).toBe(true);
  expect(heard).toEqual([]);
  expect(await practice.url('any')).toBe(own);
});

test('the program that takes the port after the joined practice server gets nothing', async () => {
  const first = await openPractice(deps, 0);
  const port = portOf(first.url);
  const practice = serversOn(port);
  expect(await practice.url('any')).toBe(first.url);
  await first.close();
  await openOtherServer({}, port);
  const next = await practice.url('any');
  expect(portOf(next)).not.toBe(port);
  expect(await call(next, 'system.ping')).toBe(true);
});

test('two calls at once open one server, and closing waits for it', async () => {
  const practice = createPracticeServers({ ...deps, practicePort: 0 });
  const urls = [practice.url('own'), practice.url('own')];
  await practice.close();
  const [url = '', same] = await Promise.all(urls);
  expect(same).toBe(url);
  await expect(call(url, 'system.ping')).rejects.toThrow('fetch failed');
});

const gone = (url: string) => new ConnectionError('refused', new URL(url).host, 'ECONNREFUSED');

test('a task runs again on a new server if the practice server is gone, but only once', async () => {
  const practice = serversOn(0);
  const seen: string[] = [];
  const lost = await practice.url('own');
  const answered = await practice.runOn({ serviceUrl: '', practice: 'any' }, async (url) => {
    seen.push(url);
    if (url === lost) throw gone(url);
    return call(url, 'system.ping');
  });
  expect(answered).toBe(true);
  expect(seen).toHaveLength(2);
  seen.length = 0;
  const failing = practice.runOn({ serviceUrl: '', practice: 'own' }, async (url) => {
    seen.push(url);
    throw gone(url);
  });
  await expect(failing).rejects.toThrow('refused');
  expect(seen).toHaveLength(2);
});

test('a task for a real server runs once, with its URL', async () => {
  const seen: string[] = [];
  const failing = serversOn(0).runOn({ serviceUrl: 'https://kaltura.example', practice: null }, async (url) => {
    seen.push(url);
    throw gone(url);
  });
  await expect(failing).rejects.toThrow('refused');
  expect(seen).toEqual(['https://kaltura.example']);
});

test.each([
  ['closes each connection without an answer', (socket: Socket) => void socket.destroy()],
  ['never answers', () => {}],
])('a program on the port that %s is not joined', async (_what, onConnection) => {
  const port = await listening(createServer(onConnection));
  onTestFinished(closeServers);
  const practice = serversOn(port);
  const url = await practice.url('any');
  expect(portOf(url)).not.toBe(port);
  expect(await call(url, 'system.ping')).toBe(true);
});
