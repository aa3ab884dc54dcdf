import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Manifest {
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const { files, scripts } = readJson<Manifest>('package.json');

test('the package has no script that npm warns about when the package is installed', () => {
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(name);
});

test('the package contains every picture and file that its README shows or links to', () => {
  const readme = readFileSync('README.md', 'utf8');
  const paths = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(5);
  for (const path of paths) {
    expect(existsSync(path)).toBe(true);
    expect(files.some((file) => path === file || path.startsWith(`${file}/`))).toBe(true);
  }
});

// npm 10 removes these fields, and npm 11 leaves a file without them as it is.
test('the lock file has no field that an older npm removes', () => {
  const { packages } = readJson<{ readonly packages: Readonly<Record<string, object>> }>('package-lock.json');
  for (const entry of Object.values(packages)) expect(entry).not.toHaveProperty('libc');
});
