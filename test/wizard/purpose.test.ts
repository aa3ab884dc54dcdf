import { expect, test } from 'vitest';
import { findRecipe } from '../../source/kaltura/recipes/recipes.js';
import { EMPTY_FORM } from '../../source/wizard/form/form.js';
import { choosePurpose, chooseRecipe } from '../../source/wizard/form/purpose.js';

test('“Something else” after a use case keeps the user, and drops what the use case decided', () => {
  const recipe = findRecipe('play-entry');
  if (recipe === undefined) throw new Error('There is no recipe named play-entry.');
  const chosen = chooseRecipe({ ...EMPTY_FORM, userId: 'jo' }, recipe, recipe.group);
  expect(chosen).toMatchObject({ userId: 'jo', recipe: 'play-entry' });
  const { userId, task, privileges, holder } = EMPTY_FORM;
  expect(userId).toBe('');
  expect(choosePurpose(chosen, 'other')).toMatchObject({ userId: 'jo', recipe: '', task, privileges, holder });
});
