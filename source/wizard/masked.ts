import type { Secret } from '../kaltura/secret.js';

/** A secret as it may be shown: by its end alone. */
export const masked = (secret: Secret): string => (secret.ending === '' ? '••••' : `…${secret.ending}`);
