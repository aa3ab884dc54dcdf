import type { ApiError } from './api-errors.js';
import { type InvalidKeyReason, invalidKeyReason } from './end-key.js';

/** The server turned a key back, or a call that was made with it. */
export interface Refusal {
  readonly error: ApiError;
  /** The word for why, where it could read the key and does not take it. */
  readonly reason: InvalidKeyReason | null;
  /** Whether it got so far as to find the signature right; null where that is not known. */
  readonly isSignatureRight: true | null;
}

/** What the server looks at only when it has read the key and found it valid (facts 3.2, 4.2). */
const AFTER_THE_KEY = [
  'SERVICE_FORBIDDEN',
  'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
  'USER_BLOCKED',
  'INVALID_OBJECT_ID',
  'INVALID_SET_ROLE',
  'INVALID_ACTIONS_LIMIT',
  'SERVICE_ACCESS_CONTROL_RESTRICTED',
];

/** What a refusal says of the key. */
export function refusalOf(error: ApiError): Refusal {
  const reason = invalidKeyReason(error);
  return { error, reason, isSignatureRight: reason !== null || AFTER_THE_KEY.includes(error.code) ? true : null };
}

/** The key is good, and may not do this: a proof that its signature is right, and that it lives. */
export const isForbidden = ({ code }: ApiError): boolean => code === 'SERVICE_FORBIDDEN';
