import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { nameKey } from '../../profiles/name.js';
import { type Profile, type Trouble, withoutExpiredKey } from '../../profiles/profile.js';
import { faultCode } from '../files/file-fault.js';
import { checkPrivateFolder } from '../files/private-folder.js';
import { readEntry } from './entry.js';

/** Lists the names in a folder; none if it doesn't exist. */
export function namesInFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Lists the files in the folder that may be profiles. Other files are not from this program. */
export const profileFiles = (folder: string): string[] =>
  namesInFolder(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => `${folder}${sep}${name}`);

/** Sorts by name, in the same order whatever the language of the computer. */
function byName(profiles: readonly Profile[]): Profile[] {
  const keyed = profiles.map((profile) => ({ key: nameKey(profile.name), profile }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.map(({ profile }) => profile);
}

/**
 * Reads every profile, each on its own, and leaves out expired keys. Without conf, whose import alone takes ten times as long as reading 500 profiles, and not in parallel,
 * which takes five times as long with files this small.
 */
export function loadProfiles(configFolder: string, folder: string, now: number) {
  const exposed: string[] = [];
  const closed: string[] = [];
  const note = (place: string, access: string): void => {
    if (access === 'exposed') exposed.push(place);
    if (access === 'closed') closed.push(place);
  };
  const outer = checkPrivateFolder(configFolder);
  const inner = checkPrivateFolder(folder);
  note(configFolder, outer);
  note(folder, inner);
  // In a private folder, other users cannot reach a file, whatever its permissions are.
  const wasReachable = outer !== 'private' && inner !== 'private';
  const profiles: Profile[] = [];
  const troubles: Trouble[] = [];
  const filesWithExpiredKey: string[] = [];
  for (const file of profileFiles(folder)) {
    const entry = readEntry(file, now);
    if (entry.kind === 'trouble') troubles.push(entry.trouble);
    if (entry.kind !== 'profile') continue;
    const { problem } = entry;
    const profile = withoutExpiredKey(entry.profile, now / 1000);
    if (profile !== entry.profile) filesWithExpiredKey.push(file);
    if (problem === null) profiles.push(profile);
    else troubles.push({ kind: 'unusable', profile, file, ...problem });
    if (wasReachable) note(file, entry.access);
  }
  if (closed.length > 0) troubles.push({ kind: 'exposed', places: closed, isClosed: true });
  if (exposed.length > 0) troubles.push({ kind: 'exposed', places: exposed, isClosed: false });
  return { profiles: byName(profiles), troubles, filesWithExpiredKey };
}
