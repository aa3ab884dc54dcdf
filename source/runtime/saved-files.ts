import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asStoreError, faultCode } from './file-fault.js';

/** Everything that this program keeps on the disk. */
export interface SavedFiles {
  /** Its folder, which is its own. */
  readonly folder: string;
  /** Every file, link and other thing in it, by its whole path; nothing where there is no folder. */
  list(): string[];
  /** Removes the folder with all that is in it; links are removed, not followed. @throws {ProfileStoreError} */
  remove(): void;
}

function everything(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? everything(path) : [path];
    });
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return [];
    throw asStoreError(error, 'What is saved cannot be listed', folder);
  }
}

export const openSavedFiles = (folder: string): SavedFiles => ({
  folder,
  list: () => {
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    // A link in the place of the folder is all that is ours; what it points to is not.
    return stats.isDirectory() ? everything(folder).toSorted() : [folder];
  },
  remove: () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      throw asStoreError(error, 'What is saved cannot be removed', folder);
    }
  },
});
