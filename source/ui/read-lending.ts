import type { Secret } from '../kaltura/secret.js';
import type { ProfileSecrets, ProfileWithSource } from '../profiles/profile-secrets.js';
import { runningText } from '../secrets/describe.js';
import { needsConfirmation, type SecretName } from '../secrets/source.js';
import type { AppHandle } from './app.js';

interface Reading {
  readonly profile: ProfileWithSource;
  readonly what: SecretName['what'];
  readonly passphrase: Secret | null;
  readonly signal: AbortSignal;
  readonly profiles: { secretsWith(passphrase: Secret | null): ProfileSecrets };
  readonly handle: () => AppHandle;
}

/** Reads a secret of a profile. A command gets the terminal while it runs, because it may ask there. Throws the errors of `ProfileSecrets`. */
export async function readLending({ profile, what, passphrase, signal, profiles, handle }: Reading): Promise<Secret> {
  const { secretSource } = profile;
  const read = (): Promise<Secret> => profiles.secretsWith(passphrase).read(profile, what, signal);
  const runs = secretSource.kind === 'command' && what === 'secret' && !needsConfirmation(secretSource);
  return runs ? handle().suspend(read, runningText(secretSource, true)) : read();
}
