import { ksBytes } from './ks-bytes.js';
import type { Secret } from './secret.js';

/** Whether two texts are one key: padding, blanks and the alphabet do not count to the server (facts 1.2). */
export function isSameKey(one: Secret, other: Secret): boolean {
  try {
    return ksBytes(one.reveal()).equals(ksBytes(other.reveal()));
  } catch {
    return one.reveal() === other.reveal();
  }
}
