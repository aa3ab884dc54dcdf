import { Secret } from '../../../source/kaltura/secret.js';
import { openSecretKeeper } from '../../../source/platform/secrets/open-keeper.js';
import { SecretSourceError } from '../../../source/secrets/source-error.js';

// A program for the tests that kill it or bundle it. It prints a line after each step.
const [task, configFolder = '', keyringFrom = ''] = process.argv.slice(2);
const left = new AbortController();
const keeper = openSecretKeeper({
  configFolder,
  env: process.env,
  platform: process.platform,
  now: Date.now,
  cost: { N: 2, r: 1, p: 1 },
  keychainLimit: 60_000,
  keyringFrom,
  leaving: left.signal,
});
const ask = async () => new Secret('passphrase');
const of = { profile: 'Acme', what: 'secret' } as const;
const say = (line: string) => process.stdout.write(`${line}\n`);

if (task === 'write-until-killed') {
  for (let round = 0; ; round += 1) {
    await keeper.write({ kind: 'file' }, of, new Secret(`${round}:${'x'.repeat(100_000)}`), ask);
    say(String(round));
  }
}
if (task === 'read-keychain') {
  try {
    say((await keeper.read({ kind: 'keychain' }, of, ask)).reveal());
  } catch (error) {
    say(error instanceof SecretSourceError ? `${error.fault}: ${error.message}` : 'something else');
  }
}
if (task === 'leave-while-checking') {
  keeper.check({ kind: 'keychain' }).catch(() => {});
  // The keychain is waiting now.
  process.stdin.once('data', () => {
    process.stdin.destroy();
    left.abort();
  });
}
