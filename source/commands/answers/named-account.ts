import type { Runtime } from '../../operations/runtime.js';
import { shownName } from '../../profiles/name.js';
import { ProfileStoreError, profileNamed } from '../../profiles/store.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { PROFILE_VARIABLE, variableOf } from './answer-flags.js';
import { valueIn } from './env-file-values.js';

/** The account that a command names beside a file with variables. */
interface NamedAccount {
  readonly partnerId: string;
  /** What names it, as the start of a sentence about it: `--partner names`, `profile “demo” is for`. */
  readonly source: string;
  /** The other option in `Leave out --dotenv or …`. */
  readonly alternative: string;
}

/**
 * Returns the account that a command names beside a file with variables: that of `--partner`, or of its profile. Returns null without one, if
 * the profile names no account, or if it can't be read, which the command reports.
 * @param profile the profile that the command uses, and whether KALTURA_PROFILE names it; null without one
 */
export async function namedAccount(
  { partner }: Flags,
  profile: { readonly name: unknown; readonly isVariable: boolean } | null,
  runtime: Runtime,
): Promise<NamedAccount | null> {
  if (typeof partner === 'string') {
    return { partnerId: partner.trim(), source: '--partner names', alternative: '--partner' };
  }
  if (typeof profile?.name !== 'string') return null;
  try {
    const found = await profileNamed(profile.name, await runtime.openStore());
    if (found === null || found.partnerId === null) return null;
    const source = `profile “${shownName(found.name)}” is for`;
    const alternative = profile.isVariable ? PROFILE_VARIABLE : 'the profile';
    return { partnerId: String(found.partnerId), source, alternative };
  } catch (error) {
    if (error instanceof ProfileStoreError) return null;
    throw error;
  }
}

const PARTNER_ID = /^-?\d{1,10}$/;

/** Refuses a file of another account. Otherwise, the key would mix the answers of two accounts. @throws {UsageError} */
export function assertOfAccount(file: ReadonlyMap<string, string>, account: NamedAccount | null): void {
  const ofFile = valueIn(file, variableOf('partner'));
  if (account === null || ofFile === undefined) return;
  // Another text can be a secret in the wrong place.
  if (!PARTNER_ID.test(ofFile) || !PARTNER_ID.test(account.partnerId)) return;
  if (Number(ofFile) === Number(account.partnerId)) return;
  throw new UsageError(
    `The .env file is for partner ${ofFile}, but ${account.source} partner ${account.partnerId}. Leave out --dotenv or ${account.alternative}.`,
    'conflicting-options',
  );
}
