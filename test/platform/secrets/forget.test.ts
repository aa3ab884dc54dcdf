import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { PLANTED, passphrase, tempFolder, tempKeeper } from './temp-keeper.js';

const FILE = { kind: 'file' } as const;
const NOTHING_KNOWN = { certain: [], possible: [], unclear: [] };

test('deletes files of known and unknown profiles, leftovers, and the folder', async () => {
  const { keeper, secrets } = tempKeeper();
  const ask = passphrase('passphrase');
  await keeper.write(FILE, { profile: 'Acme', what: 'secret' }, new Secret(PLANTED), ask);
  await keeper.write(FILE, { profile: 'Acme', what: 'key' }, new Secret(PLANTED), ask);
  await keeper.write(FILE, { profile: 'Gone', what: 'secret' }, new Secret(PLANTED), ask);
  mkdirSync(join(secrets, '.saving', 'save-killed'));
  writeFileSync(join(secrets, '.saving', 'save-killed', 'profile.json'), '{');
  const result = await keeper.forget(NOTHING_KNOWN);
  expect(result.map(({ what, outcome }) => [what, outcome]).toSorted()).toEqual(
    ['', '/.saving', '/acme.key.json', '/acme.secret.json', '/gone.secret.json'].map((name) => [
      `${secrets}${name}`,
      'removed',
    ]),
  );
  expect(existsSync(secrets)).toBe(false);
  expect(await keeper.forget(NOTHING_KNOWN)).toEqual([]);
});

test('deletes a link but not its target, and reports an unknown folder and continues', async () => {
  const { keeper, secrets } = tempKeeper();
  const target = join(tempFolder(), 'precious');
  writeFileSync(target, 'precious');
  mkdirSync(join(secrets, 'a-folder'), { recursive: true });
  symlinkSync(target, join(secrets, 'link.json'));
  const result = await keeper.forget(NOTHING_KNOWN);
  expect(result).toMatchObject([
    { what: join(secrets, 'a-folder'), outcome: { fault: 'refused' } },
    { what: join(secrets, 'link.json'), outcome: 'removed' },
  ]);
  expect(readFileSync(target, 'utf8')).toBe('precious');
});

test('does not follow a link in place of the folder', async () => {
  const { keeper, configFolder, secrets } = tempKeeper();
  const target = tempFolder();
  writeFileSync(join(target, 'precious'), 'precious');
  mkdirSync(configFolder);
  symlinkSync(target, secrets);
  expect(await keeper.forget(NOTHING_KNOWN)).toMatchObject([{ what: secrets, outcome: { fault: 'refused' } }]);
  expect(readFileSync(join(target, 'precious'), 'utf8')).toBe('precious');
});
