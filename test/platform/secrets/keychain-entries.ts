import { execFileSync } from 'node:child_process';

/** Reads and writes the entries of a real keychain without the program under test. */
const SCRIPT = `
const { AsyncEntry, findCredentialsAsync } = require('@napi-rs/keyring');
const { put } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
(async () => {
  for (const [account, value] of Object.entries(put)) {
    await new AsyncEntry('kaltura-ks', account, { linux: { store: 'secret-service' } }).setPassword(value);
  }
  const found = await findCredentialsAsync('kaltura-ks');
  console.log(JSON.stringify(Object.fromEntries(found.map(({ account, password }) => [account, password]))));
})();`;

/** The folder with the keychain package, also if a test changes the current folder. */
const FOLDER = process.cwd();

type Entries = Readonly<Record<string, string>>;

/** Adds `put`, and returns the entries of kaltura-ks in the keychain of this environment: values by account. */
export function keychainEntries(env: NodeJS.ProcessEnv, put: Entries = {}): Entries {
  const output = execFileSync(process.execPath, ['-e', SCRIPT], {
    cwd: FOLDER,
    env,
    input: JSON.stringify({ put }),
    encoding: 'utf8',
  });
  return JSON.parse(output);
}
