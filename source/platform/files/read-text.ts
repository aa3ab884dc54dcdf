import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { TextReading } from '../../operations/runtime.js';
import { decodeText } from '../../terminal/decode-text.js';
import { faultCode, faultReason } from './file-fault.js';
import { isOpenToOthers } from './private-folder.js';

/** Bytes; above any text that this program reads. */
const LARGEST = 8 * 1024 * 1024;

export interface ReadTextOptions {
  /** Milliseconds to wait for the next byte of a pipe. Long, because a password manager may wait for a person. */
  readonly idleTimeout?: number;
  /** Called once after `silence` without a byte, because an open pipe would look like a hang. */
  readonly onWaiting?: () => void;
  /** Milliseconds. */
  readonly silence?: number;
}

/** Milliseconds between two attempts to read an empty pipe. */
const INTERVAL = 20;

/** A pipe that another program may still be writing to. */
class PipeReader {
  #waited = 0;
  #hasData = false;
  #isReported = false;

  constructor(
    readonly handle: FileHandle,
    /** Whether the pipe has a path of its own: then an empty read can mean that no program writes to it yet. */
    readonly isNamed: boolean,
    readonly options: Required<ReadTextOptions>,
  ) {}

  /** Returns the number of bytes read: 0 at the end; null after the timeout. */
  async read(chunk: Buffer): Promise<number | null> {
    while (this.#waited <= this.options.idleTimeout) {
      const read = await this.#tryRead(chunk);
      const isEnd = read === 0 && (this.#hasData || !this.isNamed);
      if (read !== null && (read > 0 || isEnd)) {
        this.#waited = 0;
        this.#hasData = true;
        return read;
      }
      await setTimeout(INTERVAL);
      this.#waited += INTERVAL;
      if (this.#waited < this.options.silence || this.#isReported) continue;
      this.#isReported = true;
      this.options.onWaiting();
    }
    return null;
  }

  /** Returns null if the pipe is empty and a program has it open for writing. */
  async #tryRead(chunk: Buffer): Promise<number | null> {
    try {
      return (await this.handle.read(chunk)).bytesRead;
    } catch (error) {
      if (faultCode(error) === 'EAGAIN') return null;
      throw error;
    }
  }
}

/** Checks whether the path is a FIFO's own. The pipe of `<(command)` is a descriptor of this program and already has a writer. */
const isNamed = (path: string): boolean => !/^\/dev\/(fd\/|stdin$)|^\/proc\//.test(path);

async function readOpened(
  path: string,
  handle: FileHandle,
  { idleTimeout = 60_000, silence = 3_000, onWaiting = () => {} }: ReadTextOptions,
): Promise<TextReading> {
  const stats = await handle.stat();
  if (stats.isDirectory()) return { ok: false, why: 'it is a folder' };
  const pipe = new PipeReader(handle, stats.isFIFO() && isNamed(path), { idleTimeout, silence, onWaiting });
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024);
    const read = await pipe.read(chunk);
    if (read === null) return { ok: false, why: `no program wrote to it for ${idleTimeout / 1000} seconds` };
    if (read === 0) break;
    length += read;
    if (length > LARGEST) return { ok: false, why: 'it is too large' };
    chunks.push(chunk.subarray(0, read));
  }
  const text = decodeText(Buffer.concat(chunks));
  return { ok: true, text, isOpenToOthers: stats.isFile() && isOpenToOthers(stats.mode) };
}

/**
 * Reads a file, pipe or device that the user names. Ctrl+C works while it waits for a pipe. Never throws.
 */
export async function readText(path: string, options: ReadTextOptions = {}): Promise<TextReading> {
  try {
    // Without O_NONBLOCK, opening a FIFO waits for a writer, and nothing could interrupt that.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await readOpened(path, handle, options);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { ok: false, why: faultCode(error) === 'ENOENT' ? 'there is no such file' : faultReason(error)[1] };
  }
}
