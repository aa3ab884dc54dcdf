import { SINGLE_CHARACTERS } from './single-characters.js';

/** Control characters do not join either, but for a carriage return, which a line feed may follow. */
const APART = new RegExp(`^[\\0-\\x0C\\x0E-\\x1F${SINGLE_CHARACTERS}]*$`);

/** The segments of a text in which each character stands for itself. */
function segmentsApart(text: string): Intl.Segments {
  const at = (index: number): Intl.SegmentData => ({ segment: text.charAt(index), index, input: text });
  return {
    containing: (place = 0) => {
      // Never -0.
      const index = Math.trunc(place) + 0;
      return (index >= 0 && index < text.length ? at(index) : undefined) as Intl.SegmentData;
    },
    [Symbol.iterator]: () => Array.from(text, (_, index) => at(index))[Symbol.iterator](),
  };
}

/**
 * Stands for `Intl.Segmenter`, by graphemes: no other kind is used. The first real one is made when a text needs it; in what is mostly
 * drawn, each character stands for itself.
 */
export class LateSegmenter implements Intl.Segmenter {
  #made: Intl.Segmenter | null = null;

  get #segmenter(): Intl.Segmenter {
    this.#made ??= new Intl.Segmenter();
    return this.#made;
  }

  segment(text: string): Intl.Segments {
    return APART.test(text) ? segmentsApart(text) : this.#segmenter.segment(text);
  }

  resolvedOptions(): Intl.ResolvedSegmenterOptions {
    return this.#segmenter.resolvedOptions();
  }
}
