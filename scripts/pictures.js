import { mkdir, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { loadTypeScript } from './load-typescript.js';
import { scenes } from './scenes.js';
import { drawScreen } from './screen-svg.js';

/**
 * Draws the pictures of the README from the built program itself, driven through the scenes in a pseudo-terminal.
 *
 *   node scripts/pictures.js [folder]
 */
const folder = process.argv[2] ?? 'media';
const [columns, rows] = [80, 24];

const { startTerminal } = await loadTypeScript('test/terminal/pseudo-terminal.ts');
const frozen = pathToFileURL('scripts/frozen.js').href;

async function draw({ name, title, args, steps }) {
  const terminal = await startTerminal({ columns, rows, args, env: { NODE_OPTIONS: `--import=${frozen}` } });
  try {
    for (const { waitFor, press = [], type, paste } of steps) {
      await terminal.waitFor(waitFor);
      if (type) await terminal.type(type);
      if (paste) await terminal.paste(paste);
      if (press.length > 0) await terminal.press(...press);
    }
    const seen = Array.from({ length: rows }, (_, row) => terminal.cells(row));
    const last = seen.findLastIndex((runs) => runs.length > 0);
    const picture = drawScreen({ rows: seen.slice(0, last + 1), columns, title });
    await writeFile(`${folder}/${name}.svg`, picture);
    console.log(`${folder}/${name}.svg`);
  } finally {
    await terminal.close();
  }
}

await mkdir(folder, { recursive: true });
for (const scene of scenes) await draw(scene);
