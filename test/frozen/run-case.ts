import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADMIN_SECRET, CODE_SEED, OTHER_SECRET } from './known-values.js';
import { normalize, normalizeField, type Volatile } from './normalize.js';
import {
  type Answer,
  openRecordingServer,
  type RecordingServer,
  type RegionReply,
  type Reply,
  type SeenRequest,
} from './recording-server.js';
import { type KeyFields, oneTimeCode, signKey } from './session-keys.js';
import { type Case, splitWords } from './transcript.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const PROGRAM = here('../../dist/cli.js');

/** The only programs in the PATH of a command. */
const TOOLS = ['sh', 'cat', 'env', 'git', 'ls', 'true', 'false', 'printf'];

interface RawRecording {
  readonly name: string;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

let recordings: ReadonlyMap<string, Answer> | null = null;

/** Returns a recorded answer of the real server by its name. */
function recordedAnswer(name: string): Answer {
  recordings ??= new Map(
    ['recordings', 'entitlement'].flatMap((file) =>
      (JSON.parse(readFileSync(here(`../fixtures/${file}.json`), 'utf8')) as RawRecording[]).map(
        ({ name: known, response: { status, headers, body } }) => {
          const type = Object.entries(headers).find(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? '';
          return [known, { status, type, body }] as const;
        },
      ),
    ),
  );
  const found = recordings.get(name);
  if (found === undefined) throw new Error(`There is no recording named ${name}.`);
  return found;
}

interface RunningPractice {
  readonly url: string;
  stop(): void;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts the practice server of the built program. */
async function startPractice(): Promise<RunningPractice> {
  const port = await freePort();
  const child = spawn(process.execPath, [PROGRAM, 'practice', '--port', String(port)], {
    env: { HOME: tmpdir(), LANG: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  await new Promise<void>((done, fail) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes('Ctrl+C')) done();
    });
    child.once('close', () => fail(new Error(`The practice server did not start: ${output}`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill('SIGTERM') };
}

let shared: Promise<RunningPractice> | null = null;

/** Returns the practice server that the cases share if they change nothing on it. */
const sharedPractice = (): Promise<RunningPractice> => {
  shared ??= startPractice();
  return shared;
};

export async function stopPractice(): Promise<void> {
  (await shared)?.stop();
  shared = null;
}

/** The state of a running case, which its directives change. */
interface CaseState {
  /** In epoch milliseconds. */
  readonly startedAt: number;
  readonly root: string;
  readonly home: string;
  readonly config: string;
  readonly env: Record<string, string>;
  server: RecordingServer | null;
  /** Called at the end of the case. */
  readonly closers: (() => void | Promise<void>)[];
  readonly answers: Reply[];
  /** The reply after the last answer. */
  defaultReply: Reply;
  readonly regions: Map<string, RegionReply>;
  /** The text for each placeholder that a case can use. */
  readonly given: Map<string, string>;
  readonly volatile: Map<string, string>;
  stdin: string;
}

const REGION_HOSTS: Readonly<Record<string, string>> = {
  us: 'www.kaltura.com',
  eu: 'api.eu.kaltura.com',
  de: 'api.de.kaltura.com',
  sg: 'api.sg.kaltura.com',
  ap: 'api.ap.kaltura.com',
  ca: 'api.ca.kaltura.com',
};

async function openCase(): Promise<CaseState> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'kaltura-ks-frozen-')));
  const [home, bin] = [join(root, 'home'), join(root, 'bin')];
  const config = join(home, '.config');
  for (const folder of [config, bin]) await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const tool of TOOLS) {
    const found = toolPath(tool);
    if (found !== null) await symlink(found, join(bin, tool));
  }
  const seconds = Math.floor(Date.now() / 1000);
  const fields: KeyFields = {
    version: 2,
    partnerId: 1234567,
    type: '2',
    userId: 'jo',
    expiresAt: seconds + 36_000,
    privileges: '',
  };
  const key = (changes: Partial<KeyFields> = {}, secret = ADMIN_SECRET): string =>
    signKey({ ...fields, ...changes }, secret);
  const given = new Map([
    ['{admin key}', key()],
    ['{user key}', key({ type: '0', privileges: 'sview:0_staffday' })],
    ['{expired key}', key({ expiresAt: seconds - 7200 })],
    ['{version 1 key}', key({ version: 1, privileges: 'list:*' }, OTHER_SECRET)],
    // Keys of another account than the practice account: one with its own secret, one with the public secret of the practice account.
    ['{other key}', key({ partnerId: 2345678 }, OTHER_SECRET)],
    ['{forged key}', key({ partnerId: 2345678 })],
    ['{home}', home],
    ['{in 10 hours}', String(seconds + 36_000)],
    ['{2 hours ago}', String(seconds - 7200)],
  ]);
  const volatile = new Map(
    [...given].filter(([name]) => name.includes('key}') || name === '{home}').map(([a, b]) => [b, a]),
  );
  volatile.set(root, '{root}').set(PROGRAM, '{program}').set(process.execPath, '{node}');
  return {
    startedAt: Date.now(),
    root,
    home,
    config,
    env: {
      HOME: home,
      XDG_CONFIG_HOME: config,
      PATH: bin,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      TMPDIR: root,
    },
    server: null,
    closers: [],
    answers: [],
    defaultReply: { status: 500, type: 'text/plain', body: 'The case has no more answers.' },
    regions: new Map(),
    given,
    volatile,
    stdin: '',
  };
}

function toolPath(tool: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return join(folder, tool);
    } catch {
      // The tool is not in this folder.
    }
  }
  return null;
}

const filled = (text: string, { given }: CaseState): string => {
  let result = text;
  for (const [name, value] of given) result = result.replaceAll(name, value);
  return result;
};

const unescaped = (text: string): string => text.replaceAll('\\n', '\n').replaceAll('\\t', '\t');

/** Opens the recording server when a directive needs it for the first time. */
async function serverOf(state: CaseState): Promise<RecordingServer> {
  if (state.server === null) {
    const server = await openRecordingServer(
      () => state.answers.shift() ?? state.defaultReply,
      (host) => state.regions.get(host) ?? 'unknown account',
    );
    state.server = server;
    state.closers.push(() => server.close());
    const host = server.url.slice('http://'.length);
    state.given
      .set('{server}', server.url)
      .set('{server host}', host)
      .set('{server port}', host.split(':')[1] ?? '');
    state.volatile.set(server.url, '{server}').set(host, '{server host}');
  }
  return state.server;
}

const DIRECTIVES: Readonly<Record<string, (rest: string, state: CaseState) => Promise<void> | void>> = {
  env: (rest, state) => {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(rest) ?? [];
    state.env[name] = filled(value, state);
  },
  stdin: (rest, state) => {
    state.stdin = filled(unescaped(rest), state);
  },
  file: async (rest, state) => {
    const [, name = '', mode = '600', text = ''] = /^(\S+) (\d{3})(?: (.*))?$/.exec(rest) ?? [];
    const path = join(state.home, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, filled(unescaped(text), state));
    await chmod(path, Number.parseInt(mode, 8));
  },
  home: async (rest, state) => {
    await serverOf(state);
    for (const name of rest.split(' ')) await copyHome(homeFolder(name), state);
  },
  // Marks a case that runs only in `npm run test:full`.
  full: () => {},
  server: async (rest, state) => {
    await serverOf(state);
    if (rest === 'practice') state.defaultReply = { forwardTo: (await sharedPractice()).url };
    else if (rest === 'own practice') {
      const practice = await startPractice();
      state.closers.push(practice.stop);
      state.defaultReply = { forwardTo: practice.url };
    } else if (rest === 'silent') state.defaultReply = 'no answer';
    else if (rest === 'hangs up') state.defaultReply = 'hang up';
    else throw new Error(`@server ${rest} is unknown.`);
  },
  recorded: async (rest, state) => {
    await serverOf(state);
    for (const name of rest.split(' ')) state.answers.push(recordedAnswer(name));
  },
  answer: async (rest, state) => {
    await serverOf(state);
    const [, status = '', type = '', body = ''] = /^(\d{3}) (\S+) ?(.*)$/.exec(rest) ?? [];
    state.answers.push({ status: Number(status), type, body: filled(body, state) });
  },
  regions: async (rest, state) => {
    const { proxyEnv } = await serverOf(state);
    Object.assign(state.env, proxyEnv);
    for (const part of rest.split(' ')) {
      const [id = '', what = ''] = part.split('=');
      const host = REGION_HOSTS[id];
      if (host === undefined) continue;
      const reply: RegionReply =
        what === 'practice'
          ? { forwardTo: (await sharedPractice()).url }
          : /^\d+$/.test(what)
            ? { isRefusedWith: Number(what) }
            : 'unknown account';
      state.regions.set(host, reply);
    }
  },
};

/** Returns the folder with saved files of this or an earlier version. */
function homeFolder(name: string): string {
  return name.startsWith('version-') ? here(`../fixtures/${name}`) : here(`homes/${name}`);
}

async function copyHome(from: string, state: CaseState): Promise<void> {
  const to = join(state.config, 'kaltura-ks');
  await cp(from, to, { recursive: true });
  for (const { path, isFolder } of tree(to)) {
    await chmod(path, isFolder ? 0o700 : 0o600);
    if (isFolder) continue;
    const text = await readFile(path, 'utf8');
    const changed = filled(text, state).replaceAll(/"@(\d+)"/g, '$1');
    if (changed !== text) await writeFile(path, changed);
  }
  await chmod(to, 0o700);
}

function tree(folder: string): { readonly path: string; readonly isFolder: boolean }[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [{ path, isFolder: true }, ...tree(path)] : [{ path, isFolder: false }];
    });
}

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | string;
}

function runProgram(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  state: CaseState,
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child: ChildProcess = spawn(program, args, {
      cwd: state.home,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const [stdout, stderr]: Buffer[][] = [[], []];
    child.stdout?.on('data', (chunk: Buffer) => stdout?.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr?.push(chunk));
    child.on('error', fail);
    child.on('close', (code, signal) =>
      done({
        stdout: Buffer.concat(stdout ?? []).toString('utf8'),
        stderr: Buffer.concat(stderr ?? []).toString('utf8'),
        code: code ?? String(signal),
      }),
    );
    // A program that reads no input may end before all of it is written.
    child.stdin?.on('error', () => {});
    child.stdin?.end(state.stdin);
  });
}

const volatileIn = ({ volatile, startedAt }: CaseState): Volatile => ({
  known: volatile,
  from: startedAt,
  to: Date.now(),
});

/** Runs one command of a case. @returns the lines to record */
async function runCommand(line: string, state: CaseState): Promise<string[]> {
  state.given.set('{one-time code}', oneTimeCode(CODE_SEED, Date.now()));
  const words = splitWords(filled(line, state));
  const env = { ...state.env };
  while (/^\w+=/.test(words[0] ?? '')) {
    const [, name = '', value = ''] = /^(\w+)=([\s\S]*)$/.exec(words.shift() ?? '') ?? [];
    env[name] = value;
  }
  const program = words.shift();
  if (program === 'files') return filesOf(state);
  if (program === 'git') {
    await runProgram('git', words, env, state);
    return [];
  }
  if (program === 'show-file') return showFile(words[0] ?? '', state);
  if (program !== 'kaltura-ks') throw new Error(`A case runs kaltura-ks, not ${program}.`);
  state.server?.seen.splice(0);
  const { stdout, stderr, code } = await runProgram(process.execPath, [PROGRAM, ...words], env, state);
  state.stdin = '';
  const volatile = volatileIn(state);
  return [
    ...outputLines('out', stdout, volatile),
    ...outputLines('err', stderr, volatile),
    `exit  ${code}`,
    ...requestLines(state.server?.seen ?? [], volatile),
  ];
}

function outputLines(name: string, text: string, volatile: Volatile): string[] {
  if (text === '') return [];
  const visible = normalize(text, volatile).replaceAll(
    // Control characters must be visible in a text file.
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g,
    (character) => (character === '\t' ? '\\t' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`),
  );
  const lines = visible.split('\n');
  if (lines.at(-1) === '') lines.pop();
  else lines.push('(no line end)');
  return lines.map((line) => `${name}   ${line.replace(/ $/, '\\x20')}`);
}

/** Headers that are not recorded, because they only depend on the URL and the body. */
const DERIVED_HEADERS = ['host', 'content-length'];

/** The headers of a usual request. Only different headers are recorded. */
const USUAL_HEADERS: ReadonlyMap<string, string> = new Map([
  ['accept', 'application/json'],
  ['accept-encoding', 'gzip, deflate, br'],
  ['content-type', 'application/x-www-form-urlencoded'],
  ['connection', 'keep-alive'],
  ['user-agent', 'kaltura-ks/{version}'],
]);

function headerLines(headers: SeenRequest['headers'], volatile: Volatile): string[] {
  const sent = new Map(headers.map(([name, value]) => [name, normalize(value, volatile)]));
  const missing = [...USUAL_HEADERS.keys()].filter((name) => !sent.has(name));
  const unusual = [...sent].filter(
    ([name, value]) => !DERIVED_HEADERS.includes(name) && USUAL_HEADERS.get(name) !== value,
  );
  return [
    ...unusual.map(([name, value]) => `sent    header ${name}: ${value}`),
    ...missing.map((name) => `sent    no header ${name}`),
  ].sort();
}

function requestLines(seen: readonly SeenRequest[], volatile: Volatile): string[] {
  // Requests to several regions run at the same time, so their order is random.
  const isParallel = new Set(seen.map(({ host }) => host)).size > 1;
  const ordered = isParallel ? [...seen].sort((one, other) => (one.host < other.host ? -1 : 1)) : seen;
  return ordered.flatMap(({ method, host, path, headers, body }) => {
    const form = new Map(new URLSearchParams(body));
    const fields = [...form].map(
      ([name, value]) => `sent    ${name}=${normalizeField(name, value, form, volatile).replaceAll('\n', '\\n')}`,
    );
    const address = `${host === '' ? '' : `https://${host}`}${normalize(path, volatile)}`;
    return [`sent  ${method} ${address}`, ...headerLines(headers, volatile), ...fields];
  });
}

/** Lists the saved files with their modes and contents. */
function filesOf(state: CaseState): string[] {
  return tree(state.config).flatMap(({ path, isFolder }) => {
    const mode = (statSync(path).mode & 0o777).toString(8);
    const name = normalize(relative(state.config, path), volatileIn(state));
    if (isFolder) return [`${mode}  ${name}/`];
    return [`${mode}  ${name}`, ...contentLines(path, state)];
  });
}

/** Shows a file. `*` at the end of a path means the only file in the folder, because stored secrets have random names. */
function showFile(name: string, state: CaseState): string[] {
  const path = join(state.home, name);
  if (!path.endsWith('*')) return contentLines(path, state);
  const [file = ''] = readdirSync(dirname(path)).filter((found) => found.endsWith('.json'));
  return contentLines(join(dirname(path), file), state);
}

/** The random values of an encrypted secret. Only their length is the same in each run. */
const ENCRYPTED = /(?<="(?:salt|nonce|check|body|secret|checksum|digest|sha256)":\s*")[A-Za-z0-9+/=_-]{8,}(?=")/g;

function contentLines(path: string, state: CaseState): string[] {
  const text = readFileSync(path, 'utf8').replaceAll(ENCRYPTED, (value) => `{${value.length} characters}`);
  return outputLines('has', text, volatileIn(state));
}

/** Runs all commands of a case in its own home folder. @returns the lines to record for each command */
export async function runCase({ steps }: Case): Promise<string[][]> {
  const state = await openCase();
  try {
    const results: string[][] = [];
    for (const { kind, text } of steps) {
      if (kind === 'command') {
        results.push(await runCommand(text, state));
      } else if (kind === 'directive') {
        const [, name = '', rest = ''] = /^(\S+) ?(.*)$/.exec(text) ?? [];
        const directive = DIRECTIVES[name];
        if (directive === undefined) throw new Error(`@${name} is unknown.`);
        await directive(rest, state);
      }
    }
    return results;
  } finally {
    for (const close of state.closers.reverse()) await close();
    await rm(state.root, { recursive: true, force: true });
  }
}
