import { placeholdersOf } from '../../kaltura/recipes/fill.js';
import { isInPractice } from '../../kaltura/recipes/next.js';
import { placeholderOf } from '../../kaltura/recipes/placeholders.js';
import { RECIPE_GROUPS, type Recipe, type RecipeGroup } from '../../kaltura/recipes/recipe.js';
import { RECIPES } from '../../kaltura/recipes/recipes.js';
import { adminRiskOf, dangersOf } from '../../kaltura/recipes/risks.js';
import { recipeSource } from '../../kaltura/recipes/sources.js';
import { recipeFacts } from '../../messages/recipes/recipes.js';
import { padTo, widestOf } from '../../terminal/width.js';
import { flagOf } from '../answers/answer-flags.js';
import { recipeNamed } from '../answers/recipe-flags.js';
import type { CommandRun } from '../shared/command-call.js';
import { EXIT } from '../shared/exit-codes.js';
import { printResult } from '../shared/report.js';
import { wrapProse } from '../shared/wrap-prose.js';
import { dangersOfUse, keyCommand, stepCommand } from './command.js';

/** Returns a recipe for programs. Scripts depend on these names: never rename them. */
const recipeJson = (recipe: Recipe) => {
  const values = placeholdersOf(recipe).map((id) => {
    const { noun, example, where, choices } = placeholderOf(id);
    const isRequired = recipe.asks.includes(id);
    const isChoice = recipe.asksOneOf.includes(id);
    return {
      flag: flagOf(id),
      need: isRequired ? 'required' : isChoice ? 'one-of' : 'optional',
      noun,
      example,
      where,
      choices: choices ?? null,
    };
  });
  const { id, group, title, summary, key, placement, mistakes, doubts, confidence } = recipe;
  return {
    ...{ id, group, title, summary },
    key: key === null ? null : { ...key, privileges: key.privileges.join(',') },
    values,
    keyGoesTo: placement,
    mistakes,
    unconfirmed: doubts,
    source: recipeSource(recipe),
    confidence,
  };
};

/** Lists all recipes by group. */
export async function listRecipes(run: CommandRun): Promise<number> {
  const width = widestOf(RECIPES.map(({ id }) => id));
  const groups = Object.entries(RECIPE_GROUPS) as [RecipeGroup, string][];
  const texts = groups.map(([group, label]) =>
    [
      label,
      ...RECIPES.filter((one) => one.group === group).map(({ id, title }) => `  ${padTo(id, width)}  ${title}`),
    ].join('\n'),
  );
  printResult(RECIPES.map(recipeJson), [wrapProse(texts.join('\n\n'), run.runtime.stdout)], run);
  return EXIT.ok;
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`];

/** Describes the values of a recipe: flag, meaning, and where to find it. */
function valueLines(recipe: Recipe): string[] {
  const ids = placeholdersOf(recipe);
  const width = widestOf([...ids.map(flagOf), '--user']);
  return ids.map((id) => {
    const { noun, example, where, choices } = placeholderOf(id);
    const need = recipe.mayAsk.includes(id) ? ' (optional)' : recipe.asksOneOf.includes(id) ? ' (one of these)' : '';
    const such =
      choices === undefined
        ? `such as ${example}`
        : Object.entries(choices)
            .map(([value, meaning]) => `${value} (${meaning})`)
            .join(', ');
    return `${padTo(flagOf(id), width)}  ${noun}${need}: ${such}. ${where}`;
  });
}

/** Shows everything about one recipe. */
export async function showRecipe(run: CommandRun): Promise<number> {
  const recipe = await recipeNamed(run.names[0] ?? '');
  const admin = adminRiskOf(recipe);
  const facts = recipeFacts(recipe).map(([label, value]) => `${padTo(label, 12)}${value}`);
  const parts = [
    `${recipe.title}\n${recipe.summary}`,
    facts.join('\n'),
    ...section('Values', valueLines(recipe)),
    ...section('Watch out', [...recipe.mistakes, ...(admin === null ? [] : [admin.message])]),
    ...section('Open questions', recipe.doubts),
    `Source: ${recipeSource(recipe)}`,
    ...commandSections(recipe),
  ];
  printResult(recipeJson(recipe), [wrapProse(parts.join('\n\n'), run.runtime.stdout)], run);
  return EXIT.ok;
}

/** Shows the commands with all that they need, and why they need consent. */
function commandSections(recipe: Recipe): string[] {
  const forKey = recipe.key === null ? [] : [keyCommand(recipe)];
  const inPractice = isInPractice(recipe) ? '--region practice to try it, or ' : '';
  const limit =
    recipe.key === null || isInPractice(recipe)
      ? ''
      : ' In practice, you can create the key, but the next step is only an example.';
  const account = `Instead of <profile>: ${inPractice}--region and --partner of your account.${limit} To save a profile: kaltura-ks profiles add.`;
  const dangers = dangersOfUse(recipe);
  const all = dangers.length > 0 ? dangers : dangersOf(recipe, {});
  return [
    ...section('Commands', [...forKey, stepCommand(recipe)]),
    account,
    ...section(
      'Why --accept-risk is needed',
      all.map(({ id, message }) => `${id}: ${message}`),
    ),
  ];
}
