import { privilegePairs } from './privileges.js';
import { ROLES } from './roles.js';

// What a key’s privileges say of the calls that may be made with it (docs/kaltura-facts.md 2.3, 2.6, 5.6).

/** The value that the server goes by: the last one (docs/kaltura-facts.md 0.10); undefined where the key does not have the privilege. */
export function lastValueOf(privileges: string, name: string): string | undefined {
  return privilegePairs(privileges).findLast(([other]) => other === name)?.[1];
}

/** `unusable`: no positive number, and so every call is refused (docs/kaltura-facts.md 2.5). */
export type ActionsLimit = number | 'unusable' | null;

/** How many calls the key was made for; how many of them are left, only the server knows. */
export function actionsLimitIn(privileges: string): ActionsLimit {
  const value = lastValueOf(privileges, 'actionslimit');
  if (value === undefined) return null;
  return /^\d{1,9}$/.test(value) && Number(value) > 0 ? Number(value) : 'unusable';
}

/** The paths of `urirestrict`; null where any address may be called. */
export function pathsIn(privileges: string): readonly string[] | null {
  return lastValueOf(privileges, 'urirestrict')?.split('|') ?? null;
}

/** The server compares the path of the request with each: as a beginning where a `*` ends it, else the whole (docs/kaltura-facts.md 2.3). */
export function allowsPath(paths: readonly string[] | null, url: string): boolean {
  if (paths === null) return true;
  const { pathname } = new URL(url);
  return paths.some((path) => (path.endsWith('*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path));
}

/** The addresses of `iprestrict`; null where the key works from anywhere. */
export function addressesIn(privileges: string): readonly string[] | null {
  return lastValueOf(privileges, 'iprestrict')?.split('/') ?? null;
}

/** What is known of a role’s reach: `all` an administrator’s, `reading` content, `nothing` but what is always allowed. */
export type RoleReach = 'all' | 'reading' | 'nothing' | 'unknown';

/** They hold the permission of USER or of widget keys (docs/kaltura-facts.md 2.6, 3.2). */
const READING_ROLES = ['PLAYBACK_BASE_ROLE', 'WIDGET_SESSION_ROLE', 'Basic User Session Role'];

/** `null` is the server’s own word for no role at all (docs/kaltura-facts.md 2.6). */
export function reachOfRole(name: string): RoleReach {
  if (name === 'null' || name === 'No Session') return 'nothing';
  if (READING_ROLES.includes(name)) return 'reading';
  return ROLES.some((role) => role.name === name && role.administrator) ? 'all' : 'unknown';
}
