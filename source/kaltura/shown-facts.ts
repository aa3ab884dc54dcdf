import type { KeyFacts } from './key-request.js';
import { asShown, containsSecret } from './redact.js';
import type { Secret } from './secret.js';

/** More than any user or list of privileges that is read by a person, in characters. */
const LONGEST = 2000;

/**
 * What a key or a server says of a key, fit to be shown: a server may name whatever it likes as the user, control characters and the
 * secret that it was just sent included.
 *
 * @param secrets those that went out with the request, and the key
 * @param limit for each text, in characters
 */
export const shownFacts = (facts: KeyFacts, secrets: readonly Secret[], limit = LONGEST): KeyFacts => ({
  ...facts,
  userId: facts.userId === null ? null : asShown(facts.userId, secrets, limit),
  privileges: facts.privileges === null ? null : asShown(facts.privileges, secrets, limit),
});

/** Whether one of the secrets stands in what is said of a key. */
export const namesSecret = ({ userId, privileges }: KeyFacts, secrets: readonly Secret[]): boolean =>
  [userId, privileges].some((text) => text !== null && containsSecret(text, secrets));
