import { existsSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { savedNameProblem } from '../../profiles/name.js';
import { peekPrivateFile } from '../files/private-file.js';
import { assertOwnFolders } from '../files/private-folder.js';
import { replaceFile } from '../files/put-file.js';
import { withStagedRecord } from '../files/staged-record.js';

/** Next to the folder of the profiles, because each file in that folder is a profile. */
const fileIn = (configFolder: string): string => join(configFolder, 'default-profile.json');

/** Reads the name of the default profile; null without one, or if the file is damaged. */
export function readDefault(configFolder: string): string | null {
  assertOwnFolders(configFolder);
  try {
    const record: unknown = JSON.parse(peekPrivateFile(fileIn(configFolder))?.toString('utf8') ?? 'null');
    const name = (record as { readonly name?: unknown } | null)?.name;
    return typeof name === 'string' && savedNameProblem(name) === null ? name : null;
  } catch {
    return null;
  }
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
