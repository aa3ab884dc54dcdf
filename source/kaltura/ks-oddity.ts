/** What shows of a text that is no KS, and tells why it is none. */
export type KsOddity =
  /** `at` counts the characters before it. */
  | { readonly kind: 'foreign-character'; readonly character: string; readonly at: number }
  /** Its middle was left out, as in a log. */
  | { readonly kind: 'shortened' }
  | { readonly kind: 'padding' }
  /** 32 hex digits: a secret of the account, or an app token. */
  | { readonly kind: 'permanent-secret' }
  /** A token of another kind (JWT). */
  | { readonly kind: 'web-token' }
  | { readonly kind: 'too-short' };

const SHORTENED = /…|\.\.\.|\*\*\*|••/;
const WEB_TOKEN = /^eyJ[\w-]*\.[\w-]*\.?/;
const FOREIGN = /[^A-Za-z0-9+/_=\s-]/u;

/** Account and version alone fill as much. */
const SHORTEST = 40;

/** What is odd about a text that cannot be read as a KS; null where its letters are those of one. */
export function oddityOf(text: string): KsOddity | null {
  if (/^[0-9a-f]{32}$/i.test(text)) return { kind: 'permanent-secret' };
  if (WEB_TOKEN.test(text)) return { kind: 'web-token' };
  if (SHORTENED.test(text)) return { kind: 'shortened' };
  const at = text.search(FOREIGN);
  if (at !== -1) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    return { kind: 'foreign-character', character, at: [...text.slice(0, at)].length };
  }
  const letters = text.replaceAll(/[=\s]/g, '').length;
  if (letters < SHORTEST) return { kind: 'too-short' };
  return text.includes('=') ? { kind: 'padding' } : null;
}
