import { Writable } from 'node:stream';
import type { Runtime } from '../source/operations/runtime.js';

/** A runtime that has only the given parts. The use of any other part fails the test and names the part. */
export function fakeRuntime(known: Partial<Runtime>): Runtime {
  return new Proxy(known, {
    get: (target, name) => {
      // `await` looks for this method. A runtime that comes from an async function is not a promise.
      if (name === 'then') return undefined;
      // Without a terminal there is nothing to link.
      if (name === 'linkPagesOf') return target[name] ?? (() => {});
      if (!(name in target)) return () => Promise.reject(new Error(`unwanted: ${String(name)}`));
      return target[name as keyof Runtime];
    },
  }) as Runtime;
}

/** An output stream that collects what is written, 80 columns by 24 rows. `depth` is the color depth of the terminal in bits. */
export function collecting(isTTY: boolean, depth = 24) {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  const extras = { isTTY, columns: 80, rows: 24, getColorDepth: () => depth };
  return { stream: Object.assign(stream, extras) as unknown as NodeJS.WriteStream, text: () => chunks.join('') };
}
