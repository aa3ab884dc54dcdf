/** The beginning of a sentence in the middle of another; a name keeps its capital. */
export const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]* /.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
