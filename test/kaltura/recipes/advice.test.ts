import { describe, expect, test } from 'vitest';
import { type RecipeAnswers, takesKey } from '../../../source/kaltura/recipes/fill.js';
import { fitOf } from '../../../source/kaltura/recipes/fit.js';
import type { Recipe } from '../../../source/kaltura/recipes/recipe.js';
import { RECIPES } from '../../../source/kaltura/recipes/recipes.js';
import { dangersOf } from '../../../source/kaltura/recipes/risks.js';
import { type KeyPlan, risksOf } from '../../../source/kaltura/risks/risks.js';
import type { SignInSpec } from '../../../source/kaltura/sign-in/key-spec.js';
import { answersFor, exampleValues, minimalValues } from './examples.js';

/** Words of advice to change the type, role, lifetime or privileges. */
const ADVICE = /[:.,] (or )?(add|create|use|give|leave|remove|write) |instead|shorter|is enough|meant for USER/i;

/** Words of advice against an ADMIN key. */
const AGAINST_ADMIN = /which must not|create a USER key/i;

const SIGN_IN: readonly SignInSpec[] = [
  { method: 'server', partnerId: 102 },
  { method: 'local', partnerId: 102, ksVersion: 2 },
  { method: 'login', partnerId: 102, loginId: 'jo@example.com' },
];

const planOf = (needed: RecipeAnswers, signIn: SignInSpec): KeyPlan => ({
  ...needed,
  needed,
  signIn,
  userId: 'jo',
  serviceUrl: 'https://www.kaltura.com',
});

const CASES = RECIPES.filter(takesKey).map((one) => [one.id, one] as const);

describe.each(CASES)('the key of %s', (_, one) => {
  const keys = [answersFor(one, minimalValues(one)), answersFor(one, exampleValues(one))];

  test('gets no advice against the values of the recipe', () => {
    const risks = keys.flatMap((needed) => SIGN_IN.flatMap((signIn) => risksOf(planOf(needed, signIn))));
    const advice = [...risks, ...dangersOf(one, {})].filter(
      ({ message }) => ADVICE.test(message) || (one.key.type === 'ADMIN' && AGAINST_ADMIN.test(message)),
    );
    expect([...new Set(advice.map(({ message }) => message))]).toEqual([]);
  });

  test('fits the recipe without a caution', () => {
    for (const { type, privileges, lifetime } of keys) {
      const userId = one.key.user.need === 'none' ? '' : 'jo';
      const facts = { type, privileges, userId, partnerId: 102, expiresAt: lifetime, createdAt: 0 };
      expect(fitOf(one, {}, { facts, version: 2 }, 0)).toEqual({ problems: [], cautions: [] });
    }
  });
});

test('a changed key gets the advice again', () => {
  const recorder = RECIPES.find(({ id }) => id === 'express-recorder') as Recipe;
  const needed = answersFor(recorder);
  const plan = planOf(needed, { method: 'server', partnerId: 102 });
  const ids = (changed: KeyPlan): string[] => risksOf(changed).map(({ id }) => id);
  expect(ids(plan)).not.toContain('browser-over-an-hour');
  expect(ids({ ...plan, lifetime: needed.lifetime + 1 })).toContain('browser-over-an-hour');
});
