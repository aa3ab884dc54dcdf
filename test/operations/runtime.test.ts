import { expect, test } from 'vitest';
import { replaceParts } from '../../source/operations/runtime.js';
import { fakeRuntime } from '../fake-runtime.js';

test('a runtime whose parts were replaced twice still has all others', () => {
  const now = () => 5;
  const first = replaceParts(fakeRuntime({ now }), { env: { A: 'a' } });
  const second = replaceParts(first, { isWindows: true });
  expect(second.env).toEqual({ A: 'a' });
  expect(second.isWindows).toBe(true);
  expect(second.now()).toBe(5);
});
