import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FIELD_CASES, FIELD_SECRET } from '../fixtures/field-cases.js';
import { run } from './run-inspect.js';

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

describe.each(FIELD_CASES)('$id', ({ text, exit, problems, secret, says, never }) => {
  const setup = { input: text, env: { KALTURA_SECRET: secret } };

  test('inspect names the problem, and how it found the key', async () => {
    const { code, out, err } = await run([], setup);
    expect(code).toBe(exit);
    for (const sentence of says) expect(`${err}\n${out}`).toMatch(sentence);
    expect(`${err}\n${out}`).not.toMatch(never);
  });

  test('inspect --json has the IDs of the problems', async () => {
    const { code, out } = await run(['--json'], setup);
    expect(code).toBe(exit);
    expect(JSON.parse(out)).toMatchObject({ problems });
  });
});

test('the practice secret verifies no key of another account', async () => {
  const [forged] = FIELD_CASES;
  const { code, out } = await run(['--json'], { input: forged?.text ?? '', env: { KALTURA_SECRET: FIELD_SECRET } });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ signature: 'invalid', type: null, problems: ['signature-invalid'] });
});

test('the problems of a damaged key include the fault', async () => {
  const [, , , key] = FIELD_CASES;
  const { code, out } = await run(['--json'], { input: (key?.text ?? '').slice(0, -6) });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ fault: 'cut-off', problems: ['cut-off'] });
});
