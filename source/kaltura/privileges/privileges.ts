import { acceptsList, explainPrivilege, findPrivilege, weightOf } from './catalogue.js';
import {
  type Item,
  type PrivilegePair,
  parseItem,
  repeatNote,
  splitPair,
  validateComma,
  validateItem,
  validateRepeat,
} from './item.js';

export type { PrivilegePair } from './item.js';

/** PHP `trim`: the blanks that the server cuts off, and no others. */
const phpTrim = (text: string): string => text.replace(/^[ \t\n\r\0\v]+|[ \t\n\r\0\v]+$/g, '');

const joinPair = ([name, value]: PrivilegePair): string => (value === '' ? name : `${name}:${value}`);

/**
 * The pairs of a privileges string as a version 2 KS keeps them (docs/kaltura-facts.md 1.4): split at commas, trimmed, empty ones (and a lone `0`)
 * dropped, a lone `*` read as `all:*`, name and value split at the first colon. Repeated names are kept: a Map made of them lets the last win.
 */
export function privilegePairs(privileges: string): PrivilegePair[] {
  return privileges
    .split(',')
    .map(phpTrim)
    .filter((part) => part !== '' && part !== '0')
    .map((part) => splitPair(part === '*' ? 'all:*' : part));
}

/** Several values as one: joined with `/`, each once; `*` among them stands for all. */
export function joinValues(values: readonly string[]): string {
  const parts = [...new Set(values.flatMap((value) => value.split('/')).map((value) => value.trim()))].filter(
    (value) => value !== '',
  );
  return parts.includes('*') ? '*' : parts.join('/');
}

/**
 * One spelling for all that mean the same: no blanks around items and values, no empty items, a repeated name once (joined where it takes
 * a list, else the last value at the first place, as the server reads it: docs/kaltura-facts.md 0.10). `*` alone stays; next to others it is
 * `all:*`, which is how the server writes it. Harmful input comes out as it went in: `checkPrivileges` is what refuses.
 */
export function normalisePrivileges(privileges: string): string {
  const items = privileges
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '' && item !== '0');
  if (items.length > 0 && items.every((item) => item === '*')) return '*';
  const merged = new Map<string, string>();
  for (const item of items) {
    const [rawName, rawValue] = splitPair(item);
    const isStar = rawName.trim() === '*' && rawValue.trim() === '';
    const [name, value] = isStar ? ['all', '*'] : [rawName.trim(), rawValue.trim()];
    const before = merged.get(name);
    merged.set(name, before !== undefined && acceptsList(name) ? joinValues([before, value]) : value);
  }
  return [...merged]
    .map(joinPair)
    .filter((item) => item !== '' && item !== '0')
    .join(',');
}

export type CheckedPrivileges =
  | { readonly ok: true; readonly privileges: string; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problem: string; readonly at: number };

export interface PrivilegesContext {
  /** null where the account decides and nobody has said (docs/kaltura-facts.md 1.1): then what harms either version is refused. */
  readonly ksVersion: 1 | 2 | null;
}

/**
 * Checks what someone typed as privileges: the first problem with its place, or the normalised text with remarks. What the server
 * would misread, drop or ignore without a word is refused; what it merely does not know is not (docs/kaltura-facts.md 2.1).
 */
export function checkPrivileges(text: string, { ksVersion }: PrivilegesContext): CheckedPrivileges {
  const trouble = (found: { readonly problem: string; readonly at: number }): CheckedPrivileges => ({
    ok: false,
    ...found,
  });
  if (text.trim() === '') return { ok: true, privileges: '', notes: [] };
  const seen = new Map<string, Item>();
  const notes: string[] = [];
  let start = 0;
  for (const raw of text.split(',')) {
    const item = parseItem(raw, start);
    const found = validateComma(text, raw, start) ?? validateItem(item, ksVersion);
    if (found !== null) return trouble(found);
    start += raw.length + 1;
    const before = seen.get(item.name);
    if (before !== undefined) {
      const refused = validateRepeat(item);
      if (refused !== null) return trouble(refused);
      notes.push(repeatNote(item, before));
    }
    seen.set(item.name, item);
  }
  let privileges = normalisePrivileges(text);
  // In version 2 the two are one, and the server reads them back as `*` (docs/kaltura-facts.md 1.4).
  if (privileges === 'all:*' && ksVersion === 2) privileges = '*';
  return { ok: true, privileges, notes: [...notes, ...remarks(privileges, ksVersion)] };
}

/** What is not wrong, and yet not what one may think. */
function remarks(privileges: string, ksVersion: 1 | 2 | null): string[] {
  const pairs = privilegePairs(privileges);
  const has = (name: string) => pairs.some(([other]) => other === name);
  const notes: string[] = [];
  if (pairs.length > 1 && has('all')) notes.push('all:* next to other privileges adds nothing: * works only alone.');
  if (privileges === 'all:*') {
    notes.push(
      ksVersion === 1
        ? 'In a version 1 key all:* does nothing: write * for everything.'
        : 'all:* is everything in a version 2 key and nothing in version 1: write * to mean everything in both.',
    );
  }
  if (has('enableentitlement') && has('disableentitlement')) {
    notes.push('enableentitlement wins: disableentitlement does nothing beside it.');
  }
  for (const [name, value] of pairs) {
    if (name === 'all' || findPrivilege(name) !== undefined) continue;
    if (weightOf(name, value) !== 'neutral') {
      notes.push(`${name}:${value}: ${explainPrivilege(name, value).summary}.`);
    } else {
      notes.push(`${name} is unknown to the server: it is carried along, for applications that read it.`);
    }
  }
  return notes;
}

/** The item of a list with that name; `*` alone answers to its other name too. */
const isNamed = (item: string, name: string): boolean => {
  const own = splitPair(item)[0];
  return own === name || (own === '*' && name === 'all') || (own === 'all' && name === '*');
};

/** The items of a normalised string, as they are written. */
const itemsOf = (privileges: string): string[] => (privileges === '' ? [] : privileges.split(','));

/** The normalised string with this privilege in it: at its old place where it was there, else at the end. */
export function withPrivilege(privileges: string, name: string, value = ''): string {
  const items = itemsOf(privileges);
  const item = joinPair([name, value]);
  const index = items.findIndex((other) => isNamed(other, name));
  return normalisePrivileges((index === -1 ? [...items, item] : items.with(index, item)).join(','));
}

/** The normalised string without this privilege. */
export function withoutPrivilege(privileges: string, name: string): string {
  return itemsOf(privileges)
    .filter((item) => !isNamed(item, name))
    .join(',');
}

/** The value of a privilege in a normalised string: '' where it stands alone, null where it is not there. */
export function privilegeValue(privileges: string, name: string): string | null {
  const item = itemsOf(privileges).find((other) => isNamed(other, name));
  return item === undefined ? null : item === '*' ? '*' : splitPair(item)[1];
}
