import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { accountAt, type Outcome, openSandbox, PARTNER } from './program.js';

// These tests use a server that echoes every value that it receives, in each field and in many encodings. The secrets have no
// characters that a form encodes, so each encoded text differs from the secret only by its encoding.

const ADMIN_SECRET = 'plantedSECRET0123456789';
const PASSWORD = 'plantedPASSWORD-0123';
const CODE = '918273';
const TOKEN = 'plantedTOKEN0123456789';
/** A version 1 ADMIN key with no valid signature. It is not of a practice account, because those signatures are always verified. */
const KEY = Buffer.from(`${'a'.repeat(40)}|2345678;2345678;4102444799;2;1;;;;`, 'utf8').toString('base64');

const escapes = (text: string, write: (code: number) => string): string =>
  [...text].map((character) => write(character.codePointAt(0) ?? 0)).join('');

/** The encodings that redaction would have to know. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  exact: (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  'capital hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  spaced: (text) => [...text].join(' '),
  dashed: (text) => [...text].join('-'),
  '\\u escapes': (text) => escapes(text, (code) => `\\u00${code.toString(16)}`),
  'HTML entities': (text) => escapes(text, (code) => `&#${code};`),
  'percent signs': (text) => escapes(text, (code) => `%${code.toString(16)}`),
  reversed: (text) => [...text].reverse().join(''),
  capitals: (text) => text.toUpperCase(),
};

const encodingsOf = (secret: string): string[] => Object.values(ENCODINGS).map((encode) => encode(secret));

/** Returns both halves, for an answer that splits a secret between two fields. */
const halvesOf = (secret: string): string[] => {
  const middle = Math.ceil(secret.length / 2);
  return [secret.slice(0, middle), secret.slice(middle)];
};

const SECRET_FIELDS = ['secret', 'password', 'otp', 'ks', 'session', 'tokenHash'];

const exception = (code: string, message: string, args: object): string =>
  JSON.stringify({ objectType: 'KalturaAPIException', code, message, args });

interface Echo {
  readonly body: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

type EchoOf = (encoded: readonly string[], halves: readonly string[]) => Echo;

const unknownCode: EchoOf = (encoded) => ({
  body: exception('NO_SUCH_CODE', encoded.join(' '), { X: encoded.join(' ') }),
});

/** The kinds of answers that echo a text, by name. */
const ECHOES: Readonly<Record<string, EchoOf>> = {
  'an unknown code': unknownCode,
  'the field of the code': (encoded) => ({ body: exception(encoded[4] ?? '', encoded.join(' '), {}) }),
  'a known code': (encoded) => ({
    body: exception('INVALID_OBJECT_ID', encoded.join(' '), { ID: encoded[1], [encoded[1] ?? '']: 'x' }),
  }),
  'arguments that advice uses': ([, base64 = ''], [first, second]) => ({
    body: exception('INVALID_ENUM_VALUE', 'No', {
      ENUM_VAL: first,
      PARAM_NAME: second,
      FIELD_NAME: base64,
      ID: base64,
    }),
  }),
  'an invalid key': (encoded) => ({
    body: exception('INVALID_KS', encoded.join(' '), { KSID: encoded[1], ERR_DESC: encoded[10] }),
  }),
  headers: (encoded) => ({
    body: exception('NO_SUCH_CODE', 'No', {}),
    headers: { 'x-kaltura-session': encoded[1] ?? '', 'x-me': encoded[10] ?? '', 'x-kaltura-app': encoded[2] ?? '' },
  }),
  'a redirect': (encoded) => ({
    body: '',
    status: 302,
    headers: { location: `https://${encoded[3]}.example/${encoded[1]}?${encodeURIComponent(encoded.join('&'))}` },
  }),
  'a web page': (encoded) => ({
    body: `<html><p>${encoded.join('<br>')}</html>`,
    headers: { 'content-type': 'text/html' },
  }),
  'broken JSON': (encoded) => ({ body: `{"ks":"${encoded.join(' ')}` }),
  'another kind of JSON': (encoded) => ({ body: JSON.stringify({ error: encoded }), status: 502 }),
  'a result of another kind': (encoded) => ({ body: JSON.stringify({ [encoded[1] ?? '']: encoded, ks: encoded[0] }) }),
};

/** Starts a server that echoes the secrets of every call. It opens public sessions normally, so that the token hash is sent too. */
async function openEcho(): Promise<{ readonly url: string; readonly echoWith: (echo: EchoOf) => void }> {
  let echo: EchoOf = () => ({ body: '' });
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const sent = SECRET_FIELDS.map((name) => form.get(name) ?? '').filter((value) => value !== '');
      if (request.url?.endsWith('/startWidgetSession')) {
        response.end(JSON.stringify({ ks: KEY, partnerId: Number(PARTNER) }));
        return;
      }
      // The password comes before the code, so with a code the server echoes both.
      const encoded = sent.map(encodingsOf);
      const joined = Object.keys(ENCODINGS).map((_, index) => encoded.map((one) => one[index]).join('~'));
      const answer = echo(joined, halvesOf(sent[0] ?? ''));
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    echoWith: (next) => {
      echo = next;
    },
  };
}

type Env = Readonly<Record<string, string>>;

/** Every command that contacts a server, with every sign-in method. */
const COMMANDS: readonly (readonly [name: string, args: (url: string) => readonly string[], env: Env])[] = [
  ['token', (url) => ['token', ...accountAt(url)], { KALTURA_SECRET: ADMIN_SECRET }],
  ['token --diagnose', (url) => ['token', ...accountAt(url), '--diagnose'], { KALTURA_SECRET: ADMIN_SECRET }],
  [
    'token with a login',
    (url) => ['token', '--url', url, '--login-id', 'jo@example.com'],
    { KALTURA_PASSWORD: PASSWORD, KALTURA_CODE: CODE },
  ],
  [
    'token with an app token',
    (url) => ['token', ...accountAt(url), '--app-token-id', '0_ab12cd34'],
    { KALTURA_APP_TOKEN: TOKEN },
  ],
  [
    'token --method local',
    (url) => ['token', ...accountAt(url), '--method', 'local'],
    { KALTURA_SECRET: ADMIN_SECRET },
  ],
  ['exec', (url) => ['exec', ...accountAt(url), '--', '/bin/true'], { KALTURA_SECRET: ADMIN_SECRET }],
  ['env-file', (url) => ['env-file', ...accountAt(url), '--force'], { KALTURA_SECRET: ADMIN_SECRET }],
  ['check', (url) => ['check', '--url', url, '--yes', '--entry', '0_abc12345'], { KALTURA_KS: KEY }],
  ['check --json', (url) => ['check', '--url', url, '--yes', '--json'], { KALTURA_KS: KEY }],
  ['end', (url) => ['end', '--url', url, '--yes'], { KALTURA_KS: KEY }],
  ['end --json', (url) => ['end', '--url', url, '--yes', '--json'], { KALTURA_KS: KEY }],
  ['inspect', (url) => ['inspect', '--ks-file', 'key', '--ask-server', '--url', url], {}],
  ['inspect --json', (url) => ['inspect', '--ks-file', 'key', '--ask-server', '--url', url, '--json'], {}],
  ['app-tokens list', (url) => ['app-tokens', 'list', '--url', url], { KALTURA_KS: KEY }],
  ['app-tokens create', (url) => ['app-tokens', 'create', '--url', url, '--user', 'jo'], { KALTURA_KS: KEY }],
  ['app-tokens delete', (url) => ['app-tokens', 'delete', '0_ab12cd34', '--url', url, '--yes'], { KALTURA_KS: KEY }],
];

/** Adds a flag, before the `--` that starts the command of exec. */
function withFlag(args: readonly string[], flag: string): readonly string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return [...args.slice(0, end), flag, ...args.slice(end)];
}

/** Returns the texts that must not be printed: the secret in each encoding, and its halves. */
const forbidden = (secret: string): string[] => [
  ...encodingsOf(secret),
  ...(secret.length > 10 ? halvesOf(secret) : []),
];

describe.each(COMMANDS)('%s', (name, argsFor, env) => {
  const secrets = [ADMIN_SECRET, PASSWORD, CODE, TOKEN, KEY];

  async function open() {
    const [sandbox, { url, echoWith }] = [await openSandbox(), await openEcho()];
    writeFileSync(join(sandbox.home, 'key'), KEY, { mode: 0o600 });
    return (flag: string, echo: EchoOf): Promise<Outcome> => {
      echoWith(echo);
      return sandbox.run(withFlag(argsFor(url), flag), { env });
    };
  }

  test('prints no secret that the server echoes', async () => {
    const run = await open();
    for (const [what, echo] of Object.entries(ECHOES)) {
      const { stdout, stderr } = await run('-v', echo);
      const shown = secrets.flatMap(forbidden).filter((text) => `${stdout}${stderr}`.includes(text));
      expect(shown, what).toEqual([]);
      expect(stderr, what).not.toMatch(/\n\s+at /);
    }
  });

  test('prints the answer with --show-answer, without the exact secrets', async () => {
    const run = await open();
    const { stdout, stderr } = await run('--show-answer', unknownCode);
    for (const secret of secrets) expect(`${stdout}${stderr}`).not.toContain(secret);
    if (name !== 'token --method local') {
      expect(stderr).toContain('It can contain parts of what was sent:\n  NO_SUCH_CODE\n  ••••');
    }
    expect(stdout).not.toContain('NO_SUCH_CODE\n');
  });
});

test('regions and status have --show-answer', async () => {
  const sandbox = await openSandbox();
  for (const command of ['regions', 'status']) {
    const { stdout } = await sandbox.run([command, '--help']);
    expect(stdout).toContain('--show-answer');
  }
});

test('a name that contains the key is masked', async () => {
  const sandbox = await openSandbox();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const [, action = ''] = /service\/(\w+\/action\/\w+)/.exec(request.url ?? '') ?? [];
      const answers: Readonly<Record<string, unknown>> = {
        'session/action/get': { sessionType: 2, partnerId: PARTNER, expiry: 4102444799, userId: 'jo', privileges: '' },
        'baseEntry/action/get': { id: '0_abc12345', name: `Film ${KEY}` },
      };
      response.end(JSON.stringify(answers[action] ?? 1));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const json of [[], ['--json']]) {
    const { stdout, stderr } = await sandbox.run(['check', '--url', url, '--yes', '--entry', '0_abc12345', ...json], {
      env: { KALTURA_KS: KEY },
    });
    expect(stdout, stderr).toContain('Film ••••');
    expect(`${stdout}${stderr}`).not.toContain(KEY);
  }
});
