import type { Recipe } from '../../kaltura/recipes/recipe.js';
import { caution, type Paragraph } from '../paragraph.js';

const UNSETTLED = 'Kaltura’s documents don’t say clearly what this needs.';

/** Returns what the sources leave open about a recipe, as sentences: contradictions, and facts that no source confirms. */
const openPoints = ({ doubts, confidence }: Recipe): readonly string[] =>
  doubts.length === 0 && confidence === 'unconfirmed' ? [UNSETTLED] : doubts;

/** Says that something is not confirmed, unless the text says so itself. */
const named = (text: string): string => (/not (confirmed|known|stated)/.test(text) ? text : `Not confirmed: ${text}`);

/** The most that fits on one line at 80 columns, after the mark of a caution. */
const LINE = 77;

/** Says in one line what the sources leave open about a recipe, or how much: then the help has the points. */
export function unconfirmedLine(recipe: Recipe): Paragraph[] {
  const points = openPoints(recipe);
  if (points.length === 0) return [];
  const all = named(points.join(' '));
  const [count, are, them] =
    points.length === 1 ? ['1 detail', 'is', 'it'] : [`${points.length} details`, 'are', 'them'];
  const text = all.length <= LINE ? all : `${count} of this use case ${are} not confirmed. Press F1 to see ${them}.`;
  return [caution(text)];
}

/** Lists what the sources leave open about a recipe, as notes for the output of a command. */
export const unconfirmedNotes = (recipe: Recipe): readonly string[] =>
  openPoints(recipe).map((text) => `Note about this recipe: ${text}`);

/** Lists what the sources leave open about a recipe. */
export const unconfirmedHelp = (recipe: Recipe): readonly string[] => openPoints(recipe).map(named);
