import type { OddText } from '../kaltura/odd-text.js';

/** What a text looks like that a bug of the code made. */
export const ODD_TEXTS: Readonly<Record<OddText['looksLike'], string>> = {
  nothing: 'what code prints for a missing value',
  object: 'an object printed as text',
  template: 'a variable that was not replaced',
  'percent-encoded': 'percent-encoded text',
  'html-encoded': 'HTML-encoded text',
  quoted: 'text with its quotes',
  'wrong-charset': 'UTF-8 text that was read in another charset',
  invisible: 'text with invisible characters',
  spaces: 'text with spaces around it',
};
