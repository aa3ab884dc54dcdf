import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp-keeper.js';

const BUS_PROGRAM = 'dbus-daemon';
const BUS_CLIENT = 'dbus-send';
const KEYRING_PROGRAM = 'gnome-keyring-daemon';

const has = (name: string): boolean => spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;

/** The reason why tests with a real Secret Service can't run, or null. */
export const noSecretService: string | null = (() => {
  if (process.platform !== 'linux') return 'this is not Linux';
  const missing = [BUS_PROGRAM, BUS_CLIENT, KEYRING_PROGRAM].filter((name) => !has(name));
  return missing.length === 0
    ? null
    : `${missing.join(', ')} not installed (Debian: apt-get install dbus gnome-keyring)`;
})();

/** A bus that starts no services: no other keyring, and no window with a prompt. */
const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

/** The environment of a private bus, without the user's desktop session. */
export async function privateBus(): Promise<NodeJS.ProcessEnv> {
  const home = tempFolder();
  const runtime = join(home, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: runtime,
  };
  const config = join(home, 'bus.conf');
  writeFileSync(config, BUS.replace('FOLDER', runtime));
  const bus = spawn(BUS_PROGRAM, [`--config-file=${config}`, '--nofork', '--print-address'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(async () => {
    // The keyring stops with its bus.
    bus.kill();
    await once(bus, 'exit');
  });
  const [address] = await once(createInterface(bus.stdout), 'line');
  return { ...env, DBUS_SESSION_BUS_ADDRESS: String(address) };
}

/** A bus with a running GNOME Keyring, which is unlocked or has no keyring yet. */
export async function privateKeyring(start: 'unlock' | 'start' = 'unlock'): Promise<NodeJS.ProcessEnv> {
  const env = await privateBus();
  execFileSync(KEYRING_PROGRAM, [`--${start}`, '--components=secrets'], {
    env,
    input: 'password of the keyring',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // The daemon goes into the background shortly before it is on the bus, so this checks a limited number of times.
  const request = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
  ];
  for (let looks = 0; looks < 500; looks++) {
    const reply = execFileSync(BUS_CLIENT, [...request, 'string:org.freedesktop.secrets'], { env, encoding: 'utf8' });
    if (reply.includes('boolean true')) return env;
  }
  throw new Error('The keyring did not come onto its bus.');
}

/** Locks the keyring, as a desktop does when the screen is locked. */
export function lockKeyring(env: NodeJS.ProcessEnv): void {
  const path = '/org/freedesktop/secrets';
  const method = 'org.freedesktop.Secret.Service.Lock';
  const collection = `array:objpath:${path}/collection/login`;
  const args = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', path, method, collection];
  execFileSync(BUS_CLIENT, args, { env, stdio: 'ignore' });
}
