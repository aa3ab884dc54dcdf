import { expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { faultOf, neverAsked, PLANTED, tempKeeper } from './temp-keeper.js';

const OF = { profile: 'Acme', what: 'secret' } as const;
const VARIABLE = { kind: 'variable', name: 'ACME_SECRET', isConfirmed: true } as const;

test('reads the secret of a variable without its line end', async () => {
  const { keeper } = tempKeeper({ env: { ACME_SECRET: `${PLANTED}\n` } });
  await keeper.check(VARIABLE);
  expect((await keeper.read(VARIABLE, OF, neverAsked)).reveal()).toBe(PLANTED);
});

test.each([
  ['is not set', {}, 'absent', 'The environment variable ACME_SECRET is not set.'],
  ['is empty', { ACME_SECRET: '' }, 'empty', 'The environment variable ACME_SECRET is empty.'],
  [
    'has several lines',
    { ACME_SECRET: `${PLANTED}\n${PLANTED}` },
    'failed',
    'The environment variable ACME_SECRET has several lines. A secret is one line.',
  ],
] as const)('reports a variable that %s', async (_how, env, fault, message) => {
  const { keeper } = tempKeeper({ env });
  expect(await faultOf(keeper.read(VARIABLE, OF, neverAsked))).toMatchObject({ fault, message });
  expect(await faultOf(keeper.check(VARIABLE))).toMatchObject({ fault });
});

test.each([VARIABLE, { kind: 'ask' } as const])('writes nothing to the secret source %j', async (source) => {
  const { keeper } = tempKeeper({ env: {} });
  expect((await faultOf(keeper.write(source, OF, new Secret(PLANTED), neverAsked))).fault).toBe('read-only');
  expect((await faultOf(keeper.read(source, { ...OF, what: 'key' }, neverAsked))).fault).toBe('read-only');
  expect(await keeper.copy(source, OF, { ...OF, profile: 'Beta' })).toBe(false);
});
