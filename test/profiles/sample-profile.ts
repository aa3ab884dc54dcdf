import { Secret } from '../../source/kaltura/secret.js';
import type { Profile, SavedKey } from '../../source/profiles/profile.js';

/** The time of these tests, in epoch seconds. */
export const NOW = 1_800_000_000;

export const sampleProfile = (changes: Partial<Profile> = {}): Profile => ({
  name: 'Acme production',
  region: 'eu',
  serviceUrl: 'https://api.eu.kaltura.com',
  method: 'server',
  ksVersion: 2,
  partnerId: 1234567,
  loginId: null,
  tokenId: null,
  holder: 'server',
  type: 'ADMIN',
  userId: 'editor@example.com',
  lifetime: 86_400,
  privileges: 'list:*,disableentitlement',
  recipe: null,
  acceptedRisks: ['admin-type', 'disables-entitlement'],
  secretSource: { kind: 'ask' },
  savedKey: null,
  lastKeyEndedAt: null,
  savedAt: NOW,
  ...changes,
});

/** A key that contains this text of letters and digits, so that tests can search for it. */
export function ksWith(mark: string): string {
  const text = `djJ8MTAyfA${mark}`;
  return text.padEnd(Math.ceil(text.length / 4) * 4, 'A');
}

export const savedKeyWith = (ks: string, expiresAt: number | null): SavedKey => ({
  ks: new Secret(ks),
  facts: { partnerId: 1234567, userId: 'editor@example.com', type: 'ADMIN', privileges: 'list:*', expiresAt },
  confirmedBy: 'key',
});
