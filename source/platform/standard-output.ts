import { fstatSync, readSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import type { OutputState } from '../operations/runtime.js';

const STANDARD_OUTPUT = 1;

/**
 * Returns what happens to standard output. If it was closed before the start (`>&-`), Node opens the null device in its
 * place, for reading and writing; `>/dev/null` opens it only for writing. Some programs open the null device
 * for reading and writing: their output looks closed.
 */
export function outputState(): OutputState {
  try {
    const [output, nullDevice] = [fstatSync(STANDARD_OUTPUT), statSync(devNull)];
    if (!output.isCharacterDevice() || output.rdev !== nullDevice.rdev) return 'open';
  } catch {
    return 'open';
  }
  try {
    readSync(STANDARD_OUTPUT, new Uint8Array(1));
    return 'closed';
  } catch {
    return 'discarded';
  }
}
