import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withRecordLock } from '../../source/platform/profiles/record-lock.js';
import { tempFolder } from '../platform/profiles/temp-store.js';

test('only one program at a time changes a record, and a failure releases the lock', async () => {
  const folder = tempFolder();
  let inside = 0;
  const act = async (turn: number) => {
    inside += 1;
    expect(inside).toBe(1);
    await setImmediate();
    inside -= 1;
    if (turn % 2 === 0) throw new Error('failed');
  };
  const turns = Array.from({ length: 6 }, (_none, turn) =>
    withRecordLock(folder, join(folder, 'a.json'), () => act(turn)),
  );
  expect((await Promise.allSettled(turns)).map(({ status }) => status)).toEqual(
    turns.map((_turn, index) => (index % 2 === 0 ? 'rejected' : 'fulfilled')),
  );
  expect(existsSync(join(folder, '.saving', 'lock-a.json'))).toBe(false);
});

test('removes the lock of a killed program', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, '.saving'));
  writeFileSync(join(folder, '.saving', 'lock-a.json'), '');
  expect(await withRecordLock(folder, join(folder, 'a.json'), () => 'done')).toBe('done');
  expect(existsSync(join(folder, '.saving', 'lock-a.json'))).toBe(false);
});
