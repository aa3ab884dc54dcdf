import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { stateOf } from './ask-practice.js';
import { accountAt, interrupt, openSandbox, openServer, openSilentServer, SECRET, signKey } from './program.js';

async function setUp() {
  const sandbox = await openSandbox();
  const url = await openServer();
  const [user, admin] = [signKey(), signKey({ type: 2 })];
  const call = (ks: string, ...args: string[]) =>
    sandbox.run(['call', ...args, '--url', url], { env: { KALTURA_KS: ks } });
  return { sandbox, url, user, admin, call };
}

interface Received {
  readonly type: string;
  readonly url: string;
  readonly body: string;
}

/** Starts a server that gives the same answer to every request, and records the requests. */
async function openAnswering(body: string, headers: Readonly<Record<string, string>> = {}, status = 200) {
  const received: Received[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({
      type: request.headers['content-type'] ?? '',
      url: request.url ?? '',
      body: Buffer.concat(chunks).toString('utf8'),
    });
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const errorIn = (stdout: string) => JSON.parse(stdout).error;

const LISTS_NOTHING = 'caution: this key can list nothing: it has no user and no privileges.';

test('an account in variables gets a caution before a list if its new key can list nothing', async () => {
  const sandbox = await openSandbox();
  const { partnerId, adminSecret } = PRACTICE_CREDENTIALS;
  const env = { KALTURA_PARTNER_ID: String(partnerId), KALTURA_ADMIN_SECRET: adminSecret };
  const run = (action: string) => sandbox.run(['call', action, '--region', 'practice'], { env });
  expect((await run('baseEntry.list')).stderr).toContain(
    `${LISTS_NOTHING} Set KALTURA_USER_ID or KALTURA_PRIVILEGE.\n`,
  );
  expect((await run('system.getTime')).stderr).not.toContain(LISTS_NOTHING);
});

describe('call', () => {
  test('prints the answer, or one field of it', async () => {
    const { user, admin, call } = await setUp();
    expect(await call(user, 'system.ping')).toMatchObject({ code: 0, stdout: 'true' });
    const whole = await call(admin, 'session.get');
    expect(JSON.parse(whole.stdout)).toMatchObject({ sessionType: '2', objectType: 'KalturaSessionInfo' });
    const field = await call(admin, 'session.get', '--field', 'sessionType');
    expect(field).toMatchObject({ code: 0, stdout: '2\n' });
    expect(whole.stdout + whole.stderr + field.stderr).not.toContain(admin);
  });

  test('reads nested parameters in Kaltura’s notation, from arguments and a JSON file', async () => {
    const { sandbox, admin, call } = await setUp();
    const list = await call(admin, 'baseEntry.list', 'pager[pageSize]=1', '--field', 'objects.0.id');
    expect(list).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[01]_\w{8}\n$/) });
    const id = list.stdout.trim();
    writeFileSync(join(sandbox.home, 'body.json'), JSON.stringify({ filter: { idEqual: id }, pager: { pageSize: 1 } }));
    const byFile = await call(admin, 'baseEntry.list', '--json-body', 'body.json', '--field', 'objects.0.id');
    expect(byFile).toMatchObject({ code: 0, stdout: list.stdout });
  });

  test('fails if the answer does not have the field of --field', async () => {
    const { user, admin, call } = await setUp();
    const { code, stdout } = await call(user, 'system.ping', '--field', 'objects.0.id', '--json');
    const similar = await call(admin, 'session.get', '--field', 'partnerID');
    expect(similar.stderr).toContain('Did you mean partnerId?');
    expect([code, errorIn(stdout).code]).toEqual([1, 'field-not-found']);
  });

  test('names a practice key that can list, if there is none', async () => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run(['call', 'baseEntry.list', '--region', 'practice', '--no-input']);
    expect(code).toBe(2);
    expect(stderr).toContain('kaltura-ks token --region practice --type admin |');
  });

  test('reports the length of a list if the index of --field is too large', async () => {
    const { user, admin, call } = await setUp();
    const beyond = await call(admin, 'baseEntry.list', '--field', 'objects.99.id');
    expect(beyond.stderr).toContain('The list objects in the answer has no index 99: its last index is 1.');
    const empty = await call(admin, 'baseEntry.list', 'filter[idEqual]=0_nothere1', '--field', 'objects.0.id');
    expect(empty.stderr).toContain('The list objects in the answer is empty (totalCount 0).\n');
    const own = await call(user, 'baseEntry.list', '--field', 'objects.0.id');
    expect(own.stderr).toContain('A USER key lists only the entries of its user, unless it has list:*.');
  });

  test('explains an error of the API, and suggests an action', async () => {
    const { user, call } = await setUp();
    const forbidden = await call(user, 'session.get', '--json');
    expect([forbidden.code, errorIn(forbidden.stdout).code]).toEqual([1, 'SERVICE_FORBIDDEN']);
    const unknown = await call(user, 'baseEntry.lst');
    expect(unknown).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Did you mean baseEntry.list?'),
    });
  });

  test('doesn’t suggest the action that was typed', async () => {
    const { user, call } = await setUp();
    const { stderr } = await call(user, 'media.ADD');
    expect(stderr).toContain('ACTION_DOES_NOT_EXISTS');
    expect(stderr).not.toContain('Did you mean');
  });

  test('uses the key of a profile, and creates one if none is saved', async () => {
    const { sandbox, url } = await setUp();
    const env = { KALTURA_SECRET: SECRET };
    await sandbox.run(['profiles', 'add', 'demo', ...accountAt(url), '--type', 'user'], { env });
    const made = await sandbox.run(['call', 'baseEntry.count', '--profile', 'demo'], { env });
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+$/) });
  });

  test('reads the key from standard input, or the body, but not both', async () => {
    const { sandbox, url, user } = await setUp();
    const piped = await sandbox.run(['call', 'system.ping', '--ks-stdin', '--url', url], { input: user });
    expect(piped).toMatchObject({ code: 0, stdout: 'true' });
    const args = ['call', 'baseEntry.list', '--json-body', '-', '--url', url];
    const body = await sandbox.run(args, { input: '{"pager":{"pageSize":1}}', env: { KALTURA_KS: user } });
    expect(body.code).toBe(0);
    expect(await sandbox.run([...args, '--ks-stdin'], { input: user })).toMatchObject({ code: 2, stdout: '' });
    expect(await sandbox.run(args, { input: '{}' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Missing: the key (a profile, --ks-stdin'),
    });
  });

  test('diagnoses a revoked key', async () => {
    const { sandbox, url, user, call } = await setUp();
    await sandbox.run(['end', '--ks-stdin', '--url', url, '--yes'], { input: user });
    const { code, stdout } = await call(user, 'baseEntry.count', '--json');
    expect([code, errorIn(stdout).code]).toEqual([1, 'INVALID_KS']);
  });
});

describe('call of an action that writes', () => {
  test('needs --yes with an ADMIN key if it cannot ask, but not with a USER key', async () => {
    const { url, user, admin, call } = await setUp();
    const refused = await call(admin, 'session.end');
    expect(refused).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(
        'session.end was not called: kaltura-ks can’t ask for confirmation here. To confirm, add --yes',
      ),
    });
    expect(await stateOf(url, admin)).toBe('valid');
    expect(await call(admin, 'session.end', '--yes')).toMatchObject({ code: 0, stdout: 'null' });
    expect(await stateOf(url, admin)).toBe('LOGOUT');
    expect(await call(user, 'session.end')).toMatchObject({ code: 0, stdout: 'null' });
  });

  test('needs --yes in a multirequest too', async () => {
    const { sandbox, url, admin, call } = await setUp();
    const body = { '1': { service: 'system', action: 'ping' }, '2': { service: 'session', action: 'end' } };
    writeFileSync(join(sandbox.home, 'body.json'), JSON.stringify(body));
    const refused = await call(admin, 'multirequest.list', '--json-body', 'body.json');
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('add --yes') });
    expect(await stateOf(url, admin)).toBe('valid');
  });

  test('asks for confirmation on a terminal', async () => {
    const { sandbox, url, admin } = await setUp();
    for (const [answer, code, state] of [
      ['n', 1, 'valid'],
      ['y', 0, 'LOGOUT'],
    ] as const) {
      const env = { KALTURA_KS: admin };
      const outcome = await sandbox.run(['call', 'session.end', '--url', url], { env, typed: [`${answer}\r`] });
      expect(outcome).toMatchObject({ code, stderr: expect.stringContaining('Type y for yes') });
      expect(await stateOf(url, admin)).toBe(state);
      expect(outcome.stdout + outcome.stderr).not.toContain(admin);
    }
  });
});

describe('secrets in call', () => {
  test('are masked in an answer, also in a pipe, unless --show-secrets is given', async () => {
    const { admin, call } = await setUp();
    const masked = await call(admin, 'partner.getInfo');
    expect(JSON.parse(masked.stdout)).toMatchObject({ adminSecret: '[secret]', secret: '[secret]' });
    expect(masked.stdout).not.toContain(PRACTICE_CREDENTIALS.adminSecret);
    expect(masked.stderr).toContain('--show-secrets');
    const shown = await call(admin, 'partner.getInfo', '--show-secrets');
    expect(JSON.parse(shown.stdout)).toMatchObject({ adminSecret: PRACTICE_CREDENTIALS.adminSecret });
    const field = await call(admin, 'partner.getInfo', '--field', 'adminSecret', '--json');
    expect([field.code, errorIn(field.stdout).code]).toEqual([1, 'field-is-secret']);
    const tokens = await call(admin, 'appToken.list', '--show-secrets');
    expect((await call(admin, 'appToken.list')).stdout).not.toContain(JSON.parse(tokens.stdout).objects[0].token);
  });

  test('are refused as arguments, as keys are', async () => {
    const { user, call } = await setUp();
    const withKey = [`session=${user}`, `url=https://x.example/ks/${user}/a`, `text=key ${user}.`];
    const named = ['secret=abc', 'ks=abc', 'user[password]=abc', 'password=@file', 'partner[adminSecret][x]=abc'];
    for (const parameter of [...withKey, ...named]) {
      const { code, stdout, stderr } = await call(user, 'session.get', parameter, '--json');
      expect([code, errorIn(stdout).code]).toEqual([2, 'secret-in-arguments']);
      expect(stdout + stderr).not.toContain(user);
    }
  });

  test('include the key, which is sent only in the body, and masked if the server echoes it', async () => {
    const { sandbox, user } = await setUp();
    const server = await openAnswering(JSON.stringify({ echo: `x ${user} y`, list: [user] }));
    const { stdout, stderr } = await sandbox.run(['call', 'a.get', '--url', server.url, '--show-secrets', '-v'], {
      env: { KALTURA_KS: user },
    });
    expect(server.received[0]?.url).toBe('/api_v3/service/a/action/get');
    expect(new URLSearchParams(server.received[0]?.body).get('ks')).toBe(user);
    expect(stdout + stderr).not.toContain(user);
  });

  test('are masked in JSON in a text, also for --field', async () => {
    const { sandbox, user } = await setUp();
    const server = await openAnswering(JSON.stringify({ a: JSON.stringify({ adminSecret: 's1' }) }));
    const args = ['call', 'a.get', '--url', server.url, '--field', 'a', '--json'];
    const { code, stdout } = await sandbox.run(args, { env: { KALTURA_KS: user } });
    expect([code, errorIn(stdout).code]).toEqual([1, 'field-is-secret']);
  });

  test('are not sent to the target of a redirect', async () => {
    const { sandbox, user } = await setUp();
    const target = await openAnswering('true');
    const server = await openAnswering('', { Location: `${target.url}/api_v3/service/a/action/get` }, 302);
    const { code, stdout } = await sandbox.run(['call', 'a.get', '--url', server.url, '--json'], {
      env: { KALTURA_KS: user },
    });
    expect([code, errorIn(stdout).code]).toEqual([1, 'not-kaltura-redirect']);
    expect(target.received).toEqual([]);
  });

  test('are not sent by plain http to another computer', async () => {
    const { sandbox, user } = await setUp();
    const { code, stdout } = await sandbox.run(['call', 'a.get', '--url', 'http://video.example.com', '--json'], {
      env: { KALTURA_KS: user },
    });
    expect([code, errorIn(stdout).code]).toEqual([2, 'insecure-url']);
  });
});

describe('a file in call', () => {
  test('can be named by its upload token, which is no secret', async () => {
    const { sandbox, user } = await setUp();
    const server = await openAnswering('{}');
    const resource = ['resource[objectType]=KalturaUploadedFileTokenResource', 'resource[token]=0_u'];
    const run = (...pairs: string[]) =>
      sandbox.run(['call', 'media.addContent', ...pairs, '--url', server.url], { env: { KALTURA_KS: user } });
    expect((await run('entryId=0_e', ...resource)).code).toBe(0);
    expect(new URLSearchParams(server.received[0]?.body).get('resource[token]')).toBe('0_u');
    expect((await run(...resource.slice(0, 1), 'other[token]=0_u')).code).toBe(2);
    expect((await run(...resource.slice(1))).code).toBe(2);
  });

  test('is uploaded with the other parameters', async () => {
    const { sandbox, user } = await setUp();
    const content = 'a\r\n--b\r\n"é"\u0000z';
    writeFileSync(join(sandbox.home, 'a "b".txt'), content);
    const server = await openAnswering('{"id":"0_u"}');
    const args = ['call', 'uploadToken.upload', 'uploadTokenId=0_u', 'fileData=@a "b".txt', '--url', server.url];
    const { code, stdout } = await sandbox.run(args, { env: { KALTURA_KS: user } });
    expect([code, stdout]).toEqual([0, '{"id":"0_u"}']);
    const { type = '', body = '' } = server.received[0] ?? {};
    const form = await new Response(Buffer.from(body), { headers: { 'Content-Type': type } }).formData();
    const file = form.get('fileData') as File;
    expect([form.get('ks'), form.get('uploadTokenId'), form.get('format')]).toEqual([user, '0_u', '1']);
    expect([file.name, await file.text()]).toEqual(['a "b".txt', content]);
  });

  test('stops the call if it cannot be read, while @@ sends a text', async () => {
    const { sandbox, user } = await setUp();
    const server = await openAnswering('true');
    const run = (parameter: string) =>
      sandbox.run(['call', 'a.add', parameter, '--url', server.url, '--json'], { env: { KALTURA_KS: user } });
    for (const path of ['absent', '.']) {
      const { code, stdout } = await run(`fileData=@${path}`);
      expect([code, errorIn(stdout).code]).toEqual([1, 'unreadable-input']);
    }
    expect(server.received).toEqual([]);
    expect((await run('tags=@@jane')).code).toBe(0);
    expect(new URLSearchParams(server.received[0]?.body).get('tags')).toBe('@jane');
  });
});

test.each<[args: readonly string[], code: string]>([
  [['media'], 'invalid-value'],
  [['media.list', 'x'], 'invalid-value'],
  [['media.list', 'a=1', 'a=2'], 'conflicting-options'],
  [['media.list', 'format=2'], 'invalid-value'],
  [['media.list', '__proto__=x'], 'invalid-value'],
  [['media.list', '--field', 'a..b'], 'invalid-value'],
  [['media.list', '--json-body', 'absent.json'], 'unreadable-input'],
])('call %j is refused: %s', async (args, code) => {
  const sandbox = await openSandbox();
  const { stdout } = await sandbox.run(['call', ...args, '--region', 'us', '--json'], { env: { KALTURA_KS: 'x' } });
  expect(errorIn(stdout).code).toBe(code);
});

test.each(['{"ks":null}', '{"ks":["x"]}', '{"__proto__":"x"}', '{"a":1e400}', '{"a":1,"a":2}'])(
  'call refuses the body %s',
  async (body) => {
    const { sandbox, user } = await setUp();
    const server = await openAnswering('true');
    writeFileSync(join(sandbox.home, 'body.json'), body);
    const args = ['call', 'a.get', '--json-body', 'body.json', '--url', server.url];
    expect(await sandbox.run(args, { env: { KALTURA_KS: user } })).toMatchObject({ code: 2, stdout: '' });
    expect(server.received).toEqual([]);
  },
);

test('call fails for an answer with too many levels', async () => {
  const { sandbox, user } = await setUp();
  const server = await openAnswering('['.repeat(200_000) + ']'.repeat(200_000));
  const args = ['call', 'a.get', '--url', server.url, '--json'];
  const { code, stdout } = await sandbox.run(args, { env: { KALTURA_KS: user } });
  expect([code, errorIn(stdout).code]).toEqual([1, 'answer-too-deep']);
});

test('call exits with 130 on Ctrl+C while it waits', async () => {
  const { sandbox, user } = await setUp();
  const silentServer = await openSilentServer();
  silentServer.onConnection(interrupt);
  const outcome = await sandbox.run(['call', 'a.get', '--url', silentServer.url], { env: { KALTURA_KS: user } });
  expect(outcome).toMatchObject({ code: 130, stdout: '' });
});

test('call prints the answer on several lines to a terminal', async () => {
  const { sandbox, url, user } = await setUp();
  const args = ['call', 'baseEntry.list', 'pager[pageSize]=1', '--url', url];
  const outcome = await sandbox.run(args, { env: { KALTURA_KS: user }, isStdoutTerminal: true });
  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\{\n {2}"/) });
});

test('call suggests brackets for the field of an object that is written with a dot', async () => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.run(['call', 'baseEntry.list', 'filter.idIn=0_abc12345']);
  expect([code, stderr]).toEqual([2, 'kaltura-ks: Write the field of an object in brackets: filter[idIn]=…\n']);
});
