import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createIsolation } from '../terminal/isolation.js';

test('the program reports that it stopped before the command was finished', async () => {
  const { env, remove } = await createIsolation({ PATH: '/usr/bin:/bin' });
  // The practice server never starts and never fails.
  const preload = "import { Server } from 'node:net'; Server.prototype.listen = function () { return this; };";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${preload}`,
      'dist/cli.js',
      'token',
      '--region',
      'practice',
      '--method',
      'server',
    ],
    { env, encoding: 'utf8', input: '' },
  );
  await remove();
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^kaltura-ks: Stopped before the command was finished\. .*Run the command again\.\n$/);
});
