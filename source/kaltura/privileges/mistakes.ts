import { type OddText, oddTextIn, percentDecoded } from '../odd-text.js';
import { editDistance } from '../similar-names.js';
import { findApplicationPrivilege } from './applications.js';
import { findPrivilege, isIgnoredWithValue, PRIVILEGES, type Privilege } from './catalogue.js';
import { weightOf } from './effects.js';
import { isLoneValue, joinPair, type PrivilegePair } from './item.js';
import { ROLES } from './roles.js';
import { valueProblem } from './values.js';

/** A privilege that cannot work as it is written. */
export type PrivilegeMistake =
  /** The name of a permission. A role with the permission goes into `setrole`. */
  | { readonly code: 'permission-not-privilege'; readonly name: string }
  /** The name of a role, which goes into `setrole`. */
  | { readonly code: 'role-not-privilege'; readonly name: string }
  /** `meant` is the name that was probably meant; null if none is similar. */
  | { readonly code: 'unknown-privilege'; readonly name: string; readonly meant: string | null }
  /** A value that a comma made a privilege. `before` is the privilege before it, which it was probably meant for. */
  | { readonly code: 'value-not-privilege'; readonly name: string; readonly before: PrivilegePair | null }
  | { readonly code: 'empty-value'; readonly name: string }
  /** A value that the privilege cannot have. `problem` is a sentence. */
  | { readonly code: 'wrong-value'; readonly name: string; readonly problem: string }
  /** Text that a bug of the caller made: null, an object, or a list printed as text. */
  | { readonly code: 'privilege-looks-like-a-bug'; readonly text: string; readonly looksLike: OddText['looksLike'] }
  /** Percent-encoded text inside the key, where the fields are encoded once already. */
  | { readonly code: 'encoded-twice'; readonly text: string; readonly meant: string };

/** Further names that occur in keys and settings of Kaltura's applications. */
const APPLICATION_NAMES = [
  ...['adminRole', 'apphost', 'fallbackToPlayerKS', 'privateOnlyRole', 'provider', 'unmoderatedAdminRole'],
  ...['userRole', 'vcprovider'],
];

/** Permissions are written in capitals with underscores: `FEATURE_ENTITLEMENT`, `CONTENT_MANAGE_BASE`. */
const PERMISSION = /^[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+$/;

/** A name and a value that are not separated by a colon: `sview=0_abc12345`. */
const NAME_AND_VALUE = /^([a-z]+)(?:\s*[=\s：]\s*(?=\S)|(?=\d+_[0-9a-z]{8}$))(\S+)$/;

/** Returns the privilege that an unknown name was probably meant to be: by case, plural, separators or misspelling. */
function similarPrivilege(name: string): string | null {
  const [, known = '', given = ''] = NAME_AND_VALUE.exec(name) ?? [];
  if (findPrivilege(known) !== undefined) return `${known}:${given}`;
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (plain.length < 3) return null;
  const most = plain.length < 6 ? 1 : 2;
  const ranked = PRIVILEGES.map((known) => ({ name: known.name, distance: editDistance(plain, known.name) }))
    .filter(({ name: known, distance }) => distance <= most || plain === `${known}s`)
    .sort((a, b) => a.distance - b.distance);
  const [closest] = ranked;
  // view allows nothing by itself, and sview is the one that plays.
  return closest?.name === 'view' ? 'sview or view' : (closest?.name ?? null);
}

/** A value that the server reads in another way than it was meant. A lone `*` has its own meaning. */
function wrongValue({ name, value: kind }: Privilege, value: string): PrivilegeMistake | null {
  // Only these are known to do nothing with a value.
  if (value === '*' || (kind.kind === 'none' && !isIgnoredWithValue(name))) return null;
  const oddity = oddTextIn(value)?.looksLike ?? 'spaces';
  // A line break is often a wrong separator.
  if (oddity !== 'invisible' && BUGS.includes(oddity)) {
    return { code: 'wrong-value', name, problem: `${name}: the value looks like a bug in the code that made the key.` };
  }
  const problem = valueProblem(name, kind, value);
  return problem === null ? null : { code: 'wrong-value', name, problem };
}

/** The start of a list or an object that was printed as text and split at its commas. */
const PART_OF_A_LIST = /^\s*[[{]/;

/** What looks like a bug in place of a privilege. */
const BUGS: readonly OddText['looksLike'][] = ['nothing', 'object', 'error', 'template', 'quoted', 'invisible'];

function mistakeIn([name, value]: PrivilegePair, before: PrivilegePair | null): PrivilegeMistake | null {
  // Ignore a line break at the end of the fields.
  if (name.trim() === '' && value === '') return null;
  const text = joinPair([name, value]);
  const meant = percentDecoded(text);
  if (meant !== null) return { code: 'encoded-twice', text, meant };
  if (name === '*' || (name === 'all' && value === '*')) return null;
  const known = findPrivilege(name);
  if (known !== undefined) {
    return known.value.kind === 'required' && value === '' ? { code: 'empty-value', name } : wrongValue(known, value);
  }
  const looksLike = PART_OF_A_LIST.test(name) ? 'object' : oddTextIn(text)?.looksLike;
  if (looksLike !== undefined && BUGS.includes(looksLike))
    return { code: 'privilege-looks-like-a-bug', text, looksLike };
  if (isLoneValue([name, value])) return { code: 'value-not-privilege', name, before };
  if (ROLES.some((role) => role.name === name) || /_ROLE$/.test(name)) return { code: 'role-not-privilege', name };
  if (PERMISSION.test(name)) return { code: 'permission-not-privilege', name };
  // The server finds some privileges inside other names, such as list:* in mylist:*.
  if (
    findApplicationPrivilege(name) !== undefined ||
    APPLICATION_NAMES.includes(name) ||
    weightOf(name, value) !== 'neutral'
  )
    return null;
  return { code: 'unknown-privilege', name, meant: similarPrivilege(name) };
}

/** The maximum number of privileges that are examined. */
const MOST_EXAMINED = 60;

/** Finds what is wrong with the first privileges of a key: those that do not do what was probably meant. Each mistake occurs once. */
export function privilegeMistakes(privileges: readonly PrivilegePair[]): PrivilegeMistake[] {
  const seen = new Set<string>();
  return privileges.slice(0, MOST_EXAMINED).flatMap((pair, index, all) => {
    const before = all.slice(0, index).findLast((other) => !isLoneValue(other)) ?? null;
    const mistake = mistakeIn(pair, before);
    const key = JSON.stringify(mistake);
    if (mistake === null || seen.has(key)) return [];
    seen.add(key);
    return [mistake];
  });
}
