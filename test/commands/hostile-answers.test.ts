import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { accountAt, interrupt, openSandbox, SECRET } from './program.js';

/** Control characters that a hostile server can put into a text: they color, erase or reverse it. */
const ESCAPES = '\u001B[31m\u009B2J\u202E\u007F\u2028';
const CONTROL_CHARACTER = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Writes a version 1 key without a valid signature, as anyone can. */
const keyOf = (userId: string, privileges: string): string =>
  Buffer.from(`${'a'.repeat(40)}|2345678;2345678;4102444799;0;1;${userId};${privileges};;`, 'utf8').toString('base64');

/** Stands for no answer at all. */
const NO_ANSWER = Symbol('no answer');

/** Starts a server that gives these answers, by action, and 0 for all other actions. */
async function openHostile(answers: Readonly<Record<string, (sent: URLSearchParams) => unknown>>): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const [, service, action] = /service\/(\w+)\/action\/(\w+)/.exec(request.url ?? '') ?? [];
      response.setHeader('content-type', 'application/json');
      const answer = answers[`${service}.${action}`]?.(new URLSearchParams(body)) ?? 0;
      if (answer !== NO_ANSWER) response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Line breaks are the only allowed control characters. */
const withoutLineBreaks = (text: string): string => text.replaceAll('\n', '');

describe('a new key with hostile fields', () => {
  test('prints no control characters; the JSON has the whole values, escaped', async () => {
    const sandbox = await openSandbox();
    const url = await openHostile({ 'session.start': () => keyOf(`jo${ESCAPES}`, `list:*,x${ESCAPES}`) });
    const { code, stdout, stderr } = await sandbox.run(['token', ...accountAt(url), '--json'], {
      env: { KALTURA_SECRET: SECRET },
    });
    expect(code).toBe(0);
    expect(withoutLineBreaks(stdout)).not.toMatch(CONTROL_CHARACTER);
    expect(JSON.parse(stdout)).toMatchObject({ userId: `jo${ESCAPES}`, privileges: `list:*,x${ESCAPES}` });
    expect(stderr).toContain('The key’s user is “jo[31m2J”');
    expect(withoutLineBreaks(stderr)).not.toMatch(CONTROL_CHARACTER);
  });

  test('is refused if it contains the secret', async () => {
    const sandbox = await openSandbox();
    const url = await openHostile({
      'session.start': (sent) => keyOf(`\u001B[31m${sent.get('secret')}\u202E`, `list:*,x${sent.get('secret')}`),
    });
    for (const flag of ['--json', '-v']) {
      const outcome = await sandbox.run(['token', ...accountAt(url), flag], { env: { KALTURA_SECRET: SECRET } });
      const { code, stdout, stderr } = outcome;
      expect(code).toBe(1);
      if (flag === '--json') expect(Object.keys(JSON.parse(stdout))).toEqual(['error', 'exit']);
      else expect(stdout).toBe('');
      expect(stdout + stderr).not.toContain(SECRET);
      expect(withoutLineBreaks(stdout + stderr)).not.toMatch(CONTROL_CHARACTER);
    }
  });
});

test('check doesn’t print the key if the server returns it as a user or privilege', async () => {
  const sandbox = await openSandbox();
  const ks = keyOf('jo', '');
  const info = { sessionType: 2, partnerId: 2345678, expiry: 4102444799 };
  for (const answer of [
    { ...info, userId: ks, privileges: '' },
    { ...info, userId: 'jo', privileges: `list:${ks}` },
  ]) {
    const url = await openHostile({ 'session.get': () => answer, 'system.getTime': () => 1 });
    for (const json of [[], ['--json']]) {
      const { stdout, stderr } = await sandbox.run(['check', '--url', url, '--yes', ...json], {
        env: { KALTURA_KS: ks },
      });
      expect(`${stdout}${stderr}`).not.toContain(ks.slice(0, 80));
    }
  }
});

test('app-tokens list prints no control characters, as a table and as JSON', async () => {
  const sandbox = await openSandbox();
  const ks = keyOf('jo', '');
  const token = {
    id: `0_a${ESCAPES}`,
    token: 'ab'.repeat(16),
    status: 2,
    sessionUserId: ESCAPES,
    description: ESCAPES,
  };
  const url = await openHostile({ 'appToken.list': () => ({ totalCount: 1, objects: [token] }) });
  for (const json of [[], ['--json']]) {
    const { code, stdout, stderr } = await sandbox.run(['app-tokens', 'list', '--url', url, ...json], {
      env: { KALTURA_KS: ks },
    });
    expect(code, stderr).toBe(0);
    expect(withoutLineBreaks(`${stdout}${stderr}`)).not.toMatch(CONTROL_CHARACTER);
  }
});

describe('revoking the temporary ADMIN key without an answer', () => {
  async function list(onEnd: () => void) {
    const sandbox = await openSandbox();
    const admin = Buffer.from(`${'a'.repeat(40)}|2345678;2345678;4102444799;2;1;;;;`, 'utf8').toString('base64');
    const url = await openHostile({
      'session.start': () => admin,
      'appToken.list': () => ({ totalCount: 0, objects: [] }),
      'session.end': () => {
        onEnd();
        return NO_ANSWER;
      },
    });
    const env = { KALTURA_SECRET: SECRET };
    await sandbox.run(['profiles', 'add', 'p', ...accountAt(url), '--type', 'admin', '--accept-risk', 'all'], { env });
    return sandbox.run(['app-tokens', 'list', '--profile', 'p', '--timeout', '600'], { env });
  }

  const MAY_STILL_WORK = 'It may still work until it expires within five minutes';

  test('stops waiting soon, and says that the key may still work', async () => {
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    onTestFinished(() => timeout.mockRestore());
    const { code, stderr } = await list(() => limit.abort());
    expect(code, stderr).toBe(0);
    expect(timeout).toHaveBeenCalledExactlyOnceWith(2_000);
    expect(stderr).toContain(MAY_STILL_WORK);
  });

  test('stops at Ctrl+C, and says that the key may still work', async () => {
    const { stderr } = await list(interrupt);
    expect(stderr).toContain(MAY_STILL_WORK);
  });
});
