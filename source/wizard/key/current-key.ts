import { formatClock } from '../../kaltura/lifetime.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import type { Effect } from '../engine/effect.js';
import type { CurrentKey, State } from '../engine/state.js';
import { specOf } from '../form/reading.js';

/** A key that was just created for the answers, or is saved with them. */
export type OpenedKey = Pick<CurrentKey, 'made' | 'request' | 'recipe' | 'asOf'>;

/** Returns the current key for the present answers. */
export const currentKeyFor = (
  { form, now }: State,
  opened: OpenedKey,
  how: Pick<CurrentKey, 'number' | 'isShown'>,
): CurrentKey => ({
  ...opened,
  ...how,
  openedAt: now / 1000,
  madeFor: specOf(form),
  server: { region: form.region, address: form.address },
});

/** @param now epoch seconds */
export const isKeyExpired = ({ made }: CurrentKey, now: number): boolean =>
  made.facts.expiresAt !== null && made.facts.expiresAt <= now;

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

/** Copies a key. A key that is not a USER key for certain is copied for a while only. */
export const copyKey = ({ ks, facts }: MadeKey): Effect => ({
  do: 'copy',
  text: ks,
  isTemporary: facts.type !== 'USER',
});
