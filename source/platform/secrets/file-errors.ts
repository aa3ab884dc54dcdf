import { ProfileStoreError } from '../../profiles/store.js';
import type { SecretName } from '../../secrets/source.js';
import { SecretSourceError, type SecretSourceFault } from '../../secrets/source-error.js';
import { asStoreError } from '../files/file-fault.js';

const told = (fault: SecretSourceFault, message: string, remedy: string): SecretSourceError =>
  new SecretSourceError(fault, 'file', message, remedy);

export const absentFile = (file: string): SecretSourceError =>
  told(
    'absent',
    `There is no encrypted file any more (${file}).`,
    'Enter the secret once more and save it again. Other profiles are not affected.',
  );

export const wrongPassphrase = (file: string): SecretSourceError =>
  told(
    'wrong-passphrase',
    `This is not the passphrase of the encrypted file (${file}), which is whole.`,
    'Try again; look at Caps Lock and the keyboard layout. A forgotten passphrase cannot be restored: enter the secret anew.',
  );

export const damagedFile = (file: string, why: string): SecretSourceError =>
  told(
    'damaged',
    `The encrypted file is damaged, whatever the passphrase (${file}). ${why}`,
    'Restore it from a backup, or enter the secret once more and save it again.',
  );

export const newerFile = (file: string): SecretSourceError =>
  told(
    'newer',
    `A newer version of this program wrote the encrypted file, and this one leaves it alone (${file}).`,
    'Update kaltura-ks.',
  );

export const refusedFile = (path: string, why: string): SecretSourceError =>
  told('refused', `The place of the encrypted file is left alone (${path}). ${why}`, 'Move it away and try again.');

export const unreadableFile = (file: string, why: string): SecretSourceError =>
  told('denied', `The encrypted file is left alone (${file}). ${why}`, 'Give yourself the rights to it.');

export const tooLongForFile = (): SecretSourceError =>
  told('too-long', 'It is too long to be kept in a file.', 'Do not keep it.');

export const noPassphrase = ({ profile }: SecretName): SecretSourceError =>
  told('cancelled', `No passphrase was given for “${profile}”.`, 'Give it when it is asked for.');

const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  denied: 'Give yourself the rights to it, or choose another secret source.',
  full: 'Make room and try again.',
  refused: 'Put a real folder in its place and try again.',
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
    const words = isNoFolder ? `A link or a file stands where a folder of this program belongs (${where}).` : message;
    const known = fault === 'denied' || fault === 'refused' ? fault : 'failed';
    throw told(known, words, REMEDIES[fault] ?? 'Choose another secret source.');
  }
}
