import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '../../secrets/forget.js';
import type { ForgetResult } from '../../secrets/keeper.js';
import { checkPrivateFolder } from '../files/private-folder.js';
import { onDisk, removeFile } from './encrypted-file.js';

/** The folder of the files of saves that were killed. */
const STAGING = '.saving';

/** Returns false if another program has removed it in the meantime. */
function removeOne(path: string, name: string): boolean {
  if (name !== STAGING) return removeFile(path);
  rmSync(path, { recursive: true, force: true });
  return true;
}

/** Removes every file from the secrets folder, also of removed profiles, and the folder itself. */
export async function forgetFiles(folder: string): Promise<readonly ForgetResult[]> {
  const forgotten: ForgetResult[] = [];
  const note = async (path: string, act: () => boolean) => {
    const outcome = await outcomeOf(() => onDisk('It can’t be deleted', path, act));
    if (outcome !== 'absent') forgotten.push({ what: path, outcome, isCertain: true });
  };
  let names: readonly string[] = [];
  await note(folder, () => {
    if (checkPrivateFolder(folder) !== 'absent') names = readdirSync(folder);
    return false;
  });
  for (const name of names) {
    const path = join(folder, name);
    await note(path, () => removeOne(path, name));
  }
  if (forgotten.every(({ outcome }) => outcome === 'removed')) {
    await note(folder, () => {
      if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return false;
      // Another program may be removing it at the same time.
      rmSync(folder, { recursive: true, force: true });
      return true;
    });
  }
  return forgotten;
}
