import { ksBytes } from './bytes.js';
import { V2_START } from './pasted/pieces.js';

/** A wrong arrangement of the parts of a key (docs/kaltura-facts.md 1.3, 1.4). */
export type WrongLayout =
  /** Version 2: another start than `v2|<partner ID>|`. */
  | { readonly layout: 'start'; readonly start: string }
  /** Version 2: one of the first four characters of the text is wrong. */
  | { readonly layout: 'character'; readonly found: string }
  /** Another text than a number in place of the partner ID; '' for none. */
  | { readonly layout: 'partner'; readonly partner: string }
  /** Version 2: `v2|<partner ID>|` and the encrypted part, each in base64. */
  | { readonly layout: 'encoded-in-parts' }
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
const V2_PARTNER = /^v2\|([\x20-\x7B}~]{0,60})\|/;
const V1_PARTNER = /^[0-9a-f]{40}\|([\x20-\x3A\x3C-\x7B}~]{0,60});[^;]{0,60};-?\d{1,20};[^;]{0,20};/;
/** The base64 of `v2|<partner ID>|` with its `=`, which shows where that text ends. */
const PARTS = /^(djJ8[A-Za-z0-9+/_-]{4,20}={1,2})[A-Za-z0-9+/_-]{40,}={0,2}$/;
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

/**
 * Returns the first four characters if exactly one of them is wrong, and a partner ID follows. Code that writes `v1|`, `v3|` or `V2|`
 * is more likely than a copying mistake.
 */
function changedBeginning(text: string, bytes: string): string | null {
  const found = text.slice(0, V2_START.length);
  const wrong = [...V2_START].filter((letter, index) => letter !== found[index]);
  const isCopied = wrong.length === 1 && /^-?\d{1,12}\|/.test(bytes.slice(3)) && !/^v[1-3]\|/i.test(bytes);
  return isCopied ? found : null;
}

const isEncodedInParts = (text: string): boolean => RIGHT_START.test(decoded(PARTS.exec(text)?.[1] ?? '') ?? '');

/** Finds out whether code put the parts of a key together in a wrong way; null if that is not visible. */
export function wrongLayoutOf(text: string): WrongLayout | null {
  if (isEncodedInParts(text)) return { layout: 'encoded-in-parts' };
  const bytes = decoded(text);
  if (bytes === null) return null;
  const found = changedBeginning(text, bytes);
  if (found !== null) return { layout: 'character', found };
  const partner = (V2_PARTNER.exec(bytes) ?? V1_PARTNER.exec(bytes))?.[1];
  if (partner !== undefined && !/^-?\d{1,12}$/.test(partner)) return { layout: 'partner', partner };
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
