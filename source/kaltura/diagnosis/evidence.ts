import { isKsText } from '../ks/open.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyRequest } from '../sign-in/key-request.js';
import { countOf, readPartnerId } from '../typed-values.js';
import { type AdviceContext, hostOf, isOwnServer } from './advice.js';

// Causes that can be seen in the request itself. They come before the causes that are only likely.

/** The length of secrets and app tokens, in hex digits (docs/kaltura-facts.md 7). */
const USUAL_LENGTH = 32;

/**
 * Describes what is unusual about an account secret or an app token.
 *
 * @param plural the word for such values: `secrets`
 */
export function secretOddities(secret: Secret, plural: string): readonly string[] {
  const text = secret.reveal();
  if (/\s/.test(text)) return ['it contains a space or a line break, perhaps from pasting'];
  const other = likelyKind(text);
  if (other !== null) return [`it looks like ${other}: ${plural} are ${USUAL_LENGTH} hexadecimal digits`];
  if (secret.length !== USUAL_LENGTH) {
    const isOneMissing = secret.length === USUAL_LENGTH - 1;
    const missing = isOneMissing ? 'a character is missing' : 'characters are missing';
    const slip = secret.length < USUAL_LENGTH ? missing : 'it is too long';
    return [`${slip}: yours has ${countOf(secret.length, 'character')}, ${plural} have ${USUAL_LENGTH}`];
  }
  if (/^[0-9a-f]+$/.test(text)) return [];
  return /^[0-9a-f]+$/i.test(text)
    ? [`yours has capital letters: ${plural} have lowercase letters only`]
    : [`yours has characters other than 0-9 and a-f, but ${plural} have only those`];
}

/** What the text looks like instead of a secret (docs/kaltura-facts.md 7, 1.1, 5.8). */
function likelyKind(text: string): string | null {
  if (isKsText(text)) return 'a session key (KS)';
  if (/^\d{3,10}$/.test(text)) return 'a partner ID';
  if (/^\d+_[0-9a-z]{8,10}$/.test(text)) return 'the ID of an app token or an entry';
  return /^[0-9a-f]{40}$|^[0-9a-f]{64}$|^[0-9a-f]{128}$/i.test(text) ? 'a hash such as tokenHash' : null;
}

/** Describes what is unusual about a login and its password. */
export function loginOddities({ signIn }: KeyRequest): readonly string[] {
  if (signIn.method !== 'login') return [];
  const password = signIn.password.reveal();
  return [
    ...oddLogin(signIn.loginId),
    ...(password === password.trim() ? [] : ['the password starts or ends with a space, perhaps from pasting']),
  ];
}

function oddLogin(loginId: string): readonly string[] {
  if (loginId === '') return ['no login was sent: enter the email address that you use to sign in to KMC'];
  return /^[^@\s]+@[^@\s]+$/.test(loginId) ? [] : [`“${loginId}” is not an email address, and a login usually is`];
}

/** Describes what is wrong with the partner ID, or says that it may be mistyped. */
export function partnerIdCause({ signIn }: KeyRequest): string {
  const { partnerId } = signIn;
  if (partnerId === null) return 'no partner ID was given, so the server chose the account that this login used last';
  const { suggestion } = readPartnerId(String(partnerId));
  return suggestion === null
    ? `the partner ID ${partnerId} is mistyped, or belongs to another account`
    : `${partnerId} is the Sub Partner ID (the partner ID followed by 00): the partner ID is ${suggestion}`;
}

/** An account exists in one region only (docs/kaltura-facts.md 6). */
export function wrongRegionCause({ request, regionLabel }: AdviceContext): string {
  return isOwnServer(request)
    ? `the account is not on ${hostOf(request)} but on another server`
    : `the account is in another region: each account is in one region only, and you chose ${regionLabel}`;
}

/** Returns the values of a privilege, in the order in which they are given. */
export function valuesOf(name: string, { privileges }: KeyRequest): readonly string[] {
  return privilegePairs(privileges).flatMap(([one, value]) => (one === name ? [value] : []));
}
