import { placeholdersOfKey } from '../../kaltura/recipes/fill.js';
import type { PlaceholderId, PlaceholderValues } from '../../kaltura/recipes/placeholders.js';
import type { Recipe } from '../../kaltura/recipes/recipe.js';
import { shellQuote } from '../../kaltura/snippets/snippet.js';
import { flagOf } from '../shared/answer-flags.js';

interface KnownAnswers {
  readonly profile: string | null;
  readonly userId: string | null;
  readonly values: PlaceholderValues;
}

const quotedIfNeeded = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : shellQuote(text));

/** Returns the command that makes the key of a recipe. `known` has what stands in it instead of `<…>`. */
export function keyCommand(recipe: Recipe, ids: readonly PlaceholderId[], known: KnownAnswers | null): string {
  const user = known?.userId == null || known.userId === '' ? '<id>' : quotedIfNeeded(known.userId);
  const options = ids.flatMap((id) => [flagOf(id), quotedIfNeededOr(known?.values[id], `<${id}>`)]);
  return [
    'kaltura-ks token',
    known?.profile == null ? '[profile]' : quotedIfNeeded(known.profile),
    `--recipe ${recipe.id}`,
    recipe.key?.user.need === 'required' ? `--user ${user}` : '',
    ...options,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

const quotedIfNeededOr = (text: string | undefined, otherwise: string): string =>
  text === undefined || text.trim() === '' ? otherwise : quotedIfNeeded(text.trim());

/** The placeholders that the command must have. */
export const requiredPlaceholders = (recipe: Recipe): readonly PlaceholderId[] => [
  ...recipe.asks,
  ...recipe.asksOneOf.slice(0, 1),
];

/** The placeholders of the key that are required or given. */
export function placeholdersFor(recipe: Recipe, values: PlaceholderValues): readonly PlaceholderId[] {
  const isGiven = (id: PlaceholderId): boolean => (values[id] ?? '').trim() !== '';
  const choice = recipe.asksOneOf.find(isGiven) ?? recipe.asksOneOf[0];
  return placeholdersOfKey(recipe).filter((id) => recipe.asks.includes(id) || id === choice || isGiven(id));
}
