import type { SigningSecret } from '../../source/kaltura/ks/signing-secret.js';
import type { Secret } from '../../source/kaltura/secret.js';

/** A secret that the user entered, or null if there is none. */
export const given = (secret: Secret | null | undefined): SigningSecret | null =>
  secret == null ? null : { secret, source: { from: 'prompt' } };
