import { SINGLE_CHARACTERS } from './single-characters.js';

/** Control characters do not join either, but for a carriage return, which a line feed may follow. */
const APART = new RegExp(`^[\\0-\\x0C\\x0E-\\x1F${SINGLE_CHARACTERS}]*$`);

/**
 * Stands for `Intl.Segmenter`, by graphemes: no other kind is used. The first real one is made when a text needs it; in what is mostly
 * drawn, each character stands for itself.
 */
export class LateSegmenter {
  #segmenter: Intl.Segmenter | null = null;

  segment(text: string): Iterable<Intl.SegmentData> {
    if (APART.test(text)) return Array.from(text, (segment, index) => ({ segment, index, input: text }));
    this.#segmenter ??= new Intl.Segmenter();
    return this.#segmenter.segment(text);
  }
}
