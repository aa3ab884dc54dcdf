import type { KsVersion } from '../ks/fields.js';
import { findApplicationPrivilege } from './applications.js';
import { acceptsList, findPrivilege } from './catalogue.js';
import { explainPrivilege, weightOf } from './effects.js';
import {
  joinPair,
  type PrivilegePair,
  parseItem,
  repeatNote,
  splitPair,
  validateComma,
  validateItem,
  validateLoneValue,
  validateRepeat,
} from './item.js';

export type { PrivilegePair } from './item.js';

/** Trims the characters that PHP's `trim` removes, which the server uses. */
const phpTrim = (text: string): string => text.replace(/^[ \t\n\r\0\v]+|[ \t\n\r\0\v]+$/g, '');

/**
 * Splits a privileges string like a version 2 KS (docs/kaltura-facts.md 1.4): at commas, trimmed, without empty items
 * and a lone `0`; a lone `*` becomes `all:*`; name and value are split at the first colon. Keeps repeated names; in a
 * Map made from the result, the last one wins.
 */
export function privilegePairs(privileges: string): PrivilegePair[] {
  return privileges
    .split(',')
    .map(phpTrim)
    .filter((part) => part !== '' && part !== '0')
    .map((part) => splitPair(part === '*' ? 'all:*' : part));
}

/** Joins values with `/` and removes duplicates. A `*` replaces all others. */
export function joinValues(values: readonly string[]): string {
  const parts = [...new Set(values.flatMap((value) => value.split('/')).map((value) => value.trim()))].filter(
    (value) => value !== '',
  );
  return parts.includes('*') ? '*' : parts.join('/');
}

/**
 * Returns one spelling for all privileges strings with the same meaning: no spaces around items and values, no empty
 * items, and each name once (joined if it takes a list; otherwise the last value at the first position, as the server
 * reads it (docs/kaltura-facts.md 0.10)). A lone `*` stays; next to other items it becomes `all:*`, as the server
 * writes it. Doesn't reject harmful input: `checkPrivileges` does.
 */
export function normalizePrivileges(privileges: string): string {
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
  | {
      readonly ok: true;
      /** The normalized text. */
      readonly privileges: string;
      /** Remarks on the whole text. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Validates typed privileges. Returns the first problem, or the normalized text with remarks.
 * Rejects what the server would silently misread, drop or ignore; accepts unknown names (docs/kaltura-facts.md 2.1).
 *
 * @param ksVersion null if the account decides and the version is unknown (docs/kaltura-facts.md 1.1). Values that harm
 *   either version are then rejected
 */
export function checkPrivileges(text: string, ksVersion: KsVersion | null): CheckedPrivileges {
  if (text.trim() === '') return { ok: true, privileges: '', notes: [] };
  const seen = new Map<string, string>();
  const notes: string[] = [];
  let last: PrivilegePair | null = null;
  const items = text.split(',');
  for (const [index, raw] of items.entries()) {
    const item = parseItem(raw);
    const [name, value] = item;
    const before = seen.get(name);
    const problem =
      validateComma(items, index) ??
      validateLoneValue(item, last) ??
      validateItem(item, ksVersion) ??
      (before === undefined ? null : validateRepeat(item));
    if (problem !== null) return { ok: false, problem };
    if (before !== undefined) notes.push(repeatNote(item, before));
    seen.set(name, value);
    last = item;
  }
  let privileges = normalizePrivileges(text);
  // In version 2 both mean the same, and the server reads them as `*` (docs/kaltura-facts.md 1.4).
  if (privileges === 'all:*' && ksVersion === 2) privileges = '*';
  return { ok: true, privileges, notes: [...notes, ...remarks(privileges, ksVersion)] };
}

/** Returns remarks about privileges with a surprising effect beside others. Those that don't work by themselves are `privilegeMistakes`. */
function remarks(privileges: string, ksVersion: KsVersion | null): string[] {
  const pairs = privilegePairs(privileges);
  const has = (name: string) => pairs.some(([other]) => other === name);
  const notes: string[] = [];
  if (pairs.length > 1 && has('all'))
    notes.push('all:* next to other privileges does nothing: * works only when it is the only privilege.');
  if (privileges === 'all:*') {
    notes.push(
      ksVersion === 1
        ? 'In a version 1 key all:* does nothing: write * for everything.'
        : 'all:* is everything in a version 2 key and nothing in version 1: write * to mean everything in both.',
    );
  }
  if (has('enableentitlement') && has('disableentitlement')) {
    notes.push('enableentitlement overrides disableentitlement, which does nothing here.');
  }
  for (const [name, value] of pairs) {
    if (name === 'all' || findPrivilege(name) !== undefined) continue;
    const ofApplication = findApplicationPrivilege(name);
    const problem = ofApplication?.check?.(value) ?? null;
    if (problem !== null) notes.push(`${name}: ${problem}`);
    if (ofApplication === undefined && weightOf(name, value) !== 'neutral')
      notes.push(`${name}:${value}: ${explainPrivilege(name, value).summary}.`);
  }
  return notes;
}

/** Returns whether a list item has this name. A lone `*` matches its other name too. */
const isNamed = (item: string, name: string): boolean => {
  const own = splitPair(item)[0];
  return own === name || (own === '*' && name === 'all') || (own === 'all' && name === '*');
};

/** Returns the items of a normalized string, as written. */
const itemsOf = (privileges: string): string[] => (privileges === '' ? [] : privileges.split(','));

/** Returns the normalized string with this privilege, at its old position or else at the end. */
export function withPrivilege(privileges: string, name: string, value = ''): string {
  const items = itemsOf(privileges);
  const item = joinPair([name, value]);
  const index = items.findIndex((other) => isNamed(other, name));
  return normalizePrivileges((index === -1 ? [...items, item] : items.with(index, item)).join(','));
}

/** Returns the normalized string without this privilege. */
export function withoutPrivilege(privileges: string, name: string): string {
  return itemsOf(privileges)
    .filter((item) => !isNamed(item, name))
    .join(',');
}

/** Returns the value of a privilege in a normalized string: '' if it has no value, null if the privilege is missing. */
export function privilegeValue(privileges: string, name: string): string | null {
  const item = itemsOf(privileges).find((other) => isNamed(other, name));
  return item === undefined ? null : item === '*' ? '*' : splitPair(item)[1];
}
