import type { Recipe } from '../../kaltura/recipes/recipe.js';
import type { Paragraph } from '../paragraph.js';

/** Says what the sources leave open about a recipe: contradictions, and facts that no source confirms. */
export function unconfirmedParagraphs({ doubts, confidence }: Recipe): Paragraph[] {
  if (doubts.length > 0) return [{ tone: 'caution', text: `Not confirmed: ${doubts.join(' ')}` }];
  return confidence === 'unconfirmed'
    ? [{ tone: 'caution', text: 'Not confirmed: Kaltura’s documents don’t settle what this needs.' }]
    : [];
}
