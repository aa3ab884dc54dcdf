import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { practice } from '../../source/commands/practice.js';
import { startPracticeServerOn } from '../../source/practice/open-practice.js';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';

const deps = { now: () => Date.UTC(2027, 0, 1), randomBytes: (length: number) => randomBytes(length) };

test('runs until it is stopped, and prints its URL and credentials', async () => {
  let output = '';
  let whileRunning: unknown;
  let onPrinted = (): void => {};
  const printed = new Promise<void>((resolve) => {
    onPrinted = resolve;
  });
  const code = await practice(
    { port: 0 },
    {
      ...deps,
      stderr: {
        write: (text: string) => {
          output += text;
          onPrinted();
          return true;
        },
      } as NodeJS.WriteStream,
      untilStopped: async () => {
        await printed;
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
        whileRunning = await (await fetch(`${url}/api_v3/service/system/action/getTime?format=1`)).json();
      },
    },
  );
  expect(code).toBe(0);
  expect(whileRunning).toBe(Date.UTC(2027, 0, 1) / 1000);
  expect(output).toContain(String(PRACTICE_CREDENTIALS.partnerId));
  expect(output).toContain('invented');
  expect(output).toContain(`${PRACTICE_CREDENTIALS.codeSeed} (the code now: ${currentCode(Date.UTC(2027, 0, 1))})`);
  expect(output).toContain('Ctrl+C');
});

test('reports a practice server that already runs on the port, with exit code 1', async () => {
  const server = await startPracticeServerOn(deps, 0);
  const port = Number(new URL(server.url).port);
  let output = '';
  const write = (text: string) => {
    output += text;
    return true;
  };
  const untilStopped = () => Promise.reject(new Error('it must not run'));
  expect(await practice({ port }, { ...deps, stderr: { write } as NodeJS.WriteStream, untilStopped })).toBe(1);
  expect(output).toContain(`A practice server already runs at ${server.url}.`);
  await server.close();
});
