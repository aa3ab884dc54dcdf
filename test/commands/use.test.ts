import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SNIPPET_LANGUAGES } from '../../source/kaltura/snippets/snippets.js';
import { accountAt, openSandbox, openServer, SECRET } from './program.js';

describe('use', () => {
  test.each(SNIPPET_LANGUAGES)('%s prints only the code, and how to run it on standard error', async (language) => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(['use', language, '--region', 'eu']);
    expect(code).toBe(0);
    expect(stdout).toContain('https://api.eu.kaltura.com');
    expect(stdout).not.toMatch(/^kaltura-ks:/m);
    expect(stderr).toMatch(/^(kaltura-ks: .+\n)+$/);
  });

  test('takes server and type from a profile, and shows the command that runs the code with a key', async () => {
    const sandbox = await openSandbox();
    const add = ['profiles', 'add', 'my admin', '--region', 'de', '--partner', '1234567', '--type', 'admin'];
    expect((await sandbox.run([...add, '--accept-risk', 'all'])).code).toBe(0);
    const { stdout, stderr } = await sandbox.run(['use', 'python', 'my admin'], { env: { SHELL: '/bin/sh' } });
    expect(stdout).toContain('https://api.de.kaltura.com');
    expect(stdout).toContain('"baseEntry", "list"');
    expect(stderr).toContain(`Run:     kaltura-ks exec 'my admin' -- python3 kaltura-call.py`);
    // The profile comes from the variable, and the flag overrides its type.
    const env = { KALTURA_PROFILE: 'my admin' };
    expect((await sandbox.run(['use', 'python', '--type', 'user'], { env })).stdout).toContain('"baseEntry", "count"');
  });

  test('calls an action that a narrow role allows', async () => {
    const sandbox = await openSandbox();
    const add = ['profiles', 'add', 'up', '--region', 'us', '--partner', '1234567'];
    await sandbox.run([...add, '--privilege', 'setrole:UPLOAD_BASE_ROLE']);
    expect((await sandbox.run(['use', 'curl', 'up'])).stdout).toContain('/service/system/action/getTime');
  });

  test('needs no key and does not print KALTURA_KS', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_KS: 'djJ8planted', KALTURA_SECRET: 'planted-secret' };
    const { code, stdout, stderr } = await sandbox.run(['use', 'curl', '--region', 'us'], { env });
    expect(code).toBe(0);
    expect(`${stdout}${stderr}`).not.toContain('planted');
  });

  test.each([
    [['use'], 'Missing: the language or recipe. See kaltura-ks use --help.'],
    [['use', 'planted', '--region', 'us'], 'curl, php, python, node, java, csharp, powershell, testme'],
    [['use', 'curl'], 'Missing: the server'],
    [['use', 'curl', '--url', 'ftp://planted'], '--url is not the URL of a server'],
    [['use', 'curl', '--region', 'us', '--type', 'planted'], '--type must be one of user, admin'],
    [['use', 'curl', '--region', 'us', '--url', 'x.example.com'], 'not both'],
  ])('%j is refused, and not repeated', async (args, message) => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('planted');
  });

  test('warns about plain http, and says that the practice server must run', async () => {
    const sandbox = await openSandbox();
    const plain = await sandbox.run(['use', 'curl', '--url', 'http://video.example.com']);
    expect(plain.stderr).toMatch(/caution: the URL uses http, so others/);
    expect((await sandbox.run(['use', 'curl', '--region', 'practice'])).stderr).toContain('kaltura-ks practice');
  });

  test.skipIf(spawnSync('curl', ['--version']).error !== undefined)(
    'prints code that runs with the key of exec (skipped if curl is not installed)',
    async () => {
      const sandbox = await openSandbox();
      const url = await openServer();
      const { stdout: code } = await sandbox.run(['use', 'curl', '--url', url]);
      await writeFile(join(sandbox.home, 'call.sh'), code);
      const ran = await sandbox.spawn(['exec', ...accountAt(url), '--', 'sh', 'call.sh'], {
        env: { KALTURA_SECRET: SECRET },
      });
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\n$/) });
      expect(await readFile(join(sandbox.home, 'call.sh'), 'utf8')).toBe(code);
    },
  );
});
