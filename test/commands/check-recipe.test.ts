import { expect, test } from 'vitest';
import { accountAt, openSandbox, openServer, openSilentServer, SECRET } from './program.js';

/** Returns functions that create a key with `token`, and check it from KALTURA_KS. */
async function open() {
  const server = accountAt(await openServer());
  const sandbox = await openSandbox();
  const made = async (...args: string[]): Promise<string> =>
    (await sandbox.run(['token', ...server, ...args], { env: { KALTURA_SECRET: SECRET } })).stdout.trim();
  const check = (ks: string, ...args: string[]) =>
    sandbox.run(['check', server[0] ?? '', server[1] ?? '', '--recipe', ...args], { env: { KALTURA_KS: ks } });
  return { sandbox, made, check };
}

test('check --recipe accepts a key of the recipe, and the server allows the call', async () => {
  const { made, check } = await open();
  const entry = ['--entry', '0_welcome1'];
  const { code, stdout } = await check(await made('--recipe', 'play-entry', ...entry), 'play-entry', ...entry);
  expect([code, stdout]).toEqual([
    0,
    '✔ Play one protected entry on a page: the key has what it needs.\n✔ The server accepts the key: it answered the test call baseEntry.get. Only the product itself shows whether it accepts the key too.\n',
  ]);
});

test('check --recipe names everything that another key lacks, and the command for the right key', async () => {
  const { made, check } = await open();
  const ks = await made('--user', 'it’s jo');
  const { code, stdout } = await check(ks, 'captions-editor', '--entry', '0_a');
  expect(code).toBe(1);
  expect(stdout).toContain('The privilege setrole:CAPTIONS_EDITOR_ROLE is missing.');
  expect(stdout).toContain('The privilege edit:0_a is missing.');
  expect(stdout).toContain(
    `The right key: kaltura-ks token <profile> --recipe captions-editor --user 'it’s jo' --entry 0_a\n`,
  );
  expect(stdout).not.toContain(ks);
});

test('check --recipe prints JSON for a profile', async () => {
  const { sandbox } = await open();
  await sandbox.run(['profiles', 'add', 'demo', '--region', 'practice']);
  const { code, stdout } = await sandbox.run(['check', 'demo', '--recipe', 'moderation', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    recipe: 'moderation',
    usable: false,
    readable: true,
    problems: [
      { kind: 'type', text: 'The key is USER. The product needs ADMIN.' },
      { kind: 'missing', text: 'The privilege disableentitlement is missing.' },
    ],
    asked: null,
    profile: 'demo',
    command: 'kaltura-ks token demo --recipe moderation --accept-risk admin-disableentitlement',
  });
});

test('check --recipe sends nothing if a privilege is missing, or if the API doesn’t know the product', async () => {
  const sandbox = await openSandbox();
  const { url: silentServer } = await openSilentServer();
  const local = ['--method', 'local', '--partner', '1234567', '--no-clock-check'];
  const made = async (...args: string[]): Promise<string> =>
    (await sandbox.run(['token', ...local, ...args], { env: { KALTURA_SECRET: SECRET } })).stdout.trim();
  const check = (ks: string, recipe: string) =>
    sandbox.run(['check', '--url', silentServer, '--recipe', recipe, '--timeout', '1s'], { env: { KALTURA_KS: ks } });
  // A version 1 key is not encrypted, so it can be read here.
  const kaf = await made('--recipe', 'kaf-my-media', '--role', 'viewerRole', '--user', 'jo', '--ks-version', '1');
  const inPath = await check(kaf, 'kaf-my-media');
  expect(inPath.code).toBe(1);
  expect(inPath.stdout).toContain('version 1 key');
  expect(inPath.stdout).toContain('--method local --ks-version 2');
  const room = ['--first-name', 'Jo', '--last-name', 'Doe', '--event', '7', '--user', 'jo', '--ks-version', '1'];
  const fits = await check(await made('--recipe', 'meeting-attendee', ...room), 'meeting-attendee');
  expect([fits.code, fits.stderr]).toEqual([0, '']);
  expect(fits.stdout).toContain('only the product itself can. Nothing is sent.');
});

test('check --recipe without a region compares the key and asks no server', async () => {
  const { sandbox, made } = await open();
  // Without a secret, only a version 1 key of a real account can be read.
  const ofAccount = ['--partner', '2345678', '--method', 'local', '--ks-version', '1', '--no-clock-check'];
  const ks = await made(...ofAccount, '--recipe', 'upload', '--user', 'jo');
  const check = (recipe: string, key: string) =>
    sandbox.run(['check', '--recipe', recipe], { env: { KALTURA_KS: key } });
  const fits = await check('upload', ks);
  expect([fits.code, fits.stdout]).toEqual([0, '✔ Upload files and create entries: the key has what it needs.\n']);
  expect(fits.stderr).toContain('The server was not asked. To ask it too, give --region, --url or a profile.');
  expect(await check('moderation', ks)).toMatchObject({ code: 1, stderr: '' });
  // Only the server can read this key.
  const foreign = await check('upload', 'djJ8MjM0NTY3OHxV0LFbnCkrbT4yBaoNrSNCwT2CbEyiscgFxI3-Nfj7eGFt-jbuwu32Dwly');
  expect(foreign).toMatchObject({ code: 2, stdout: '' });
  expect(foreign.stderr).toContain('Missing: the server (--region, --url or a profile)');
});

test('check --recipe suggests no other key if the key has what the recipe needs, but the entry is not found', async () => {
  const { made, check } = await open();
  const entry = ['--entry', '0_nothere1'];
  const { code, stdout } = await check(await made('--recipe', 'play-entry', ...entry), 'play-entry', ...entry);
  expect([code, stdout]).toEqual([1, expect.stringContaining('did not find the entry 0_nothere1')]);
  expect(stdout).toContain('entitlement hides it from this key');
  expect(stdout).not.toContain('The right key');
});

test('check --recipe reports only the server’s answer for a version 2 key that can’t be read', async () => {
  const sandbox = await openSandbox();
  const server = accountAt(await openServer());
  const foreign =
    'djJ8MjM0NTY3OHxV0LFbnCkrbT4yBaoNrSNCwT2CbEyiscgFxI3-Nfj7eGFt-jbuwuu32DwlyZWhLGqlaPdduXhPMHRwSijXMu2xKXNzqY_6mtDR216TAa94pXj8NmMHie19GauHd71e1mEQv3ZoOvN6HLWF5kzjITPk';
  const run = ['check', server[0] ?? '', server[1] ?? '', '--recipe', 'categories', '--json'];
  const { code, stdout } = await sandbox.run(run, { env: { KALTURA_KS: foreign } });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ usable: false, readable: false, refusal: { code: 'INVALID_KS' } });
});

test('check --recipe --plan lists the one call, and sends nothing', async () => {
  const { made, check } = await open();
  const { code, stdout } = await check(await made('--type', 'admin'), 'categories', '--plan');
  expect(code).toBe(0);
  expect(stdout).toContain('/service/category/action/list  shows whether the key may use the product.');
  expect(stdout).not.toContain('system.getTime');
});

test('check refuses values without a recipe, an unknown recipe, and a recipe without a key', async () => {
  const { sandbox, check } = await open();
  const run = await sandbox.run(['check', '--region', 'practice', '--player', '7']);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain('name the recipe with --recipe');
  expect((await check('x', 'kaf-my-medai')).stderr).toContain('Did you mean kaf-my-media?');
  expect((await check('x', 'chat')).stderr).toContain('uses no session key');
  expect((await check('x', 'upload', '--look-behind')).stderr).toContain('not both');
});
