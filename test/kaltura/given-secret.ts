import type { Secret } from '../../source/kaltura/secret.js';
import type { SigningSecret } from '../../source/kaltura/signing-secret.js';

/** A secret as the person enters it; null for none. */
export const given = (secret: Secret | null | undefined): SigningSecret | null =>
  secret == null ? null : { secret, source: { from: 'prompt' } };
