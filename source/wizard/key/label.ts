import { formatClock } from '../../kaltura/lifetime.js';
import type { CurrentKey } from '../engine/state.js';

/** Names the key: `Session key 2`. */
export const nameOf = ({ number }: CurrentKey): string => `Session key ${number}`;

/** Returns the label of the printed key: `Session key 2 · 14:32 · USER · partner 2345678`. */
export function labelOf(key: CurrentKey, isRevokedKey = false): string {
  const { type, partnerId } = key.made.facts;
  return [
    nameOf(key),
    ...(isRevokedKey ? ['REVOKED'] : []),
    formatClock(key.openedAt),
    ...(type === null ? [] : [type]),
    ...(partnerId === null ? [] : [`partner ${partnerId}`]),
  ].join(' · ');
}
