import { similarNames } from '../similar-names.js';
import { ERROR_CODES, type ErrorCodeId, isKnownErrorCode, type KnownError, KS_REASONS } from './error-codes.js';

/** An error in a pasted text. */
export interface FoundError {
  /** The code as the server sends it. */
  readonly code: string;
  /** The entry that explains it: the code, or the reason of `INVALID_KS`. Null if the code is unknown. */
  readonly id: ErrorCodeId | null;
  /** The ID of the category or entry, or null. */
  readonly objectId: string | null;
  readonly partnerId: string | null;
  /** Known codes with a similar name, if the code is unknown. */
  readonly similar: readonly ErrorCodeId[];
}

/** A code after its label: `"code":"X"`, `<code>X`, `s:4:"code";s:1:"X"`, `[code] => X`, `code=X`. */
const LABELLED =
  /(?<![A-Za-z])code["'\]]{0,2}(?::(?:protected|private))?\]?\s{0,4}(?:=>|[:=;>]){0,2}\s{0,4}(?:s:\d{1,3}:|string\(\d{1,3}\)\s?)?["'>]?([A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,9})(?![A-Za-z0-9_])/g;

/** A word in capitals that has the form of a code. */
const WORD = /(?<![A-Za-z0-9_])[A-Z]{2,40}(?:_[A-Z0-9]{1,40}){1,9}(?![A-Za-z0-9_])/g;

/** Words of this form that are no codes: names of arguments and environment variables (docs/kaltura-facts.md 4). */
const NO_CODE =
  /^(?:(?:ENUM|ERR|PARAM|FIELD|PROP|XML|ACTION|SERVICE|SRV|ENTRY|PARTNER|USER|WIDGET|ASSET)_(?:VAL|TYPE|CODE|DESC|TEXT|NAME|FIELD|ID)|KALTURA_.*|.*_ROLE)$/;

/** Undoes the escapes of JSON in a string, HTML and URLs, as far as codes and messages need it. */
const unescapeText = (text: string): string =>
  text
    .replaceAll(/\\{1,7}(["'/])/g, '$1')
    .replaceAll(/&quot;|&#0?34;|%22|\\u0022/g, '"')
    .replaceAll(/&lt;|\\u003[cC]/g, '<')
    .replaceAll(/&gt;|\\u003[eE]/g, '>')
    .replaceAll('\0', '');

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The values of arguments that may be shown: IDs have a form that no secret has (docs/kaltura-facts.md 7). */
const ARGUMENTS: Readonly<Record<string, string>> = {
  id: '(?<id>\\d{1,10}|\\d{1,2}_[0-9a-z]{8,10})',
  partnerId: '(?<partnerId>\\d{1,10})',
};

const ANY = '[^"\\]\\n]{0,200}?';

/** @param areArgumentsIds whether only arguments that are IDs match */
const patternOf = (message: string, areArgumentsIds: boolean): RegExp =>
  new RegExp(
    message
      .split(/(\{\w*\})/)
      .map((part) => {
        // A shell removes the quotes of an argument.
        if (!/^\{\w*\}$/.test(part)) return escapeRegExp(part).replaceAll('"', '"?');
        return areArgumentsIds ? (ARGUMENTS[part.slice(1, -1)] ?? ANY) : ANY;
      })
      .join(''),
    'i',
  );

interface Mention {
  readonly code: string;
  readonly start: number;
}

const mentionsOf = (text: string, pattern: RegExp): Mention[] =>
  [...text.matchAll(pattern)].map((match) => ({ code: match[1] ?? match[0], start: match.index }));

/** Messages that a code has besides the one in its entry (docs/kaltura-facts.md 4.2). */
const OTHER_MESSAGES = [
  ['INVALID_KS', 'Invalid KS '],
  ['INVALID_USER_ID', 'Invalid user id'],
  ['INTERNAL_SERVER_ERROR', 'Internal server error'],
] as const;

/** The longest message first, because one message can be the beginning of another. */
const patterns = (): readonly { readonly id: ErrorCodeId; readonly pattern: RegExp }[] => {
  const own = (Object.entries(ERROR_CODES) as [ErrorCodeId, KnownError][]).map(
    ([id, { message }]) => [id, message] as const,
  );
  return [...own, ...OTHER_MESSAGES]
    .flatMap(([id, message]) => (message === null ? [] : [{ id, message }]))
    .sort((a, b) => b.message.length - a.message.length)
    .map(({ id, message }) => ({ id, pattern: patternOf(message, false) }));
};

/** Finds the error that a message without a code belongs to. */
function codeOfMessage(text: string): string | null {
  const found = patterns().find(({ pattern }) => pattern.test(text));
  if (found === undefined) return null;
  return Object.hasOwn(KS_REASONS, found.id) ? 'INVALID_KS' : found.id;
}

const LONGEST_WORD = 100;

/** Returns the codes that the whole text may spell, such as `category not found` or `categoryNotFound`. */
function spellingsOf(text: string): readonly string[] {
  if (text.length > LONGEST_WORD) return [];
  const word = text.trim().replaceAll(/^["'`]+|["'`.,:;]+$/g, '');
  return [word, word.replaceAll(/([a-z])([A-Z])/g, '$1_$2')].map((one) =>
    one.toUpperCase().replaceAll(/[\s.-]+/g, '_'),
  );
}

/** Returns the code that the whole text means, or a reason such as `LOGOUT`; null without one. */
const codeOfWord = (text: string): string | null => spellingsOf(text).find(isKnownErrorCode) ?? null;

/** Returns a spelling of the whole text that resembles a code, such as `CATEGORY_NOT_FOUNDN`. It differs too little from a code to be a secret. */
const misspeltCode = (text: string): string | null =>
  spellingsOf(text).find((code) => code.includes('_') && similarNames(code, CODES).length > 0) ?? null;

/** Returns the reason of `INVALID_KS` that a text names: any other reason before `INVALID_STR`. */
function ksReasonIn(text: string): ErrorCodeId | null {
  const ids = Object.keys(KS_REASONS) as (keyof typeof KS_REASONS)[];
  return ids.find((id) => new RegExp(`(?<![A-Z_])${id}(?![A-Z_])`).test(text)) ?? null;
}

/** @param part the text from the code to the next one, with what is before the first one */
function errorOf(code: string, part: string): FoundError {
  const isKs = code === 'INVALID_KS' || Object.hasOwn(KS_REASONS, code);
  const own = isKnownErrorCode(code) ? code : null;
  const id = isKs ? (ksReasonIn(code === 'INVALID_KS' ? part : code) ?? own) : own;
  const message = own === null ? null : ERROR_CODES[own].message;
  const groups = message === null ? undefined : patternOf(message, true).exec(part)?.groups;
  return {
    code: isKs ? 'INVALID_KS' : code,
    id,
    objectId: groups?.['id'] ?? null,
    partnerId: groups?.['partnerId'] ?? null,
    similar: id === null ? similarCodes(code) : [],
  };
}

const CODES = Object.keys(ERROR_CODES) as ErrorCodeId[];

/** Returns the codes with a similar spelling, then those that share most words. */
function similarCodes(code: string): readonly ErrorCodeId[] {
  const near = similarNames(code, CODES) as ErrorCodeId[];
  if (near.length > 0) return near;
  const words = code.split('_').filter((word) => word.length > 2);
  return CODES.map((known) => ({ known, shared: known.split('_').filter((word) => words.includes(word)).length }))
    .filter(({ shared }) => shared >= 2)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ known }) => known);
}

/** Keeps one of several equal errors. */
const withoutRepeats = (errors: readonly FoundError[]): readonly FoundError[] => [
  ...new Map(errors.map((error) => [JSON.stringify(error), error])).values(),
];

/**
 * Finds the errors in a pasted text: a code, a message, or an answer in any format with whatever is around it.
 *
 * The result contains nothing else of the text: only codes, and IDs of a form that no secret has.
 */
export function findErrors(pasted: string): readonly FoundError[] {
  const text = unescapeText(pasted);
  const labelled = mentionsOf(text, LABELLED);
  const words = labelled.length > 0 ? labelled : mentionsOf(text, WORD).filter(({ code }) => !NO_CODE.test(code));
  const areKnown = words.filter(({ code }) => isKnownErrorCode(code));
  // In a log, other words in capitals are no codes.
  const isAlone = words.length === 1 && text.trim() === words[0]?.code;
  const mentions = labelled.length > 0 || isAlone ? words : withoutReasons(areKnown);
  if (mentions.length > 0) {
    return withoutRepeats(
      mentions.map(({ code, start }, index) =>
        errorOf(code, text.slice(index === 0 ? 0 : start, mentions[index + 1]?.start)),
      ),
    );
  }
  const code = codeOfWord(text) ?? codeOfMessage(text) ?? misspeltCode(text);
  return code === null ? [] : [errorOf(code, text)];
}

/** `INVALID_KS` and its reasons are one error. */
function withoutReasons(mentions: readonly Mention[]): readonly Mention[] {
  const isReason = ({ code }: Mention): boolean => Object.hasOwn(KS_REASONS, code);
  const others = mentions.filter((mention) => !isReason(mention));
  if (others.length > 0) return others;
  return mentions.slice(0, 1).map(({ start }) => ({ code: 'INVALID_KS', start }));
}
