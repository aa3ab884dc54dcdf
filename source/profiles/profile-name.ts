import { createHash } from 'node:crypto';
import { hasControlCharacter, invisibleProblem, spelledOut } from '../kaltura/invisible-characters.js';

const LONGEST_NAME = 64;

/** Above this, a file name is cut and ended with a hash: file systems take 255 bytes, and the file of a damaged record grows by a time. */
const LONGEST_FILE_STEM = 100;

/** Names that Windows keeps for its devices, whatever the extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A typed name as it is saved: composed (NFC) and without blanks around it. */
export const cleanName = (typed: string): string => typed.normalize('NFC').trim();

/**
 * Says why a record with this name is damaged; null if it isn't. These are the rules of version 0.1.0, so that its profiles stay
 * readable. `nameProblem` has the rules for new names.
 */
export function savedNameProblem(name: string): string | null {
  if (cleanName(name) === '') return 'A profile needs a name.';
  if ([...name].length > LONGEST_NAME) return `A name has at most ${LONGEST_NAME} characters.`;
  if (hasControlCharacter(name)) return 'The name has a control character, such as a line break.';
  return cleanName(name) === name ? null : 'The name has blanks around it.';
}

/** Says why a new profile cannot have this name; null if it can. */
export function nameProblem(name: string): string | null {
  const unseen = cleanName(name) === '' ? null : invisibleProblem(name, 'name');
  return unseen === null ? savedNameProblem(name) : `${unseen} Remove it.`;
}

/** The name with its invisible characters spelled out. Commands accept this form too. */
export const shownName = (name: string): string => spelledOut(name);

/** Two names with the same key are the same name: case and composition do not count. Both ways, so that ß and SS, σ and ς are one. */
export function nameKey(name: string): string {
  // The capital ẞ is none of ß by itself: small letters first.
  return cleanName(name).toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

const escapeByte = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;

const escapeText = (text: string): string => Array.from(Buffer.from(text), escapeByte).join('');

/**
 * The file that holds the profile of this name. Readable, the same for names that differ in case alone, different for all others, and
 * safe on every file system: lower-case letters, digits, `-`, `_` and percent escapes, so that no name can leave the folder.
 */
export function fileNameOf(name: string): string {
  const key = nameKey(name);
  const stem = key.replaceAll(/[^a-z0-9_-]/gu, escapeText);
  if (DEVICE.test(stem)) return `${escapeText(stem.slice(0, 1))}${stem.slice(1)}.json`;
  if (stem.length <= LONGEST_FILE_STEM) return `${stem}.json`;
  const start = stem.slice(0, LONGEST_FILE_STEM / 2).replace(/%.?$/, '');
  return `${start}~${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`;
}
