import { join } from 'node:path';
import { nameProblem } from '../../profiles/name.js';
import { peekPrivateFile } from '../files/private-file.js';
import { assertOwnFolders } from '../files/private-folder.js';
import { profileFiles } from './load.js';

function nameIn(file: string): string[] {
  try {
    const record: unknown = JSON.parse(peekPrivateFile(file)?.toString('utf8') ?? 'null');
    const name = (record as { readonly name?: unknown } | null)?.name;
    return typeof name === 'string' && nameProblem(name) === null ? [name] : [];
  } catch {
    return [];
  }
}

/** Lists the names of the saved profiles, for completion. Only reads; repairs nothing. */
export const profileNames = (configFolder: string): string[] => {
  try {
    const folder = join(configFolder, 'profiles');
    assertOwnFolders(configFolder, folder);
    return profileFiles(folder).flatMap(nameIn).toSorted();
  } catch {
    return [];
  }
};
