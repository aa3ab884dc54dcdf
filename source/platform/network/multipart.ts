import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FormFile } from '../../kaltura/api/http.js';

/** A form with files as the body of a request. */
export interface MultipartBody {
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
  readonly stream: Readable;
}

/** Escapes a name for a header, as browsers do. */
const inQuotes = (name: string): string =>
  `"${name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')}"`;

/** Writes a form with files as `multipart/form-data`. The files are read while they are sent. */
export function multipartBody(form: Readonly<Record<string, string>>, files: readonly FormFile[]): MultipartBody {
  const boundary = `kaltura-ks-${randomBytes(16).toString('hex')}`;
  const fields = Object.entries(form).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name=${inQuotes(name)}\r\n\r\n${value}\r\n`,
  );
  const heads = files.map(
    ({ name, filename }) =>
      `--${boundary}\r\nContent-Disposition: form-data; name=${inQuotes(name)}; filename=${inQuotes(filename)}\r\nContent-Type: application/octet-stream\r\n\r\n`,
  );
  const end = `--${boundary}--\r\n`;
  async function* write(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(fields.join(''));
    for (const [index, file] of files.entries()) {
      yield Buffer.from(heads[index] ?? '');
      yield* file.read();
      yield Buffer.from('\r\n');
    }
    yield Buffer.from(end);
  }
  const around = [...fields, ...heads, end].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: files.reduce((sum, { size }) => sum + size + 2, around),
    stream: Readable.from(write()),
  };
}
