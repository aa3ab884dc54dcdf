import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const RANDOM = 6;

/** A new name beside the file, whose place it is to take. */
export const stagedName = (target: string): string =>
  join(dirname(target), `${basename(target)}.${randomBytes(RANDOM).toString('hex')}.tmp`);

const isStagedFor = (target: string, name: string): boolean =>
  name.startsWith(`${basename(target)}.`) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(basename(target).length + 1));

/** Writing takes milliseconds: what is this old (in milliseconds) was left behind by a program that was killed. */
const LEFTOVER_AGE = 60_000;

function isLeftBehind(path: string, now: number): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const isOurs = process.getuid === undefined || stats?.uid === process.getuid();
  return stats?.isFile() === true && isOurs && now - stats.mtimeMs > LEFTOVER_AGE;
}

/** Removes what killed writings left beside a file: all of its text, under a name that .gitignore may not know. `now` in epoch milliseconds. */
export function removeStagedLeftovers(target: string, now: number): void {
  try {
    const names = readdirSync(dirname(target)).filter((name) => isStagedFor(target, name));
    for (const path of names.map((name) => join(dirname(target), name))) {
      if (isLeftBehind(path, now)) rmSync(path, { force: true });
    }
  } catch {
    // What is to be written matters more, and says itself what is wrong with the folder.
  }
}
