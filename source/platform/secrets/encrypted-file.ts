import { constants, copyFileSync, linkSync, lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../../kaltura/secret.js';
import { LARGEST_RECORD } from '../../profiles/record.js';
import { readSealed, type ScryptCost, type SealedReading, writeSealed } from '../../secrets/encrypted-format.js';
import type { AskPassphrase, PassphraseQuestion } from '../../secrets/keeper.js';
import type { SecretName } from '../../secrets/source.js';
import { secretFileName } from '../../secrets/source.js';
import { readPrivateFile } from '../files/private-file.js';
import { checkPrivateFolder, makePrivateFolder } from '../files/private-folder.js';
import { replaceFile } from '../files/put-file.js';
import { removeLeftovers, stageRecord } from '../files/staged-record.js';
import {
  absentFile,
  damagedFile,
  newerFile,
  noPassphrase,
  onDisk,
  refusedFile,
  tooLongForFile,
  unreadableFile,
  wrongPassphrase,
} from './file-errors.js';
import { seal, unseal } from './seal.js';

export interface EncryptedFilesDeps {
  /** The config folder of this program. The files are in its subfolder `secrets`. */
  readonly configFolder: string;
  readonly cost: ScryptCost;
  /** Epoch milliseconds. */
  now(): number;
  randomBytes(size: number): Buffer;
}

const CANNOT_READ = 'The encrypted file cannot be read';
const CANNOT_WRITE = 'The encrypted file cannot be written';

/** Stores each secret in its own file, encrypted with a passphrase, with mode 0600, and replaced in one step. */
export function createEncryptedFiles({ configFolder, cost, now, randomBytes }: EncryptedFilesDeps) {
  const folder = join(configFolder, 'secrets');
  const fileOf = (of: SecretName): string => join(folder, secretFileName(of));
  const checkFolders = () => [configFolder, folder].map(checkPrivateFolder);

  /** Reads the file without decrypting it; null if there is none. */
  function find(file: string): SealedReading | null {
    checkFolders();
    const reading = readPrivateFile(file);
    if (reading.kind === 'absent') return null;
    if (reading.kind === 'refused') throw refusedFile(file, reading.why);
    if (reading.kind === 'unreadable') throw unreadableFile(file, reading.why);
    return readSealed(reading.bytes);
  }

  async function passphraseFor(question: PassphraseQuestion, ask: AskPassphrase): Promise<Secret> {
    const passphrase = await ask(question);
    if (passphrase === null || passphrase.length === 0) throw noPassphrase(question.of);
    return passphrase;
  }

  const askToSeal = (of: SecretName, ask: AskPassphrase): Promise<Secret> =>
    passphraseFor({ file: fileOf(of), of, purpose: 'seal' }, ask);

  async function read(of: SecretName, ask: AskPassphrase): Promise<Secret> {
    const file = fileOf(of);
    const found = await onDisk(CANNOT_READ, file, () => find(file));
    if (found === null) throw absentFile(file);
    if (found.kind === 'newer') throw newerFile(file);
    if (found.kind === 'damaged') throw damagedFile(file, found.why);
    const opened = await unseal(found.sealed, await passphraseFor({ file, of, purpose: 'open' }, ask));
    if (opened === 'wrong-passphrase') throw wrongPassphrase(file);
    if (opened === 'damaged') throw damagedFile(file, 'It was changed after it was written.');
    return opened;
  }

  async function write(of: SecretName, secret: Secret, ask: AskPassphrase): Promise<void> {
    const file = fileOf(of);
    // Half of the limit, because of base64 and the header.
    if (Buffer.byteLength(secret.reveal()) > LARGEST_RECORD / 2) throw tooLongForFile();
    // A damaged file may be replaced; a file of a newer version, or something that is not a file, may not.
    if ((await onDisk(CANNOT_WRITE, file, () => find(file)))?.kind === 'newer') throw newerFile(file);
    const sealed = await seal(secret, await askToSeal(of, ask), cost, randomBytes);
    await onDisk(CANNOT_WRITE, file, async () => {
      for (const each of [configFolder, folder]) makePrivateFolder(each);
      const staged = await stageRecord(folder, writeSealed(sealed));
      try {
        if (find(file)?.kind === 'newer') throw newerFile(file);
        await replaceFile(staged.path, file);
      } finally {
        staged.discard();
      }
      removeLeftovers(folder, now());
    });
  }

  return {
    folder,
    fileOf,
    /** Checks that the folder can store secrets, as far as possible without creating it. */
    check: () => onDisk('The folder of the secrets cannot be used', folder, () => void checkFolders()),
    askToSeal,
    read,
    write,
    remove: (of: SecretName) =>
      onDisk('The encrypted file cannot be deleted', fileOf(of), () => {
        checkFolders();
        return removeFile(fileOf(of));
      }),
    /** Copies a file to a free name. The passphrase stays the same, because the name is not part of the encrypted data. */
    copy: (from: SecretName, to: SecretName) =>
      onDisk('The encrypted file cannot be copied', fileOf(from), () => {
        if (find(fileOf(from)) === null) return false;
        copyFile(fileOf(from), fileOf(to));
        return true;
      }),
  };
}

/** With hard links, the content is complete under the new name from the start. */
function copyFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

/** Removes a file or a link (never its target), and checks that it is gone. Returns false if there is none. */
export function removeFile(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (stats.isDirectory()) throw refusedFile(path, 'It is a folder.');
  rmSync(path, { force: true });
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw refusedFile(path, 'It is there again.');
  return true;
}
