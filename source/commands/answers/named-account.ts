import type { Runtime } from '../../operations/runtime.js';
import { shownName } from '../../profiles/name.js';
import { ProfileStoreError, profileNamed } from '../../profiles/store.js';
import type { Flags } from '../shared/command-call.js';
import type { NamedAccount } from './env-file-values.js';

/**
 * Returns the account that a command names beside a file with variables: that of `--partner`, or of its profile. Returns null without one, or if
 * the profile can't be read, which the command reports.
 * @param profile the name of the profile, if it is a text
 */
export async function namedAccount(flags: Flags, profile: unknown, runtime: Runtime): Promise<NamedAccount | null> {
  const { partner } = flags;
  if (typeof partner === 'string') {
    return { partnerId: partner.trim(), source: '--partner names', rest: '--partner' };
  }
  if (typeof profile !== 'string') return null;
  try {
    const found = await profileNamed(profile, await runtime.openStore());
    if (found === null || found.partnerId === null) return null;
    const source = `profile “${shownName(found.name)}” is for`;
    return { partnerId: String(found.partnerId), source, rest: 'the profile' };
  } catch (error) {
    if (error instanceof ProfileStoreError) return null;
    throw error;
  }
}
