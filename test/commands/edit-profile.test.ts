import { describe, expect, test } from 'vitest';
import { openPlace, PARTNER, type Place, SECRET } from './program.js';

const PASSPHRASE = { KALTURA_PASSPHRASE: 'correct horse battery' };

async function placeWithProfile(...more: string[]): Promise<Place> {
  const place = await openPlace();
  const add = ['profiles', 'add', 'prod', '--region', 'eu', '--partner', PARTNER, '--user', 'jo', '--method', 'local'];
  const env = { ...PASSPHRASE, KALTURA_SECRET: SECRET };
  expect((await place.run([...add, ...more, '--store', 'file'], { env })).code).toBe(0);
  return place;
}

const shown = async (place: Place) => JSON.parse((await place.run(['profiles', 'show', 'prod', '--json'])).stdout);

describe('profiles edit', () => {
  test('changes answers, and keeps the stored secret', async () => {
    const place = await placeWithProfile();
    const before = await shown(place);
    const { code, stderr } = await place.run([
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
    // The same line as in the list of profiles.
    const listed = (await place.run(['profiles', 'list'])).stdout;
    expect(stderr.split('\n')[1]).toBe(`kaltura-ks: ${listed.trim()}`);
    expect(await shown(place)).toEqual({
      ...before,
      lifetime: 3600,
      privileges: 'sview:0_ab12cd34',
      savedAt: expect.any(Number),
    });
    const made = await place.run(['token', 'prod', '--json', '--no-clock-check'], { env: PASSPHRASE });
    expect(JSON.parse(made.stdout)).toMatchObject({ userId: 'jo', privileges: 'sview:0_ab12cd34' });
  });

  test('warns about a lifetime without a unit, as profiles add and token do', async () => {
    const place = await placeWithProfile('--expiry', '8');
    const commands = [
      ['profiles', 'edit', 'prod', '--expiry', '8'],
      ['profiles', 'add', 'other', '--region', 'practice', '--expiry', '8'],
      ['token', '--region', 'practice', '--expiry', '8'],
    ];
    for (const args of commands) {
      const { code, stderr } = await place.run(args);
      expect([code, stderr]).toEqual([
        0,
        expect.stringContaining('caution: --expiry: Without a unit, this means 8 seconds. Type 8m for minutes, 8h for'),
      ]);
    }
    const { stderr } = await place.run(['profiles', 'edit', 'prod', '--privilege', 'sveiw:0_ab12cd34']);
    expect(stderr).toContain('Did you mean sview?');
  });

  test('is named where a profile does not remember the confirmed risk', async () => {
    const place = await openPlace();
    await place.run(['profiles', 'add', 'my demo', '--region', 'practice', '--privilege', 'list:*']);
    const { code, stderr } = await place.run(['token', 'my demo']);
    expect(code).toBe(2);
    const command = "kaltura-ks profiles edit 'my demo' --accept-risk user-list";
    expect(stderr).toContain(`To remember this in the profile: ${command}\n`);
    await place.run(['profiles', 'edit', 'my demo', '--accept-risk', 'user-list']);
    expect((await place.run(['token', 'my demo'])).code).toBe(0);
    // The risk of these flags is not the profile’s.
    const other = await place.run(['token', 'my demo', '--privilege', 'edit:*']);
    expect(other.stderr).not.toContain('To remember this');
  });

  test('reads no variables', async () => {
    const place = await placeWithProfile();
    const env = { KALTURA_USER: 'other', KALTURA_PARTNER: '99', KALTURA_URL: 'https://a.example' };
    expect((await place.run(['profiles', 'edit', 'prod', '--expiry', '1h'], { env })).code).toBe(0);
    expect(await shown(place)).toMatchObject({ userId: 'jo', partnerId: Number(PARTNER), region: 'eu' });
  });

  test.each([
    [['--partner', '99']],
    [['--region', 'us']],
    [['--url', 'https://a.example']],
    [['--method', 'app-token', '--app-token-id', '0_ab12cd34']],
  ])('refuses %j: the secret is of another account, server or way to sign in', async (args) => {
    const place = await placeWithProfile('--type', 'admin');
    const before = await shown(place);
    const { code, stderr } = await place.run(['profiles', 'edit', 'prod', ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain('save a new profile');
    expect(await shown(place)).toEqual(before);
  });

  test('reports all invalid answers, and an edit without one', async () => {
    const place = await placeWithProfile();
    const invalid = await place.run(['profiles', 'edit', 'prod', '--expiry', 'soon', '--type', 'boss']);
    expect(invalid.code).toBe(2);
    for (const flag of ['--expiry', '--type']) expect(invalid.stderr).toContain(flag);
    const none = await place.run(['profiles', 'edit', 'prod']);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('Nothing to change');
  });
});
