import { dropRevokedKeys, type RevokedKey } from '../../profiles/drop-revoked-keys.js';
import { ProfileStoreError } from '../../profiles/store.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { createSourceAccess } from '../secrets/source-access.js';
import type { CommandRun } from '../shared/command-call.js';

/**
 * Removes revoked keys from the profiles that saved them, and tells the user which.
 *
 * @param revoked null if nothing was revoked
 * @returns the names of the profiles
 */
export async function dropRevoked(revoked: RevokedKey | null, run: CommandRun): Promise<readonly string[]> {
  if (revoked === null) return [];
  const { flags, runtime, report } = run;
  // Don't ask for a passphrase only to compare a key.
  const secrets = createSourceAccess({ ...run, flags: { ...flags, input: false } });
  const dropped: string[] = [];
  try {
    const deps = { store: await runtime.openStore(), secrets };
    await dropRevokedKeys(revoked, Math.floor(runtime.now() / 1000), deps, {
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
