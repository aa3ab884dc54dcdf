import type { Secret } from '../kaltura/secret.js';
import type { ProfileSecrets, ProfileWithSource } from '../profiles/profile-secrets.js';
import { runningText } from '../secrets/describe.js';
import { needsConfirmation, type SecretName } from '../secrets/source.js';
import type { AppHandle } from './app.js';

interface Reading {
  readonly profile: ProfileWithSource;
  readonly what: SecretName['what'];
  /** For an encrypted file. */
  readonly passphrase: Secret | null;
  readonly signal: AbortSignal;
  readonly profiles: { secretsWith(passphrase: Secret | null): ProfileSecrets };
  readonly handle: () => AppHandle;
}

/**
 * Reads a secret of a profile. A command gets the terminal while it runs, because it may ask there.
 *
 * @throws what `ProfileSecrets.read` throws
 */
export async function readProfileSecret({
  profile,
  what,
  passphrase,
  signal,
  profiles,
  handle,
}: Reading): Promise<Secret> {
  const { secretSource } = profile;
  const read = (): Promise<Secret> => profiles.secretsWith(passphrase).read(profile, what, signal);
  const runsCommand = secretSource.kind === 'command' && what === 'secret' && !needsConfirmation(secretSource);
  return runsCommand ? handle().suspend(read, runningText(secretSource, true)) : read();
}
