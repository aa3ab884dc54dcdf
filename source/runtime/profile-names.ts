import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameProblem } from '../profiles/profile-name.js';
import { profileFiles } from './load-profiles.js';

function nameIn(file: string): string[] {
  try {
    const record: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const name = (record as { readonly name?: unknown } | null)?.name;
    return typeof name === 'string' && nameProblem(name) === null ? [name] : [];
  } catch {
    return [];
  }
}

/** The names of the saved profiles, for completion: only read, quickly, and nothing is set right on the way. */
export const profileNames = (configFolder: string): string[] => {
  try {
    return profileFiles(join(configFolder, 'profiles')).flatMap(nameIn).toSorted();
  } catch {
    return [];
  }
};
