import { join } from 'node:path';
import { nameProblem } from '../profiles/profile-name.js';
import { profileFiles } from './load-profiles.js';
import { peekPrivateFile } from './private-file.js';
import { assertOwnFolders } from './private-folder.js';

function nameIn(file: string): string[] {
  try {
    const record: unknown = JSON.parse(peekPrivateFile(file)?.toString('utf8') ?? 'null');
    const name = (record as { readonly name?: unknown } | null)?.name;
    return typeof name === 'string' && nameProblem(name) === null ? [name] : [];
  } catch {
    return [];
  }
}

/** The names of the saved profiles, for completion: only read, quickly, and nothing is repaired. */
export const profileNames = (configFolder: string): string[] => {
  try {
    const folder = join(configFolder, 'profiles');
    assertOwnFolders(configFolder, folder);
    return profileFiles(folder).flatMap(nameIn).toSorted();
  } catch {
    return [];
  }
};
