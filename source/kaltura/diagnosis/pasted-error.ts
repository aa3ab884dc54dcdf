import { findKs, type KsFinding } from '../ks/pasted/find.js';
import { isPermanentSecret } from '../ks/shape.js';
import type { Secret } from '../secret.js';
import { looksLikeSecret } from '../typed-values.js';
import { type FoundError, findErrors } from './find-errors.js';

/** Why a text cannot be explained as an error. */
export type NoErrorReason = 'empty' | 'key' | 'secret' | 'html' | 'none';

/** What a text contains that was pasted to be explained. Nothing in it is secret. */
export interface PastedError {
  readonly errors: readonly FoundError[];
  /** Null if there are errors. */
  readonly reason: NoErrorReason | null;
  readonly hasKey: boolean;
  /** Whether what stands in the place of the key is an account secret or the value of an app token. */
  readonly isKeySecret: boolean;
  /** Whether the text must be hidden: it contains a key, or what looks like a part of one or an account secret. */
  readonly hasSecret: boolean;
}

/** Text between characters that no secret contains. */
const BETWEEN = /[^A-Za-z0-9+/_-]+/;

/** The start of a version 2 key, or an account secret with other hex digits around it. */
const SECRET_INSIDE = /djJ8|[0-9a-f]{32}/i;

/** Checks whether what was found in the place of a key is an account secret or the value of an app token. */
export const isSecretFound = (finding: KsFinding): boolean => finding.found && isPermanentSecret(finding.ks.reveal());

/** Finds the errors in a pasted text, and whether it also contains a secret. */
export function readPastedError(pasted: Secret): PastedError {
  const text = pasted.reveal();
  const errors = findErrors(text);
  const finding = findKs(text);
  const hasKey = finding.found;
  const isKeySecret = isSecretFound(finding);
  return {
    errors,
    reason: errors.length > 0 ? null : reasonOf(text, hasKey, isKeySecret),
    hasKey,
    isKeySecret,
    hasSecret: hasKey || SECRET_INSIDE.test(text) || text.split(BETWEEN).some(looksLikeSecret),
  };
}

function reasonOf(text: string, hasKey: boolean, isKeySecret: boolean): NoErrorReason {
  if (text.trim() === '') return 'empty';
  if (hasKey) return isKeySecret ? 'secret' : 'key';
  return /<html\b|<!doctype html/i.test(text) ? 'html' : 'none';
}
