import { percentDecoded } from '../privileges/mistakes.js';
import { htmlDecoded } from './character-references.js';
import type { FieldProblem, OddUser } from './problem.js';

/** What languages print for a missing value. */
const NOTHING = /^(?:null|undefined|none|nil|nan|false|\(null\)|\(nil\)|<null>|<nil>|\[null\]|%!s\(<nil>\))$/i;

/** A variable that was not replaced. */
const TEMPLATES = [
  /\$\{[^}]*\}|\{\{[^}]*\}\}|#\{[^}]*\}/,
  /^\{[A-Za-z_][\w.]*\}$|^\{\d?\}$/,
  /^<(?!.* at 0x)[A-Za-z][\w -]*>$/,
  /^\$[A-Za-z_]\w*$/,
  /^%[A-Z_]{2,}%$|^%[sdv]$/,
  /^your[_ -]?(?:user|login)/i,
];

/** An object, a list or a function as languages print it. */
const OBJECTS = [
  /^\[object .*\]$/i,
  /^[{[].*[}\]]$/,
  /^<.* at 0x[0-9a-f]+>$/i,
  /^#<.*>$/,
  /^(?:[a-z]\w*\.)+[A-Z][\w$]*@[0-9a-f]{4,8}$/,
  /^(?:Array|Object|Promise|Closure)$/,
  /^System\.[A-Z]\w*|^(?:map|struct)\[/,
  /^(?:async )?(?:function\b|\(.*\) *=>)/,
];

const HTML_REFERENCE = /&(?:amp|lt|gt|quot|apos|#\d{1,6}|#x[0-9a-f]{1,5});/i;

/** UTF-8 that was read as Latin-1: `zoÃ«` in place of `zoë`. */
function charsetDecoded(text: string): string | null {
  if (!/[\u00C2-\u00F4][\u0080-\u00BF]/.test(text) || /[^\0-\u00FF]/.test(text)) return null;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\uFFFD') ? null : decoded;
}

const QUOTED = /^b?(["'])(.*)\1$/s;

function oddityOf(text: string): OddUser | null {
  if (NOTHING.test(text.trim())) return { looksLike: 'nothing' };
  if (TEMPLATES.some((form) => form.test(text))) return { looksLike: 'template' };
  if (OBJECTS.some((form) => form.test(text))) return { looksLike: 'object' };
  const quoted = QUOTED.exec(text)?.[2];
  if (quoted !== undefined) return { looksLike: 'quoted', meant: quoted };
  const percent = percentDecoded(text);
  if (percent !== null) return { looksLike: 'percent-encoded', meant: percent };
  if (HTML_REFERENCE.test(text)) return { looksLike: 'html-encoded', meant: htmlDecoded(text) };
  const charset = charsetDecoded(text);
  if (charset !== null) return { looksLike: 'wrong-charset', meant: charset };
  return text !== text.trim() ? { looksLike: 'spaces', meant: text.trim() } : null;
}

/** Finds out whether a user ID looks like a bug of the code that made the key. */
export function userProblem(text: string | null): FieldProblem | null {
  if (text === null || text === '') return null;
  const oddity = oddityOf(text);
  return oddity === null ? null : { code: 'user-looks-like-a-bug', text, ...oddity };
}
