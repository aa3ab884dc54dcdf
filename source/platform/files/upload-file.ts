import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { UploadFile } from '../../operations/runtime.js';
import { faultCode, faultReason } from './file-fault.js';

/** Opens a regular file for an upload. It is read while it is sent. Never throws. */
export async function openUpload(path: string): Promise<UploadFile> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return { ok: false, why: stats.isDirectory() ? 'it is a folder' : 'it is not a regular file' };
    const { size } = stats;
    return { ok: true, filename: basename(path), size, read: () => contentOf(path, size) };
  } catch (error) {
    return { ok: false, why: faultCode(error) === 'ENOENT' ? 'there is no such file' : faultReason(error)[1] };
  }
}

/** Reads exactly as many bytes as were announced, although the file may change meanwhile. */
async function* contentOf(path: string, size: number): AsyncGenerator<Uint8Array> {
  if (size === 0) return;
  let read = 0;
  for await (const chunk of createReadStream(path, { end: size - 1 })) {
    read += chunk.length;
    yield chunk;
  }
  if (read < size) throw new Error('The file became shorter while it was being sent.');
}
