import { findPrivilege } from '../../kaltura/privileges/catalogue.js';
import { ROLES } from '../../kaltura/privileges/roles.js';
import { sanitizeText } from '../../kaltura/redact.js';

/** Characters. A shorter word is not a secret, and masking it would make the sentence unreadable. */
const MIN_MASKED_LENGTH = 6;

const ROLE_WORDS: ReadonlySet<string> = new Set(ROLES.flatMap(({ name }) => name.split(' ')));

/** An entry ID or an IP address: no secret looks like one. */
const PUBLIC_VALUE = /^\d_[0-9a-z]{6,10}$|^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Whether the word is an ID or a part of a name that everyone knows, and so no secret. */
const isPublicWord = (word: string): boolean =>
  ROLE_WORDS.has(word) || PUBLIC_VALUE.test(word) || findPrivilege(word) !== undefined;

/** Removes a value's words from a sentence about it, because the value may be a secret in the wrong place. */
export function withoutEcho(sentence: string, value: string): string {
  const words = value.split(/[\s,:;/|]+/).filter((word) => word.length >= MIN_MASKED_LENGTH && !isPublicWord(word));
  const masked = words
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, '…'), sentence);
  return sanitizeText(masked, [], 300);
}
