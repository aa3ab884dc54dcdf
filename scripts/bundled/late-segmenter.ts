import { SINGLE_CHARACTERS } from './single-characters.js';

/** Control characters do not join either, but for a carriage return, which a line feed may follow. */
const APART = new RegExp(`^[\\0-\\x0C\\x0E-\\x1F${SINGLE_CHARACTERS}]*$`);

/** What the real one says of a text whose characters all stand alone; each of them is one unit of UTF-16. */
function eachAlone(input: string): Pick<Intl.Segments, 'containing' | typeof Symbol.iterator> {
  const at = (index: number): Intl.SegmentData => ({ segment: input.charAt(index), index, input });
  return {
    containing: (index = 0) => {
      const whole = Math.trunc(index);
      return (whole >= 0 && whole < input.length ? at(whole) : undefined) as Intl.SegmentData;
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < input.length; index += 1) yield at(index);
      return undefined;
    },
  };
}

/**
 * Stands for `Intl.Segmenter`, by graphemes: no other kind is used. The first real one is made when a text needs it; in what is mostly
 * drawn, each character stands for itself.
 */
export class LateSegmenter {
  #segmenter: Intl.Segmenter | null = null;

  segment(text: string): Pick<Intl.Segments, 'containing' | typeof Symbol.iterator> {
    if (APART.test(text)) return eachAlone(text);
    this.#segmenter ??= new Intl.Segmenter();
    return this.#segmenter.segment(text);
  }
}
