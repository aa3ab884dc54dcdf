import type { KsVersion } from './ks-fields.js';
import { type PrivilegePair, splitPair } from './privilege-item.js';
import { privilegePairs } from './privileges.js';

/**
 * The privileges of a key as the server reads them: version 1 keeps each as it was typed, so that a blank makes it another name, and `*`
 * stays what it is (facts 1.3, 1.4).
 */
export function heldPrivileges(privileges: string, version: KsVersion): PrivilegePair[] {
  if (version === 2) return privilegePairs(privileges);
  return privileges
    .split(',')
    .filter((part) => part !== '')
    .map(splitPair);
}

/** Whether they are a wildcard: `*` alone, and in version 2 also `all:*` alone, which the server reads as `*` (facts 0.9, 2.2). */
export const isWildcardIn = (privileges: string, version: KsVersion): boolean =>
  privileges === '*' || (version === 2 && privileges === 'all:*');
