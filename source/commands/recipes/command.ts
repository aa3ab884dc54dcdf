import type { SessionType } from '../../kaltura/ks/fields.js';
import { placeholdersOfKey } from '../../kaltura/recipes/fill.js';
import { containsKey, containsValue, leavesOpen, needsExec } from '../../kaltura/recipes/next.js';
import type { PlaceholderId, PlaceholderValues } from '../../kaltura/recipes/placeholders.js';
import type { Recipe } from '../../kaltura/recipes/recipe.js';
import { dangersOf } from '../../kaltura/recipes/risks.js';
import { quoteIfNeeded } from '../../kaltura/snippets/snippet.js';
import { ADMIN_IN_PAGE, acceptFlags, type OpenRisk } from '../answers/accepted-risks.js';
import { flagOf } from '../answers/answer-flags.js';

interface KnownAnswers {
  /** The name of a profile, or the flags that name the account. */
  readonly account: string | null;
  readonly userId: string | null;
  readonly values: PlaceholderValues;
}

const NOTHING_KNOWN: KnownAnswers = { account: null, userId: null, values: {} };

const orPlaceholder = (text: string | null | undefined, placeholder: string): string => {
  const given = text?.trim() ?? '';
  return given === '' ? `<${placeholder}>` : quoteIfNeeded(given);
};

const userFlag = ({ key }: Recipe, { userId }: KnownAnswers): string =>
  key?.user.need === 'required' ? `--user ${orPlaceholder(userId, 'user')}` : '';

const valueFlags = (ids: readonly PlaceholderId[], { values }: KnownAnswers): string[] =>
  ids.map((id) => `${flagOf(id)} ${orPlaceholder(values[id], id)}`);

const joined = (words: readonly string[]): string => words.filter((word) => word !== '').join(' ');

/** Returns the command that makes the key of a recipe, with `<…>` for what is not known. */
export function keyCommand(
  recipe: Recipe,
  ids: readonly PlaceholderId[] = requiredPlaceholders(recipe, placeholdersOfKey(recipe)),
  known: KnownAnswers = NOTHING_KNOWN,
): string {
  return joined([
    'kaltura-ks token',
    known.account ?? '<profile>',
    `--recipe ${recipe.id}`,
    userFlag(recipe, known),
    ...valueFlags(ids, known),
    acceptFlags(dangersOf(recipe, known.values)),
  ]);
}

/**
 * Returns the danger that an ADMIN key gets into a link or page.
 * @param type null if a login decides it
 */
export const adminInPage = ({ next }: Recipe, type: SessionType | null): OpenRisk => ({
  id: ADMIN_IN_PAGE,
  message: `${type === null ? 'This may be' : 'This is'} an ADMIN key, and it would be in a ${next.kind === 'link' ? 'link' : 'page'}: anyone who sees it controls the account.`,
});

/** Returns the dangers that `use` asks about: those of the key, and that an ADMIN key gets into a link. */
export function dangersOfUse(recipe: Recipe): readonly OpenRisk[] {
  if (!containsKey(recipe)) return [];
  const isInLinkOnly = recipe.key?.type === 'ADMIN' && recipe.key.holder !== 'browser';
  return [...dangersOf(recipe, {}), ...(isInLinkOnly ? [adminInPage(recipe, 'ADMIN')] : [])];
}

/** Returns the command that prints the next step of a recipe, with `<…>` for the values. */
export function stepCommand(recipe: Recipe): string {
  const hasKey = containsKey(recipe);
  const needsUser = hasKey || needsExec(recipe);
  const all = requiredPlaceholders(recipe, [...recipe.asks, ...recipe.asksOneOf]);
  return joined([
    'kaltura-ks use',
    recipe.id,
    '<profile>',
    needsUser ? userFlag(recipe, NOTHING_KNOWN) : '',
    ...valueFlags(hasKey ? all : all.filter((id) => containsValue(recipe, id)), NOTHING_KNOWN),
    ...valueFlags(
      recipe.mayAsk.filter((id) => leavesOpen(recipe, id)),
      NOTHING_KNOWN,
    ),
    acceptFlags(dangersOfUse(recipe)),
  ]);
}

/** The placeholders among these that a command must have. */
const requiredPlaceholders = (recipe: Recipe, ids: readonly PlaceholderId[]): readonly PlaceholderId[] =>
  [...recipe.asks, ...recipe.asksOneOf.slice(0, 1)].filter((id) => ids.includes(id));

/** The placeholders of the key that are required or given. */
export function placeholdersFor(recipe: Recipe, values: PlaceholderValues): readonly PlaceholderId[] {
  const isGiven = (id: PlaceholderId): boolean => (values[id] ?? '').trim() !== '';
  const choice = recipe.asksOneOf.find(isGiven) ?? recipe.asksOneOf[0];
  return placeholdersOfKey(recipe).filter((id) => recipe.asks.includes(id) || id === choice || isGiven(id));
}
