import { constants, copyFileSync, linkSync, lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../../kaltura/secret.js';
import { LARGEST_RECORD, ProfileStoreError } from '../../profiles/store.js';
import {
  readSealed,
  type ScryptCost,
  type SealedReading,
  seal,
  unseal,
  writeSealed,
} from '../../secrets/encrypted-secret.js';
import type { AskPassphrase, EncryptedFiles } from '../../secrets/keeper.js';
import { type SecretName, secretFileName } from '../../secrets/source.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { asStoreError } from '../files/file-fault.js';
import { readPrivateFile } from '../files/private-file.js';
import { checkPrivateFolder, makePrivateFolder } from '../files/private-folder.js';
import { replaceFile } from '../files/put-file.js';
import { removeLeftovers, withStagedRecord } from '../files/staged-record.js';

export interface EncryptedFilesDeps {
  /** The config folder of this program. The files are in its subfolder `secrets`. */
  readonly configFolder: string;
  readonly cost: ScryptCost;
  /** Epoch milliseconds. */
  now(): number;
  randomBytes(size: number): Buffer;
}

interface FolderOfSecrets extends Omit<EncryptedFiles, 'forget'> {
  readonly folder: string;
  /** Returns the path of a secret's file, whether it exists or not. */
  fileOf(of: SecretName): string;
}

const CANNOT_READ = 'The encrypted file can’t be read';
const CANNOT_WRITE = 'The encrypted file can’t be written';

/** Stores each secret in its own file, encrypted with a passphrase, with mode 0600, and replaced in one step. */
export function createEncryptedFiles({ configFolder, cost, now, randomBytes }: EncryptedFilesDeps): FolderOfSecrets {
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

  async function passphraseTo(purpose: 'open' | 'seal', of: SecretName, ask: AskPassphrase): Promise<Secret> {
    const passphrase = await ask({ file: fileOf(of), purpose });
    if (passphrase === null || passphrase.length === 0) throw noPassphrase(of);
    return passphrase;
  }

  const askToSeal = (of: SecretName, ask: AskPassphrase): Promise<Secret> => passphraseTo('seal', of, ask);

  async function read(of: SecretName, ask: AskPassphrase): Promise<Secret> {
    const file = fileOf(of);
    const found = await onDisk(CANNOT_READ, file, () => find(file));
    if (found === null) throw absentFile(file);
    if (found.kind === 'newer') throw newerFile(file);
    if (found.kind === 'damaged') throw damagedFile(file, found.why);
    const opened = await unseal(found.sealed, await passphraseTo('open', of, ask));
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
      await withStagedRecord(folder, writeSealed(sealed), async (staged) => {
        if (find(file)?.kind === 'newer') throw newerFile(file);
        await replaceFile(staged, file);
      });
      removeLeftovers(folder, now());
    });
  }

  return {
    folder,
    fileOf,
    /** Checks that the folder can store secrets, as far as possible without creating it. */
    check: () => onDisk('The folder for secrets can’t be used', folder, () => void checkFolders()),
    askToSeal,
    read,
    write,
    remove: (of: SecretName) =>
      onDisk('The encrypted file can’t be deleted', fileOf(of), () => {
        checkFolders();
        return removeFile(fileOf(of));
      }),
    /** Copies a file to a free name. The passphrase stays the same, because the name is not part of the encrypted data. */
    copy: (from: SecretName, to: SecretName) =>
      onDisk('The encrypted file can’t be copied', fileOf(from), () => {
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
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    throw refusedFile(path, 'It exists again after it was deleted.');
  return true;
}

const absentFile = (file: string): SecretSourceError =>
  new SecretSourceError(
    'absent',
    `The encrypted file no longer exists (${file}).`,
    'Enter the secret again and save it. Other profiles are not affected.',
  );

const wrongPassphrase = (file: string): SecretSourceError =>
  new SecretSourceError(
    'wrong-passphrase',
    `The passphrase is wrong. The encrypted file is not damaged (${file}).`,
    'Try again, and check Caps Lock and the keyboard layout. A forgotten passphrase can’t be recovered: enter the secret again.',
  );

const damagedFile = (file: string, why: string): SecretSourceError =>
  new SecretSourceError(
    'damaged',
    `The encrypted file is damaged, so no passphrase opens it (${file}). ${why}`,
    'Restore it from a backup, or enter the secret again and save it.',
  );

const newerFile = (file: string): SecretSourceError =>
  new SecretSourceError(
    'newer',
    `A newer version of kaltura-ks wrote the encrypted file, and this version does not use it (${file}).`,
    'Update kaltura-ks.',
  );

const refusedFile = (path: string, why: string): SecretSourceError =>
  new SecretSourceError('refused', `The encrypted file is not used (${path}). ${why}`, 'Move it away and try again.');

const unreadableFile = (file: string, why: string): SecretSourceError =>
  new SecretSourceError(
    'denied',
    `The encrypted file is not used (${file}). ${why}`,
    'Give your user permission to read and write it.',
  );

const tooLongForFile = (): SecretSourceError =>
  new SecretSourceError('too-long', 'It is too long to be stored in a file.', 'Do not store it.');

const noPassphrase = ({ profile }: SecretName): SecretSourceError =>
  new SecretSourceError('cancelled', `No passphrase was given for “${profile}”.`, 'Enter it at the prompt.');

const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  denied: 'Give your user permission to read and write it, or choose another secret source.',
  full: 'Make room and try again.',
  refused: 'Replace it with a real folder and try again.',
};

/** Runs a disk operation and converts every error to a `SecretSourceError`. */
export async function onDisk<T>(what: string, path: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof SecretSourceError) throw error;
    const { fault, path: where, message } = asStoreError(error, what, path);
    // The error for a folder of another user already has its own text.
    const isNoFolder = error instanceof ProfileStoreError && fault === 'refused' && !message.includes('another user');
    const words = isNoFolder ? `There is a link or a file where kaltura-ks needs a folder (${where}).` : message;
    const known = fault === 'denied' || fault === 'refused' ? fault : 'failed';
    throw new SecretSourceError(known, words, REMEDIES[fault] ?? 'Choose another secret source.');
  }
}
