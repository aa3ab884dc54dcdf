import { closeSync, existsSync, linkSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { asStoreError, faultCode } from '../files/file-fault.js';
import { stampOf } from '../files/private-file.js';
import { makePrivateFolder } from '../files/private-folder.js';

export type QuarantineOutcome =
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'stays'; readonly why: string }
  /** Another program replaced or moved the file in the meantime: read it again. */
  | { readonly kind: 'changed' };

/** Returns the folder for damaged files. */
export const damagedFolder = (folder: string): string => join(folder, 'damaged');

/** The maximum number of files with the same timestamp. */
const MAX_NAMES = 1000;

/** Creates an empty file under a free name, so that moving a file there overwrites nothing. */
function reserveName(folder: string, stem: string): string {
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? `${stem}.json` : `${stem}-${count}.json`);
    try {
      closeSync(openSync(path, 'wx', 0o600));
      return path;
    } catch (error) {
      if (faultCode(error) !== 'EEXIST' || count === MAX_NAMES) throw error;
    }
  }
}

/** Moves a good file back that another program saved between reading and moving the damaged one, unless there is a newer file. */
function putBack(from: string, file: string): void {
  try {
    linkSync(from, file);
  } catch (error) {
    if (faultCode(error) !== 'EEXIST' && !existsSync(file)) {
      renameSync(from, file);
      return;
    }
  }
  rmSync(from, { force: true });
}

/**
 * Moves a damaged file to the subfolder `damaged`, with a timestamp in its name. Overwrites nothing.
 * @param stamp the stamp of the file when it was found damaged
 * @param now epoch milliseconds
 */
export function quarantine(file: string, stamp: string, now: number): QuarantineOutcome {
  const folder = damagedFolder(dirname(file));
  let claimed: string | null = null;
  try {
    makePrivateFolder(folder);
    const time = new Date(now).toISOString().replaceAll(':', '');
    claimed = reserveName(folder, `${basename(file, '.json')}.${time}`);
    renameSync(file, claimed);
    if (stampOf(lstatSync(claimed)) === stamp) return { kind: 'moved', to: claimed };
    putBack(claimed, file);
    return { kind: 'changed' };
  } catch (error) {
    if (claimed !== null && lstatSync(claimed, { throwIfNoEntry: false })?.size === 0) rmSync(claimed, { force: true });
    if (faultCode(error) === 'ENOENT') return { kind: 'changed' };
    return { kind: 'stays', why: asStoreError(error, 'It could not be quarantined', folder).message };
  }
}
