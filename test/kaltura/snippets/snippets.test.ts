import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signKsV1 } from '../../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { encodeUrl } from '../../../source/kaltura/snippets/snippet.js';
import {
  canReadContent,
  SNIPPET_LANGUAGES,
  type SnippetRequest,
  snippetFor,
} from '../../../source/kaltura/snippets/snippets.js';
import { PRACTICE_CREDENTIALS } from '../../../source/practice/practice-account.js';
import { openServer } from '../../commands/program.js';
import { first, isFull } from '../../sizes.js';

/** The program that runs each language, and a command that succeeds if it is installed. */
const TOOLS = {
  curl: { program: 'sh', args: [], probe: ['curl', '--version'] },
  php: { program: 'php', args: [], probe: ['php', '--version'] },
  python: { program: 'python3', args: [], probe: ['python3', '--version'] },
  node: { program: process.execPath, args: [], probe: [process.execPath, '--version'] },
  // A single file runs with .NET 10 or newer.
  csharp: { program: 'dotnet', args: ['run'], probe: ['sh', '-c', 'dotnet --version | grep -E "^[1-9][0-9]"'] },
  powershell: { program: 'pwsh', args: ['-NoProfile', '-File'], probe: ['pwsh', '--version'] },
  java: { program: 'java', args: ['-XX:TieredStopAtLevel=1'], probe: ['java', '--version'] },
} as const;

type Runnable = keyof typeof TOOLS;

const RUNNABLE = Object.keys(TOOLS) as Runnable[];

const isHere = (language: Runnable): boolean => {
  const [program, ...args] = TOOLS[language].probe;
  return spawnSync(program, args).status === 0;
};

const require = createRequire(import.meta.url);

/** The folder with this package and its dependencies. */
const PACKAGES = resolve(dirname(require.resolve('kaltura-client')), '..');

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly path?: string | undefined;
  /** The program and its arguments before the file. */
  readonly tool?: readonly [program: string, ...args: string[]];
  /** The text to paste into the program, made from the code; without it, the program gets the file. */
  readonly pasted?: (code: string) => string;
}

/** Saves and runs the snippet as its instructions say. */
async function run(language: Runnable, newToken: SnippetRequest, ks: string, options: RunOptions = {}): Promise<Ran> {
  const { path = process.env['PATH'], tool = [TOOLS[language].program, ...TOOLS[language].args], pasted } = options;
  const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(PACKAGES, join(folder, 'node_modules'));
  const { fileName, lines } = snippetFor(language, newToken);
  const code = `${lines.join('\n')}\n`;
  writeFileSync(join(folder, fileName ?? ''), code);
  const [program, ...args] = tool;
  const env = { PATH: path, HOME: folder, ...(ks === '' ? {} : { KALTURA_KS: ks }) };
  const files = pasted === undefined ? [fileName ?? ''] : [];
  const child = spawn(program, [...args, ...files], { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  // A program that doesn't read its input can exit before everything is written.
  child.stdin.on('error', () => {}).end(pasted?.(code) ?? '');
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      // No command in the URL was run.
      expect(existsSync(join(folder, 'pwned'))).toBe(false);
      done({ code, stdout, stderr });
    });
  });
}

const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3600;

const fields = (change: object = {}) => ({
  partnerId: PRACTICE_CREDENTIALS.partnerId,
  type: 0,
  expiresAt: inAnHour(),
  userId: 'jo',
  privileges: '',
  ...change,
});

const SECRET = new Secret(PRACTICE_CREDENTIALS.adminSecret);

const key = (change: object = {}, secret = SECRET): string =>
  signKsV2(fields(change), secret, new Uint8Array(16).fill(7));

/** A key with `+` and `/`, and `=` at the end. */
function keyOfVersion1(): string {
  for (let length = 0; ; length += 1) {
    const ks = signKsV1(fields({ userId: `${'>?'.repeat(9)}${'x'.repeat(length)}` }), SECRET, '1');
    if (/\+.*=$/.test(ks) && ks.includes('/')) return ks;
  }
}

/** A server that gives the same answer to every request, and records the paths. */
async function openDummy(status: number, answer: string): Promise<{ readonly url: string; readonly paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    request.resume().on('end', () => {
      const location = status === 302 ? { location: '/elsewhere' } : {};
      response.writeHead(status, { 'content-type': 'text/html', ...location }).end(answer);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

/** Languages that compile the snippet each time, which takes a second or more. Some of their tests run only in `npm run test:full`. */
const COMPILED: readonly Runnable[] = ['csharp', 'java'];

for (const language of RUNNABLE) {
  const isQuick = isFull || !COMPILED.includes(language);
  const tool = TOOLS[language].program;
  describe.skipIf(!isHere(language))(`${language}, run with ${tool} (skipped if it is not installed)`, () => {
    test.runIf(isQuick)('lists and prints one entry with an ADMIN key', async () => {
      const ks = key({ type: 2 });
      const ran = await run(language, { serviceUrl: await openServer(), type: 'ADMIN' }, ks);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(ran.stdout)).toMatchObject({ objects: [{}], objectType: 'KalturaBaseEntryListResponse' });
      expect(ran.stdout).not.toContain(ks);
    });

    test.runIf(isFull)(
      'counts entries with a USER key, and gets the time with a key that can’t read content',
      async () => {
        const serviceUrl = await openServer();
        const user = await run(language, { serviceUrl, type: 'USER' }, key());
        expect(user).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d{1,3}\n$/) });
        const none = key({ privileges: 'setrole:null' });
        expect((await run(language, { serviceUrl, type: 'USER' }, none)).stderr).toContain('SERVICE_FORBIDDEN');
        const bound = await run(language, { serviceUrl, type: 'USER', canList: false }, none);
        expect(bound).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d{10}\n$/) });
      },
    );

    test.runIf(isFull)('sends a version 1 key unchanged, with its +, / and =', async () => {
      const ran = await run(language, { serviceUrl: await openServer(), type: null }, keyOfVersion1());
      expect(ran).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d+\n$/) });
    });

    test.runIf(isFull)('fails for an expired key, although the HTTP status is 200', async () => {
      const ran = await run(language, { serviceUrl: await openServer(), type: 'USER' }, key({ expiresAt: 1 }));
      expect(ran).toMatchObject({ stdout: '', stderr: expect.stringContaining('INVALID_KS') });
      expect(ran.code).not.toBe(0);
    });

    test('does not print a key that the server repeats', async () => {
      const ks = key({}, new Secret('f'.repeat(32)));
      const ran = await run(language, { serviceUrl: await openServer(), type: 'ADMIN' }, ks);
      expect(ran).toMatchObject({ stdout: '', stderr: expect.stringContaining('INVALID_KS') });
      expect(ran.stderr).not.toContain(ks.slice(0, 24));
      expect(ran.code).not.toBe(0);
    });

    test.runIf(isQuick)('fails without a key, and sends nothing', async () => {
      const { url, paths } = await openDummy(200, '7');
      const ran = await run(language, { serviceUrl: url, type: 'USER' }, '');
      expect(ran).toMatchObject({ stdout: '', stderr: expect.stringContaining('KALTURA_KS is not set') });
      expect(ran.code).not.toBe(0);
      expect(paths).toEqual([]);
    });

    test.runIf(isQuick).each(
      first(1, [
        [200, '<html>Welcome</html>'],
        [200, ''],
        [302, ''],
        [500, '7'],
      ] as const),
    )(
      'fails for an answer that is not from Kaltura (HTTP status %i, %j), and does not print the key',
      async (status, answer) => {
        const ks = key();
        const { url } = await openDummy(status, answer);
        const ran = await run(language, { serviceUrl: url, type: 'USER' }, ks);
        expect(ran.code).not.toBe(0);
        expect(ran.stdout).toBe('');
        expect(ran.stderr).not.toBe('');
        expect(ran.stderr).not.toContain(ks);
      },
    );

    test.runIf(isFull)('fails if the server can’t be reached', async () => {
      const ks = key();
      const ran = await run(language, { serviceUrl: 'http://127.0.0.1:1', type: 'USER' }, ks);
      expect(ran).toMatchObject({ stdout: '', stderr: expect.stringMatching(/./) });
      expect(ran.code).not.toBe(0);
      expect(ran.stderr).not.toContain(ks);
    });

    test('uses the URL of a self-hosted server with any characters in it', async () => {
      const { url, paths } = await openDummy(200, '7');
      const odd = `/it's/$(touch pwned)/\`touch pwned\`/\${ks}/%s/"+x+"/\\u0022/a;b&c/!!/[1]{2}/ü`;
      const ran = await run(language, { serviceUrl: `${url}${odd}/`, type: 'USER' }, key());
      expect(ran).toMatchObject({ code: 0, stderr: '', stdout: '7\n' });
      const expected = `${new URL(encodeUrl(`${url}${odd}`)).pathname}/api_v3/service/baseEntry/action/count`;
      expect(paths.map((path) => path.toLowerCase())).toEqual([expected.toLowerCase()]);
    });
  });
}

const SHELLS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['sh'],
  ['dash'],
  ['bash', '--norc'],
  ['bash', '--posix', '-eu'],
  ['zsh', '-f'],
  ['zsh', '-f', '-eu'],
  ['ksh'],
  ['mksh'],
  ['yash'],
  ['busybox', 'sh'],
];

const isInstalled = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

for (const tool of SHELLS) {
  const isSkipped = !isHere('curl') || !isInstalled(tool[0]);
  describe.skipIf(isSkipped)(`curl in ${tool.join(' ')} (skipped if it is not installed)`, () => {
    test('prints the answer', async () => {
      const ran = await run('curl', { serviceUrl: await openServer(), type: 'USER' }, key(), { tool });
      expect(ran).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d+\n$/) });
    });

    test('names the code of an error', async () => {
      const newToken: SnippetRequest = { serviceUrl: await openServer(), type: 'ADMIN' };
      const ran = await run('curl', newToken, key({ expiresAt: 1 }), { tool });
      expect(ran).toEqual({ code: 1, stdout: '', stderr: 'Kaltura refused: INVALID_KS\n' });
    });

    test('fails without a key', async () => {
      const ran = await run('curl', { serviceUrl: 'http://127.0.0.1:1', type: 'USER' }, '', { tool });
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('KALTURA_KS is not set') });
    });
  });
}

const INTERACTIVE = [
  ['bash', '--norc', '-is'],
  ['zsh', '-fis'],
] as const;

for (const tool of INTERACTIVE) {
  const isSkipped = !isHere('curl') || !isInstalled(tool[0]);
  describe.skipIf(isSkipped)(`curl pasted into ${tool.join(' ')} (skipped if it is not installed)`, () => {
    const pasted = (code: string) => `${code}echo "status $?"\n`;

    test('prints the answer and nothing else', async () => {
      const ran = await run('curl', { serviceUrl: await openServer(), type: 'USER' }, key(), { tool, pasted });
      expect(ran.stdout).toMatch(/^\d+\nstatus 0\n$/);
      expect(ran.stderr).not.toMatch(/not found|no matches|parse error|syntax error/);
    });

    test('leaves the shell open after an error', async () => {
      const newToken: SnippetRequest = { serviceUrl: await openServer(), type: 'USER' };
      const ran = await run('curl', newToken, key({ expiresAt: 1 }), { tool, pasted });
      expect(ran.stdout).toBe('status 1\n');
      expect(ran.stderr).toContain('Kaltura refused: INVALID_KS');
    });
  });
}

test.skipIf(!isHere('curl'))('curl does not get the key as an argument, which other users could see', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'snippet-curl-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const seen = join(folder, 'seen');
  writeFileSync(join(folder, 'curl'), `#!/bin/sh\nprintf '%s\\n' "$@" >${seen}\ncat >${seen}.stdin\necho 7\n`);
  chmodSync(join(folder, 'curl'), 0o755);
  const ks = key();
  const serviceUrl = 'https://video.example.com';
  const ran = await run('curl', { serviceUrl, type: 'USER' }, ks, {
    path: `${folder}:${process.env['PATH']}`,
  });
  expect(ran).toEqual({ code: 0, stdout: '7\n', stderr: '' });
  expect(readFileSync(seen, 'utf8')).not.toContain(ks);
  expect(readFileSync(`${seen}.stdin`, 'utf8')).toBe(ks);
});

describe('every snippet', () => {
  const wishes: SnippetRequest[] = [
    { serviceUrl: 'https://api.eu.kaltura.com', type: 'ADMIN' },
    { serviceUrl: 'https://video.example.com/kaltura/', type: 'USER' },
    { serviceUrl: 'http://[::1]:8080', type: null, canList: false },
  ];
  const all = SNIPPET_LANGUAGES.flatMap((language) =>
    wishes.map((newToken) => ({ newToken, ...snippetFor(language, newToken) })),
  );

  test.each(all)(
    '$language for $newToken.serviceUrl has the URL once, without a double slash',
    ({ newToken, lines }) => {
      const text = lines.join('\n');
      const address = newToken.serviceUrl.replace(/\/$/, '');
      expect(text.split(address)).toHaveLength(2);
      expect(text).not.toContain(`${address}//`);
    },
  );

  test.each(all.filter(({ fileName }) => fileName !== null))(
    '$language is in ASCII, reads the key from the environment, and has short lines',
    ({ lines }) => {
      const text = lines.join('\n');
      // ASCII works with any encoding of a Windows console or compiler.
      expect(text).toMatch(/^[\n\x20-\x7e]+$/);
      expect(text).toContain('KALTURA_KS');
      expect(lines.filter((line) => line.length > 120)).toEqual([]);
    },
  );

  test('TestMe is the page of the region, and says where to paste the key', () => {
    const {
      lines,
      fileName,
      run: how,
    } = snippetFor('testme', { serviceUrl: 'https://api.ap.kaltura.com', type: 'ADMIN' });
    expect(lines[0]).toBe('https://api.ap.kaltura.com/api_v3/testme/');
    expect(lines.join('\n')).toContain('“Kaltura API session (string)”');
    expect([fileName, how]).toEqual([null, null]);
  });

  test('TestMe says that the practice server has no such page', () => {
    const notes = (serviceUrl: string) => snippetFor('testme', { serviceUrl, type: 'USER' }).notes.join(' ');
    expect(notes('http://127.0.0.1:47102')).toContain('practice server has no such page');
    expect(notes('https://www.kaltura.com')).not.toContain('practice');
  });
});

test.each<[string | null, boolean]>([
  [null, true],
  ['', true],
  ['sview:0_abc,list:*', true],
  ['setrole:PLAYBACK_BASE_ROLE', true],
  ['setrole:Publisher Administrator', true],
  ['setrole:UPLOAD_BASE_ROLE', false],
  ['setrole:5001', false],
  ['setrole:null', false],
  ['restrictingrole:KMS_RESTRICTED_ROLE', false],
])('a key with %j can read content: %s', (privileges, expected) => {
  expect(canReadContent(privileges)).toBe(expected);
});

test('every language is tested', () => {
  expect([...RUNNABLE, 'testme'].sort()).toEqual([...SNIPPET_LANGUAGES].sort());
});
