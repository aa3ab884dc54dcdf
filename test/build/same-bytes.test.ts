import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { isFull } from '../sizes.js';

const { bundle } = await import(resolve('scripts/bundle.js'));

/** Returns the package.json in each folder above a file, because esbuild resolves packages with them. */
function manifestsAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === '.' ? [] : [join(folder, 'package.json'), ...manifestsAbove(folder)];
}

test.runIf(isFull)(
  'a build in another folder writes the same bytes',
  async () => {
    const { files, metafile } = await bundle();
    const temporary = await realpath(await mkdtemp(join(tmpdir(), 'kaltura-ks-build-')));
    onTestFinished(() => rm(temporary, { recursive: true, force: true }));
    const copy = join(temporary, 'deeper', 'in', 'a folder');

    const inputs = Object.keys(metafile.inputs)
      .filter((input) => !input.startsWith('scripts/'))
      .flatMap((input) => [input, ...manifestsAbove(input)]);
    const sources = new Set(['tsconfig.json', 'package.json', 'scripts', ...inputs]);
    await Promise.all([...sources].filter(existsSync).map((file) => cp(file, join(copy, file), { recursive: true })));
    // The bundler itself is not bundled.
    await mkdir(join(copy, 'node_modules'), { recursive: true });
    for (const name of ['esbuild', '@esbuild'])
      await symlink(resolve('node_modules', name), join(copy, 'node_modules', name));

    await promisify(execFile)(process.execPath, [join(copy, 'scripts', 'build.js')], { cwd: temporary });
    const dist = join(copy, 'dist');
    expect((await readdir(dist)).sort()).toEqual([...files.keys()].sort());
    const different = [];
    for (const [name, content] of files)
      if ((await readFile(join(dist, name), 'utf8')) !== content) different.push(name);
    expect(different).toEqual([]);
  },
  120_000,
);
