import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Ink's hook sends every screen, and what is typed into it, to whoever listens on a port of this computer. */
test.each([
  ['the debugger', /react-devtools-core/],
  ['a call that connects to it', /\.injectIntoDevTools\(/],
  ['the probe for its port', /8097|REACT_DEVTOOLS_PORT/],
  ['the variable that turns it on', /\.DEV\b|\[["']DEV["']\]/],
])('the built program is free of %s', async (_name, pattern) => {
  const files = (await readdir('dist')).filter((name) => name.endsWith('.js'));
  expect(files.length).toBeGreaterThan(10);
  for (const name of files) expect(pattern.test(await readFile(join('dist', name), 'utf8')), name).toBe(false);
});
