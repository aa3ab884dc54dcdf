import { privilegePairs } from './privileges.js';
import { ROLES } from './roles.js';

// Limits that a key’s privileges set for calls made with the key (docs/kaltura-facts.md 2.3, 2.6, 5.6).

/**
 * Returns the last value of a privilege, which is the one that the server uses (docs/kaltura-facts.md 0.10); undefined
 * if the key doesn't have the privilege.
 */
export function lastValueOf(privileges: string, name: string): string | undefined {
  return privilegePairs(privileges).findLast(([other]) => other === name)?.[1];
}

/** `unusable`: not a positive number, so the server rejects every call (docs/kaltura-facts.md 2.5). */
export type ActionsLimit = number | 'unusable' | null;

/** Returns how many calls the key was created for. Only the server knows how many are left. */
export function actionsLimitIn(privileges: string): ActionsLimit {
  const value = lastValueOf(privileges, 'actionslimit');
  if (value === undefined) return null;
  return /^\d{1,9}$/.test(value) && Number(value) > 0 ? Number(value) : 'unusable';
}

/** Returns the paths of `urirestrict`; null if the key has no path limit. */
export function pathsIn(privileges: string): readonly string[] | null {
  return lastValueOf(privileges, 'urirestrict')?.split('|') ?? null;
}

/**
 * Returns whether the paths allow a URL. Each path must match the whole path of the request, or its beginning if the
 * path ends with `*` (docs/kaltura-facts.md 2.3).
 */
export function allowsPath(paths: readonly string[] | null, url: string): boolean {
  if (paths === null) return true;
  const { pathname } = new URL(url);
  return paths.some((path) => (path.endsWith('*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path));
}

/** Returns the addresses of `iprestrict`; null if the key works from any address. */
export function addressesIn(privileges: string): readonly string[] | null {
  return lastValueOf(privileges, 'iprestrict')?.split('/') ?? null;
}

/**
 * What a role can do: `all` (an administrator), `reading` (content), `nothing` (only calls that every key can make) or
 * `unknown`.
 */
export type RoleReach = 'all' | 'reading' | 'nothing' | 'unknown';

/** Roles with the permissions of USER keys or widget keys (docs/kaltura-facts.md 2.6, 3.2). */
const READING_ROLES = ['PLAYBACK_BASE_ROLE', 'WIDGET_SESSION_ROLE', 'Basic User Session Role'];

/** Returns what a role can do. `null` is the server’s own word for no role (docs/kaltura-facts.md 2.6). */
export function reachOfRole(name: string): RoleReach {
  if (name === 'null' || name === 'No Session') return 'nothing';
  if (READING_ROLES.includes(name)) return 'reading';
  return ROLES.some((role) => role.name === name && role.administrator) ? 'all' : 'unknown';
}
