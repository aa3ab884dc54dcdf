import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitCommandLine } from '../../source/secrets/command-line.js';
import { describeSource } from '../../source/secrets/describe.js';
import { keychainError } from '../../source/secrets/keychain-errors.js';
import { FieldProblem } from '../../source/secrets/record-fields.js';
import {
  commandProblem,
  isWritable,
  keychainAccount,
  readSecretSource,
  type SecretSource,
  secretFileName,
  variableProblem,
  writeSecretSource,
} from '../../source/secrets/source.js';

const SOURCES: readonly SecretSource[] = [
  { kind: 'ask' },
  { kind: 'keychain' },
  { kind: 'command', command: ['op', 'read', 'op://vault/kaltura/secret'], usesShell: false, isConfirmed: true },
  { kind: 'command', command: ['pass show kaltura | head -n1'], usesShell: true, isConfirmed: true },
  { kind: 'variable', name: 'ACME_SECRET', isConfirmed: true },
  { kind: 'file' },
];

test.each(SOURCES)('reads a secret source as it was written: %j', (source) => {
  expect(readSecretSource(JSON.parse(JSON.stringify(writeSecretSource(source))))).toEqual(source);
  expect(readSecretSource({ ...writeSecretSource(source), secret: 'planted' })).toEqual(source);
});

test.each([
  [null],
  ['keychain'],
  [[]],
  [{}],
  [{ kind: 'vault' }],
  [{ kind: 'command' }],
  [{ kind: 'command', command: 'op read', usesShell: false }],
  [{ kind: 'command', command: [], usesShell: false, isConfirmed: true }],
  [{ kind: 'command', command: [' '], usesShell: false, isConfirmed: true }],
  [{ kind: 'command', command: ['op'] }],
  [{ kind: 'command', command: ['op', 1], usesShell: false, isConfirmed: true }],
  [{ kind: 'command', command: ['op\0'], usesShell: false, isConfirmed: true }],
  [{ kind: 'command', command: ['one', 'two'], usesShell: true, isConfirmed: true }],
  [{ kind: 'command', command: ['x'.repeat(9000)], usesShell: false, isConfirmed: true }],
  [{ kind: 'variable' }],
  [{ kind: 'variable', name: '1ST' }],
  [{ kind: 'variable', name: 'A=B' }],
])('refuses an invalid secret source: %j', (value) => {
  expect(() => readSecretSource(value)).toThrow(FieldProblem);
});

test('checks a typed variable or command', () => {
  expect([variableProblem('ACME_SECRET'), commandProblem(['op', 'read'], false)]).toEqual([null, null]);
  expect(variableProblem('$ACME')).toContain('letters, digits and underscores');
  expect(commandProblem([], false)).toBe('The command is missing.');
});

test('only the keychain and the file can be written', () => {
  expect(SOURCES.filter(isWritable).map(({ kind }) => kind)).toEqual(['keychain', 'file']);
});

const where = (platform: NodeJS.Platform) => ({
  platform,
  of: { profile: 'Acme', what: 'secret' } as const,
  file: '/home/me/.config/kaltura-ks/secrets/acme.secret.json',
  folder: '/home/me/.config/kaltura-ks/secrets',
});

test.each([
  ['ask', 'Nowhere.'],
  ['keychain', 'service “kaltura-ks”, account “secret:acme”'],
  ['command', 'op read op://vault/kaltura/secret'],
  ['variable', 'ACME_SECRET'],
  ['file', '/home/me/.config/kaltura-ks/secrets/acme.secret.json, encrypted'],
])('describes the secret source exactly: %s', (kind, words) => {
  const source = SOURCES.find((each) => each.kind === kind) ?? { kind: 'ask' };
  expect(describeSource(source, where('linux'))).toContain(words);
});

test.each([
  ['darwin', 'login keychain of this Mac'],
  ['win32', 'Windows Credential Manager'],
  ['linux', 'Secret Service'],
] as const)('names the keychain of %s', (platform, words) => {
  expect(describeSource({ kind: 'keychain' }, where(platform))).toContain(words);
});

test('entry names are the same for all cases of a profile name, and different for other profiles', () => {
  const secret = (profile: string) => ({ profile, what: 'secret' }) as const;
  expect(keychainAccount(secret(' ACME '))).toBe('secret:acme');
  expect(secretFileName(secret('../Acme'))).toBe('%2e%2e%2facme.secret.json');
  fc.assert(
    fc.property(fc.string({ maxLength: 64 }), fc.string({ maxLength: 64 }), (one, two) => {
      const isSame = keychainAccount(secret(one)) === keychainAccount(secret(two));
      expect(secretFileName(secret(one)) === secretFileName(secret(two))).toBe(isSame);
      expect(secretFileName({ profile: one, what: 'key' })).not.toBe(secretFileName(secret(one)));
    }),
  );
});

test.each([
  ['op read "op://My Vault/kaltura/secret"', ['op', 'read', 'op://My Vault/kaltura/secret']],
  [`  pass   show  kaltura/it\\'s `, ['pass', 'show', "kaltura/it's"]],
  [`vault kv get -field='a "b" $c' ""`, ['vault', 'kv', 'get', '-field=a "b" $c', '']],
  ['say "a \\"b\\" \\\\ \\n"', ['say', 'a "b" \\ \\n']],
  ['é日 x', ['é日', 'x']],
])('splits a line like a shell: %s', (line, command) => {
  expect(splitCommandLine(line)).toEqual({ kind: 'command', command });
});

test.each([
  ['pass show x | head -n1', '|'],
  ['op read $ITEM', '$'],
  ['op read "$ITEM"', '$'],
  ['cat ~/secret', '~'],
  ['a; b', ';'],
])('recognizes a line that needs a shell: %s', (line, sign) => {
  expect(splitCommandLine(line)).toEqual({ kind: 'needs-shell', sign });
});

test('recognizes an empty line, an open quote and a Windows path', () => {
  expect(splitCommandLine('  ')).toEqual({ kind: 'empty' });
  for (const line of ['op "read', "it's", 'op \\']) expect(splitCommandLine(line)).toEqual({ kind: 'open-quote' });
  expect(splitCommandLine('"C:\\Program Files\\op.exe" read C:\\x', true)).toEqual({
    kind: 'command',
    command: ['C:\\Program Files\\op.exe', 'read', 'C:\\x'],
  });
});

const situation = (platform: NodeJS.Platform, isOverSsh = false, isWsl = false) => ({ platform, isOverSsh, isWsl });

test.each([
  ['darwin', 'User interaction is not allowed. (-25308)', 'locked', 'security unlock-keychain'],
  ['darwin', 'User canceled the operation.', 'denied', 'allow it'],
  ['darwin', 'A default keychain could not be found.', 'unavailable', 'Keychain Access'],
  ['linux', "Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'locked', 'Unlock it'],
  ['linux', 'Secret Service: no result found', 'unavailable', 'default keyring'],
  ['linux', 'DBus error: Did not receive a reply.', 'timed-out', 'window'],
  [
    'linux',
    'DBus error: The name org.freedesktop.secrets was not provided by any .service files',
    'unavailable',
    'server',
  ],
  ['win32', 'A specified logon session does not exist. (1312)', 'unavailable', 'another secret source'],
  ['win32', 'Attribute password is longer than platform limit of 2560 chars', 'too-long', 'encrypted file'],
  ['linux', 'A new kind of error', 'failed', 'Try again'],
] as const)('on %s “%s” means %s', (platform, text, fault, remedy) => {
  const error = keychainError({ stage: 'call', text }, situation(platform));
  expect(error.fault).toBe(fault);
  expect(error.remedy).toContain(remedy);
});

test('has different fixes over SSH and in WSL', () => {
  const locked = { stage: 'call', text: 'User interaction is not allowed.' } as const;
  expect(keychainError(locked, situation('darwin', true)).remedy).toContain('the only option over SSH');
  expect(keychainError(locked, situation('linux', true)).remedy).toContain('does not reach you over SSH');
  expect(keychainError({ stage: 'load' }, situation('linux')).message).toContain('not installed');
  expect(keychainError({ stage: 'open', text: 'x' }, situation('linux', false, true)).remedy).toContain('WSL');
});

test('has a different message and fix for locked, unavailable, timed out and denied, without secrets', () => {
  const errors = ['is locked', 'DBus error', 'timed out', 'access denied'].map((text) =>
    keychainError({ stage: 'call', text: `${text} planted` }, situation('linux')),
  );
  expect(new Set(errors.map(({ message }) => message)).size).toBe(4);
  expect(new Set(errors.map(({ remedy }) => remedy)).size).toBe(4);
  for (const { message } of errors) expect(message).not.toContain('planted');
});

test('shows only the number of an unknown keychain error', () => {
  const messageOf = (text: string) => keychainError({ stage: 'call', text }, situation('darwin')).message;
  expect(messageOf('Invalid value planted (-67030)')).toBe(
    'The keychain failed (error -67030): the login keychain of this Mac.',
  );
  expect(messageOf('bad planted 0x80090345 value')).toContain('(error 0x80090345)');
  expect(messageOf('planted-12345678 planted')).toBe('The keychain failed: the login keychain of this Mac.');
});
