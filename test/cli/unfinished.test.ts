import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createIsolation } from '../terminal/isolation.js';

test('says so if the program ends while it still waits for something', async () => {
  const { env, remove } = await createIsolation({ PATH: '/usr/bin:/bin' });
  // A server that neither opens nor fails.
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
