/** A line of text being edited. */
export interface EditedLine {
  readonly text: string;
  /** The number of graphemes before the cursor. */
  readonly cursor: number;
}

/** Created when first used, because that loads Unicode data. */
let graphemes: Intl.Segmenter | undefined;

function split(text: string): string[] {
  graphemes ??= new Intl.Segmenter();
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/** Code units. The segmenter's time grows with the square of the length. */
const PART = 512;

/** Splits a text into the characters that people see (graphemes). */
export function charactersOf(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return text.split('');
  const characters: string[] = [];
  let size = PART;
  for (let at = 0; at < text.length; ) {
    const found = split(text.slice(at, at + size));
    const hasMore = at + size < text.length;
    // The last character can go on in the next part.
    if (hasMore) found.pop();
    for (const character of found) {
      characters.push(character);
      at += character.length;
    }
    size = found.length === 0 ? size * 2 : PART;
  }
  return characters;
}

export type Edit =
  | { readonly do: 'insert'; readonly text: string }
  | { readonly do: 'move'; readonly to: 'left' | 'right' | 'start' | 'end' | 'word-left' | 'word-right' }
  | { readonly do: 'delete'; readonly what: 'before' | 'at' | 'to-start' | 'to-end' | 'word-before' };

const isBlank = (character: string | undefined): boolean => character === undefined || /^\s$/.test(character);

function wordStart(characters: readonly string[], cursor: number): number {
  let at = cursor;
  while (at > 0 && isBlank(characters[at - 1])) at--;
  while (at > 0 && !isBlank(characters[at - 1])) at--;
  return at;
}

function wordEnd(characters: readonly string[], cursor: number): number {
  let at = cursor;
  while (at < characters.length && isBlank(characters[at])) at++;
  while (at < characters.length && !isBlank(characters[at])) at++;
  return at;
}

/** Edits a line as a shell's line editor does. */
export function editLine(line: EditedLine, edit: Edit): EditedLine {
  const characters = charactersOf(line.text);
  const cursor = Math.min(line.cursor, characters.length);
  const without = (from: number, to: number): EditedLine => ({
    text: [...characters.slice(0, from), ...characters.slice(to)].join(''),
    cursor: from,
  });
  if (edit.do === 'insert') {
    const before = characters.slice(0, cursor).join('') + edit.text;
    // Counted again, because inserted text may join the character before it, as combining accents do.
    return { text: before + characters.slice(cursor).join(''), cursor: charactersOf(before).length };
  }
  if (edit.do === 'move') {
    const to = {
      left: Math.max(0, cursor - 1),
      right: Math.min(characters.length, cursor + 1),
      start: 0,
      end: characters.length,
      'word-left': wordStart(characters, cursor),
      'word-right': wordEnd(characters, cursor),
    }[edit.to];
    return { text: line.text, cursor: to };
  }
  switch (edit.what) {
    case 'before':
      return without(Math.max(0, cursor - 1), cursor);
    case 'at':
      return without(cursor, cursor + 1);
    case 'to-start':
      return without(0, cursor);
    case 'to-end':
      return without(cursor, characters.length);
    case 'word-before':
      return without(wordStart(characters, cursor), cursor);
  }
}
