import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSandbox, SECRET } from './program.js';

const KEY = ['--ks-file', 'key', '--region', 'practice'];

async function sandboxWithKey() {
  const sandbox = await openSandbox();
  const made = await sandbox.run(['token', '--region', 'practice']);
  writeFileSync(join(sandbox.home, 'key'), made.stdout);
  writeFileSync(join(sandbox.home, 'secret'), SECRET, { mode: 0o600 });
  return sandbox;
}

describe('an option that would do nothing is refused', () => {
  test.each([
    [
      ['check', ...KEY, '--entry', '0_abcdefgh', '--look-behind', '--secret-file', 'secret'],
      '--secret-file needs the profile',
    ],
    [['check', ...KEY, '--plan', '--secret-file', 'secret'], '--secret-file needs the profile'],
    [['call', 'baseEntry.list', ...KEY, '--secret-file', 'secret'], '--secret-file needs the profile'],
    [['end', ...KEY, '--secret-file', 'secret'], '--secret-file needs --group'],
    [['inspect', '--ks-file', 'key', '--region', 'practice'], '--region needs --ask-server'],
    [['inspect', '--ks-file', 'key', '--url', 'video.example.com'], '--url needs --ask-server'],
    [['inspect', '--ks-file', 'key', '--timeout', '5s'], '--timeout needs --ask-server'],
    [['use', 'curl', '--region', 'practice', '--secret-file', 'secret'], '--secret-file doesn’t fit'],
    [['use', 'curl', '--region', 'practice', '--user', 'jo'], '--user doesn’t fit'],
    [['use', 'curl', '--region', 'practice', '--entry', '0_abcdefgh'], '--entry doesn’t fit'],
    [['use', 'curl', '--region', 'practice', '--no-key'], '--no-key doesn’t fit'],
  ])('%j', async (args, message) => {
    const sandbox = await sandboxWithKey();
    const { code, stdout, stderr } = await sandbox.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('but --secret-file creates a key for the account in variables', async () => {
    const sandbox = await sandboxWithKey();
    const env = { KALTURA_PARTNER_ID: '1234567', KALTURA_REGION: 'practice' };
    const made = 'No key was given. Created a new one with the account in variables.';
    const { code, stderr } = await sandbox.run(['check', '--secret-file', 'secret'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: `kaltura-ks: ${made}\n` });
  });
});

test('inspect --ask-server says why it sends nothing', async () => {
  const sandbox = await sandboxWithKey();
  const verified = await sandbox.run(['inspect', '--ks-file', 'key', '--ask-server']);
  expect(verified.stderr).toContain('The server was not asked, because a secret already verified the key');
  const broken = await sandbox.run(['inspect', 'djJ8MTIz', '--ask-server', '--region', 'practice']);
  expect(broken.stderr).toContain('The server was not asked, because no server can read this key');
});
