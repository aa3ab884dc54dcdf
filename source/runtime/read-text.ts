import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { faultReason } from './file-fault.js';
import { isOpenToOthers } from './private-folder.js';

export type TextReading =
  | { readonly ok: true; readonly text: string; readonly isOpenToOthers: boolean }
  /** Why, as the end of a sentence. */
  | { readonly ok: false; readonly why: string };

const LARGEST = 8 * 1024 * 1024;

/** Reads a file that the person names: a pipe or a device may stand there too. Never throws. */
export function readText(path: string): TextReading {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const stats = fstatSync(descriptor);
      if (stats.isDirectory()) return { ok: false, why: 'it is a folder' };
      const chunks: Buffer[] = [];
      let length = 0;
      for (;;) {
        const chunk = Buffer.alloc(64 * 1024);
        const read = readSync(descriptor, chunk);
        if (read === 0) break;
        length += read;
        if (length > LARGEST) return { ok: false, why: 'it is too large' };
        chunks.push(chunk.subarray(0, read));
      }
      const text = Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\uFEFF/, '');
      return { ok: true, text, isOpenToOthers: stats.isFile() && isOpenToOthers(stats.mode) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { ok: false, why: code === 'ENOENT' ? 'there is no such file' : faultReason(error)[1] };
  }
}
