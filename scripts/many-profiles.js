import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTypeScript } from './load-typescript.js';

const regions = ['us', 'eu', 'de', 'sg'];

const profile = (number) => ({
  name: `customer ${String(number).padStart(3, '0')}`,
  region: regions[number % regions.length],
  serviceUrl: 'https://www.kaltura.com',
  method: 'server',
  ksVersion: 2,
  partnerId: 1_000_000 + number,
  loginId: null,
  tokenId: null,
  holder: number % 2 ? 'server' : 'self',
  type: number % 2 ? 'USER' : 'ADMIN',
  userId: `person${number}@example.com`,
  lifetime: 86_400,
  privileges: 'list:*,disableentitlement',
  acceptedRisks: ['admin-type', 'disables-entitlement'],
  keptKey: null,
  lastKeyEndedAt: number % 3 ? null : 1_700_000_000,
  savedAt: 1_700_000_000 + number,
});

/** A home folder in which the program's own store has saved so many profiles. */
export async function createHomeWithProfiles(count) {
  const { createProfileStore } = await loadTypeScript('source/runtime/profile-store.ts');
  const { configFolder } = await loadTypeScript('source/runtime/config-folder.ts');
  const home = await mkdtemp(join(tmpdir(), 'kaltura-ks-many-'));
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config') };
  const place = configFolder({ env, platform: process.platform, home });
  const store = createProfileStore({ configFolder: place, now: Date.now });
  for (let number = 0; number < count; number++) await store.save(profile(number));
  const { profiles, troubles } = await store.load();
  if (profiles.length !== count || troubles.length > 0) throw new Error(`Saved ${count}, loaded ${profiles.length}`);
  return { env, remove: () => rm(home, { recursive: true, force: true }) };
}
