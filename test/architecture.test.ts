import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Which folder of `source/` may import from which, and what each may touch: read from the import lines. */

const FILES = [
  'cli.tsx',
  ...(readdirSync('source', { recursive: true }) as string[]).map((file) => join('source', file)),
]
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.replaceAll('\\', '/'))
  .sort();

interface Import {
  readonly from: string;
  /** A file of this repository, or the name of a package. */
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const STATIC = /^(?:import|export)\s(?:(type\s)?[^;'"]*?\sfrom\s)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

const textOf = (file: string): string => readFileSync(file, 'utf8');

/** The code alone: a comment may name what the code must not. */
const codeOf = (file: string): string =>
  textOf(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '');

function fileFor(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const path = normalize(join(dirname(from), specifier)).replaceAll('\\', '/');
  const source = FILES.find((file) => file === path.replace(/\.js$/, '.ts') || file === path.replace(/\.js$/, '.tsx'));
  return source ?? path;
}

const importsOf = (file: string): Import[] => {
  const code = codeOf(file);
  return [
    ...[...code.matchAll(STATIC)].map(([, type, to = '']) => ({ to, isTypeOnly: type !== undefined })),
    ...[...code.matchAll(DYNAMIC)].map(([, to = '']) => ({ to, isTypeOnly: false })),
  ].map(({ to, isTypeOnly }) => ({ from: file, to: fileFor(file, to), isTypeOnly }));
};

const IMPORTS = FILES.flatMap(importsOf);

type Folder =
  | 'cli'
  | 'commands'
  | 'ui'
  | 'operations'
  | 'wizard'
  | 'messages'
  | 'profiles'
  | 'secrets'
  | 'practice'
  | 'platform'
  | 'terminal'
  | 'kaltura';

/** `cli.tsx` itself counts as part of `source/cli`: it only connects the two ends. */
const folderOf = (file: string): Folder => (file === 'cli.tsx' ? 'cli' : (file.split('/')[1] as Folder));

/**
 * What each folder may import. `kaltura` becomes the public library: it knows nothing of the rest. Only `ui` imports the wizard: what
 * commands and wizard share lies below both.
 */
const MAY_IMPORT: Readonly<Record<Folder, readonly Folder[]>> = {
  cli: [
    ...(['cli', 'commands', 'ui', 'operations', 'practice', 'platform', 'messages', 'profiles', 'secrets'] as const),
    ...(['terminal', 'kaltura'] as const),
  ],
  commands: ['commands', 'operations', 'practice', 'messages', 'profiles', 'secrets', 'terminal', 'kaltura'],
  ui: ['ui', 'wizard', 'operations', 'messages', 'profiles', 'secrets', 'terminal', 'kaltura'],
  wizard: ['wizard', 'messages', 'profiles', 'secrets', 'terminal', 'kaltura'],
  messages: ['messages', 'profiles', 'secrets', 'terminal', 'kaltura'],
  profiles: ['profiles', 'secrets', 'kaltura'],
  // The names of stored entries are derived from the name of a profile.
  secrets: ['secrets', 'profiles', 'terminal', 'kaltura'],
  practice: ['practice', 'kaltura'],
  // Its tasks and the interface of the runtime, which `platform` implements.
  operations: ['operations', 'practice', 'profiles', 'secrets', 'kaltura'],
  platform: ['platform', 'operations', 'profiles', 'secrets', 'terminal', 'kaltura'],
  terminal: ['terminal'],
  kaltura: ['kaltura'],
};

const isOurs = ({ to }: Import): boolean => to.startsWith('source/');
const shown = ({ from, to }: Import): string => `${from} -> ${to}`;

test('the import lines are found', () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(IMPORTS.length).toBeGreaterThan(200);
  const unresolved = IMPORTS.filter(isOurs).filter(({ to }) => !FILES.includes(to));
  expect(unresolved.map(shown)).toEqual([]);
});

describe('imports', () => {
  test('go one way between the folders', () => {
    const wrong = IMPORTS.filter(isOurs).filter(({ from, to }) => !MAY_IMPORT[folderOf(from)].includes(folderOf(to)));
    expect(wrong.map(shown)).toEqual([]);
  });

  test('are late in main: the wizard, the commands and the practice server load only when they are used', () => {
    const early = [...codeOf('source/cli/main.ts').matchAll(STATIC)].filter(([, type]) => type === undefined);
    expect(early.map(([, , to]) => to)).toEqual([]);
  });

  test('form no circle at run time', () => {
    const edges = new Map(
      FILES.map((file) => [file, IMPORTS.filter((one) => one.from === file && !one.isTypeOnly).map(({ to }) => to)]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      const at = trail.indexOf(file);
      if (at !== -1) circles.push([...trail.slice(at), file].join(' -> '));
      if (at !== -1 || done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of FILES) visit(file, []);
    expect(circles).toEqual([]);
  });
});

test('no folder holds more than 25 files', () => {
  const counts = new Map<string, number>();
  for (const file of FILES) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 25)).toEqual([]);
});

/** Which folders may import a package. */
const PACKAGES: Readonly<Record<string, readonly Folder[]>> = {
  ink: ['ui'],
  react: ['ui'],
  chalk: ['ui'],
  'ink-text-input': ['ui'],
  'string-width': ['terminal'],
  'wrap-ansi': ['terminal'],
  got: ['platform'],
  conf: ['platform'],
  hpagent: ['platform'],
  '@napi-rs/keyring': ['platform'],
  commander: ['cli'],
};

test('each package is used in its own folder only', () => {
  const packages = IMPORTS.filter(
    ({ to }) => !to.startsWith('source/') && !to.startsWith('node:') && to !== 'package.json',
  );
  const wrong = packages.filter(({ from, to }) => !(PACKAGES[to] ?? []).includes(folderOf(from)));
  expect(wrong.map(shown)).toEqual([]);
});

/** Which modules of Node a folder may import. Values only outside `platform`: hashing, encryption, printing a value. */
const NODE: Readonly<Record<Folder, readonly string[] | 'anything'>> = {
  cli: ['node:util'],
  commands: [],
  ui: [],
  operations: [],
  wizard: ['node:crypto', 'node:util'],
  messages: [],
  profiles: ['node:crypto', 'node:util'],
  secrets: ['node:crypto', 'node:util'],
  // It is a server on loopback.
  practice: ['node:http', 'node:net', 'node:crypto'],
  platform: 'anything',
  terminal: [],
  kaltura: ['node:crypto', 'node:util'],
};

test('only platform imports what touches files, processes or the network', () => {
  const wrong = IMPORTS.filter(({ from, to }) => {
    const allowed = NODE[folderOf(from)];
    return to.startsWith('node:') && allowed !== 'anything' && !allowed.includes(to);
  });
  expect(wrong.map(shown)).toEqual([]);
});

/** Side effects that need no import. */
const SIDE_EFFECT =
  /\bprocess\.|\}\s*=\s*process\b|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bconsole\.\w+\(|\bgetRandomValues\b|\brandomUUID\b|\bsetInterval\b|\bsetTimeout\b|\bfetch\(/;

/** Files outside platform that match, and why. */
const MAY_MATCH: Readonly<Record<string, string>> = {
  'cli.tsx': 'reads the arguments and sets the exit code',
  'source/commands/shared/read-stdin.ts': 'says after a while that it waits for standard input',
  'source/kaltura/snippets/node.ts': 'holds code for users to run, as text',
  'source/terminal/key-reader.ts': 'ends an incomplete sequence after a while',
  'source/practice/open-practice.ts': 'asks the loopback port whether another practice server runs there',
};

test('only platform touches process, clock, random and console', () => {
  const wrong = FILES.filter((file) => folderOf(file) !== 'platform' && !(file in MAY_MATCH)).filter((file) =>
    SIDE_EFFECT.test(codeOf(file)),
  );
  expect(wrong).toEqual([]);
});

test('every export has a name', () => {
  expect(FILES.filter((file) => /^export default\b|\bas default\b/m.test(codeOf(file)))).toEqual([]);
});

/** Every file that reads the text of a secret, and why. A file that calls `reveal()` must be listed here. */
const REVEALS: Readonly<Record<string, string>> = {
  'source/kaltura/ks/v1.ts': 'signs with the secret',
  'source/kaltura/ks/v2.ts': 'encrypts with the secret',
  'source/kaltura/ks/peek.ts': 'compares two keys',
  'source/kaltura/ks/facts.ts': 'reads the fields of a key',
  'source/kaltura/ks/explain.ts': 'reads the fields of a key, and what is wrong with it',
  'source/kaltura/accounts/practice-account.ts': 'tells public practice credentials from real ones',
  'source/kaltura/sign-in/app-token.ts': 'hashes the session together with the token',
  'source/kaltura/api/client.ts': 'puts it into the body of the request',
  'source/kaltura/typed-values.ts': 'cleans and validates what was typed',
  'source/kaltura/redact.ts': 'masks it in what a server sent',
  'source/kaltura/diagnosis/evidence.ts': 'finds oddities of secrets and passwords: length, characters',
  'source/kaltura/diagnosis/making-login.ts': 'finds oddities in a one-time code',
  'source/kaltura/diagnosis/pasted-error.ts': 'finds errors in pasted text',
  'source/wizard/form/secret-source.ts': 'compares the passphrase with its repetition',
  'source/wizard/form/practice.ts': 'tells the practice account from a real one',
  'source/wizard/key/pasted-key.ts': 'finds the key in pasted text',
  'source/commands/inspect/inspect.ts': 'finds the key in pasted text',
  'source/commands/keys/key-output.ts': 'writes the key to standard output, or into the environment of a command',
  'source/commands/keys/key-text.ts': 'finds the key in the given text',
  'source/commands/call/parameters.ts': 'reads the JSON body of a call from standard input',
  'source/commands/secrets/hidden-prompt.ts': 'compares a typed answer',
  'source/commands/forget.ts': 'compares a typed word',
  'source/commands/app-tokens/create.ts': 'writes the value of a new app token to standard output',
  'source/profiles/record.ts': 'writes the key that the person asked to save',
  'source/profiles/env-file.ts': 'puts the key into the text of an .env file',
  'source/profiles/env-file-secret.ts': 'removes the lines of the secret from the text of an .env file',
  'source/practice/app-token-sessions.ts': 'compares a hash, as the server does',
  'source/practice/app-token-management.ts': 'returns the values of practice tokens, as the server does',
  'source/practice/account-actions.ts': 'returns the secrets of the practice account, as the server does',
  'source/practice/session-actions.ts': 'compares a secret, as the server does',
  'source/platform/env-files/put-text.ts': 'writes that text to the file',
  'source/platform/secrets/keychain.ts': 'writes it into the keychain',
  'source/platform/secrets/encrypted-file.ts': 'measures it before it is encrypted',
  'source/platform/terminal/clipboard.ts': 'copies the key',
  'source/secrets/keeper.ts': 'finds characters that no store accepts',
  'source/secrets/encrypted-secret.ts': 'encrypts it with a key made from the passphrase',
  'source/secrets/keychain-errors.ts': 'measures it: keychains have limits',
  'source/ui/input/interaction.ts': 'edits the text of a field',
  'source/ui/effects.ts': 'prints the new key',
  'source/cli/start-wizard.ts': 'writes the key to a captured standard output',
};

describe('secrets', () => {
  test('are revealed in the listed files only', () => {
    const revealing = FILES.filter((file) => /\.reveal\(/.test(codeOf(file)));
    expect(revealing.filter((file) => !(file in REVEALS))).toEqual([]);
  });

  test('the list names only files that reveal a secret', () => {
    const stale = Object.keys(REVEALS).filter((file) => !FILES.includes(file) || !/\.reveal\(/.test(codeOf(file)));
    expect(stale).toEqual([]);
  });

  test('are revealed only by a name that a search finds', () => {
    const indirect = FILES.filter((file) => /\[\s*['"`]reveal['"`]\s*\]|\breveal\b(?!\()/.test(codeOf(file)));
    expect(indirect).toEqual([]);
  });
});

describe('text on its way to a terminal', () => {
  const naming = (pattern: RegExp): string[] => FILES.filter((file) => pattern.test(codeOf(file)));

  test('passes the sanitizer: only these files write escape sequences', () => {
    expect(naming(/\bunsanitizedStream\(/)).toEqual([
      'source/commands/secrets/hidden-prompt.ts',
      'source/platform/terminal/clipboard.ts',
      'source/ui/accessible/line-reader.ts',
      'source/ui/run-wizard.tsx',
    ]);
  });

  test('goes through the streams of the runtime', () => {
    // The runtime takes the streams from its host, which is the process.
    // If a file of the program is missing, there may be no runtime.
    expect(naming(/\bprocess\.std(out|err)\b/)).toEqual(['cli.tsx']);
    // The code that `use` prints may name it.
    expect(naming(/\bconsole\./)).toEqual(['source/kaltura/snippets/node.ts']);
  });
});
