import { existsSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { savedNameProblem } from '../../profiles/name.js';
import { assertOwnFolders } from '../files/private-folder.js';
import { replaceFile } from '../files/put-file.js';
import { withStagedRecord } from '../files/staged-record.js';
import { nameIn } from './names.js';

/** Next to the folder of the profiles, because each file in that folder is a profile. */
const fileIn = (configFolder: string): string => join(configFolder, 'default-profile.json');

/** Reads the name of the default profile; null without one, or if the file is damaged. */
export function readDefault(configFolder: string): string | null {
  assertOwnFolders(configFolder);
  const name = nameIn(fileIn(configFolder));
  return name !== null && savedNameProblem(name) === null ? name : null;
}

/** Writes the name of the default profile in one step. Both folders must exist. */
export async function writeDefault(configFolder: string, profilesFolder: string, name: string | null): Promise<void> {
  const file = fileIn(configFolder);
  if (name === null) {
    if (existsSync(file)) unlinkSync(file);
    return;
  }
  await withStagedRecord(profilesFolder, { name }, (staged) => replaceFile(staged, file));
}
