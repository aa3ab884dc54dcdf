import { fileNameOf, nameKey } from '../profiles/name.js';
import { unsafeCharacter } from '../terminal/text.js';
import { FieldProblem, fieldsOf, oneOf, type RecordFields, text } from './record-fields.js';

/** Where a profile's permanent credential (secret, password or app token) comes from. Saved with the profile; never the credential itself. */
export type SecretSource =
  /** Not saved: the user is asked each time. */
  | { readonly kind: 'ask' }
  | ({ readonly kind: 'keychain' } & StoredEntries)
  /** The output of a program. `command` is its name and arguments; with `usesShell`, one line for the shell. */
  | ({ readonly kind: 'command'; readonly command: readonly string[]; readonly usesShell: boolean } & Confirmation)
  | ({ readonly kind: 'variable'; readonly name: string } & Confirmation)
  /** A file of this program, encrypted with a passphrase. */
  | ({ readonly kind: 'file' } & StoredEntries);

/**
 * The entry IDs of the secrets that are stored for a profile; null if nothing is stored. In a record of version 0.1.0 the fields are
 * missing, and the entries are named after the profile.
 */
export interface StoredEntries {
  readonly secretEntry?: string | null;
  readonly keyEntry?: string | null;
}

/** An imported file could name any command or variable, so it is not used until a person has confirmed it on this computer. */
interface Confirmation {
  readonly isConfirmed: boolean;
}

export type SecretSourceKind = SecretSource['kind'];

/** Names one secret of a profile: the permanent credential, or the saved key (KS). */
export interface SecretName {
  /** The name of the profile, in any equal spelling. */
  readonly profile: string;
  readonly what: 'secret' | 'key';
  /** The ID of the entry. Missing if version 0.1.0 named the entry after the profile; null if nothing is stored (yet). */
  readonly entry?: string | null;
}

/** The kinds of secrets that can be stored for a profile. */
export const PROFILE_SECRET_KINDS: readonly SecretName['what'][] = ['secret', 'key'];

/** Checks whether the source can store secrets, including a saved key; the others only return a secret. */
export const isWritable = (place: SecretSource): place is StoringSource =>
  place.kind === 'keychain' || place.kind === 'file';

export type StoringSource = Extract<SecretSource, StoredEntries>;

const FIELD_OF = { secret: 'secretEntry', key: 'keyEntry' } as const;

/** Returns the source with changed entry IDs, except undefined ones; unchanged if it can't store secrets. */
export function withEntries(
  place: SecretSource,
  entries: { readonly [what in SecretName['what']]?: string | null | undefined },
): SecretSource {
  if (!isWritable(place)) return place;
  const changed = PROFILE_SECRET_KINDS.filter((what) => entries[what] !== undefined);
  return { ...place, ...Object.fromEntries(changed.map((what) => [FIELD_OF[what], entries[what]])) };
}

/** Returns the source without its entry IDs. */
export const withoutEntries = (place: SecretSource): SecretSource => (isWritable(place) ? { kind: place.kind } : place);

/** Returns the name of a profile's secret at the profile's source. */
export function secretNameOf(
  { name, secretSource }: { readonly name: string; readonly secretSource: SecretSource },
  what: SecretName['what'],
): SecretName {
  const entry = isWritable(secretSource) ? secretSource[FIELD_OF[what]] : undefined;
  return entry === undefined ? { profile: name, what } : { profile: name, what, entry };
}

const ENTRY_ID = /^[0-9a-f]{32}$/;

/** Checks whether a value has the form of an entry ID. The ID becomes a file name, so no other form is accepted. */
export const isEntryId = (value: unknown): value is string => typeof value === 'string' && ENTRY_ID.test(value);

/** Checks whether the source came from an imported file and no user has confirmed it on this computer. */
export const needsConfirmation = (place: SecretSource): boolean =>
  (place.kind === 'command' || place.kind === 'variable') && place.isConfirmed !== true;

export const withConfirmation = (place: SecretSource, isConfirmed: boolean): SecretSource =>
  place.kind === 'command' || place.kind === 'variable' ? { ...place, isConfirmed } : place;

const KINDS: readonly SecretSourceKind[] = ['ask', 'keychain', 'command', 'variable', 'file'];
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const MOST_ARGUMENTS = 100;
const LONGEST_COMMAND = 8192;

/** Says in a sentence why a variable name is invalid; null if it is valid. */
export const variableProblem = (name: string): string | null =>
  VARIABLE.test(name)
    ? null
    : 'The name of a variable has only letters, digits and underscores, and does not begin with a digit.';

/** Says in a sentence why a list of words is not a command; null if it is one. Doesn't check that the program exists. */
function commandShapeProblem(command: readonly string[], usesShell: boolean): string | null {
  const [program = ''] = command;
  if (program.trim() === '') return 'The command is missing.';
  if (usesShell && command.length !== 1) return 'A shell command must be one line.';
  if (command.length > MOST_ARGUMENTS || command.join(' ').length > LONGEST_COMMAND) return 'The command is too long.';
  return command.some((part) => part.includes('\0')) ? 'The command contains a NUL character.' : null;
}

/** Blanks that look like a space or like nothing, but that a shell treats as part of a word. */
const oddBlank = (): RegExp => /(?! )[\p{Zs}\u2800]/u;

/** Says in a sentence why a command must not be run, because it is not what the user sees; null if it can be run. */
export function hiddenCommandProblem(command: readonly string[]): string | null {
  const text = command.join('');
  const unsafe = unsafeCharacter(text);
  if (unsafe !== null) {
    return `The command contains an invisible or control character (${unsafe}). Type the command again without it.`;
  }
  const blank = oddBlank().exec(text)?.[0].codePointAt(0);
  if (blank === undefined) return null;
  const code = blank.toString(16).toUpperCase().padStart(4, '0');
  return `The command contains a space character other than the plain space (U+${code}). Type the command again with plain spaces.`;
}

/** Says in a sentence why a command can't be used for a profile; null if it can. Doesn't check that the program exists. */
export const commandProblem = (command: readonly string[], usesShell: boolean): string | null =>
  commandShapeProblem(command, usesShell) ?? hiddenCommandProblem(command);

/** Reads the confirmation. Records without this field are older: their commands were typed on this computer. */
function readConfirmation({ isConfirmed = true }: RecordFields): boolean {
  if (typeof isConfirmed !== 'boolean') throw new FieldProblem('The field “isConfirmed” is not true or false.');
  return isConfirmed;
}

function readCommand(fields: RecordFields): SecretSource {
  const command = fields['command'];
  const { usesShell } = fields;
  if (!Array.isArray(command) || !command.every((part): part is string => typeof part === 'string')) {
    throw new FieldProblem('The field “command” is not a list of texts.');
  }
  if (typeof usesShell !== 'boolean') throw new FieldProblem('The field “usesShell” is not true or false.');
  const problem = commandShapeProblem(command, usesShell);
  if (problem !== null) throw new FieldProblem(problem);
  return { kind: 'command', command: [...command], usesShell, isConfirmed: readConfirmation(fields) };
}

function readEntries(fields: RecordFields): StoredEntries {
  const found = Object.values(FIELD_OF).filter((field) => Object.hasOwn(fields, field));
  const isBad = found.some((field) => fields[field] !== null && !isEntryId(fields[field]));
  if (isBad) throw new FieldProblem('The secret source has an invalid entry ID.');
  return Object.fromEntries(found.map((field) => [field, fields[field]]));
}

/** All fields that a secret source can have in a record. */
export const SOURCE_FIELDS: readonly string[] = [
  'kind',
  'command',
  'usesShell',
  'name',
  'isConfirmed',
  ...Object.values(FIELD_OF),
];

/**
 * Reads a secret source from a saved record. Ignores unknown fields.
 * @throws {FieldProblem} if this version doesn't know the source
 */
export function readSecretSource(value: unknown): SecretSource {
  const fields = fieldsOf(value, 'The secret source');
  const kind = oneOf(fields, 'kind', KINDS);
  switch (kind) {
    case 'command':
      return readCommand(fields);
    case 'variable': {
      const name = text(fields, 'name');
      const problem = variableProblem(name);
      if (problem !== null) throw new FieldProblem(problem);
      return { kind, name, isConfirmed: readConfirmation(fields) };
    }
    case 'ask':
      return { kind };
    default:
      return { kind, ...readEntries(fields) };
  }
}

/** Creates the record to save, field by field, so that nothing else is written. */
export function writeSecretSource(place: SecretSource): Record<string, unknown> {
  switch (place.kind) {
    case 'command':
      return {
        kind: place.kind,
        command: [...place.command],
        usesShell: place.usesShell,
        isConfirmed: place.isConfirmed,
      };
    case 'variable':
      return { kind: place.kind, name: place.name, isConfirmed: place.isConfirmed };
    case 'ask':
      return { kind: place.kind };
    default: {
      const { kind, secretEntry, keyEntry } = place;
      return {
        kind,
        ...(secretEntry === undefined ? {} : { secretEntry }),
        ...(keyEntry === undefined ? {} : { keyEntry }),
      };
    }
  }
}

/** The service name of all keychain entries. */
export const KEYCHAIN_SERVICE = 'kaltura-ks';

/** Returns the account of a keychain entry. Without an entry ID, returns the name that version 0.1.0 used, which ignores case. */
export const keychainAccount = ({ profile, what, entry }: SecretName): string =>
  entry == null ? `${what}:${nameKey(profile)}` : `id:${entry}`;

/**
 * Returns the file name of an encrypted secret. Without an entry ID, returns the name that version 0.1.0 used, based on the profile's file.
 */
export const secretFileName = ({ profile, what, entry }: SecretName): string =>
  entry == null ? fileNameOf(profile).replace(/\.json$/, `.${what}.json`) : `${entry}.json`;
