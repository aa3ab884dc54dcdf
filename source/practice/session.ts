import { KsError, type ParsedKs } from '../kaltura/ks/fields.js';
import { openKs } from '../kaltura/ks/open.js';
import { peekKs } from '../kaltura/ks/peek.js';
import { ApiError, invalidKs } from './api-error.js';
import type { PracticeRequest } from './parameters.js';
import { type Account, findAccount, findRole, type PracticeData, type Reach } from './world.js';

/** A received key, opened with its account's secret. */
export interface Session {
  readonly ks: string;
  readonly fields: ParsedKs;
  readonly account: Account;
  /**
   * The privileges between the commas, unchanged: in version 1, a space is part of the name (docs/kaltura-facts.md
   * 1.3).
   */
  readonly privileges: readonly string[];
}

/** Opens a key; null if it is damaged, signed with another secret, or belongs to an unknown account. */
export function openSession(ks: string, data: PracticeData): Session | null {
  try {
    const account = findAccount(data, peekKs(ks).partnerId);
    if (account === undefined) return null;
    const fields = openKs(ks, [account.adminSecret]);
    return { ks, fields, account, privileges: fields.privileges.split(',') };
  } catch (error) {
    if (error instanceof KsError) return null;
    throw error;
  }
}

/** Returns the value of a privilege, '' if it has none; undefined if the key doesn't have the privilege. */
export function privilegeValue({ privileges }: Session, name: string): string | undefined {
  const found = privileges.find((privilege) => privilege === name || privilege.startsWith(`${name}:`));
  return found?.slice(name.length + 1);
}

/** Returns whether the key counts as ADMIN: every type of 1 or more (docs/kaltura-facts.md 1.7). */
export const isAdmin = ({ fields }: Session): boolean => fields.type >= 1;

/** Returns whether the key is a widget session: anonymous, USER, with `widget:1` (docs/kaltura-facts.md 1.7). */
const isWidget = (session: Session): boolean =>
  !isAdmin(session) && isAnonymous(session) && session.fields.privileges.includes('widget:1');

/** Returns whether the key has no user (docs/kaltura-facts.md 5.4). */
export const isAnonymous = ({ fields }: Session): boolean => ['', '0'].includes(fields.userId ?? '');

/** Returns what session.end revokes: this key, and all keys with its `sessionid` (docs/kaltura-facts.md 5.5). */
export function sessionMarks(session: Session): string[] {
  const { partnerId, hash } = session.fields;
  const group = privilegeValue(session, 'sessionid')?.split('/')[0];
  return [`${partnerId} key ${hash}`, ...(group === undefined ? [] : [groupMark(partnerId, group)])];
}

/** Identifies all keys of an account with this `sessionid`. */
export const groupMark = (partnerId: number, group: string): string => `${partnerId} group ${group}`;

/**
 * Checks that a readable key is valid for this request, and counts the call if the key has a limit.
 *
 * @param now epoch seconds
 * @throws {ApiError} INVALID_KS with the reason in place of the key (docs/kaltura-facts.md 4.2)
 */
export function checkSession(session: Session, request: PracticeRequest, data: PracticeData, now: number): void {
  const { fields, ks } = session;
  if (fields.expiresAt <= now) throw invalidKs('EXPIRED');
  // Widget sessions are never revoked, and their calls are not counted (docs/kaltura-facts.md 5.5, 5.6).
  const isPublic = isWidget(session);
  if (!isPublic && sessionMarks(session).some((mark) => data.memory.ended.has(mark))) throw invalidKs('LOGOUT');
  const addresses = privilegeValue(session, 'iprestrict')?.split('/');
  if (addresses !== undefined && !addresses.includes(request.remoteAddress)) throw invalidKs('EXCEEDED_RESTRICTED_IP');
  const paths = privilegeValue(session, 'urirestrict')?.split('|');
  if (paths !== undefined && !paths.some((path) => isUnder(request.path, path))) {
    throw invalidKs('EXCEEDED_RESTRICTED_URI');
  }
  const limit = privilegeValue(session, 'actionslimit');
  if (limit === undefined || isPublic) return;
  if (!(Number(limit) > 0)) throw new ApiError('INVALID_ACTIONS_LIMIT', 'Invalid actions limit');
  const used = data.memory.uses.get(ks) ?? 0;
  if (used >= Number(limit)) throw invalidKs('EXCEEDED_ACTIONS_LIMIT');
  data.memory.uses.set(ks, used + 1);
}

const isUnder = (path: string, allowed: string): boolean =>
  allowed.endsWith('*') ? path.startsWith(allowed.slice(0, -1)) : path === allowed;

/**
 * Returns what a session can do. The first of these decides: `setrole`, the role of its user, its type
 * (docs/kaltura-facts.md 2.7).
 *
 * @throws {ApiError} if `setrole` names no role. session.start rejects such a key, but other software can sign one
 */
export function sessionReach(session: Session | null, data: PracticeData): Reach {
  if (session === null) return 'anyone';
  const roleName = privilegeValue(session, 'setrole');
  if (roleName === 'null') return 'anyone';
  // Without a value, the privilege sets no role (docs/kaltura-facts.md 2.5).
  if (roleName !== undefined && roleName !== '') {
    if (Number(roleName) < 0) throw new ApiError('INVALID_SET_ROLE', 'Invalid set role id');
    const role = findRole(data, session.account.partnerId, roleName);
    if (role === undefined) throw new ApiError('INVALID_OBJECT_ID', 'Invalid object id [N/A]', { ID: 'N/A' });
    return role.reach;
  }
  const { account, fields } = session;
  const isAdminUser = data.logins.some(
    (login) =>
      login.loginId === fields.userId &&
      login.accounts.some((place) => place.partnerId === account.partnerId && place.isAdmin),
  );
  return isAdmin(session) || isAdminUser ? 'account' : 'content';
}
