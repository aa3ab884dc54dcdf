import type { Stats } from 'node:fs';
import { ProfileStoreError } from '../profiles/profile-store.js';

/** The ID of the user that this program runs as; null on Windows, where files have no such owner. */
const ownId = (): number | null => process.getuid?.() ?? null;

/** Whether a file or folder belongs to another user. Root included: as root, the program must not obey the files of a user. */
export const isOfAnotherUser = ({ uid }: Pick<Stats, 'uid'>): boolean => ownId() !== null && uid !== ownId();

/** Describes another owner, as a part of a sentence. */
export const describeOwner = ({ uid }: Pick<Stats, 'uid'>): string =>
  `another user of this computer (user ID ${uid}; you are user ID ${ownId()})`;

/** @throws {ProfileStoreError} if the folder belongs to another user */
export function assertOwnFolder(folder: string, stats: Pick<Stats, 'uid'>): void {
  if (!isOfAnotherUser(stats)) return;
  const fix =
    stats.uid === 0
      ? `If you once ran this program with sudo, make the folder your own: sudo chown -R ${ownId()} "${folder}"`
      : ownId() === 0
        ? 'Run the program as that user, without sudo, or set HOME or XDG_CONFIG_HOME to a folder of your own.'
        : 'Set HOME or XDG_CONFIG_HOME to a folder of your own.';
  const message = `The folder ${folder} belongs to ${describeOwner(stats)}. Its profiles cannot be used, because they could run that user’s commands as you. ${fix}`;
  throw new ProfileStoreError('refused', folder, message);
}
