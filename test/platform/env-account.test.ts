import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readEnvAccount } from '../../source/platform/env-files/env-account.js';

async function inFolder(): Promise<void> {
  const before = process.cwd();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kaltura-ks-env-')));
  process.chdir(folder);
  onTestFinished(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  });
}

test('reads .env in the current folder, but does not follow a link', async () => {
  await inFolder();
  expect(readEnvAccount()).toBeNull();
  await writeFile('other', 'KALTURA_PARTNER_ID=2345678\n');
  await symlink('other', '.env');
  expect(readEnvAccount()).toBeNull();
  await rm('.env');
  await writeFile('.env', 'KALTURA_PARTNER_ID=2345678\n');
  expect(readEnvAccount()).toMatchObject({ partnerId: '2345678', secret: null });
});
