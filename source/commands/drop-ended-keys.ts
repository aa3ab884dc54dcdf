import { dropEndedKeys, type Ended } from '../profiles/drop-ended-keys.js';
import { ProfileStoreError } from '../profiles/profile-store.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import type { Flags } from './command-line.js';
import type { CommandRuntime } from './command-runtime.js';
import { UsageError } from './exit-codes.js';
import { createPlaceAccess } from './place-access.js';
import type { Report } from './report.js';

/**
 * Takes keys that have ended out of the profiles that keep them, and says which.
 *
 * @returns the names of the profiles
 */
export async function dropEnded(
  ended: Ended,
  flags: Flags,
  runtime: CommandRuntime,
  report: Report,
): Promise<readonly string[]> {
  // Nobody is asked for a passphrase only to compare a key.
  const access = createPlaceAccess({ ...flags, input: false }, runtime, report);
  const dropped: string[] = [];
  try {
    await dropEndedKeys(ended, {
      store: await runtime.openStore(),
      now: runtime.now,
      read: async (profile) => {
        try {
          access.assertPassphrase(profile);
          return await access.read(profile, 'key');
        } catch (error) {
          if (!(error instanceof SecretPlaceError || error instanceof UsageError)) throw error;
          report.say(
            `caution: “${profile.name}” keeps a key of this account, which could not be looked at. It may be this one.`,
          );
          return null;
        }
      },
      remove: (profile) => access.remove(profile, 'key'),
      onDropped: (name) => {
        dropped.push(name);
        report.say(`the key that was kept with “${name}” is dropped: it has ended.`);
      },
    });
  } catch (error) {
    const isForeseen = error instanceof ProfileStoreError || error instanceof SecretPlaceError;
    if (!isForeseen) throw error;
    report.say(`caution: a kept key that has ended could not be dropped. ${error.message}`);
  }
  return dropped;
}
