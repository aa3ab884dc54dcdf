import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { lockKeyring, noSecretService, privateBus, privateKeyring } from './secret-service.js';
import { faultOf, neverAsked, PLANTED, tempFolder, tempKeeper } from './temp-keeper.js';

const KEYCHAIN = { kind: 'keychain' } as const;
const OF = { profile: 'Acme production', what: 'secret' } as const;
const KEY = { ...OF, what: 'key' } as const;

/** A long time limit for the other tests, which may run on a busy computer. */
const PATIENT = { keychainLimit: 60_000, platform: 'linux' } as const;

if (noSecretService !== null)
  console.warn(`Skipped: the keychain against a real Secret Service, for ${noSecretService}.`);

test.skipIf(noSecretService !== null)(
  'writes, reads, copies and deletes a secret in a real Secret Service',
  async () => {
    const { keeper } = tempKeeper({ env: await privateKeyring(), ...PATIENT });
    await keeper.check(KEYCHAIN);
    expect((await faultOf(keeper.read(KEYCHAIN, OF, neverAsked))).fault).toBe('absent');
    await keeper.write(KEYCHAIN, OF, new Secret(PLANTED), neverAsked);
    await keeper.write(KEYCHAIN, OF, new Secret(`${PLANTED} “new” ñ 日本`), neverAsked);
    await keeper.write(KEYCHAIN, KEY, new Secret('ks'.repeat(4000)), neverAsked);
    expect((await keeper.read(KEYCHAIN, { ...OF, profile: 'ACME Production' }, neverAsked)).reveal()).toBe(
      `${PLANTED} “new” ñ 日本`,
    );
    const copied = { ...KEY, entry: keeper.newEntry() };
    expect(await keeper.copy(KEYCHAIN, KEY, copied)).toBe(true);
    expect(await keeper.copy(KEYCHAIN, { ...KEY, profile: 'None' }, copied)).toBe(false);
    expect(await keeper.remove(KEYCHAIN, KEY)).toBe(true);
    expect((await faultOf(keeper.read(KEYCHAIN, KEY, neverAsked))).fault).toBe('absent');
    expect((await keeper.read(KEYCHAIN, copied, neverAsked)).length).toBe(8000);
    const none = { ...OF, profile: 'None' };
    const early = await keeper.forget({ certain: [none, copied], possible: [], unclear: ['cut-off.json'] });
    expect(early.map(({ outcome }) => outcome)).toMatchObject(['absent', 'removed', { fault: 'failed' }]);
    expect(early.at(-1)?.outcome).toMatchObject({ message: expect.stringContaining('“secret:acme production”') });
    const late = await keeper.forget({ certain: [], possible: [OF], unclear: ['cut-off.json'] });
    expect(late.map(({ outcome }) => outcome)).toEqual(['removed', 'absent']);
  },
);

test.skipIf(noSecretService !== null)(
  'tells a missing entry from a locked keyring, each with its own fix',
  async () => {
    const env = await privateKeyring();
    const { keeper } = tempKeeper({ env, ...PATIENT });
    const absent = await faultOf(keeper.read(KEYCHAIN, OF, neverAsked));
    expect(absent).toMatchObject({ fault: 'absent' });
    expect(absent.message).toContain('no longer has the entry “secret:acme production”');
    expect(await keeper.remove(KEYCHAIN, OF)).toBe(false);

    await keeper.write(KEYCHAIN, OF, new Secret(PLANTED), neverAsked);
    lockKeyring(env);
    const attempts = [
      () => keeper.read(KEYCHAIN, OF, neverAsked),
      () => keeper.remove(KEYCHAIN, OF),
      () => keeper.write(KEYCHAIN, OF, new Secret(`new ${PLANTED}`), neverAsked),
      () => keeper.check(KEYCHAIN),
    ];
    for (const attempt of attempts) {
      const error = await faultOf(attempt());
      expect(error).toMatchObject({ fault: 'locked' });
      expect(error.remedy).toContain('Unlock it');
    }
  },
);

test.skipIf(noSecretService !== null)('says whether the Secret Service or its default keyring is missing', async () => {
  const none = await faultOf(tempKeeper({ env: await privateBus(), ...PATIENT }).keeper.check(KEYCHAIN));
  expect(none).toMatchObject({ fault: 'unavailable' });
  expect(none.message).toContain('no program on this computer provides the Secret Service');
  const empty = await faultOf(tempKeeper({ env: await privateKeyring('start'), ...PATIENT }).keeper.check(KEYCHAIN));
  expect(empty).toMatchObject({ fault: 'unavailable' });
  expect(empty.message).toContain('no default keyring');
});

test.skipIf(process.platform !== 'linux')(
  'is unavailable without D-Bus, and names the other secret sources',
  async () => {
    const env = { PATH: process.env['PATH'], XDG_RUNTIME_DIR: join(tempFolder(), 'none'), HOME: tempFolder() };
    const { keeper } = tempKeeper({ env, ...PATIENT });
    const error = await faultOf(keeper.check(KEYCHAIN));
    expect(error.fault).toBe('unavailable');
    expect(error.message).toMatch(/^The keychain is not available, because there is no D-Bus session\.$/);
    expect(error.remedy).toContain('an encrypted file, a command or an environment variable');
    const wsl = tempKeeper({ env: { ...env, WSL_DISTRO_NAME: 'Debian' }, ...PATIENT }).keeper;
    expect((await faultOf(wsl.check(KEYCHAIN))).remedy).toContain('WSL');
  },
);

/** Writes a package that replaces the real one. */
function keyringPackage(source: string): string {
  const root = tempFolder();
  const folder = join(root, 'node_modules', '@napi-rs', 'keyring');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), source);
  return join(root, 'program.js');
}

const entry = (methods: string) => keyringPackage(`exports.AsyncEntry = class { ${methods} }`);

test.each([
  ['never answers', 'getPassword() { return new Promise(() => setInterval(() => {}, 1000)); }'],
  ['blocks its thread', 'constructor() { for (;;) ; }'],
])('stops waiting at the time limit for a keychain that %s', async (_how, methods) => {
  const { keeper } = tempKeeper({ keyringFrom: entry(methods), keychainLimit: 1000 });
  const error = await faultOf(keeper.read(KEYCHAIN, OF, neverAsked));
  expect(error.fault).toBe('timed-out');
  expect(error.message).toContain('did not answer within 1 seconds');
});

test('waits beyond the time limit once the user is told so', async () => {
  const opened = join(tempFolder(), 'opened');
  const methods = `async getPassword() {
    while (!require('node:fs').existsSync(${JSON.stringify(opened)})) await new Promise((done) => setTimeout(done, 5));
    return 'after the window';
  }`;
  const recorded: string[] = [];
  const onWaiting = (sentence: string) => {
    recorded.push(sentence);
    writeFileSync(opened, '');
  };
  const { keeper } = tempKeeper({ keyringFrom: entry(methods), keychainLimit: 20, onWaiting });
  expect((await keeper.read(KEYCHAIN, OF, neverAsked)).reveal()).toBe('after the window');
  expect(recorded).toEqual([expect.stringContaining('Waiting for the keychain.')]);
});

test.each([
  ['read', 'getPassword'],
  ['check', 'setPassword'],
] as const)('cancels a %s before it starts and while it waits', async (what, method) => {
  const methods = `${method}() { return new Promise(() => setInterval(() => {}, 1000)); }`;
  const controller = new AbortController();
  const deps = { keyringFrom: entry(methods), keychainLimit: 20, onWaiting: () => controller.abort() };
  const { keeper } = tempKeeper(deps);
  const call = (signal: AbortSignal) =>
    what === 'read' ? keeper.read(KEYCHAIN, OF, neverAsked, signal) : keeper.check(KEYCHAIN, signal);
  expect((await faultOf(call(AbortSignal.abort()))).fault).toBe('cancelled');
  expect((await faultOf(call(controller.signal))).fault).toBe('cancelled');
});

test.each(['SIGINT', 'SIGTERM'])('is canceled if the keychain process ends by %s', async (signal) => {
  const { keeper } = tempKeeper({ keyringFrom: keyringPackage(`process.kill(process.pid, '${signal}')`), ...PATIENT });
  expect((await faultOf(keeper.read(KEYCHAIN, OF, neverAsked))).fault).toBe('cancelled');
});

test('fails if the keychain doesn’t return what was written', async () => {
  const methods =
    'async setPassword() {} async getPassword() { return null; } async deleteCredential() { return false; }';
  const { keeper } = tempKeeper({ keyringFrom: entry(methods), ...PATIENT });
  const error = await faultOf(keeper.check(KEYCHAIN));
  expect(error).toMatchObject({ fault: 'failed' });
  expect(error.message).toContain('but now returns something else');
  expect(await faultOf(keeper.write(KEYCHAIN, OF, new Secret(PLANTED), neverAsked))).toMatchObject({ fault: 'failed' });
});

test('fails if a deleted entry is still there', async () => {
  const methods = `async getPassword() { return 'still'; } async deleteCredential() { return true; }`;
  const { keeper } = tempKeeper({ keyringFrom: entry(methods), ...PATIENT });
  expect((await faultOf(keeper.remove(KEYCHAIN, OF))).fault).toBe('failed');
  expect(await keeper.forget({ certain: [OF], possible: [], unclear: [] })).toMatchObject([
    { outcome: { fault: 'failed' }, isCertain: true },
  ]);
});

test('is unavailable without the optional package, and if the package crashes', async () => {
  const none = tempKeeper({ keyringFrom: join(tempFolder(), 'program.js') }).keeper;
  const error = await faultOf(none.check(KEYCHAIN));
  expect(error).toMatchObject({ fault: 'unavailable' });
  expect(error.message).toContain('@napi-rs/keyring is not installed');
  const crashing = tempKeeper({ keyringFrom: keyringPackage('process.abort()'), ...PATIENT }).keeper;
  expect((await faultOf(crashing.check(KEYCHAIN))).fault).toBe('unavailable');
});

test('uses only the Secret Service, and passes no secret in arguments or variables', async () => {
  const seen = join(tempFolder(), 'seen');
  const source = `const { appendFileSync, readFileSync } = require('node:fs');
    exports.AsyncEntry = class {
      constructor(...asked) {
        appendFileSync(${JSON.stringify(seen)}, JSON.stringify({ asked, argv: process.argv, own: process.execArgv, env: process.env }));
      }
      async setPassword(value) { throw new Error('cannot store ' + value); }
    };`;
  const env = { ...process.env, KALTURA_SECRET: PLANTED };
  const { keeper } = tempKeeper({ keyringFrom: keyringPackage(source), env, ...PATIENT });
  expect((await faultOf(keeper.write(KEYCHAIN, OF, new Secret(PLANTED), neverAsked))).fault).toBe('failed');
  const recorded = readFileSync(seen, 'utf8');
  expect(recorded).not.toContain(PLANTED);
  expect(JSON.parse(recorded).asked).toEqual([
    'kaltura-ks',
    'secret:acme production',
    { linux: { store: 'secret-service' } },
  ]);
});

test('loads, starts and writes nothing before the keychain is used', async () => {
  const spawned: string[] = [];
  const spawn = ((command: string) => {
    spawned.push(command);
    throw new Error('started');
  }) as never;
  const { keeper, configFolder } = tempKeeper({ spawn, keyringFrom: keyringPackage('process.abort()') });
  expect(keeper.describe(KEYCHAIN, OF)).toContain('account “secret:acme production”');
  await keeper.check({ kind: 'ask' });
  await keeper.check({ kind: 'file' });
  expect(spawned).toEqual([]);
  expect(existsSync(configFolder)).toBe(false);
  expect(readdirSync(join(configFolder, '..'))).toEqual([]);
});

test('refuses a secret longer than Windows allows, without a call', async () => {
  const { keeper } = tempKeeper({ platform: 'win32', keyringFrom: keyringPackage('process.abort()') });
  const long = new Secret('x'.repeat(1281));
  expect(await faultOf(keeper.write(KEYCHAIN, KEY, long, neverAsked))).toMatchObject({ fault: 'too-long' });
  const fits = await faultOf(keeper.write(KEYCHAIN, KEY, new Secret('x'.repeat(1280)), neverAsked));
  expect(fits.fault).not.toBe('too-long');
});
