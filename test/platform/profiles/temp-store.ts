import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createProfileStore } from '../../../source/platform/profiles/profile-store.js';
import { NOW } from '../../profiles/sample-profile.js';

/** A folder that is deleted after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in a folder that does not exist yet, and its clock, in epoch seconds. */
export function tempStore(clock = { now: NOW }) {
  const configFolder = join(tempFolder(), 'kaltura-ks');
  const store = createProfileStore({ configFolder, now: () => clock.now * 1000 });
  return { store, configFolder, clock };
}

export const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

/** Every byte of every file below a folder, as text. */
export function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}
