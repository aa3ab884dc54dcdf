import { privilegeValue, withoutPrivilege, withPrivilege } from '../../kaltura/privileges/privileges.js';
import { type Paragraph, plain } from '../../messages/paragraph.js';
import { type State, stay, type Transition } from '../engine/state.js';
import type { Action } from '../engine/view.js';
import { changeForm, type FormState } from './form.js';

const GROUP = 'sessionid';

/** Returns the session group of normalized privileges; null without one. */
const sessionGroupOf = (privileges: string): string | null => privilegeValue(privileges, GROUP);

export const withoutSessionGroup = (privileges: string): string => withoutPrivilege(privileges, GROUP);

/** `*` works only alone. */
const isEverything = (privileges: string): boolean => privilegeValue(privileges, '*') !== null;

/** Returns privileges with the session group of others, unless they have their own or can't have one. */
export function withSessionGroupOf(others: string, privileges: string): string {
  const group = sessionGroupOf(others);
  if (group === null || sessionGroupOf(privileges) !== null || isEverything(privileges)) return privileges;
  return withPrivilege(privileges, GROUP, group);
}

/** The shortcut that adds a session group, or removes it. */
export function sessionGroupActions({ method, privileges }: FormState): Action[] {
  if (sessionGroupOf(privileges) !== null) return [{ key: 'ctrl+g', id: GROUP, label: 'remove the session group' }];
  // All keys of an app token are in the group of the token.
  const canHaveGroup = method !== 'app-token' && !isEverything(privileges);
  return canHaveGroup ? [{ key: 'ctrl+g', id: GROUP, label: 'add a session group' }] : [];
}

export const SESSION_GROUP_HELP =
  'ctrl+g puts the key into a session group, so that you can revoke all keys of one application at once. It adds sessionid with a random ID. Save the answers as a profile to create more keys in the same group.';

/** Handles the shortcut. */
export function toggleSessionGroup(state: State): Transition {
  const { privileges } = state.form;
  if (sessionGroupOf(privileges) === null) return stay(state, { do: 'create-group-id' });
  return stay({ ...state, form: changeForm(state.form, { privileges: withoutSessionGroup(privileges) }) });
}

/** Adds the group that was created for the shortcut. */
export function withNewSessionGroup(state: State, id: string): State {
  const privileges = withPrivilege(state.form.privileges, GROUP, id);
  return state.screen === 'privileges' ? { ...state, form: changeForm(state.form, { privileges }) } : state;
}

/** Names the group, and the command that ends all of its keys. */
export function sessionGroupText(privileges: string, profileName: string | null): Paragraph[] {
  const group = sessionGroupOf(privileges);
  // The keys of an app token are revoked by deleting the token.
  if (group === null || privilegeValue(privileges, 'apptoken') !== null) return [];
  const profile = profileName !== null && /^[\w.-]+$/.test(profileName) ? profileName : '<profile>';
  const command = `kaltura-ks end ${profile} --group ${group}`;
  return [`Session group ${group}. To revoke all of its keys, run:`, command].map(plain);
}
