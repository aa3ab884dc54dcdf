import { isRecord, type RecordFields } from '../secrets/record-fields.js';
import {
  isEntryId,
  keychainAccount,
  PROFILE_SECRET_KINDS,
  type SecretName,
  type StoringSource,
} from '../secrets/source.js';
import { cleanName, nameKey } from './name.js';
import { SCHEMA_VERSION } from './record.js';

/** A stored secret: its source, and its name there. */
export interface StoredSecret {
  readonly place: StoringSource['kind'];
  readonly of: SecretName;
}

/** Returns a text that identifies the entry. */
export const entryKey = ({ place, of }: StoredSecret): string => `${place} ${keychainAccount(of)}`;

/** The stored secrets that a profile file refers to. */
export interface RecordEntries {
  readonly entries: readonly StoredSecret[];
  /** False if the file may refer to more than could be read. */
  readonly isCertain: boolean;
}

/** The suffix of a quarantined file: the time of the quarantine, and perhaps a number. */
const QUARANTINED = /\.\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z(-\d+)?$/;

/** Decodes the profile name from the file name; null if the file name is shortened, or is not from this program. */
function nameFromFile(fileName: string): string | null {
  const stem = fileName.replace(/\.json$/, '').replace(QUARANTINED, '');
  if (stem === fileName || stem === '' || stem.includes('~')) return null;
  try {
    return decodeURIComponent(stem);
  } catch {
    return null;
  }
}

/** Finds the string values of a field anywhere in the text, even if it is not valid JSON. */
function stringsOf(field: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`"${field}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, 'g'))].flatMap(
    ([, quoted = '']) => {
      try {
        return [JSON.parse(quoted) as string];
      } catch {
        return [];
      }
    },
  );
}

const namedAfter = (names: readonly string[], place: StoredSecret['place']): StoredSecret[] =>
  [...new Set(names.map((name) => nameKey(cleanName(name))))].flatMap((profile) =>
    PROFILE_SECRET_KINDS.map((what) => ({ place, of: { profile, what } })),
  );

/** Returns the entries of a record whose secret source can be read, whatever else is wrong with it; null if it can't be read. */
function entriesOfPlace(record: RecordFields | null, names: readonly string[]): RecordEntries | null {
  const version = record?.['schemaVersion'];
  const place = record?.['secretPlace'];
  if (!Number.isInteger(version) || (version as number) > SCHEMA_VERSION || !isRecord(place)) return null;
  const { kind } = place;
  if (kind === 'ask' || kind === 'command' || kind === 'variable') return { entries: [], isCertain: true };
  if (kind !== 'keychain' && kind !== 'file') return null;
  const fields = { secret: place['secretEntry'], key: place['keyEntry'] };
  const entries = PROFILE_SECRET_KINDS.flatMap((what): StoredSecret[] => {
    const entry = fields[what];
    if (entry === undefined) return namedAfter(names, kind).filter(({ of }) => of.what === what);
    return isEntryId(entry) ? [{ place: kind, of: { profile: names[0] ?? '', what, entry } }] : [];
  });
  const isBad = Object.values(fields).some((entry) => entry !== undefined && entry !== null && !isEntryId(entry));
  const isNameless = names.length === 0 && Object.values(fields).includes(undefined);
  return isBad || isNameless ? null : { entries, isCertain: true };
}

/**
 * Finds the stored secrets that a profile file refers to, even if the file is damaged or from a newer version. The file is not trusted:
 * entry IDs must have their fixed form, and names lead only to entries of this program.
 *
 * @param fileName without its folder
 * @param bytes null if the file could not be read
 */
export function entriesIn(fileName: string, bytes: Uint8Array | null): RecordEntries {
  const text = bytes === null ? '' : new TextDecoder().decode(bytes);
  let record: RecordFields | null = null;
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) record = value;
  } catch {
    // The file is damaged, so search its text.
  }
  const name = record?.['name'];
  const fromFile = nameFromFile(fileName);
  const known = typeof name === 'string' ? [name] : [];
  const exact = entriesOfPlace(record, known.length > 0 || fromFile === null ? known : [fromFile]);
  if (exact !== null) return exact;
  const names = [...(fromFile === null ? [] : [fromFile]), ...stringsOf('name', text)];
  const ids = ['secretEntry', 'keyEntry'].flatMap((field) => stringsOf(field, text)).filter(isEntryId);
  const entries = (['keychain', 'file'] as const).flatMap((place): StoredSecret[] => [
    ...namedAfter(names, place),
    ...ids.map((entry) => ({ place, of: { profile: names[0] ?? '', what: 'secret', entry } as const })),
  ]);
  return { entries, isCertain: false };
}
