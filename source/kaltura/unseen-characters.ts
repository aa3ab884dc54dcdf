/**
 * What no name and no ID has, and what could move a cursor or turn the text around it: control characters, line and paragraph
 * separators, lone halves of surrogate pairs, and what changes the direction of writing.
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u;

/** The first such character with its place, counted in characters; null where there is none. */
export function unseenCharacter(text: string): { readonly name: string; readonly at: number } | null {
  const index = text.search(UNSEEN);
  if (index === -1) return null;
  const code = text.codePointAt(index) ?? 0;
  return { name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, at: [...text.slice(0, index)].length };
}
