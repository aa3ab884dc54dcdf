import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import type { Effect } from '../engine/effect.js';

/** Copies a key. A key that is not a USER key for certain is copied for a while only. */
export const copyKey = ({ ks, facts }: MadeKey): Effect =>
  facts.type === 'USER' ? { do: 'copy', ks } : { do: 'copy', ks, isTemporary: true };
