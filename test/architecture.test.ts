import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The rooms of the house and who may look into which: read from the import lines, so that a wrong one fails here and not in a year. */

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

type Room = 'cli' | 'main' | 'ui' | 'commands' | 'practice' | 'runtime' | 'wizard' | 'profiles' | 'kaltura';

function roomOf(file: string): Room {
  if (file === 'cli.tsx') return 'cli';
  if (file === 'source/main.ts' || file === 'source/start-wizard.ts') return 'main';
  return file.split('/')[1] as Room;
}

/** Where each room may look. Whatever is not here is an arrow that goes up or sideways. */
const MAY_LOOK_INTO: Readonly<Record<Room, readonly Room[]>> = {
  cli: ['main', 'runtime'],
  main: ['main', 'ui', 'commands', 'practice', 'runtime', 'wizard', 'profiles', 'kaltura'],
  ui: ['ui', 'wizard', 'profiles', 'kaltura'],
  commands: ['commands', 'practice', 'wizard', 'profiles', 'kaltura'],
  practice: ['practice', 'kaltura'],
  runtime: ['runtime', 'profiles', 'kaltura'],
  wizard: ['wizard', 'profiles', 'kaltura'],
  profiles: ['profiles', 'kaltura'],
  kaltura: ['kaltura'],
};

const isOurs = ({ to }: Import): boolean => to.startsWith('source/');
const shown = ({ from, to }: Import): string => `${from} -> ${to}`;

test('there is something to look at', () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(IMPORTS.length).toBeGreaterThan(200);
  // An import that leads nowhere would be looked at by no rule.
  expect(
    IMPORTS.filter(isOurs)
      .filter(({ to }) => !FILES.includes(to))
      .map(shown),
  ).toEqual([]);
});

describe('arrows of imports', () => {
  test('go down', () => {
    const wrong = IMPORTS.filter(isOurs).filter(({ from, to }) => !MAY_LOOK_INTO[roomOf(from)].includes(roomOf(to)));
    expect(wrong.map(shown)).toEqual([]);
  });

  test('main loads the screens, the commands and the practice server only when they are wanted', () => {
    const LATE: readonly Room[] = ['ui', 'commands', 'practice'];
    const early = IMPORTS.filter(
      ({ from, to, isTypeOnly }) => from === 'source/main.ts' && !isTypeOnly && isOurs({ from, to, isTypeOnly }),
    );
    const code = codeOf('source/main.ts');
    const still = early.filter(({ to }) => LATE.includes(roomOf(to)) || to === 'source/start-wizard.ts');
    for (const { to } of still) {
      const specifier = `./${to.slice('source/'.length).replace(/\.tsx?$/, '.js')}`;
      expect(code, `${to} is loaded by main before it is needed`).toContain(`await import('${specifier}')`);
      expect(code).not.toMatch(new RegExp(`from '${specifier}'`));
    }
  });

  test('nothing imports in a circle at run time', () => {
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

/** Who may use a package at all; relative files and `node:` modules are other rules' business. */
const PACKAGES: Readonly<Record<string, readonly Room[]>> = {
  ink: ['ui'],
  react: ['ui'],
  'ink-text-input': ['ui'],
  'string-width': ['ui'],
  'wrap-ansi': ['ui'],
  got: ['runtime'],
  conf: ['runtime'],
  // The way through a proxy, and the keychain: both are of the world.
  hpagent: ['runtime'],
  '@napi-rs/keyring': ['runtime'],
  // Names the commands and their options.
  commander: ['main', 'commands'],
};

test('each package is used in its room alone, and none is new without a word here', () => {
  const packages = IMPORTS.filter(
    ({ to }) => !to.startsWith('source/') && !to.startsWith('node:') && to !== 'package.json',
  );
  const wrong = packages.filter(({ from, to }) => !(PACKAGES[to] ?? []).includes(roomOf(from)));
  expect(wrong.map(shown)).toEqual([]);
});

/** What of Node each room may import. */
const NODE: Readonly<Record<Room, readonly string[] | 'anything'>> = {
  cli: [],
  // Arguments are read where the command is chosen.
  main: ['node:util'],
  ui: [],
  commands: [],
  // It is a server: it listens, on loopback alone.
  practice: ['node:http', 'node:net', 'node:crypto'],
  runtime: 'anything',
  // Values alone: a hash, a cipher, how a value is printed. Nothing that reads or writes.
  wizard: ['node:crypto', 'node:util'],
  profiles: ['node:crypto', 'node:util'],
  kaltura: ['node:crypto', 'node:util'],
};

test('only the runtime imports what touches the world', () => {
  const wrong = IMPORTS.filter(({ from, to }) => {
    const allowed = NODE[roomOf(from)];
    return to.startsWith('node:') && allowed !== 'anything' && !allowed.includes(to);
  });
  expect(wrong.map(shown)).toEqual([]);
});

/** Reaching for the world without an import. */
const WORLD =
  /\bprocess\.|\}\s*=\s*process\b|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bconsole\.\w+\(|\bgetRandomValues\b|\brandomUUID\b|\bsetInterval\b|\bsetTimeout\b|\bfetch\(/;

/** Outside of the runtime, and why. */
const MAY_TOUCH: Readonly<Record<string, string>> = {
  'cli.tsx': 'reads the arguments and sets the exit code: the entry that the runtime is built in',
  'source/kaltura/snippets/node.ts': 'holds code for others to run, as text',
  'source/practice/open-practice.ts': 'knocks at the port on loopback where another practice server may run already',
};

test('only the runtime touches process, clock, chance and console', () => {
  const wrong = FILES.filter((file) => roomOf(file) !== 'runtime' && !(file in MAY_TOUCH)).filter((file) =>
    WORLD.test(codeOf(file)),
  );
  expect(wrong).toEqual([]);
});

test('every export has a name', () => {
  expect(FILES.filter((file) => /^export default\b|\bas default\b/m.test(codeOf(file)))).toEqual([]);
});

/** Every file in which a secret's text is looked at, and what for. Whoever adds a `reveal()` says here why. */
const REVEALS: Readonly<Record<string, string>> = {
  'source/kaltura/ks-v1.ts': 'signs with the secret',
  'source/kaltura/ks-v2.ts': 'encrypts with the secret',
  'source/kaltura/sign-in-app-token.ts': 'hashes session and token together',
  'source/kaltura/api-client.ts': 'puts it into the body of the request that was asked for',
  'source/kaltura/key-facts.ts': 'reads what a key says of itself',
  'source/kaltura/explain-ks.ts': 'reads what a key says of itself, and what is wrong with one',
  'source/kaltura/redact.ts': 'looks for it in what a server sent, to hide it',
  'source/kaltura/advice/evidence.ts': 'says what is odd about it: length, characters',
  'source/kaltura/advice/on-login.ts': 'says what is odd about password and code',
  'source/wizard/reading.ts': 'cleans what was typed',
  'source/commands/inspect-source.ts': 'looks for the key in what was pasted',
  'source/commands/key-output.ts':
    'writes the key to standard output, or into the environment of a command: what was asked for',
  'source/commands/make-from-draft.ts': 'checks a typed one-time code',
  'source/commands/place-access.ts': 'compares a passphrase with itself, typed twice',
  'source/commands/given-key.ts': 'finds the key in what was given',
  'source/commands/forget.ts': 'compares the typed word, which is no secret',
  'source/commands/check-consent.ts': 'reads a typed yes, which is no secret',
  'source/commands/assert-meant.ts': 'compares the typed answer, which is no secret',
  'source/commands/app-tokens-key.ts': 'reads the account that a key names',
  'source/commands/app-tokens-create.ts': 'writes the value of a new app token to standard output: what was asked for',
  'source/kaltura/same-key.ts': 'compares two keys',
  'source/wizard/place-draft.ts': 'compares a passphrase with itself, typed twice',
  'source/wizard/pretend.ts': 'tells the pretend account from a real one',
  'source/wizard/screens/paste.ts': 'finds the key in what was pasted',
  'source/wizard/screens/open-key.ts': 'cleans what was typed',
  'source/wizard/screens/code.ts': 'whether a code was typed at all',
  'source/profiles/profile-record.ts': 'writes the key that the person asked to keep',
  'source/practice/app-token-action.ts': 'compares a hash, as the server does',
  'source/practice/app-token-upkeep.ts': 'tells the values of its pretended tokens, as the server does',
  'source/practice/account-actions.ts': 'tells the secrets of its pretended account, as the server does',
  'source/practice/session-actions.ts': 'compares a secret, as the server does',
  'source/profiles/env-file.ts': 'puts the key into the text of an .env file: what was asked for',
  'source/runtime/env-files.ts': 'writes that text to the file',
  'source/profiles/secret-place-keychain.ts': 'measures it: what the keychain of the system takes',
  'source/runtime/secret-places/create-secret-keeper.ts': 'looks for characters that no place can store',
  'source/runtime/secret-places/keychain.ts': 'writes it into the keychain, because that was asked for',
  'source/runtime/secret-places/encrypted-file.ts': 'measures it before it is encrypted',
  'source/runtime/secret-places/seal.ts': 'encrypts it, with a key made from the passphrase',
  'source/ui/input/interaction.ts': 'edits what is typed into a field',
  'source/ui/effects.ts': 'shows the key that was made',
  'source/runtime/clipboard.ts': 'copies the key',
  'source/start-wizard.ts': 'hands the key over on standard output',
};

describe('secrets', () => {
  test('are revealed in the listed files alone', () => {
    const revealing = FILES.filter((file) => /\.reveal\(/.test(codeOf(file)));
    expect(revealing.filter((file) => !(file in REVEALS))).toEqual([]);
  });

  test('the list names no file that does not need it any more', () => {
    const stale = Object.keys(REVEALS).filter((file) => !FILES.includes(file) || !/\.reveal\(/.test(codeOf(file)));
    expect(stale).toEqual([]);
  });

  test('cannot be revealed by a name that a search would miss', () => {
    const indirect = FILES.filter((file) => /\[\s*['"`]reveal['"`]\s*\]|\breveal\b(?!\()/.test(codeOf(file)));
    expect(indirect).toEqual([]);
  });
});

describe('text on its way to a terminal', () => {
  const naming = (pattern: RegExp): string[] => FILES.filter((file) => pattern.test(codeOf(file)));

  test('passes the sanitizer: these files alone write escape sequences of their own', () => {
    expect(naming(/\bunsanitizedStream\(/)).toEqual([
      'source/commands/hidden-prompt.ts',
      'source/runtime/clipboard.ts',
      'source/ui/lines/line-reader.ts',
      'source/ui/run-wizard.tsx',
    ]);
  });

  test('goes through the streams of the runtime', () => {
    expect(naming(/\bprocess\.std(out|err)\b/)).toEqual(['source/runtime/node-runtime.ts']);
    // The code that `use` prints may name it.
    expect(naming(/\bconsole\./)).toEqual(['source/kaltura/snippets/node.ts']);
  });
});
