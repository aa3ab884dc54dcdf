import { withoutInvisible } from './invisible-characters.js';
import { htmlDecoded } from './ks/pasted/character-references.js';

/** Text in a wrong form, of which the right one can be seen. */
type WrongForm = 'link' | 'percent-encoded' | 'html-encoded' | 'quoted' | 'wrong-charset' | 'invisible' | 'spaces';

/**
 * What a text looks like that a bug of the caller made.
 *
 * - `nothing`: a word for nothing, such as null or undefined
 * - `object`: an object or a list, printed as text
 * - `error`: an error message, printed in place of a value
 * - `template`: a variable that was never replaced
 * - `session-key`: a session key in place of a user ID
 * - `lost-characters`: U+FFFD, which programs write in place of characters that they cannot read
 */
export type OddText =
  | { readonly looksLike: 'nothing' | 'object' | 'error' | 'template' | 'session-key' | 'lost-characters' }
  /** `meant` is the text that was probably meant. */
  | { readonly looksLike: WrongForm; readonly meant: string };

const PERCENT_CODE = /%[0-9A-Fa-f]{2}/;

/** Decodes percent-encoding as often as it was applied; null if there is none. */
export function percentDecoded(text: string): string | null {
  let meant = text;
  for (let times = 0; times < 5 && PERCENT_CODE.test(meant); times++) {
    try {
      meant = decodeURIComponent(meant);
    } catch {
      break;
    }
  }
  return meant === text ? null : meant;
}

/** What languages print for a missing value. */
const NOTHING =
  /^(?:n\/a|null|undefined|none|nil|nan|false|\(null\)|\(nil\)|<null>|<nil>|\[null\]|%!s\(<nil>\)|0{8}-(?:0{4}-){3}0{12})$/i;

/** A variable that was not replaced. */
const TEMPLATES = [
  /\$\{[^}]*\}|\{\{[^}]*\}\}|#\{[^}]*\}/,
  /^\{[A-Za-z_][\w.]*\}$|^\{\d?\}$/,
  /^<(?!.* at 0x)[A-Za-z][\w -]*>$/,
  /^\$[A-Za-z_]\w*$/,
  /^%[A-Z_]{2,}%$|^%[sdv]$/,
  /<%.*%>|\{%.*%\}/s,
  /^your[_ -]?(?:user|login)/i,
  // A parameter of a route or of SQL.
  /^:[A-Za-z_]\w*$/,
];

/** What languages print for an error or a warning. */
const ERRORS = [
  /^(?:[A-Z]\w*)?(?:Error|Exception)\b(?:.*:| in | \d)/s,
  /^(?:Uncaught|Traceback|Fatal error|Warning|Notice|Deprecated)\b.*:/s,
  /<b>(?:Fatal error|Warning|Notice|Deprecated)<\/b>/,
];

/** An object, a list or a function as languages print it. */
const OBJECTS = [
  /^\[object .*\]$/i,
  /^[{[].*[}\]]$/,
  /^<.* at 0x[0-9a-f]+>$/i,
  /^#<.*>$/,
  /^(?:[a-z]\w*\.)+[A-Z][\w$]*@[0-9a-f]{4,8}$/,
  /^(?:Array|Object|Promise|Closure|[Tt]rue|TRUE)$/,
  /^Optional(?:\[.*\]|\.empty)$|^(?:Some|Just)\(.*\)$/,
  /^System\.[A-Z]\w*|^(?:map|struct)\[|^0x[0-9a-f]{6,16}$/,
  /^&?(?:[A-Z][\w.]*)?\s?\{.*\}$/,
  /^[A-Z]\w*\((?=.*[="']).*\)$|^[A-Z]\w* object \(\w+\)$|^<[A-Z]\w*: .*>$/,
  // A tuple of Python, and a value of Go with the wrong verb.
  /^\(.*,\)$|^%![a-zA-Z]\(.*\)$/,
  /^(?:async )?(?:function\b|\(.*\) *=>)/,
];

const HTML_REFERENCE = /&(?:amp|lt|gt|quot|apos|#\d{1,6}|#x[0-9a-f]{1,5});/i;

/** UTF-8 that was read as Latin-1: `zoÃ«` in place of `zoë`. */
function charsetDecoded(text: string): string | null {
  if (!/[\u00C2-\u00F4][\u0080-\u00BF]/.test(text) || /[^\0-\u00FF]/.test(text)) return null;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\uFFFD') ? null : decoded;
}

/** The address of a mail link, copied from a web page. */
const MAIL_LINK = /^mailto:([^?]+)/i;

const QUOTED = /^b?(["'])(.*)\1$/s;

const SESSION_KEY = /^djJ8[A-Za-z0-9+/_=-]{60,}$/;

/** Finds out whether a text looks like a bug of the code that wrote it; null if it does not. */
export function oddTextIn(text: string): OddText | null {
  if (NOTHING.test(text.trim())) return { looksLike: 'nothing' };
  if (SESSION_KEY.test(text)) return { looksLike: 'session-key' };
  if (text.includes('\uFFFD')) return { looksLike: 'lost-characters' };
  if (TEMPLATES.some((form) => form.test(text))) return { looksLike: 'template' };
  if (ERRORS.some((form) => form.test(text))) return { looksLike: 'error' };
  if (OBJECTS.some((form) => form.test(text))) return { looksLike: 'object' };
  const quoted = QUOTED.exec(text)?.[2];
  if (quoted !== undefined) return { looksLike: 'quoted', meant: quoted };
  const linked = MAIL_LINK.exec(text)?.[1];
  if (linked !== undefined) return { looksLike: 'link', meant: percentDecoded(linked) ?? linked };
  const percent = percentDecoded(text);
  if (percent !== null) return { looksLike: 'percent-encoded', meant: percent };
  if (HTML_REFERENCE.test(text)) return { looksLike: 'html-encoded', meant: htmlDecoded(text) };
  const charset = charsetDecoded(text);
  if (charset !== null) return { looksLike: 'wrong-charset', meant: charset };
  // trim() also removes a byte order mark, which is invisible.
  if (text !== text.trim() && !text.includes('\uFEFF')) return { looksLike: 'spaces', meant: text.trim() };
  const visible = withoutInvisible(text);
  return text === visible ? null : { looksLike: 'invisible', meant: visible };
}
