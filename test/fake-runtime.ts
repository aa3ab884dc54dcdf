import { Writable } from 'node:stream';
import type { Runtime } from '../source/operations/runtime.js';

/** Returns a runtime with only the given parts. If a test uses another part, it fails and names the part. */
export function fakeRuntime(known: Partial<Runtime>): Runtime {
  return new Proxy(known, {
    get: (target, name) => {
      // `await` looks for this method, for example when an async function returns the runtime.
      if (name === 'then') return undefined;
      // Links need a terminal.
      if (name === 'linkPagesOf') return target[name] ?? (() => {});
      if (!(name in target)) return () => Promise.reject(new Error(`unwanted: ${String(name)}`));
      return target[name as keyof Runtime];
    },
  }) as Runtime;
}

/** Returns a stream of 80 columns by 24 rows that collects the output. `depth` is the color depth of the terminal in bits. */
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
