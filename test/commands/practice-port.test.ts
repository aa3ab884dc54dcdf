import { Server } from 'node:net';
import { expect, test, vi } from 'vitest';
import { practice } from '../../source/commands/practice.js';

test.each([
  ['EADDRINUSE', 80, 'Port 80 is in use. Choose another with --port, or stop the program that uses it.\n'],
  ['EACCES', 80, 'Port 80 can’t be opened by this user: ports below 1024 are reserved. Choose another with --port.\n'],
  ['EACCES', 8080, 'Port 8080 can’t be opened by this user. Choose another with --port.\n'],
])('%s on port %d is told as what it is', async (code, port, sentence) => {
  // The system's answer, which depends on who runs the test.
  const listen = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    queueMicrotask(() => this.emit('error', Object.assign(new Error(code), { code })));
    return this;
  });
  let said = '';
  const write = (text: string) => {
    said += text;
    return true;
  };
  const untilStopped = () => Promise.reject(new Error('it must not run'));
  const machine = { now: Date.now, randomBytes: (length: number) => new Uint8Array(length) };
  expect(await practice({ port }, { ...machine, stderr: { write } as NodeJS.WriteStream, untilStopped })).toBe(1);
  expect(said).toBe(sentence);
  listen.mockRestore();
});
