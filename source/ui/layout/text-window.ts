import { terminalLine } from '../../kaltura/terminal-text.js';
import type { Glyphs } from './glyphs.js';
import { widthOf } from './line.js';

/** The part of a text that is in sight, and the column of the cursor in it. */
export interface TextWindow {
  readonly text: string;
  readonly cursor: number;
}

/** The part of a text that fits, around the cursor; line ends inside it are made visible. */
export function windowOf(characters: readonly string[], cursor: number, width: number, glyphs: Glyphs): TextWindow {
  const drawn = characters.map((character) =>
    /[\r\n\u2028\u2029]/.test(character) ? glyphs.lineEnd : terminalLine(character),
  );
  let from = cursor;
  let used = 1;
  while (from > 0 && used + widthOf(drawn[from - 1] ?? '') <= width) used += widthOf(drawn[--from] ?? '');
  let to = cursor;
  while (to < drawn.length && used + widthOf(drawn[to] ?? '') <= width) used += widthOf(drawn[to++] ?? '');
  return { text: drawn.slice(from, to).join(''), cursor: widthOf(drawn.slice(from, cursor).join('')) };
}
