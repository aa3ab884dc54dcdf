import { closeSync, existsSync, linkSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { asStoreError, faultCode } from '../files/file-fault.js';
import { stampOf } from '../files/private-file.js';
import { makePrivateFolder } from '../files/private-folder.js';

export type QuarantineOutcome =
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'stays'; readonly why: string }
  /** Another program replaced or moved the file meanwhile: it must be read again. */
  | { readonly kind: 'changed' };

/** Where damaged files of that folder go. */
export const damagedFolder = (folder: string): string => join(folder, 'damaged');

/** How many files of the same moment are kept. */
const MAX_NAMES = 1000;

/** Makes an empty file under a name that nobody has, so that moving a file onto it overwrites nothing. */
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

/** A good file was saved between the reading of the damaged one and its move: back with it, unless a still newer one is there. */
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
 * Moves a damaged file into the folder `damaged` next to it, under its name and the time, overwriting nothing.
 *
 * @param stamp what the file was when it was found damaged
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
