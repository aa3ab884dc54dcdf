import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

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

/** Returns the code without comments, which may name what the code must not use. */
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
 * What each folder may import. `kaltura` may become a public library, so it imports nothing else. Only `ui` imports the wizard. Code
 * that the commands and the wizard share is in the folders below both.
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
  // The names of stored secrets are derived from the name of a profile.
  secrets: ['secrets', 'profiles', 'terminal', 'kaltura'],
  practice: ['practice', 'kaltura'],
  // `platform` implements the interface of the runtime, which is in this folder.
  operations: ['operations', 'practice', 'profiles', 'secrets', 'kaltura'],
  platform: ['platform', 'operations', 'profiles', 'secrets', 'terminal', 'kaltura'],
  terminal: ['terminal'],
  kaltura: ['kaltura'],
};

const isOurs = ({ to }: Import): boolean => to.startsWith('source/');
const shown = ({ from, to }: Import): string => `${from} -> ${to}`;

test('the tests find all imports', () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(IMPORTS.length).toBeGreaterThan(200);
  const unresolved = IMPORTS.filter(isOurs).filter(({ to }) => !FILES.includes(to));
  expect(unresolved.map(shown)).toEqual([]);
});

describe('imports', () => {
  test('between folders follow the list', () => {
    const wrong = IMPORTS.filter(isOurs).filter(({ from, to }) => !MAY_IMPORT[folderOf(from)].includes(folderOf(to)));
    expect(wrong.map(shown)).toEqual([]);
  });

  test('in main are dynamic, so that the wizard, the commands and the practice server load only when they are used', () => {
    const early = [...codeOf('source/cli/main.ts').matchAll(STATIC)].filter(([, type]) => type === undefined);
    expect(early.map(([, , to]) => to)).toEqual([]);
  });

  test('have no cycle at run time', () => {
    const edges = new Map(
      FILES.map((file) => [file, IMPORTS.filter((one) => one.from === file && !one.isTypeOnly).map(({ to }) => to)]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      const at = trail.indexOf(file);
      if (at !== -1) cycles.push([...trail.slice(at), file].join(' -> '));
      if (at !== -1 || done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of FILES) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

test('no folder has more than 25 files', () => {
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

test('each package is imported only by the listed folders', () => {
  const packages = IMPORTS.filter(
    ({ to }) => !to.startsWith('source/') && !to.startsWith('node:') && to !== 'package.json',
  );
  const wrong = packages.filter(({ from, to }) => !(PACKAGES[to] ?? []).includes(folderOf(from)));
  expect(wrong.map(shown)).toEqual([]);
});

/** Which Node modules a folder may import. Outside of `platform`, they only compute values, such as hashes. */
const NODE: Readonly<Record<Folder, readonly string[] | 'anything'>> = {
  cli: ['node:util'],
  commands: [],
  ui: [],
  operations: [],
  wizard: ['node:crypto', 'node:util'],
  messages: [],
  profiles: ['node:crypto', 'node:util'],
  secrets: ['node:crypto', 'node:util'],
  // The practice server listens on loopback.
  practice: ['node:http', 'node:net', 'node:crypto'],
  platform: 'anything',
  terminal: [],
  kaltura: ['node:crypto', 'node:util'],
};

test('only platform imports Node modules for files, processes and the network', () => {
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

test('only platform uses the process, the clock, random numbers and the console', () => {
  const wrong = FILES.filter((file) => folderOf(file) !== 'platform' && !(file in MAY_MATCH)).filter((file) =>
    SIDE_EFFECT.test(codeOf(file)),
  );
  expect(wrong).toEqual([]);
});

test('there are no default exports', () => {
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
  test('are revealed only in the listed files', () => {
    const revealing = FILES.filter((file) => /\.reveal\(/.test(codeOf(file)));
    expect(revealing.filter((file) => !(file in REVEALS))).toEqual([]);
  });

  test('the list names only files that reveal a secret', () => {
    const stale = Object.keys(REVEALS).filter((file) => !FILES.includes(file) || !/\.reveal\(/.test(codeOf(file)));
    expect(stale).toEqual([]);
  });

  test('are revealed only by calls that a search for reveal( finds', () => {
    const indirect = FILES.filter((file) => /\[\s*['"`]reveal['"`]\s*\]|\breveal\b(?!\()/.test(codeOf(file)));
    expect(indirect).toEqual([]);
  });
});

describe('output to a terminal', () => {
  const naming = (pattern: RegExp): string[] => FILES.filter((file) => pattern.test(codeOf(file)));

  test('is sanitized, except in these files, which write escape sequences', () => {
    expect(naming(/\bunsanitizedStream\(/)).toEqual([
      'source/commands/secrets/hidden-prompt.ts',
      'source/platform/terminal/clipboard.ts',
      'source/ui/accessible/line-reader.ts',
      'source/ui/run-wizard.tsx',
    ]);
  });

  test('goes through the streams of the runtime', () => {
    // The runtime gets the streams from its host, the process. cli.tsx writes directly if a file of the program is missing,
    // because there may be no runtime.
    expect(naming(/\bprocess\.std(out|err)\b/)).toEqual(['cli.tsx']);
    // The code that `use` prints may call console.log.
    expect(naming(/\bconsole\./)).toEqual(['source/kaltura/snippets/node.ts']);
  });
});
