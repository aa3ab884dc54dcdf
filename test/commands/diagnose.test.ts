import { describe, expect, onTestFinished, test } from 'vitest';
import type { HostedRegionId } from '../../source/kaltura/accounts/regions.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { openSixRegions, type RegionBehavior, type SixRegions } from '../platform/network/six-regions.js';
import { accountAt, openSandbox, openServer, PARTNER, SECRET } from './program.js';

async function open(behaviors: Partial<Record<HostedRegionId, RegionBehavior>>): Promise<SixRegions> {
  const six = await openSixRegions(behaviors);
  onTestFinished(() => six.close());
  return six;
}

const inEu = async (): Promise<SixRegions> => open({ eu: { forwardsTo: await openServer() } });

const ADMIN = ['--region', 'eu', '--partner', PARTNER, '--type', 'admin', '--accept-risk', 'all'] as const;

const expectNoSecret = (text: string): void => {
  for (const secret of [
    SECRET,
    PRACTICE_CREDENTIALS.userSecret,
    PRACTICE_CREDENTIALS.password,
    PRACTICE_CREDENTIALS.token,
  ])
    expect(text).not.toContain(secret);
};

describe('kaltura-ks token --diagnose', () => {
  test('recognizes the User Secret with a USER key that is valid for a second, and announces the request', async () => {
    const [sandbox, six] = [await openSandbox(), await inEu()];
    const env = { ...six.env, KALTURA_SECRET: PRACTICE_CREDENTIALS.userSecret };
    const { code, stdout, stderr } = await sandbox.run(['token', ...ADMIN, '--diagnose'], { env });
    expect([code, stdout]).toEqual([1, '']);
    const order = [
      'No key was created (START_SESSION_ERROR). Is it the User Secret?',
      'Request to api.eu.kaltura.com: session.start with',
      'The server would not start a session',
      `This is the User Secret of partner ${PARTNER}.`,
    ];
    const positions = order.map((text) => stderr.indexOf(text));
    expect(positions).not.toContain(-1);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(stderr).toContain('--type user');
    // The verified cause replaces the likely causes.
    expect(stderr).not.toContain('so the secret does not match it');
    expect(six.seen.map(({ region, action, form }) => [region, action, form['type']])).toEqual([
      ['eu', 'session.start', '2'],
      ['eu', 'session.start', '0'],
    ]);
    expectNoSecret(stderr);
  });

  test('sends the secret only to the given region', async () => {
    const [sandbox, six] = [await openSandbox(), await inEu()];
    const env = { ...six.env, KALTURA_SECRET: '1'.repeat(32) };
    const { code, stderr } = await sandbox.run(['token', ...ADMIN, '--diagnose'], { env });
    expect(code).toBe(1);
    expect(stderr).toContain(`api.eu.kaltura.com does not accept this as a secret of partner ${PARTNER}.`);
    expect(stderr).toContain(`EU has partner ${PARTNER}: the region is correct.`);
    expect(stderr).not.toContain('so the secret does not match it');
    const elsewhere = six.seen.filter(({ region }) => region !== 'eu');
    expect(elsewhere).toHaveLength(5);
    for (const { form } of elsewhere) expect(JSON.stringify(form)).not.toContain('1111');
  });

  test('finds the region of an account that the given region does not have', async () => {
    const [sandbox, six] = [await openSandbox(), await open({ sg: { forwardsTo: await openServer() } })];
    const env = { ...six.env, KALTURA_SECRET: SECRET };
    const { code, stderr } = await sandbox.run(['token', ...ADMIN, '--diagnose'], { env });
    expect(code).toBe(1);
    expect(stderr).toContain('SERVICE_FORBIDDEN_CONTENT_BLOCKED');
    expect(stderr).toContain(`Partner ${PARTNER} is in SG, not in EU.`);
    expect(stderr).toContain('Use region SG (--region sg)');
    expect(six.seen.filter(({ form }) => 'secret' in form).map(({ region }) => region)).toEqual(['eu']);
  });

  test('never sends a refused login again', async () => {
    const [sandbox, six] = [await openSandbox(), await inEu()];
    const env = { ...six.env, KALTURA_PASSWORD: 'no-such-password' };
    const args = [
      '--region',
      'eu',
      '--partner',
      PARTNER,
      '--login-id',
      PRACTICE_CREDENTIALS.loginId,
      '--accept-risk',
      'all',
    ];
    const { code, stderr } = await sandbox.run(['token', ...args, '--diagnose'], { env });
    expect(code).toBe(1);
    expect(six.seen.filter(({ action }) => action === 'user.loginByLoginId')).toHaveLength(1);
    expect(stderr).toContain(`EU has partner ${PARTNER}: the region is correct.`);
    expect(stderr).not.toContain('no-such-password');
  });

  test('lists the roles if one is unknown, with an ADMIN key that is never printed', async () => {
    const [sandbox, six] = [await openSandbox(), await inEu()];
    const env = { ...six.env, KALTURA_SECRET: SECRET };
    const args = ['--region', 'eu', '--partner', PARTNER, '--privilege', 'setrole:Viewers', '--accept-risk', 'all'];
    const { code, stdout, stderr } = await sandbox.run(['token', ...args, '--diagnose'], { env });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`· setrole:${PRACTICE_CREDENTIALS.roleId} or setrole:`);
    expect(stderr).not.toMatch(/djJ8\w{20}/);
  });

  test('distinguishes a server that is down from a network problem', async () => {
    const [sandbox, six] = [await openSandbox(), await open({ eu: { isRefused: 502 } })];
    const env = { ...six.env, KALTURA_SECRET: SECRET };
    const { code, stderr } = await sandbox.run(['token', ...ADMIN, '--diagnose'], { env });
    expect(code).toBe(1);
    expect(stderr).toContain('This computer reaches www.kaltura.com, so the problem is with api.eu.kaltura.com.');
    expect(six.seen.map(({ region, action }) => `${region} ${action}`)).toEqual(['us system.getTime']);
  });

  test('asks the practice server before it stops', async () => {
    const sandbox = await openSandbox();
    const args = ['--region', 'practice', '--privilege', 'setrole:Nobody', '--accept-risk', 'all'];
    const { code, stderr } = await sandbox.run(['token', ...args, '--diagnose']);
    expect(code).toBe(1);
    expect(stderr).toContain('roles to choose from, and none of them is “Nobody”.');
  });
});

test('a self-hosted server is the only server that is asked about its account', async () => {
  const [sandbox, url, six] = [await openSandbox(), await openServer(), await open({})];
  const env = { ...six.env, KALTURA_SECRET: SECRET };
  const args = ['--url', url, '--partner', String(PRACTICE_CREDENTIALS.blockedPartnerId)];
  const { code, stderr } = await sandbox.run(['token', ...args, '--diagnose'], { env });
  expect(code).toBe(1);
  expect(stderr).toContain(
    `${new URL(url).host} has partner ${PRACTICE_CREDENTIALS.blockedPartnerId}, but it is blocked.`,
  );
  expect(six.seen).toEqual([]);
});

describe('without --diagnose', () => {
  test.each(['token', 'exec'])('%s sends no further request, and says what --diagnose checks', async (command) => {
    const [sandbox, six] = [await openSandbox(), await inEu()];
    const env = { ...six.env, KALTURA_SECRET: PRACTICE_CREDENTIALS.userSecret };
    const behind = command === 'exec' ? ['--', 'true'] : [];
    const { code, stderr } = await sandbox.run([command, ...ADMIN, ...behind], { env });
    expect(code).toBe(1);
    expect(stderr).toContain(
      `To find the cause, add --diagnose. It checks: Is it the User Secret? Which region has partner ${PARTNER}?`,
    );
    expect(six.seen).toHaveLength(1);
  });

  test('the option is not suggested if it cannot check anything', async () => {
    const [sandbox, url] = [await openSandbox(), await openServer()];
    const env = { KALTURA_APP_TOKEN: '1'.repeat(32) };
    const { code, stderr } = await sandbox.run(
      ['token', ...accountAt(url), '--app-token-id', PRACTICE_CREDENTIALS.tokenId],
      {
        env,
      },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('INVALID_APP_TOKEN_HASH');
    expect(stderr).not.toContain('--diagnose');
  });
});
