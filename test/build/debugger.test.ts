import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Ink's hook for a debugger sends every screen and every typed text to a port of this computer, where any program can listen. */
test.each([
  ['the debugger', /react-devtools-core/],
  ['a call that connects to it', /\.injectIntoDevTools\(/],
  ['the probe for its port', /8097|REACT_DEVTOOLS_PORT/],
  ['the variable that turns it on', /\.DEV\b|\[["']DEV["']\]/],
])('the built program does not contain %s', async (_name, pattern) => {
  const files = (await readdir('dist')).filter((name) => name.endsWith('.js'));
  expect(files.length).toBeGreaterThan(10);
  for (const name of files) expect(pattern.test(await readFile(join('dist', name), 'utf8')), name).toBe(false);
});
