import { ksBytes } from './bytes.js';

/** A wrong arrangement of the parts of a key (docs/kaltura-facts.md 1.3, 1.4). */
export type WrongLayout =
  /** Version 2: another start than `v2|<partner ID>|`. */
  | { readonly layout: 'start'; readonly start: string }
  /** Version 1: the fields, and the signature after them. */
  | { readonly layout: 'signature-last' }
  /** Version 2: only the encrypted part. */
  | { readonly layout: 'no-start' }
  /** Version 1: another character than `|` after the signature; '' for none. */
  | { readonly layout: 'no-bar'; readonly separator: string }
  | { readonly layout: 'no-signature' }
  /** Version 1: another character than `;` between the fields. */
  | { readonly layout: 'separator'; readonly separator: string };

const START = /^\s*(?:v\d[^\w\s]?\s*_?\d{1,12}[^\w\s]|v\d\|(?:[\x20-\x7B}~]{0,30}\|)?|\d{1,12}[|:;]v\d[|:;])/i;
const RIGHT_START = /^v2\|-?\d{1,12}\|/;
const SIGNATURE_LAST = /^\d{1,12};\d{1,12};[^|]*[|;:][0-9a-f]{40}$/;
const WRONG_BAR = /^[0-9a-f]{40}([;:,.\s-])-?\d{1,12}[;:,]/;
/** Without a separator, only the repeated partner ID shows where the fields start. */
const NO_BAR = /^[0-9a-f]{40}(-?\d{1,12});\1;/;
const NO_SIGNATURE = /^-?\d{1,12};-?\d{1,12};[^;]*;[^;]*;/;
const SEPARATOR = /^[0-9a-f]{40}\|-?\d{1,12}([^;\w])\s*-?\d{1,12}\1/;

const decoded = (text: string): string | null => {
  try {
    return ksBytes(text).toString('latin1');
  } catch {
    return null;
  }
};

/** Finds out whether code put the parts of a key together in a wrong way; null if that is not visible. */
export function wrongLayoutOf(text: string): WrongLayout | null {
  const bytes = decoded(text);
  if (bytes === null) return null;
  const start = RIGHT_START.test(bytes) ? undefined : START.exec(bytes)?.[0];
  if (start !== undefined) return { layout: 'start', start };
  if (SIGNATURE_LAST.test(bytes)) return { layout: 'signature-last' };
  const bar = WRONG_BAR.exec(bytes)?.[1];
  if (bar !== undefined) return { layout: 'no-bar', separator: bar };
  if (NO_BAR.test(bytes)) return { layout: 'no-bar', separator: '' };
  if (NO_SIGNATURE.test(bytes)) return { layout: 'no-signature' };
  const separator = SEPARATOR.exec(bytes)?.[1];
  return separator === undefined ? null : { layout: 'separator', separator };
}
