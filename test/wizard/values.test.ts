import { expect, test } from 'vitest';
import { PRACTICE_ACCOUNT } from '../../source/practice/practice-account.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import { enter, type Move, play, set, start } from './play.js';

const toValues = (region: string): Move[] => [
  enter({ region }),
  enter({}),
  enter(region === 'practice' ? {} : { partnerId: '2345678', secret: '0123456789abcdef0123456789abcdef' }),
  enter({ purpose: 'play' }),
  enter({}),
];

const warningOf = (region: string, entry: string) => {
  const { view } = play(start(), ...toValues(region), set('entry', entry));
  const field = view.controls.find(({ id }) => id === 'entry');
  return field?.kind === 'text' ? (field.warning ?? null) : undefined;
};

test('an entry that the practice account does not have gets a warning, in practice only', () => {
  expect(warningOf('practice', '0_welcome2')).toBe(
    'The practice account has no entry 0_welcome2. It has, for example, 0_welcome1.',
  );
  expect(warningOf('practice', '0_welcome1')).toBeNull();
  expect(warningOf('eu', '0_welcome2')).toBeNull();
});

test('the practice account knows all of its entries', () => {
  const ids = createPracticeData().entries.map(({ object }) => object.id);
  expect([...PRACTICE_ACCOUNT.entryIds].sort()).toEqual(ids.sort());
});
