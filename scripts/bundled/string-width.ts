import type { Options } from 'string-width';
import { SINGLE_CHARACTERS } from './single-characters.js';

const ONE_CELL_EACH = new RegExp(`^[${SINGLE_CHARACTERS}]*$`);
const COLOURS = /\x1B\[[\d;]*m/g;

/** Stands for the package of this name, which is loaded when a text needs it. */
export function stringWidth(text: string, options: Options = {}): number {
  const bare = options.countAnsiEscapeCodes === true ? text : text.replaceAll(COLOURS, '');
  // Where East Asian fonts are said to be in use, some of these take two.
  if (options.ambiguousIsNarrow !== false && ONE_CELL_EACH.test(bare)) return bare.length;
  const late = require('string-width') as typeof import('string-width');
  return late.default(text, options);
}

// As the package is imported.
export { stringWidth as default };
