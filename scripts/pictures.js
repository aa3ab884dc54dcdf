import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';
import { loadTypeScript } from './load-typescript.js';
import { createHome } from './saved-profiles.js';
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

async function draw({ name, title, profiles = [], steps, until }) {
  const saved = await createHome(profiles);
  const env = { ...saved.env, NODE_OPTIONS: `--import=${frozen}` };
  const terminal = await startTerminal({ columns, rows, env });
  try {
    for (const { waitFor, type, press = [] } of steps) {
      await terminal.waitFor(waitFor);
      if (type) await terminal.type(type);
      if (press.length > 0) await terminal.press(...press);
    }
    await terminal.waitFor(until);
    const seen = Array.from({ length: rows }, (_, row) => terminal.cells(row));
    const last = seen.findLastIndex((runs) => runs.length > 0);
    const picture = drawScreen({ rows: seen.slice(0, last + 1), columns, title });
    await writeFile(`${folder}/${name}.svg`, picture);
    console.log(`${folder}/${name}.svg`);
  } finally {
    await terminal.close();
    await saved.remove();
  }
}

/** A practice server that already runs would be joined, and its clock does not stand still. */
function demandPracticePort() {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(new Error('Another practice server runs: end it first.')));
    server.listen(47_102, '127.0.0.1', () => server.close(resolve));
  });
}

await demandPracticePort();
await mkdir(folder, { recursive: true });
for (const scene of scenes) await draw(scene);
