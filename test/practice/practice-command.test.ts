import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { practice } from '../../source/commands/practice.js';
import { startPracticeServerOn } from '../../source/practice/open-practice.js';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';

const machine = { now: () => Date.UTC(2027, 0, 1), randomBytes: (length: number) => randomBytes(length) };

test('runs until it is stopped, and says where and with what', async () => {
  let said = '';
  let whileRunning: unknown;
  let isTold = (): void => {};
  const told = new Promise<void>((resolve) => {
    isTold = resolve;
  });
  const code = await practice(
    { port: 0 },
    {
      ...machine,
      stderr: {
        write: (text: string) => {
          said += text;
          isTold();
          return true;
        },
      } as NodeJS.WriteStream,
      untilStopped: async () => {
        await told;
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        whileRunning = await (await fetch(`${url}/api_v3/service/system/action/getTime?format=1`)).json();
      },
    },
  );
  expect(code).toBe(0);
  expect(whileRunning).toBe(Date.UTC(2027, 0, 1) / 1000);
  expect(said).toContain(String(PRACTICE_CREDENTIALS.partnerId));
  expect(said).toContain('invented');
  expect(said).toContain(`${PRACTICE_CREDENTIALS.codeSeed} (the code now: ${currentCode(Date.UTC(2027, 0, 1))})`);
  expect(said).toContain('Ctrl+C');
});

test('a practice server that already runs there is named, with exit code 1', async () => {
  const server = await startPracticeServerOn(machine, 0);
  const port = Number(new URL(server.url).port);
  let said = '';
  const write = (text: string) => {
    said += text;
    return true;
  };
  const untilStopped = () => Promise.reject(new Error('it must not run'));
  expect(await practice({ port }, { ...machine, stderr: { write } as NodeJS.WriteStream, untilStopped })).toBe(1);
  expect(said).toContain(`A practice server already runs at ${server.url}.`);
  await server.close();
});
