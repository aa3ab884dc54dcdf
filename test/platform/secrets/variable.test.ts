import { expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import { faultOf, neverAsked, PLANTED, tempKeeper } from './temp-keeper.js';

const OF = { profile: 'Acme', what: 'secret' } as const;
const PLACE = { kind: 'variable', name: 'ACME_SECRET', isConfirmed: true } as const;

test('a variable gives the secret, without the line end that came along', async () => {
  const { keeper } = tempKeeper({ env: { ACME_SECRET: `${PLANTED}\n` } });
  await keeper.check(PLACE);
  expect((await keeper.read(PLACE, OF, neverAsked)).reveal()).toBe(PLANTED);
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
] as const)('a variable that %s is told', async (_how, env, fault, message) => {
  const { keeper } = tempKeeper({ env });
  expect(await faultOf(keeper.read(PLACE, OF, neverAsked))).toMatchObject({ fault, message });
  expect(await faultOf(keeper.check(PLACE))).toMatchObject({ fault });
});

test.each([PLACE, { kind: 'ask' } as const])('nothing is written to the place %j', async (place) => {
  const { keeper } = tempKeeper({ env: {} });
  expect((await faultOf(keeper.write(place, OF, new Secret(PLANTED), neverAsked))).fault).toBe('read-only');
  expect((await faultOf(keeper.read(place, { ...OF, what: 'key' }, neverAsked))).fault).toBe('read-only');
  expect(await keeper.copy(place, OF, { ...OF, profile: 'Beta' })).toBe(false);
});
