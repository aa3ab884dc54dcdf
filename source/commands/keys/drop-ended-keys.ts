import { dropRevokedKeys, type RevokedKey } from '../../profiles/drop-ended-keys.js';
import { ProfileStoreError } from '../../profiles/store.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { createSourceAccess } from '../secrets/source-access.js';
import type { CommandRun } from '../shared/command-call.js';

/**
 * Removes keys that have ended from the profiles that saved them, and tells the user which.
 *
 * @param ended null if nothing has ended
 * @returns the names of the profiles
 */
export async function dropRevoked(ended: RevokedKey | null, run: CommandRun): Promise<readonly string[]> {
  if (ended === null) return [];
  const { flags, runtime, report } = run;
  // Don't ask for a passphrase only to compare a key.
  const secrets = createSourceAccess({ ...run, flags: { ...flags, input: false } });
  const dropped: string[] = [];
  try {
    const deps = { store: await runtime.openStore(), secrets };
    await dropRevokedKeys(ended, Math.floor(runtime.now() / 1000), deps, {
      onUnread: (name) =>
        report.say(
          `caution: profile “${name}” has a saved key of this account that could not be read. It may be this key.`,
        ),
      onDropped: (name) => {
        dropped.push(name);
        report.say(`Removed the saved key of profile “${name}”, because it was revoked.`);
      },
    });
  } catch (error) {
    const isForeseen = error instanceof ProfileStoreError || error instanceof SecretSourceError;
    if (!isForeseen) throw error;
    report.say(`caution: a saved key that was revoked could not be removed. ${error.message}`);
  }
  return dropped;
}
