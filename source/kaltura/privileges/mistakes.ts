import { editDistance } from '../typed-values.js';
import { findApplicationPrivilege } from './applications.js';
import { findPrivilege, PRIVILEGES, weightOf } from './catalogue.js';
import { isLoneValue, type PrivilegePair } from './item.js';
import { ROLES } from './roles.js';

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
  /** Percent-encoded text inside the key, where the fields are encoded once already. */
  | { readonly code: 'encoded-twice'; readonly text: string; readonly meant: string };

/** Further names that occur in keys and settings of Kaltura's applications. */
const APPLICATION_NAMES = [
  ...['adminRole', 'apphost', 'fallbackToPlayerKS', 'privateOnlyRole', 'provider', 'unmoderatedAdminRole'],
  ...['userRole', 'vcprovider'],
];

/** Permissions are written in capitals with underscores: `FEATURE_ENTITLEMENT`, `CONTENT_MANAGE_BASE`. */
const PERMISSION = /^[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+$/;

const PERCENT_CODE = /%[0-9A-Fa-f]{2}/;

/** Decodes percent-encoding as often as it was applied; null if there is none. */
export function percentDecoded(text: string): string | null {
  let meant = text;
  for (let times = 0; times < 5 && PERCENT_CODE.test(meant); times++) {
    try {
      meant = decodeURIComponent(meant);
    } catch {
      break;
    }
  }
  return meant === text ? null : meant;
}

/** Returns the privilege that an unknown name was probably meant to be: by case, plural, separators or misspelling. */
function similarPrivilege(name: string): string | null {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (plain.length < 3) return null;
  const most = plain.length < 6 ? 1 : 2;
  const ranked = PRIVILEGES.map((known) => ({ name: known.name, distance: editDistance(plain, known.name) }))
    .filter(({ name: known, distance }) => distance <= most || plain === `${known}s`)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name ?? null;
}

function mistakeIn([name, value]: PrivilegePair, before: PrivilegePair | null): PrivilegeMistake | null {
  const text = value === '' ? name : `${name}:${value}`;
  const meant = percentDecoded(text);
  if (meant !== null) return { code: 'encoded-twice', text, meant };
  if (name === '*' || (name === 'all' && value === '*')) return null;
  const known = findPrivilege(name);
  if (known !== undefined) {
    return known.value.kind === 'required' && value === '' ? { code: 'empty-value', name } : null;
  }
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
