import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * What Node takes long to make, and the first frame does not need, is made at its first use: the first `Intl.Segmenter` (ten
 * milliseconds), and the pattern of all emoji in the package string-width (fifteen). Both stand-ins say more.
 */
const lateSegmenter = resolve('scripts/bundled/late-segmenter.ts');
const stringWidth = resolve('scripts/bundled/string-width.ts');

/** All that draws, but for string-width, which is late as a whole. */
const drawing = /[/\\](ink|wrap-ansi|slice-ansi|cli-truncate|@alcalzone)[/\\].*\.js$|[/\\]source[/\\]ui[/\\].*\.ts$/;

export const lateUnicode = {
  name: 'late-unicode',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: drawing, namespace: 'file' }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('Intl.Segmenter')) return undefined;
      const contents = `import { LateSegmenter } from ${JSON.stringify(lateSegmenter)};
${text.replaceAll('Intl.Segmenter', 'LateSegmenter')}`;
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
    onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer === stringWidth ? undefined : { path: stringWidth },
    );
  },
};
