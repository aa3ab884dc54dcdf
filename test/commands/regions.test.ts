import { describe, expect, onTestFinished, test } from 'vitest';
import { HOSTED_REGIONS, type HostedRegionId } from '../../source/kaltura/accounts/regions.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { openSixRegions, type RegionBehavior, type SixRegions } from '../platform/network/six-regions.js';
import { interrupt, openSandbox, openServer, openSilentServer, PARTNER } from './program.js';

type Behaviors = Partial<Record<HostedRegionId, RegionBehavior>>;

async function open(behaviors: Behaviors): Promise<SixRegions> {
  const six = await openSixRegions(behaviors);
  onTestFinished(() => six.close());
  return six;
}

const rows = (stdout: string): Record<string, string> =>
  Object.fromEntries(
    stdout
      .split('\n')
      .map((line) => /^(US|EU|DE|SG|AP|CA) {2}\S+ +(.*)$/.exec(line))
      .flatMap((found) => (found === null ? [] : [[found[1], found[2]]])),
  );

const UNKNOWN = Object.fromEntries(
  Object.values(HOSTED_REGIONS).map(({ label }) => [label, 'doesn’t have the account']),
);

describe('kaltura-ks regions', () => {
  test('finds the one region that has the account', async () => {
    const [sandbox, six] = [await openSandbox(), await open({ de: { forwardsTo: await openServer() } })];
    const { code, stdout, stderr } = await sandbox.run(['regions', PARTNER], { env: six.env });
    expect(rows(stdout)).toEqual({ ...UNKNOWN, DE: 'has the account' });
    expect(stdout).toContain(`Partner ${PARTNER} is in DE.`);
    expect(code).toBe(0);
    // The servers and the content of the requests are announced first.
    for (const { host } of Object.values(HOSTED_REGIONS)) expect(stderr).toContain(host);
    expect(stderr).toContain(`widgetId=_${PARTNER}`);
    const sent = six.seen.map(({ region, action }) => `${region} ${action}`).sort();
    expect(sent).toEqual(
      [...Object.keys(HOSTED_REGIONS).map((id) => `${id} session.startWidgetSession`), 'de baseEntry.count'].sort(),
    );
  });

  test('exits with 1 for a blocked account, and says that it is blocked', async () => {
    const [sandbox, six] = [await openSandbox(), await open({ ca: { forwardsTo: await openServer() } })];
    const { code, stdout } = await sandbox.run(['regions', String(PRACTICE_CREDENTIALS.blockedPartnerId)], {
      env: six.env,
    });
    expect(rows(stdout)).toEqual({ ...UNKNOWN, CA: 'has the account, but blocked it' });
    expect(stdout).toContain('blocked or closed there');
    expect(code).toBe(1);
  });

  test('reports a partner ID that no region has, and one that two regions have', async () => {
    const url = await openServer();
    const [sandbox, six] = [await openSandbox(), await open({ us: { forwardsTo: url }, sg: { forwardsTo: url } })];
    const unknown = await sandbox.run(['regions', '77'], { env: six.env });
    expect(unknown.stdout).toContain('No region has partner 77');
    expect(unknown.code).toBe(1);
    const two = await sandbox.run(['regions', PARTNER], { env: six.env });
    expect(two.stdout).toContain(`More than one region has an account with partner ID ${PARTNER}: US, SG.`);
    expect(two.stdout).toContain('different accounts');
    expect(two.code).toBe(1);
  });

  test('reports the region that it found, also if others cannot be reached', async () => {
    const [sandbox, silentServer] = [await openSandbox(), await openSilentServer()];
    const six = await open({
      eu: { forwardsTo: await openServer() },
      us: { isRefused: 502 },
      ap: { forwardsTo: silentServer.url },
    });
    const { code, stdout } = await sandbox.run(['regions', PARTNER, '--timeout', '1'], { env: six.env });
    const found = rows(stdout);
    expect(found).toMatchObject({ EU: 'has the account', DE: 'doesn’t have the account' });
    expect(found['US']).toMatch(/^not reached: the proxy .* could not reach www\.kaltura\.com \(HTTP 502\)$/);
    expect(found['AP']).toMatch(/^not reached: api\.ap\.kaltura\.com did not answer in time/);
    expect(stdout).toContain('US and AP gave no clear answer. They may have an account with this ID too.');
    expect(code).toBe(0);
  });

  test('prints only JSON on standard output with --json', async () => {
    const [sandbox, six] = [await openSandbox(), await open({ eu: { forwardsTo: await openServer() } })];
    const { code, stdout } = await sandbox.run(['regions', PARTNER, '--json'], { env: six.env });
    const { answers, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ partnerId: Number(PARTNER), region: 'eu', verdict: 'one' });
    expect(answers).toHaveLength(6);
    expect(answers[1]).toEqual({
      region: 'eu',
      serviceUrl: 'https://api.eu.kaltura.com',
      outcome: 'known',
      text: 'has the account',
    });
    expect(code).toBe(0);
  });

  test('blames the network and not the account if no region can be reached', async () => {
    const sandbox = await openSandbox();
    const { code, stdout } = await sandbox.run(['regions', '2345678'], { env: { HTTPS_PROXY: 'http://127.0.0.1:9' } });
    expect(stdout).toContain('No region gave a clear answer');
    expect(stdout).toContain('HTTPS_PROXY');
    expect(code).toBe(1);
  });

  test.each([
    [['regions'], /Missing: the partner ID/],
    [['regions', 'abc'], /positive whole number/],
    [['regions', PARTNER, '--timeout', 'x'], /--timeout/],
  ])('refuses %j, and sends nothing', async (args, message) => {
    const [sandbox, six] = [await openSandbox(), await open({})];
    const { code, stdout, stderr } = await sandbox.run(args, { env: six.env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(six.seen).toEqual([]);
  });

  test('exits with 130 on Ctrl+C while a region does not answer', async () => {
    const [sandbox, silentServer] = [await openSandbox(), await openSilentServer()];
    const six = await open({ us: { forwardsTo: silentServer.url } });
    silentServer.onConnection(interrupt);
    const { code, stdout } = await sandbox.run(['regions', PARTNER], { env: six.env });
    expect([code, stdout]).toEqual([130, '']);
  });
});
