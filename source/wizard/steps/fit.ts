import { takesKey } from '../../kaltura/recipes/fill.js';
import { fitOf } from '../../kaltura/recipes/fit.js';
import { versionOf } from '../../kaltura/sign-in/key-spec.js';
import { caution, type Paragraph } from '../../messages/paragraph.js';
import { fitTexts } from '../../messages/recipes/fit.js';
import type { FormState } from '../form/form.js';
import { recipeOf, valuesOf } from '../form/purpose.js';
import { specOf } from '../form/reading.js';

/** Says why the product doesn't take this key, if answers were changed. */
export function unfit(form: FormState): Paragraph[] {
  const recipe = recipeOf(form);
  if (recipe === undefined || !takesKey(recipe)) return [];
  const { signIn, type, userId, privileges } = specOf(form);
  const isLogin = signIn.method === 'login';
  const facts = {
    type: isLogin ? null : type,
    userId: isLogin ? signIn.loginId : userId,
    privileges,
    partnerId: null,
    expiresAt: null,
  };
  const fit = fitOf(recipe, valuesOf(form, recipe), { facts, version: versionOf(signIn) }, 0);
  const { problems } = fitTexts({ problems: fit.problems, cautions: [] });
  return problems.map((text) => caution(`Not for this use case: ${text}`));
}
