import { characterProblem } from '../invisible-characters.js';
import { brokenEntryId } from '../privileges/values.js';
import { looksLikeSecret, trimText } from '../typed-values.js';
import { canComeFromLink } from './links.js';
import { checkText, type Placeholder, type PlaceholderId, placeholderOf } from './placeholders.js';

/** Invisible characters that names in Persian, Hindi and other languages contain. */
const JOINERS = /[\u200C\u200D]/g;

/** Values that are a link themselves, or can be in any link. */
const IN_ANY_LINK: readonly PlaceholderId[] = ['return-url', 'server', 'kaf'];

/** Checks whether a link was given that contains no such value. */
const isLinkWithout = (id: PlaceholderId, text: string): boolean =>
  /^https?:\/\//i.test(text) && placeholderOf(id).check(text) !== null && !IN_ANY_LINK.includes(id);

/** What people write between several values in place of the `/`. */
const WRONG_SEPARATORS = /[\s,;|，；、]+/;

/** Shows how to join several valid values with `/`; null if the text is something else. */
function joinProblem({ list, check }: Placeholder, text: string): string | null {
  if (list === undefined || !WRONG_SEPARATORS.test(text) || brokenEntryId(text) !== null) return null;
  const parts = text
    .split(WRONG_SEPARATORS)
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '');
  const isList = parts.length > 1 && parts.every((part) => !looksLikeSecret(part) && check(part) === null);
  return isList ? `Join several ${list} with /: ${parts.join('/')}.` : null;
}

/** Returns what is wrong with a value, in a sentence; null if it is valid. Of wrong values, only a list is repeated. */
export function valueProblemOf(id: PlaceholderId, typed: string): string | null {
  const placeholder: Placeholder = placeholderOf(id);
  const { check, choices, isEncoded, isName, list, noun, example } = placeholder;
  const text = trimText(typed);
  if (text === '') return `The ${noun} is empty.`;
  if (looksLikeSecret(text)) return `This looks like a secret or a key, not like the ${noun}.`;
  if (choices !== undefined) {
    return Object.hasOwn(choices, text) ? null : `It is one of ${Object.keys(choices).join(', ')}.`;
  }
  const character = characterProblem(isName === true ? text.replaceAll(JOINERS, '') : text, noun);
  if (character !== null) return character;
  if (isLinkWithout(id, text))
    return canComeFromLink(id)
      ? `This link contains no ${noun} (for example ${example}).`
      : `This is a link. Type the ${noun} instead, for example ${example}.`;
  const toJoin = joinProblem(placeholder, text);
  if (toJoin !== null) return toJoin;
  const separator = id === 'server' || isEncoded === true ? null : checkText(text);
  if (separator !== null) return separator;
  const parts = list !== undefined ? text.split('/') : [text];
  if (parts.includes('')) return 'A value is missing next to a /.';
  return parts.map(check).find((problem) => problem !== null) ?? null;
}
