import { join } from 'node:path';
import { nameProblem } from '../../profiles/name.js';
import { peekPrivateFile } from '../files/private-file.js';
import { assertOwnFolders } from '../files/private-folder.js';
import { profileFiles } from './load.js';

/** Reads the field `name` of a record, which may be damaged; null without one. */
export function nameIn(file: string): string | null {
  try {
    const record: unknown = JSON.parse(peekPrivateFile(file)?.toString('utf8') ?? 'null');
    const name = (record as { readonly name?: unknown } | null)?.name;
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

/** Lists the names of the saved profiles, for completion. Only reads; repairs nothing. */
export const profileNames = (configFolder: string): string[] => {
  try {
    const folder = join(configFolder, 'profiles');
    assertOwnFolders(configFolder, folder);
    const names = profileFiles(folder).map(nameIn);
    return names.flatMap((name) => (name !== null && nameProblem(name) === null ? [name] : [])).toSorted();
  } catch {
    return [];
  }
};
