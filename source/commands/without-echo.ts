import { findPrivilege } from '../kaltura/privilege-catalogue.js';
import { asShown } from '../kaltura/redact.js';

/** Shorter than this, a word is no secret, and blotting it out would make the sentence unreadable. */
const SHORTEST = 6;

/** A sentence about a value without the words of that value: it may be a secret that was given in the wrong place. */
export function withoutEcho(sentence: string, value: string): string {
  const words = value.split(/[\s,:;/]+/).filter((word) => word.length >= SHORTEST && findPrivilege(word) === undefined);
  const blotted = words
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, '…'), sentence);
  return asShown(blotted, [], 300);
}
