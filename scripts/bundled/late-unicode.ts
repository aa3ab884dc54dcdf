/**
 * Letters of Latin scripts, punctuation, arrows and the symbols that the wizard draws. Each of them takes one cell of a terminal and never
 * joins a neighbor to form one character.
 */
const NARROW =
  '\\u0020-\\u007E\\u00A1-\\u00AC\\u00AE-\\u024F\\u2010-\\u2027\\u2030-\\u205E\\u2190-\\u21FF\\u23CE\\u25B8\\u2714\\u2716\\u276F';
const ONLY_NARROW = new RegExp(`^[${NARROW}]*$`);
/** Control characters stay apart too, except that a line feed joins the carriage return before it. */
const ONLY_SEPARATE = new RegExp(`^[\\0-\\x0C\\x0E-\\x1F${NARROW}]*$`);

/** Whether every character of the text takes one cell, where characters of ambiguous width are narrow. */
export const isNarrow = (text: string): boolean => ONLY_NARROW.test(text);

let real: Intl.Segmenter | undefined;
function segmentsOf(text: string): Intl.Segments {
  real ??= new Intl.Segmenter();
  return real.segment(text);
}

function* eachCharacter(text: string): Generator<Intl.SegmentData, undefined> {
  for (let index = 0; index < text.length; index++) yield { segment: text.charAt(index), index, input: text };
}

/** Does what `Intl.Segmenter` does for graphemes. It creates the real one only for a text in which characters may join. */
export class LateSegmenter {
  segment(text: string): Pick<Intl.Segments, 'containing'> & Iterable<Intl.SegmentData> {
    if (!ONLY_SEPARATE.test(text)) return segmentsOf(text);
    return {
      containing: (index) => segmentsOf(text).containing(index),
      [Symbol.iterator]: () => eachCharacter(text),
    };
  }
}
