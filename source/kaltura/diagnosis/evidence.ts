import { readPartnerId } from '../accounts/partner-id.js';
import { isKsText } from '../ks/peek.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyRequest } from '../sign-in/key-request.js';
import { type Cause, isOwnServer, type MakingContext } from './diagnosis.js';

// Causes that can be seen in the request itself. They come before the causes that are only likely.

/** The length of secrets and app tokens, in hex digits (docs/kaltura-facts.md 7). */
const USUAL_LENGTH = 32;

/** Finds what is unusual about an account secret or an app token. */
export function secretOddities(secret: Secret, kind: 'secrets' | 'tokens') {
  const text = secret.reveal();
  const odd = <const Id extends string>(id: Id) => [{ id, values: { length: secret.length, kind } }];
  if (/\s/.test(text)) return odd('secret-has-space');
  const other = likelyKind(text);
  if (other !== null) return odd(other);
  if (secret.length === USUAL_LENGTH - 1) return odd('secret-lacks-one');
  if (secret.length !== USUAL_LENGTH) return odd(secret.length < USUAL_LENGTH ? 'secret-too-short' : 'secret-too-long');
  if (/^[0-9a-f]+$/.test(text)) return [];
  return odd(/^[0-9a-f]+$/i.test(text) ? 'secret-has-capitals' : 'secret-not-hex');
}

/** What the text looks like instead of a secret (docs/kaltura-facts.md 7, 1.1, 5.8). */
function likelyKind(text: string) {
  if (isKsText(text)) return 'looks-like-key';
  if (/^\d{3,10}$/.test(text)) return 'looks-like-partner-id';
  if (/^\d+_[0-9a-z]{8,10}$/.test(text)) return 'looks-like-object-id';
  return /^[0-9a-f]{40}$|^[0-9a-f]{64}$|^[0-9a-f]{128}$/i.test(text) ? 'looks-like-hash' : null;
}

/** Finds what is unusual about a login and its password. */
export function loginOddities({ signIn }: KeyRequest) {
  if (signIn.method !== 'login') return [];
  const { loginId } = signIn;
  const password = signIn.password.reveal();
  return [
    ...(loginId === '' ? (['no-login'] as const) : []),
    ...(loginId === '' || /^[^@\s]+@[^@\s]+$/.test(loginId)
      ? []
      : [{ id: 'not-an-email', values: { loginId } } as const]),
    ...(password === password.trim() ? [] : (['password-has-space'] as const)),
  ];
}

/** Finds what is wrong with the partner ID; it may just be mistyped. */
export function partnerIdCause({
  signIn: { partnerId },
}: KeyRequest): 'no-partner-id' | 'wrong-partner-id' | Cause<'sub-partner-id'> {
  if (partnerId === null) return 'no-partner-id';
  const { suggestion } = readPartnerId(String(partnerId));
  return suggestion === null ? 'wrong-partner-id' : { id: 'sub-partner-id', values: { suggestion } };
}

/** An account exists in one region only (docs/kaltura-facts.md 6). */
export const wrongRegionCause = ({ request }: MakingContext): 'other-server' | 'other-region' =>
  isOwnServer(request) ? 'other-server' : 'other-region';

/** Returns the values of a privilege, in the order in which they are given. */
export function valuesOf(name: string, { privileges }: KeyRequest): readonly string[] {
  return privilegePairs(privileges).flatMap(([one, value]) => (one === name ? [value] : []));
}

/** Role names from the server source or the documentation, and the system names of these roles (docs/kaltura-facts.md 2.6). */
const CORRECT_ROLE_NAMES: ReadonlyMap<string, string> = new Map([
  ['PARTNER_ADMIN_ROLE', 'Publisher Administrator'],
  ['BASE_USER_SESSION_ROLE', 'Basic User Session Role'],
]);

/** Finds what is wrong with a role that the server does not know. */
export function roleCause(role: string) {
  if (role === '') return 'role-empty';
  const meant = CORRECT_ROLE_NAMES.get(role);
  if (meant !== undefined) return { id: 'role-renamed', values: { role, meant } } as const;
  return { id: /^\d+$/.test(role) ? 'unknown-role-number' : 'unknown-role-name', values: { role } } as const;
}
