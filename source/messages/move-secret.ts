import type { SecretRemoval } from '../profiles/env-file-secret.js';

/** Says that the secret was removed from a file, and what the file still contains. */
export function secretMovedText(path: string, { isStillThere, hasOthers }: Omit<SecretRemoval, 'text'>): string {
  return [
    `Removed the secret from ${path}.`,
    ...(isStillThere ? ['Another line of the file still contains it: check the comments.'] : []),
    ...(hasOthers ? ['The file still has a line with another secret.'] : []),
  ].join(' ');
}

/** @param why a part of a sentence */
export const moveFailedText = (path: string, why: string): string =>
  `${path} was not changed and still contains the secret: ${why}.`;
