import { invisibleCharacter, invisibleIndex, UNREADABLE } from '../invisible-characters.js';
import { acceptsList, correctSpelling, findPrivilege } from './catalogue.js';
import { valueProblem } from './values.js';

/** A privilege: a name, and a value that is '' if there is none. */
export type PrivilegePair = readonly [name: string, value: string];

/** Splits a privilege at its first colon. */
export const splitPair = (part: string): PrivilegePair => {
  const colon = part.indexOf(':');
  return colon === -1 ? [part, ''] : [part.slice(0, colon), part.slice(colon + 1)];
};

/** A privilege as typed, with its position. */
export interface Item {
  readonly name: string;
  readonly value: string;
  /** Start index of the name and of the value in the text. */
  readonly at: number;
  readonly valueAt: number;
}

export interface PrivilegeProblem {
  readonly problem: string;
  readonly at: number;
}

/** Parses one privilege. `start` is its index in the whole text. A lone * means all:*. */
export function parseItem(raw: string, start: number): Item {
  const at = start + raw.length - raw.trimStart().length;
  const trimmed = raw.trim();
  const [name, value] = splitPair(trimmed === '*' ? 'all:*' : trimmed);
  const valueAt = trimmed === '*' ? at : at + name.length + 1 + (value.length - value.trimStart().length);
  return { name, value: value.trim(), at, valueAt: Math.min(valueAt, at + trimmed.length) };
}

/** Returns the problem of a comma without a privilege beside it; null if there is one. `raw` begins at `start`. */
export function validateComma(text: string, raw: string, start: number): PrivilegeProblem | null {
  if (raw.trim() !== '') return null;
  if (start + raw.length >= text.length) {
    return { problem: 'There is a comma at the end: remove it, or write a privilege after it.', at: start - 1 };
  }
  return start === 0
    ? { problem: 'There is a comma at the beginning: remove it.', at: raw.length }
    : { problem: 'There are two commas in a row: remove one.', at: start + raw.length };
}

/** Returns the first problem of a privilege; null if it has none. `ksVersion` is null while it is unknown. */
export function validateItem(item: Item, ksVersion: 1 | 2 | null): PrivilegeProblem | null {
  return validateCharacters(item, ksVersion) ?? validateName(item) ?? validateValue(item);
}

/** Rejects characters that neither a name nor a value may contain. */
function validateCharacters({ name, value, at, valueAt }: Item, ksVersion: 1 | 2 | null): PrivilegeProblem | null {
  const placeOf = (find: (text: string) => number): number => {
    const inName = find(name);
    if (inName !== -1) return at + inName;
    const inValue = find(value);
    return inValue === -1 ? -1 : valueAt + inValue;
  };
  const unseen = placeOf(invisibleIndex);
  if (unseen !== -1) {
    const found = invisibleCharacter(`${name}${value}`);
    return { problem: `There is an invisible character here: ${found?.name}. Remove it.`, at: unseen };
  }
  const unreadable = placeOf((text) => text.indexOf(UNREADABLE));
  if (unreadable !== -1) {
    return { problem: 'There is an unreadable character here (U+FFFD): copy the text again.', at: unreadable };
  }
  const semicolon = placeOf((text) => text.search(/;/));
  if (semicolon === -1) return null;
  const after = `${name}:${value}`.slice(`${name}:${value}`.indexOf(';') + 1).trim();
  const next = /^[A-Za-z]*/.exec(after)?.[0]?.toLowerCase() ?? '';
  if (name.includes(';') || findPrivilege(next) !== undefined) {
    return { problem: 'Separate privileges with commas: write , instead of ; .', at: semicolon };
  }
  // The values of a list are validated with their separators.
  if (ksVersion === 2 || acceptsList(name)) return null;
  // Version 1 escapes nothing, so the fields after it would shift (docs/kaltura-facts.md 0.11).
  const problem = `A ; breaks version 1 keys${ksVersion === 1 ? '' : ', and this can become one'}: remove the ; .`;
  return { problem, at: semicolon };
}

/** An entry ID, another number, or an IP address. */
const LONE_VALUE = /^\d+(?:_[0-9a-z]{6,12})?$|^\d{1,3}(?:\.\d{1,3}){3}$/i;

/** Whether a privilege is only a value that a comma separated from its privilege: `sview:0_abc12345,0_def12345`. */
export const isLoneValue = ([name, value]: PrivilegePair): boolean =>
  value === '' && name !== '0' && LONE_VALUE.test(name);

/** Rejects values that are joined with commas, and shows the right separator. `before` is the privilege before it. */
export function validateLoneValue({ name, value, at }: Item, before: Item | null): PrivilegeProblem | null {
  if (!isLoneValue([name, value])) return null;
  const fix = before === null ? `write for example sview:${name}.` : joinedFix([before.name, before.value], name);
  return { problem: `${name} is a value, not a privilege: ${fix}`, at };
}

/** Says how to write another value of the privilege before it. */
export const joinedFix = ([name, value]: PrivilegePair, other: string): string =>
  acceptsList(name) ? `join values with / : ${name}:${value}/${other}.` : `${name} takes one value.`;

/** Rejects names that the server changes when it parses them. Brackets crash its parser (docs/kaltura-facts.md 1.4). */
function validateName({ name, value, at, valueAt }: Item): PrivilegeProblem | null {
  const trimmed = name.trimEnd();
  if (trimmed === '') {
    return { problem: 'A name is missing before the colon: write for example sview:0_abc12345.', at };
  }
  const bracket = name.search(/[[\]]/);
  if (bracket !== -1) {
    return {
      problem: 'The server can’t process [ or ] in a name: use letters, digits, - and _ .',
      at: at + bracket,
    };
  }
  if (name.startsWith('_')) {
    return { problem: 'Names that begin with _ are fields of the key: remove the _ .', at };
  }
  const blank = name.search(/\s/);
  if (blank !== -1) {
    const problem =
      trimmed === name
        ? 'A name can’t contain a space: write a colon before a value, a comma between privileges.'
        : 'There is a space before the colon: remove it.';
    return { problem, at: at + blank };
  }
  const odd = name.search(/[^A-Za-z0-9_-]/);
  if (odd !== -1) {
    return {
      problem: 'Use only letters, digits, - and _ in a name: the server changes or drops other characters.',
      at: at + odd,
    };
  }
  if (name === '0' && value === '') return { problem: 'The server drops a lone 0: write a name.', at };
  const spelling = correctSpelling(name);
  if (spelling !== undefined)
    return { problem: `The server accepts this name only in lower case: write ${spelling}.`, at };
  if (name === 'all' && value !== '*') return { problem: 'all works only as all:* .', at: valueAt };
  return null;
}

/** Rejects a value that the privilege doesn't take. */
function validateValue({ name, value, valueAt }: Item): PrivilegeProblem | null {
  const known = findPrivilege(name);
  const found = known === undefined ? null : valueProblem(name, known.value, value);
  return found && { problem: found.problem, at: valueAt + found.offset };
}

/** Returns the problem of a privilege that is given again, if the server would use only one of them. */
export function validateRepeat({ name, value, at }: Item): PrivilegeProblem | null {
  if (acceptsList(name) || (value === '' && findPrivilege(name)?.value.kind === 'none') || name === 'all') return null;
  const reason = findPrivilege(name) === undefined ? 'only the last one would count' : 'it takes one value';
  return { problem: `${name} is given twice, and ${reason}: keep one.`, at };
}

/** Says what a repeated privilege means. `before` is the earlier one. */
export function repeatNote({ name, value }: Item, before: Item): string {
  if (!acceptsList(name)) return `${name} was given twice: once is enough.`;
  return value === '*' || before.value === '*'
    ? `${name} was given twice: ${name}:* covers the other.`
    : `${name} was given twice: merged with / .`;
}
