import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { bundle } from './bundle.js';

/** Replaces `dist/`, once the whole program has been bundled. */
const dist = new URL('../dist/', import.meta.url);
const { files } = await bundle();
await rm(dist, { recursive: true, force: true });
await mkdir(dist);
for (const [name, content] of files) await writeFile(new URL(name, dist), content);
await chmod(new URL('cli.js', dist), 0o755);
