import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTypeScript } from './load-typescript.js';

const serviceUrls = {
  us: 'https://www.kaltura.com',
  eu: 'https://api.eu.kaltura.com',
  de: 'https://api.de.kaltura.com',
  sg: 'https://api.sg.kaltura.com',
};
const regions = Object.keys(serviceUrls);

/** A profile as the store wants it. */
export const profile = (changes) => ({
  name: 'production',
  region: 'eu',
  serviceUrl: 'https://api.eu.kaltura.com',
  method: 'server',
  ksVersion: 2,
  partnerId: 2_345_678,
  loginId: null,
  tokenId: null,
  holder: 'self',
  type: 'ADMIN',
  userId: 'editor@example.com',
  lifetime: 86_400,
  privileges: '',
  recipe: null,
  acceptedRisks: ['admin-type', 'disables-entitlement'],
  secretSource: { kind: 'ask' },
  savedKey: null,
  lastKeyEndedAt: null,
  savedAt: 1_700_000_000,
  ...changes,
});

export const manyProfiles = (count) =>
  Array.from({ length: count }, (_, number) =>
    profile({
      name: `customer ${String(number).padStart(3, '0')}`,
      region: regions[number % regions.length],
      serviceUrl: serviceUrls[regions[number % regions.length]],
      partnerId: 1_000_000 + number,
      type: number % 2 ? 'USER' : 'ADMIN',
      userId: `person${number}@example.com`,
      privileges: 'list:*,disableentitlement',
      lastKeyEndedAt: number % 3 ? null : 1_700_000_000,
      savedAt: 1_700_000_000 + number,
    }),
  );

/** A home folder in which the program's own store has saved these profiles. */
export async function createHome(saved) {
  const { createProfileStore } = await loadTypeScript('source/platform/profiles/profile-store.ts');
  const { configFolder } = await loadTypeScript('source/platform/files/config-folder.ts');
  const home = await mkdtemp(join(tmpdir(), 'kaltura-ks-many-'));
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config') };
  const place = configFolder({ env, platform: process.platform, home });
  const store = createProfileStore({ configFolder: place, now: Date.now });
  for (const each of saved) await store.save(each);
  const { profiles, troubles } = await store.load();
  if (profiles.length !== saved.length || troubles.length > 0)
    throw new Error(`Saved ${saved.length}, loaded ${profiles.length}`);
  return { env, remove: () => rm(home, { recursive: true, force: true }) };
}
