import { explainApplicationPrivilege, findApplicationPrivilege, weightInApplication } from './applications.js';
import {
  correctSpelling,
  findPrivilege,
  isIgnoredWithValue,
  PRIVILEGES,
  type Privilege,
  type Weight,
} from './catalogue.js';
import { ROLES } from './roles.js';
import { checkPositive, isWholeNumber } from './values.js';

const WEIGHTS: readonly Weight[] = ['restricts', 'neutral', 'widens', 'caution', 'danger'];

const heaviest = (weights: readonly Weight[]): Weight =>
  WEIGHTS.findLast((weight) => weights.includes(weight)) ?? 'neutral';

function weightOfRole(role: string): Weight {
  if (role === 'null') return 'restricts';
  // The database may ignore case when it compares names, so use the more dangerous reading.
  const known = ROLES.find((item) => item.name.toLowerCase() === role.toLowerCase());
  if (known?.administrator) return 'danger';
  return known?.narrow ? 'restricts' : 'caution';
}

/**
 * Returns the privileges whose `name:*` occurs anywhere in the text. The server searches for `list:*` as text, so
 * `editplaylist:*` and `mylist:*` match too (docs/kaltura-facts.md 2.2).
 */
const privilegesWithin = (name: string): Privilege[] =>
  PRIVILEGES.filter((item) => item.weightOfAny !== undefined && name.endsWith(item.name));

/**
 * Returns the effect of a privilege on what a key can do (docs/kaltura-facts.md 2.4). `value` is '' if there is none.
 */
export function weightOf(name: string, value: string): Weight {
  if (name === '*' || (name === 'all' && value === '*')) return 'danger';
  if (name === 'setrole') return heaviest(value.split('/').map(weightOfRole));
  const known = findPrivilege(name);
  if (isIgnoredWithValue(name) && value !== '') return 'neutral';
  const ofApplication = findApplicationPrivilege(name);
  if (ofApplication !== undefined) return weightInApplication(ofApplication, value);
  if (!value.startsWith('*')) return known?.weight ?? 'neutral';
  const reached = privilegesWithin(name);
  const own = known && !reached.includes(known) ? [known.weight] : [];
  return heaviest([...reached.map((item) => item.weightOfAny as Weight), ...own]);
}

/** The API refuses every call with these limits (docs/kaltura-facts.md 2.5). Links of KAF modules have -1 on purpose (docs/kaltura-products.md 1.6). */
const REFUSED_CALLS: { readonly other: string; readonly [value: string]: string } = {
  other: 'the API refuses every call with this key',
  '-1': 'the API refuses every call with this key, as KAF wants it',
};

/** Summarizes any privilege, known or unknown, in one line. `value` is '' if there is none. */
export function explainPrivilege(name: string, value: string): { readonly summary: string; readonly weight: Weight } {
  const weight = weightOf(name, value);
  if (name === '*' || (name === 'all' && value === '*')) {
    return { summary: 'everything, but only as the only privilege', weight };
  }
  const spelling = correctSpelling(name);
  if (spelling !== undefined) return { summary: `does nothing: the server knows only ${spelling}`, weight };
  // Text after the * doesn't matter, as in list:*;edit:*.
  const excluded = value === '*' ? name : null;
  const contained = value.startsWith('*') ? privilegesWithin(name).find((item) => item.name !== excluded) : undefined;
  if (contained !== undefined) {
    return { summary: `read as ${contained.name}:* : the server looks for that text`, weight };
  }
  const ofApplication = findApplicationPrivilege(name);
  if (ofApplication !== undefined) return { summary: explainApplicationPrivilege(ofApplication), weight };
  const known = findPrivilege(name);
  if (known === undefined) {
    return { summary: 'ignored by the server, but an application may use it', weight };
  }
  if (isIgnoredWithValue(name) && value !== '') {
    return { summary: `does nothing with a value: write only ${name}`, weight };
  }
  if (name === 'actionslimit' && value !== '') return { summary: explainLimit(value), weight };
  if (name === 'setrole') return { summary: explainRole(value), weight };
  if (name === 'list' && value !== '*') return { summary: CUE_POINTS_ONLY, weight };
  return { summary: value === '*' ? (SUMMARY_OF_ANY[name] ?? known.summary) : known.summary, weight };
}

const explainLimit = (value: string): string =>
  checkPositive(value) === null
    ? `at most ${value} request${value === '1' ? '' : 's'}`
    : (REFUSED_CALLS[value] ?? REFUSED_CALLS.other);

/** What `list` with an entry ID does (docs/kaltura-facts.md 2.3). */
export const CUE_POINTS_ONLY = 'matters for cue points only: it lists those of this entry';

/** Summaries of the privileges that become broad with `*`. */
const SUMMARY_OF_ANY: Readonly<Record<string, string>> = {
  sview: 'play every entry, protected ones too',
  download: 'download everything despite access rules',
  downloadasset: 'download every flavor',
  edit: 'edit every entry',
  edituser: 'make any user the owner of entries',
  enablechangeaccount: 'switch to any account of the user',
};

function explainRole(value: string): string {
  if (value === 'null') return 'only the actions that are always allowed';
  const role = ROLES.find((item) => item.name === value);
  if (role !== undefined) return `role: ${role.meaning}`;
  return isWholeNumber(value)
    ? 'one of your roles: check in KMC what it allows'
    : 'unknown role: the name must be exact';
}
