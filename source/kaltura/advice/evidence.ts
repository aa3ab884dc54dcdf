import type { KeyRequest } from '../key-request.js';
import { isKsText } from '../ks-text.js';
import { privilegePairs } from '../privileges.js';
import type { Secret } from '../secret.js';
import { countOf, readPartnerId } from '../typed-values.js';
import { type AdviceContext, hostOf, isOwnServer } from './advice.js';

// What the request itself gives away about why it failed. These causes stand first: they are seen, the others are guessed.

/** The length of secrets and app tokens, in hex digits (facts 7). */
const USUAL_LENGTH = 32;

/**
 * What is odd about a secret of the account or an app token.
 *
 * @param plural what such things are called: `secrets`
 */
export function oddities(secret: Secret, plural: string): readonly string[] {
  const text = secret.reveal();
  if (/\s/.test(text)) return ['a blank or a line break was pasted along with it'];
  const other = takenFor(text);
  if (other !== null) return [`what was pasted looks like ${other}: ${plural} are ${USUAL_LENGTH} hex digits`];
  if (secret.length !== USUAL_LENGTH) {
    const slip = secret.length < USUAL_LENGTH ? 'missing' : 'added';
    const much = Math.abs(secret.length - USUAL_LENGTH) === 1 ? 'a character is' : 'characters are';
    return [`${much} ${slip}: yours has ${countOf(secret.length, 'character')}, ${plural} have ${USUAL_LENGTH}`];
  }
  if (/^[0-9a-f]+$/.test(text)) return [];
  return /^[0-9a-f]+$/i.test(text)
    ? [`yours has capital letters: ${plural} have small ones, and they differ`]
    : [`yours has characters that no hex number has: ${plural} have only 0-9 and a-f`];
}

/** What was copied in the place of a secret, by its looks (facts 7, 1.1, 5.8). */
function takenFor(text: string): string | null {
  if (isKsText(text)) return 'a key (KS)';
  if (/^\d{3,10}$/.test(text)) return 'a partner ID';
  if (/^\d+_[0-9a-z]{8,10}$/.test(text)) return 'an ID, as app tokens and entries have';
  return /^[0-9a-f]{40}$|^[0-9a-f]{64}$|^[0-9a-f]{128}$/i.test(text) ? 'a hash, such as tokenHash' : null;
}

/** What is odd about a login and its password. */
export function loginOddities({ signIn }: KeyRequest): readonly string[] {
  if (signIn.method !== 'login') return [];
  const password = signIn.password.reveal();
  return [
    ...oddLogin(signIn.loginId),
    ...(password === password.trim() ? [] : ['the password begins or ends with a blank: was it pasted along?']),
  ];
}

function oddLogin(loginId: string): readonly string[] {
  if (loginId === '') return ['no login was sent: it is the e-mail address that one signs in to KMC with'];
  return /^[^@\s]+@[^@\s]+$/.test(loginId) ? [] : [`“${loginId}” is not an e-mail address, as a login should be`];
}

/** What is odd about the partner ID, or that it may be mistyped. */
export function partnerIdCause({ signIn }: KeyRequest): string {
  const { partnerId } = signIn;
  if (partnerId === null)
    return 'no partner ID was given: the server took the account that this login used last, and you mean another';
  const { suggestion } = readPartnerId(String(partnerId));
  return suggestion === null
    ? `the partner ID ${partnerId} is mistyped, or is that of another account`
    : `${partnerId} is the Sub Partner ID (the partner ID followed by 00): the partner ID is then ${suggestion}`;
}

/** An account exists in one region only (facts 6). */
export function placeCause({ request, regionLabel }: AdviceContext): string {
  return isOwnServer(request)
    ? `the account lives on another server than ${hostOf(request)}`
    : `the account lives in another region: each lives in one only, and ${regionLabel} was asked`;
}

/** The values of a privilege, in the order in which they stand. */
export function valuesOf(name: string, { privileges }: KeyRequest): readonly string[] {
  return privilegePairs(privileges).flatMap(([one, value]) => (one === name ? [value] : []));
}
