import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOCAL, openPlace, SECRET } from '../commands/program.js';

const FULL = '/dev/full';

test.skipIf(!existsSync(FULL)).each([
  ['a key', ['token', ...LOCAL]],
  ['a help text', ['--help']],
  ['the version', ['--version']],
])('%s that cannot be written is no success, and one line says why', async (_what, args) => {
  const place = await openPlace();
  const { code, stderr } = await place.spawn(args, { env: { KALTURA_SECRET: SECRET }, stdoutFile: FULL });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'kaltura-ks: standard output cannot be written: the disk is full.\n',
  });
});

test('a reader that left early is no fault', async () => {
  const place = await openPlace();
  const onStart = (child: { stdout: { destroy(): void } | null }) => child.stdout?.destroy();
  const { code, stderr } = await place.spawn(['--help'], { onStart });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
