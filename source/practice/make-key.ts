import { signKsV1 } from '../kaltura/ks/v1.js';
import { signKsV2 } from '../kaltura/ks/v2.js';
import { joinPairs } from '../kaltura/privileges/item.js';
import { privilegePairs } from '../kaltura/privileges/privileges.js';
import { type Call, secondsNow } from './action.js';
import type { Account } from './world.js';

interface KeyToMake {
  readonly account: Account;
  readonly type: number;
  readonly userId: string;
  readonly privileges: string;
  /** Lifetime in seconds. Zero or less silently creates an expired key (docs/kaltura-facts.md 5.3). */
  readonly lifetime: number;
}

/**
 * Creates a key in the version of its account. It is always signed with the Administrator Secret (docs/kaltura-facts.md 0.1).
 */
export function makeKey({ account, lifetime, ...asked }: KeyToMake, call: Call): { ks: string; expiresAt: number } {
  const end = secondsNow(call) + lifetime;
  // Rounded up, so that equal requests share a cached answer (docs/kaltura-facts.md 1.5).
  const expiresAt = asked.privileges.includes('downloadasset') ? Math.ceil(end / 300) * 300 : end;
  const fields = { ...asked, partnerId: account.partnerId, expiresAt };
  if (account.ksVersion === 1) {
    return { ks: signKsV1(fields, account.adminSecret, (call.now() / 1000).toFixed(4)), expiresAt };
  }
  // The key's own fields overwrite privileges of their names (docs/kaltura-facts.md 1.4).
  const kept = privilegePairs(asked.privileges).filter(([name]) => !/^_[etumd]$/.test(name));
  return {
    ks: signKsV2({ ...fields, privileges: joinPairs(kept) }, account.adminSecret, call.randomBytes(16)),
    expiresAt,
  };
}
