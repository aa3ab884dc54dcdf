import { expect, test } from 'vitest';
import { findRecipe } from '../../source/kaltura/recipes/recipes.js';
import { EMPTY_FORM } from '../../source/wizard/form/form.js';
import { choosePurpose, chooseRecipe } from '../../source/wizard/form/purpose.js';
import { ADMIN_SECRET, act, back, controlOf, enter, messagesOf, play, sample, set, start } from './play.js';

test('“Something else” after a use case keeps the user, and drops what the use case decided', () => {
  const recipe = findRecipe('play-entry');
  if (recipe === undefined) throw new Error('There is no recipe named play-entry.');
  const chosen = chooseRecipe({ ...EMPTY_FORM, userId: 'jo' }, recipe, recipe.group);
  expect(chosen).toMatchObject({ userId: 'jo', recipe: 'play-entry' });
  const { userId, task, privileges, holder } = EMPTY_FORM;
  expect(userId).toBe('');
  expect(choosePurpose(chosen, 'other')).toMatchObject({ userId: 'jo', recipe: '', task, privileges, holder });
});

/** The options that the search on the purpose step finds, best first. */
function foundBy(region: string, query: string): readonly string[] {
  const list = controlOf(play(start(), enter({ region }), enter(), enter(CREDENTIALS)).view, 'purpose');
  return list.kind === 'choice' ? (list.search?.(query) ?? []) : [];
}
const CREDENTIALS = { partnerId: '2345678', secret: ADMIN_SECRET };

test.each(['vendor', 'app token', 'supplier', 'partner', 'agency'])(
  'the search for “%s” finds the app token for a vendor first',
  (query) => {
    expect(foundBy('eu', query)[0]).toBe('vendor');
  },
);

test('the search finds groups by their descriptions, and “Look around” only in practice', () => {
  expect(foundBy('eu', 'coding assistants')).toEqual(['agents']);
  expect(foundBy('eu', 'look around')).toEqual([]);
  expect(foundBy('practice', 'look around')).toEqual(['look-around']);
});

test('practice says that a mistyped partner ID is another practice account, and offers the usual one', () => {
  const { view } = play(start(), enter({ region: 'practice' }), enter(), set('partnerId', '1234568'));
  expect(controlOf(view, 'partnerId')).toMatchObject({
    warning: expect.stringContaining('another practice account'),
    suggestion: { value: '1234567' },
  });
  const inEu = play(start(), enter({ region: 'eu' }), enter(), set('partnerId', '1234568')).view;
  expect(controlOf(inEu, 'partnerId')).toMatchObject({ warning: null });
});

test('quitting warns about lost answers only if no profile has them', () => {
  const edited = play(start([sample()]), act('edit'));
  expect(edited.state.screen).toBe('review');
  expect(play(edited.state, back, back).view).toMatchObject({ question: 'Quit now?', warnings: [] });
  const changed = { ...edited.state, form: { ...edited.state.form, userId: 'jo' } };
  expect(messagesOf(play(changed, back, back, back).view)).toContain('lost');
});
