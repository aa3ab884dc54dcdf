import { describe, expect, test } from 'vitest';
import { openKs } from '../../source/kaltura/ks/open.js';
import { Secret } from '../../source/kaltura/secret.js';
import { accountAt, openSandbox, openServer, type Sandbox, SECRET } from './program.js';

const keyIn = (text: string) =>
  openKs(/djJ8[\w%-]+/.exec(text)?.[0]?.replaceAll('%3D', '=') ?? '', [new Secret(SECRET)]);

async function open() {
  const sandbox = await openSandbox();
  const server = await openServer();
  const env = { KALTURA_SECRET: SECRET };
  return { sandbox, run: (...args: string[]) => sandbox.run(args, { env }), server: accountAt(server) };
}

describe('recipes', () => {
  test('are listed by group, and as JSON', async () => {
    const sandbox = await openSandbox();
    const { stdout } = await sandbox.run(['recipes']);
    expect(stdout).toMatch(/^Play\n {2}play-entry {2,}Play one protected entry on a page$/m);
    const all = JSON.parse((await sandbox.run(['recipes', '--json'])).stdout);
    expect(all.find(({ id }: { id: string }) => id === 'play-entry')).toMatchObject({
      key: { type: 'USER', lifetime: 3600 },
      values: [{ flag: '--entry', need: 'required' }, { flag: '--player' }, { flag: '--context' }, { flag: '--app' }],
    });
  });

  test('are shown with their flags, common mistakes and open questions', async () => {
    const sandbox = await openSandbox();
    const { stdout } = await sandbox.run(['recipes', 'show', 'kaf-my-media']);
    for (const text of [
      '--role',
      'Watch out:',
      'Open questions:',
      'kaltura-ks token <profile> --recipe kaf-my-media --user <user> --role <role>',
    ]) {
      expect(stdout).toContain(text);
    }
    const wrong = await sandbox.run(['recipes', 'show', 'kaf-my-medai']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('Did you mean kaf-my-media?');
  });
});

describe('recipes show', () => {
  test.each([
    ['preview-link', false, false],
    ['conversational-avatar', false, false],
    ['chat', false, false],
    ['report-download', false, true],
    ['upload', false, true],
    ['script', true, false],
  ])('says what you can do with %s in practice', async (id, isTried, isExample) => {
    const { stdout } = await (await openSandbox()).run(['recipes', 'show', id]);
    expect(stdout.includes('--region practice to try it')).toBe(isTried);
    expect(stdout.includes('In practice, you can create the key, but')).toBe(isExample);
  });

  test('has complete commands with the risks to accept, and names no file of the repository', async () => {
    const sandbox = await openSandbox();
    const { stdout } = await sandbox.run(['recipes', 'show', 'analytics-dashboard']);
    const options = '--user <user> --accept-risk admin-exposed';
    expect(stdout).toContain(`kaltura-ks token <profile> --recipe analytics-dashboard ${options}\n`);
    expect(stdout).toContain(`kaltura-ks use analytics-dashboard <profile> ${options}\n`);
    expect(stdout).toContain('Why --accept-risk is needed:\n  admin-exposed: ADMIN in a browser');
    expect(stdout).toContain('Source: Kaltura’s guide ANALYTICS_EMBED');
    expect(stdout).not.toContain('docs/');
    const login = await sandbox.run(['recipes', 'show', 'kmc-login']);
    expect(login.stdout).toContain('kaltura-ks token <profile> --recipe kmc-login --user <user>\n');
    expect(login.stdout).toContain('kaltura-ks use kmc-login <profile> --user <user> --accept-risk admin-in-page\n');
  });
});

describe('token --recipe', () => {
  test('prints a caution instead of refusing the risks of the documented key', async () => {
    const { run, server } = await open();
    const { code, stdout, stderr } = await run('token', ...server, '--recipe', 'express-recorder', '--user', 'jo');
    expect([code, stderr]).toEqual([0, 'kaltura-ks: caution: editadmintags:* lets it write admin tags.\n']);
    expect(keyIn(stdout).privileges).toBe('editadmintags:*');
  });

  test('warns about a value that doesn’t look like an entry ID', async () => {
    const { run, server } = await open();
    const { code, stderr } = await run('token', ...server, '--privilege', 'sview:abc/0_abc12345');
    expect(code).toBe(0);
    expect(stderr).toContain('caution: sview: “abc” doesn’t look like an entry ID, such as 0_abc12345.');
    expect(stderr).not.toContain('“0_abc12345”');
  });

  test('creates the key of the recipe', async () => {
    const { run, server } = await open();
    const { stdout, stderr, code } = await run('token', ...server, '--recipe', 'play-entry', '--entry', '0_welcome1');
    expect([code, stderr]).toEqual([0, '']);
    expect(keyIn(stdout)).toMatchObject({ type: 0, privileges: 'sview:0_welcome1,setrole:PLAYBACK_BASE_ROLE' });
  });

  test('names all missing values at once', async () => {
    const { run, server } = await open();
    const { code, stderr } = await run('token', ...server, '--recipe', 'meeting-attendee');
    expect(code).toBe(2);
    expect(stderr).toContain('Missing for the recipe meeting-attendee:');
    for (const flag of ['--first-name', '--last-name', '--event', '--resource', '--user'])
      expect(stderr).toContain(flag);
    expect(stderr).toContain('schedule_scheduleEvent.list');
  });

  test('lets flags replace its answers, and adds privileges', async () => {
    const { run, server } = await open();
    const flags = ['--expiry', '5m', '--privilege', 'setrole:WIDGET_SESSION_ROLE', '--privilege', 'sessionid:a', '-v'];
    const { stdout, stderr } = await run('token', ...server, '--recipe', 'play-entry', '--entry', '0_a', ...flags);
    expect(keyIn(stdout).privileges).toBe('sview:0_a,setrole:WIDGET_SESSION_ROLE,sessionid:a');
    expect(stderr).toContain('expiry 5 minutes (--expiry)');
    expect(stderr).toContain('(the recipe play-entry and --privilege)');
    expect(stderr).toContain('type USER (the recipe play-entry)');
  });

  test('refuses values without a recipe, and values of another one', async () => {
    const { run, server } = await open();
    const alone = await run('token', ...server, '--entry', '0_a');
    expect(alone).toMatchObject({ code: 2, stdout: '' });
    expect(alone.stderr).toContain('name the recipe with --recipe');
    const other = await run('token', ...server, '--recipe', 'upload', '--user', 'jo', '--entry', '0_a');
    expect(other.stderr).toContain('doesn’t use --entry');
    const none = await run('token', ...server, '--recipe', 'chat');
    expect(none.stderr).toContain('uses no session key');
  });
});

describe('a profile with a recipe', () => {
  const add = (sandbox: Sandbox, server: readonly string[], ...more: string[]) =>
    sandbox.run(['profiles', 'add', 'web', ...server, '--recipe', 'play-entry', '--entry', '0_a', ...more]);

  test('keeps the recipe and its values, which a flag can replace', async () => {
    const { sandbox, run, server } = await open();
    expect((await add(sandbox, server, '--expiry', '20m')).code).toBe(0);
    expect((await run('profiles', 'show', 'web')).stdout).toContain('play-entry (entry 0_a)');
    const own = keyIn((await run('token', 'web')).stdout);
    expect(own.privileges).toBe('sview:0_a,setrole:PLAYBACK_BASE_ROLE');
    expect(keyIn((await run('token', 'web', '--entry', '0_b')).stdout).privileges).toContain('sview:0_b');
    const page = await run('use', 'play-entry', 'web', '--player', '123');
    expect(page.stdout).toContain('entry_id=0_a"');
    const lifetime = keyIn(page.stdout).expiresAt - Date.now() / 1000;
    expect(lifetime).toBeLessThan(1_201);
  });

  test('loses the recipe if it is replaced without one', async () => {
    const { sandbox, run, server } = await open();
    await add(sandbox, server);
    expect((await run('profiles', 'add', 'web', ...server, '--replace')).code).toBe(0);
    expect(JSON.parse((await run('profiles', 'show', 'web', '--json')).stdout).recipe).toBe(null);
  });
});

describe('use <recipe>', () => {
  test('prints a link with the key, and warns that it contains the key', async () => {
    const { run, server } = await open();
    const names = [
      '--first-name',
      'Jo',
      '--last-name',
      'Doe',
      '--event',
      '7',
      '--user',
      'jo',
      '--kaf',
      'media.example.edu',
    ];
    const { stdout, stderr } = await run('use', 'meeting-moderator', ...server, ...names);
    expect(stdout).toMatch(/^https:\/\/media\.example\.edu\/virtualEvent\/launch\?ks=djJ8[\w%-]+\n$/);
    expect(keyIn(stdout).privileges).toContain('role:adminRole,userContextualRole:0');
    expect(stderr).toContain('The link contains the key.');
    expect(stderr).toContain('not confirmed which privileges');
  });

  test('names missing values and all risks at once', async () => {
    const { run } = await open();
    const { code, stderr } = await run('use', 'analytics-dashboard', '--region', 'practice');
    expect(code).toBe(2);
    expect(stderr).toContain('--user: the user ID of a KMC user');
    expect(stderr).toMatch(/To create it anyway: --accept-risk admin-exposed\n$/);
    expect(stderr).not.toContain('admin-in-page');
    const flags = ['--user', 'jo', '--accept-risk', 'admin-exposed'];
    const made = await run('use', 'analytics-dashboard', '--region', 'practice', ...flags);
    expect([made.code, keyIn(made.stdout).type]).toEqual([0, 2]);
  });

  test('says that a page for practice is only an example', async () => {
    const { run } = await open();
    const values = ['--user', 'jo', '--role', 'privateOnlyRole'];
    const { stdout, stderr } = await run('use', 'kaf-my-media', '--region', 'practice', ...values);
    expect(stdout).toContain('https://1234567.kaf.kaltura.com/hosted/index/my-media/ks/');
    expect(stderr).toMatch(/^kaltura-ks: Example only: the practice server has no such page/);
  });

  test('passes its flags on to exec, or says how to save the profile', async () => {
    const { sandbox, run } = await open();
    const argsOf = (text: string): string[] => JSON.parse(text).mcpServers['kaltura-events'].args;
    const none = await run('use', 'mcp-events', '--region', 'eu', '--user', 'jo');
    expect(none.stderr).toContain(
      'kaltura-ks profiles add <profile> --region eu --user jo --recipe mcp-events --partner <number> --store keychain\n',
    );
    await sandbox.run(['profiles', 'add', 'plain', '--region', 'practice']);
    const missing = await run('use', 'mcp-events', 'plain');
    expect([missing.code, missing.stdout]).toEqual([2, '']);
    expect(missing.stderr).toContain('--user: the user ID of an administrator.');
    const plain = await run('use', 'mcp-events', 'plain', '--user', 'jo');
    const before = argsOf(plain.stdout).slice(0, argsOf(plain.stdout).indexOf('--'));
    expect(before).toEqual(['exec', 'plain', '--recipe', 'mcp-events', '--user', 'jo', '--no-input']);
    // The program accepts these arguments unchanged.
    const ran = await run('token', ...before.slice(1));
    expect([ran.code, keyIn(ran.stdout).type]).toEqual([0, 2]);
    await sandbox.run(['profiles', 'add', 'own', '--region', 'practice', '--recipe', 'mcp-events', '--user', 'jo']);
    expect(argsOf((await run('use', 'mcp-events', 'own')).stdout).slice(0, 3)).toEqual(['exec', 'own', '--no-input']);
  });

  test('prints the command that creates the key for a request', async () => {
    const { run } = await open();
    const { stderr } = await run('use', 'moderation', '--region', 'eu', '--partner', '2345678');
    expect(stderr).toContain(
      'The code reads the key from KALTURA_KS. To create the key first: export KALTURA_KS="$(kaltura-ks token --region eu --partner 2345678 --recipe moderation --accept-risk admin-disableentitlement)"\n',
    );
  });

  test('puts an ADMIN key into a link only with --accept-risk', async () => {
    const { run, server } = await open();
    const refused = await run('use', 'kmc-login', '--region', 'practice', '--user', 'jo');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('--accept-risk admin-in-page');
    const without = await run('use', 'kmc-login', ...server, '--no-key');
    expect(without.stdout).toContain('/login-by-ks/KALTURA_KS');
  });

  test('never puts a version 1 key into a path', async () => {
    const { run, server } = await open();
    const local = ['--method', 'local', '--ks-version', '1', '--partner', '1234567'];
    const { code, stdout, stderr } = await run('use', 'play-url', ...server, ...local, '--entry', '0_a');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('version 1 key');
  });

  test('prints a configuration for MCP without a key, and a request that reads KALTURA_KS', async () => {
    const { run } = await open();
    const mcp = await run('use', 'mcp-events', '--region', 'eu', '--partner', '2345678');
    expect(JSON.parse(mcp.stdout).mcpServers['kaltura-events'].args.slice(0, 3)).toEqual([
      'exec',
      'PROFILE',
      '--no-input',
    ]);
    expect(mcp.stdout).not.toContain('djJ8');
    const request = await run('use', 'upload', '--region', 'eu');
    expect(request.stdout).toContain('https://api.eu.kaltura.com/api_v3/service/uploadToken/action/add');
    expect(request.stdout).toContain('$KALTURA_KS');
  });

  test('names missing values, and suggests similar names', async () => {
    const { run } = await open();
    const { code, stderr } = await run('use', 'access-rule', '--no-key');
    expect(code).toBe(2);
    expect(stderr).toContain('--region or --url');
    expect(stderr).toContain('--entry');
    expect((await run('use', 'pyton')).stderr).toContain('Did you mean python? Languages: curl');
    expect((await run('use', 'recorder')).stderr).toContain('Did you mean express-recorder?');
    expect((await run('help', 'kaf-gallery')).stderr).toContain('kaltura-ks recipes show kaf-gallery');
  });
});

test('recipes show lists the privileges of an optional value separately, with the option', async () => {
  const sandbox = await openSandbox();
  const { stdout } = await sandbox.run(['recipes', 'show', 'play-entry']);
  expect(stdout).toContain(
    'Privileges  sview:<entry>,setrole:PLAYBACK_BASE_ROLE\n            with --context: enableentitlement,privacycontext:<context>\n            with --app: appid:<app>\n',
  );
});

test('an ADMIN key that a recipe limits by a role has a note in the recipe, and no caution for each key', async () => {
  const sandbox = await openSandbox();
  const text = 'DMIN with setrole:KMC_ANALYTICS_ROLE: the role limits its actions';
  expect((await sandbox.run(['recipes', 'show', 'reports'])).stdout).toContain(`  A${text}`);
  const make = ['token', '--method', 'local', '--region', 'us', '--partner', '2345678', '--no-clock-check'];
  const env = { KALTURA_SECRET: SECRET };
  const ofRecipe = await sandbox.run([...make, '--recipe', 'reports', '--user', 'jo'], { env });
  expect(ofRecipe).toMatchObject({ code: 0, stderr: '' });
  const own = [...make, '--type', 'admin', '--privilege', 'setrole:KMC_ANALYTICS_ROLE'];
  expect((await sandbox.run(own, { env })).stderr).toContain(`caution: A${text}`);
});
