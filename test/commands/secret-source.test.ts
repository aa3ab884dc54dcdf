import { expect, test } from 'vitest';
import { findSecret } from '../../source/commands/secrets/secret-source.js';
import { createReport } from '../../source/commands/shared/report.js';
import { withoutEcho } from '../../source/commands/shared/without-echo.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { takeSecretVariables } from '../../source/secrets/variables.js';
import { collecting, fakeRuntime } from '../fake-runtime.js';

const PRACTICE = {
  region: 'practice',
  serviceUrl: '',
  signIn: { method: 'server', partnerId: 1234567 },
} as const;

async function find(variable: string) {
  const stderr = collecting(false);
  const runtime = fakeRuntime({ secretVariables: takeSecretVariables({ KALTURA_SECRET: variable }) });
  const report = createReport(stderr.stream, false);
  const found = await findSecret(PRACTICE, { command: 'token', names: [], flags: {}, after: null, runtime, report });
  return { secret: found.secret.reveal(), output: stderr.text() };
}

test('a practice account uses its public secret, and warns that a secret in a variable is not used', async () => {
  const { secret, output } = await find('1'.repeat(32));
  expect(secret).toBe(PRACTICE_CREDENTIALS.adminSecret);
  expect(output).toContain('caution: KALTURA_SECRET is not used: practice accounts have a public account secret.');
  expect(output).not.toContain('1'.repeat(32));
});

test('the practice secret in a variable gets no warning', async () => {
  expect((await find(PRACTICE_CREDENTIALS.adminSecret)).output).toBe('');
});

test.each([
  ['edit: join values with / : write edit:0_abc12345/0_def12345.', 'edit:0_abc12345|0_def12345'],
  ['write iprestrict:10.0.0.1/10.0.0.2.', 'iprestrict:10.0.0.1,10.0.0.2'],
  ['Role names must be exact: write setrole:Publisher Administrator.', 'setrole:publisher administrator'],
])('a fix shows IDs, addresses and role names: %s', (sentence, value) => {
  expect(withoutEcho(sentence, value)).toBe(sentence);
});

test('a secret in the wrong place is masked in the sentence about it', () => {
  const secret = '0123456789abcdef0123456789abcdef';
  expect(withoutEcho(`setrole: ${secret} is no role`, `setrole:${secret}`)).toBe('setrole: … is no role');
});
