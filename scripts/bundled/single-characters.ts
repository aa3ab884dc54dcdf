/**
 * Characters that never join with others to one, and take one cell of a terminal: those of Latin scripts, of their punctuation, arrows, and
 * the signs that the wizard draws. As the inside of a character class, without control characters.
 */
export const SINGLE_CHARACTERS =
  '\\u0020-\\u007E\\u00A1-\\u00AC\\u00AE-\\u024F\\u2010-\\u2027\\u2030-\\u205E\\u2190-\\u21FF\\u23CE\\u25B8\\u2714\\u2716\\u276F';
