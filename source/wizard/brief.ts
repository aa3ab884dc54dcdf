import type { Paragraph } from './paragraph.js';

/** What a screen says of something: what must be read however small the window is, and what helps where there is room. */
export interface Brief {
  readonly warnings: readonly Paragraph[];
  readonly advice: readonly Paragraph[];
}

/** What may have led to something, the likeliest first. Each item stands for itself: in a low window, the last ones go. */
export const perhaps = (items: readonly Paragraph[]): readonly Paragraph[] =>
  items.map(({ tone, text }) => ({ tone, text: text.replace(/^ *· /, '· perhaps ') }));

export const NOTHING_TO_SAY: Brief = { warnings: [], advice: [] };

/** Several things that are said one after another. */
export const together = (...briefs: readonly Brief[]): Brief => ({
  warnings: briefs.flatMap(({ warnings }) => warnings),
  advice: briefs.flatMap(({ advice }) => advice),
});

/** Before a warning, whoever draws it puts a sign of their own: the one that stands in the text would be a second. */
export const unsigned = (paragraphs: readonly Paragraph[]): readonly Paragraph[] =>
  paragraphs.map(({ tone, text }) => ({ tone, text: tone === 'good' ? text : text.replace(/^✖ /, '') }));
