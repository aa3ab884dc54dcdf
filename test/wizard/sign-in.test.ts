import { expect, test } from 'vitest';
import { enter, play, start, toldBy } from './play.js';

test.each([
  ['us', true],
  ['practice', false],
])('the sign-in step in %s warns about other people’s accounts: %s', (region, isWarned) => {
  const { state, view } = play(start(), enter({ region }));
  expect(state.screen).toBe('sign-in');
  expect(toldBy(view).includes('Not your account?')).toBe(isWarned);
});
