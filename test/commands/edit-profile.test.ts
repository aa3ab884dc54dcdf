import { describe, expect, test } from 'vitest';
import { openSandbox, PARTNER, type Sandbox, SECRET } from './program.js';

const PASSPHRASE = { KALTURA_PASSPHRASE: 'correct horse battery' };

async function sandboxWithProfile(...more: string[]): Promise<Sandbox> {
  const sandbox = await openSandbox();
  const add = ['profiles', 'add', 'prod', '--region', 'eu', '--partner', PARTNER, '--user', 'jo', '--method', 'local'];
  const env = { ...PASSPHRASE, KALTURA_SECRET: SECRET };
  expect((await sandbox.run([...add, ...more, '--store', 'file'], { env })).code).toBe(0);
  return sandbox;
}

const shown = async (sandbox: Sandbox) =>
  JSON.parse((await sandbox.run(['profiles', 'show', 'prod', '--json'])).stdout);

describe('profiles edit', () => {
  test('changes answers, and keeps the stored secret', async () => {
    const sandbox = await sandboxWithProfile();
    const before = await shown(sandbox);
    const { code, stderr } = await sandbox.run([
      'profiles',
      'edit',
      'PROD',
      '--expiry',
      '1h',
      '--privilege',
      'sview:0_ab12cd34',
    ]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('“prod” is saved. Its secret is unchanged.'),
    });
    // The line is the same as in the list of profiles.
    const listed = (await sandbox.run(['profiles', 'list'])).stdout;
    expect(stderr.split('\n')[1]).toBe(`kaltura-ks: ${listed.trim()}`);
    expect(await shown(sandbox)).toEqual({
      ...before,
      lifetime: 3600,
      privileges: 'sview:0_ab12cd34',
      savedAt: expect.any(Number),
    });
    const made = await sandbox.run(['token', 'prod', '--json', '--no-clock-check'], { env: PASSPHRASE });
    expect(JSON.parse(made.stdout)).toMatchObject({ userId: 'jo', privileges: 'sview:0_ab12cd34' });
  });

  test('warns about a lifetime without a unit, as profiles add and token do', async () => {
    const sandbox = await sandboxWithProfile('--expiry', '8');
    const commands = [
      ['profiles', 'edit', 'prod', '--expiry', '8'],
      ['profiles', 'add', 'other', '--region', 'practice', '--expiry', '8'],
      ['token', '--region', 'practice', '--expiry', '8'],
    ];
    for (const args of commands) {
      const { code, stderr } = await sandbox.run(args);
      expect([code, stderr]).toEqual([
        0,
        expect.stringContaining('caution: --expiry: Without a unit, this means 8 seconds. Type 8m for minutes, 8h for'),
      ]);
    }
    const { stderr } = await sandbox.run(['profiles', 'edit', 'prod', '--privilege', 'sveiw:0_ab12cd34']);
    expect(stderr).toContain('Did you mean sview?');
  });

  test('is suggested by token to save an accepted risk in the profile', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'my demo', '--region', 'practice', '--privilege', 'list:*']);
    const { code, stderr } = await sandbox.run(['token', 'my demo']);
    expect(code).toBe(2);
    const command = "kaltura-ks profiles edit 'my demo' --accept-risk user-list";
    expect(stderr).toContain(`To remember this in the profile: ${command}\n`);
    await sandbox.run(['profiles', 'edit', 'my demo', '--accept-risk', 'user-list']);
    expect((await sandbox.run(['token', 'my demo'])).code).toBe(0);
    // This risk comes from the flags, not from the profile.
    const other = await sandbox.run(['token', 'my demo', '--privilege', 'edit:*']);
    expect(other.stderr).not.toContain('To remember this');
  });

  test('reads no variables', async () => {
    const sandbox = await sandboxWithProfile();
    const env = { KALTURA_USER: 'other', KALTURA_PARTNER: '99', KALTURA_URL: 'https://a.example' };
    expect((await sandbox.run(['profiles', 'edit', 'prod', '--expiry', '1h'], { env })).code).toBe(0);
    expect(await shown(sandbox)).toMatchObject({ userId: 'jo', partnerId: Number(PARTNER), region: 'eu' });
  });

  test.each([
    [['--partner', '99']],
    [['--region', 'us']],
    [['--url', 'https://a.example']],
    [['--method', 'app-token']],
    [['--method', 'app-token', '--app-token-id', '0_ab12cd34']],
  ])('refuses %j: the account, the server and the kind of secret stay the same', async (args) => {
    const sandbox = await sandboxWithProfile('--type', 'admin');
    const before = await shown(sandbox);
    const { code, stderr } = await sandbox.run(['profiles', 'edit', 'prod', ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain('use kaltura-ks profiles add');
    expect(await shown(sandbox)).toEqual(before);
  });

  test('gives the same reason for a profile that stores no secret', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'demo', '--region', 'practice']);
    const { code, stderr } = await sandbox.run(['profiles', 'edit', 'demo', '--partner', '99']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('A profile keeps its account, server and kind of')]);
    expect(stderr).not.toContain('stored');
  });

  test('reports all invalid answers, and an edit without one', async () => {
    const sandbox = await sandboxWithProfile();
    const invalid = await sandbox.run(['profiles', 'edit', 'prod', '--expiry', 'soon', '--type', 'boss']);
    expect(invalid.code).toBe(2);
    for (const flag of ['--expiry', '--type']) expect(invalid.stderr).toContain(flag);
    const none = await sandbox.run(['profiles', 'edit', 'prod']);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('Nothing to change');
  });
});
