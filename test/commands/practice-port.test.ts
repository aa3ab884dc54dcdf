import { Server } from 'node:net';
import { expect, test, vi } from 'vitest';
import { practice } from '../../source/commands/practice.js';

test.each([
  ['EADDRINUSE', 80, 'Port 80 is in use. Choose another with --port, or stop the program that uses it.\n'],
  ['EACCES', 80, 'Port 80 can’t be opened by this user: ports below 1024 are reserved. Choose another with --port.\n'],
  ['EACCES', 8080, 'Port 8080 can’t be opened by this user. Choose another with --port.\n'],
])('practice explains %s on port %d', async (code, port, sentence) => {
  // The real error depends on the user who runs the test.
  const listen = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    queueMicrotask(() => this.emit('error', Object.assign(new Error(code), { code })));
    return this;
  });
  let output = '';
  const write = (text: string) => {
    output += text;
    return true;
  };
  const untilStopped = () => Promise.reject(new Error('the server must not start'));
  const machine = { now: Date.now, randomBytes: (length: number) => new Uint8Array(length) };
  expect(await practice({ port }, { ...machine, stderr: { write } as NodeJS.WriteStream, untilStopped })).toBe(1);
  expect(output).toBe(sentence);
  listen.mockRestore();
});
