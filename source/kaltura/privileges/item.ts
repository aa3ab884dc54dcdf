import { invisibleCharacter, UNREADABLE } from '../invisible-characters.js';
import type { KsVersion } from '../ks/fields.js';
import { findApplicationPrivilege } from './applications.js';
import { acceptsList, correctSpelling, findPrivilege } from './catalogue.js';
import { valueProblem } from './values.js';

/** A privilege: a name, and a value that is '' if there is none. */
export type PrivilegePair = readonly [name: string, value: string];

/** Splits a privilege at its first colon. */
export const splitPair = (part: string): PrivilegePair => {
  const colon = part.indexOf(':');
  return colon === -1 ? [part, ''] : [part.slice(0, colon), part.slice(colon + 1)];
};

export const joinPair = ([name, value]: PrivilegePair): string => (value === '' ? name : `${name}:${value}`);

export const joinPairs = (pairs: readonly PrivilegePair[]): string => pairs.map(joinPair).join(',');

/** Parses one privilege as typed. A lone * means all:*. */
export function parseItem(raw: string): PrivilegePair {
  const trimmed = raw.trim();
  const [name, value] = splitPair(trimmed === '*' ? 'all:*' : trimmed);
  return [name, value.trim()];
}

/** Returns the problem of a comma without a privilege beside it; null if there is one. `index` counts the items before. */
export function validateComma(items: readonly string[], index: number): string | null {
  if (items[index]?.trim() !== '') return null;
  if (index === items.length - 1) return 'There is a comma at the end: remove it, or write a privilege after it.';
  return index === 0 ? 'There is a comma at the beginning: remove it.' : 'There are two commas in a row: remove one.';
}

/** Returns the first problem of a privilege; null if it has none. `ksVersion` is null while it is unknown. */
export function validateItem(item: PrivilegePair, ksVersion: KsVersion | null): string | null {
  return validateCharacters(item, ksVersion) ?? validateName(item) ?? validateValue(item);
}

/** Shows the colon for a known name and a value with a `;` between them: `sview;0_abc12345`. Null if the value can be another privilege. */
function semicolonProblem([name, value]: PrivilegePair): string | null {
  const [, known = '', given = ''] = /^([a-z]+)\s*;\s*([^;\s]+)$/.exec(name) ?? [];
  if (value !== '' || findPrivilege(known)?.value.kind !== 'required') return null;
  const word = given.toLowerCase();
  const isPrivilege =
    word === 'all' || [given, word].some((one) => findPrivilege(one) ?? findApplicationPrivilege(one));
  return isPrivilege ? null : `Write a colon before the value: ${known}:${given}.`;
}

/** Rejects characters that neither a name nor a value may contain. */
function validateCharacters([name, value]: PrivilegePair, ksVersion: KsVersion | null): string | null {
  const text = `${name}:${value}`;
  const unseen = invisibleCharacter(text);
  if (unseen !== null) return `The privileges contain an invisible character: ${unseen.name}. Remove it.`;
  if (text.includes(UNREADABLE)) return 'The privileges contain an unreadable character (U+FFFD): copy the text again.';
  if (!text.includes(';')) return null;
  const withColon = semicolonProblem([name, value]);
  if (withColon !== null) return withColon;
  const after = text.slice(text.indexOf(';') + 1).trim();
  const next = /^[A-Za-z]*/.exec(after)?.[0]?.toLowerCase() ?? '';
  if (name.includes(';') || findPrivilege(next) !== undefined) {
    return 'Separate privileges with commas: write , instead of ; .';
  }
  // The values of a list are validated with their separators.
  if (ksVersion === 2 || acceptsList(name)) return null;
  // Version 1 escapes nothing, so the fields after it would shift (docs/kaltura-facts.md 0.11).
  return `A ; breaks version 1 keys${ksVersion === 1 ? '' : ', and this can become one'}: remove the ; .`;
}

/** An entry ID, another number, or an IP address. */
const LONE_VALUE = /^\d+(?:_[0-9a-z]{6,12})?$|^\d{1,3}(?:\.\d{1,3}){3}$/i;

/** Whether a privilege is only a value that a comma separated from its privilege: `sview:0_abc12345,0_def12345`. */
export const isLoneValue = ([name, value]: PrivilegePair): boolean =>
  value === '' && name !== '0' && LONE_VALUE.test(name);

/** Rejects values that are joined with commas, and shows the right separator. `before` is the privilege before it. */
export function validateLoneValue([name, value]: PrivilegePair, before: PrivilegePair | null): string | null {
  if (!isLoneValue([name, value])) return null;
  const fix = before === null ? `write for example sview:${name}.` : joinedFix(before, name);
  return `${name} is a value, not a privilege: ${fix}`;
}

/** Says how to write another value of the privilege before it. */
export const joinedFix = ([name, value]: PrivilegePair, other: string): string =>
  acceptsList(name) ? `join values with / : ${name}:${value}/${other}.` : `${name} takes one value.`;

/** Rejects names that the server changes when it parses them. Brackets crash its parser (docs/kaltura-facts.md 1.4). */
function validateName([name, value]: PrivilegePair): string | null {
  const trimmed = name.trimEnd();
  if (trimmed === '') return 'A name is missing before the colon: write for example sview:0_abc12345.';
  if (/[[\]]/.test(name)) return 'The server can’t process [ or ] in a name: use letters, digits, - and _ .';
  if (name.startsWith('_')) return 'Names that begin with _ are fields of the key: remove the _ .';
  if (/\s/.test(name)) {
    return trimmed === name
      ? 'A name can’t contain a space: write a colon before a value, a comma between privileges.'
      : 'There is a space before the colon: remove it.';
  }
  const [, known = '', given = ''] = /^([A-Za-z]+)=(.+)$/.exec(name) ?? [];
  if (findPrivilege(known) !== undefined) {
    return `Write a colon before the value: ${known}:${value === '' ? given : `${given}:${value}`}.`;
  }
  if (/[^A-Za-z0-9_-]/.test(name)) {
    return 'Use only letters, digits, - and _ in a name: the server changes or drops other characters.';
  }
  if (name === '0' && value === '') return 'The server drops a lone 0: write a name.';
  const spelling = correctSpelling(name);
  if (spelling !== undefined) return `The server accepts this name only in lower case: write ${spelling}.`;
  return name === 'all' && value !== '*' ? 'all works only as all:* .' : null;
}

/** Rejects a value that the privilege doesn't take. */
function validateValue([name, value]: PrivilegePair): string | null {
  const known = findPrivilege(name);
  return known === undefined ? null : valueProblem(name, known.value, value);
}

/** Returns the problem of a privilege that is given again, if the server would use only one of them. */
export function validateRepeat([name, value]: PrivilegePair): string | null {
  if (acceptsList(name) || (value === '' && findPrivilege(name)?.value.kind === 'none') || name === 'all') return null;
  const reason = findPrivilege(name) === undefined ? 'only the last one would count' : 'it takes one value';
  return `${name} is given twice, and ${reason}: keep one.`;
}

/** Says what a repeated privilege means. `before` is its earlier value. */
export function repeatNote([name, value]: PrivilegePair, before: string): string {
  if (!acceptsList(name)) return `${name} was given twice: once is enough.`;
  return value === '*' || before === '*'
    ? `${name} was given twice: ${name}:* covers the other.`
    : `${name} was given twice: merged with / .`;
}
