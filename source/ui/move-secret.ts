import type { Secret } from '../kaltura/secret.js';
import { moveFailedText, secretMovedText } from '../messages/move-secret.js';
import type { Runtime } from '../operations/runtime.js';
import type { EnvAccount } from '../profiles/env-account.js';
import type { ProfileSecrets } from '../profiles/profile-secrets.js';
import { type ProfileStore, profileNamed } from '../profiles/store.js';
import { SecretSourceError } from '../secrets/source-error.js';

export interface MoveOutcome {
  readonly text: string;
  readonly isSecretMoved: boolean;
}

interface Move {
  /** The profile that the secret was stored with. */
  readonly name: string;
  readonly secret: Secret;
  readonly from: EnvAccount;
}

interface MoveDeps extends Pick<Runtime, 'openEnvFiles'> {
  readonly store: ProfileStore;
  readonly secrets: Pick<ProfileSecrets, 'read'>;
}

/** Checks whether the saved profile gives the secret. */
async function isStored({ name, secret }: Move, { store, secrets }: MoveDeps): Promise<boolean> {
  const profile = await profileNamed(name, store);
  if (profile === null) return false;
  try {
    return (await secrets.read(profile, 'secret')).equals(secret);
  } catch (error) {
    if (error instanceof SecretSourceError) return false;
    throw error;
  }
}

/** Removes the secret from the .env file, if it can be read back from the profile that it was stored with. */
export async function removeMovedSecret(move: Move, deps: MoveDeps): Promise<MoveOutcome> {
  const { path } = move.from;
  if (!(await isStored(move, deps))) {
    return { isSecretMoved: false, text: moveFailedText(path, 'the stored secret could not be read back') };
  }
  const result = await (await deps.openEnvFiles()).removeSecret(move.from);
  return result.ok
    ? { isSecretMoved: true, text: secretMovedText(path, result.removal) }
    : { isSecretMoved: false, text: moveFailedText(path, result.why) };
}
