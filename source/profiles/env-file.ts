import { Secret } from '../kaltura/secret.js';
import type { EnvAccount } from './env-account.js';
import type { SecretRemoval } from './env-file-secret.js';

// This module edits .env files, which dotenv, Node, Python, PHP, Ruby and shells read. Where they differ, it writes what all of them can
// read.

const NAME = 'KALTURA_KS';

/** The position of a variable's value in the text, without its quotes. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** Matches the blanks before the value too, if there is a value. Some readers also accept `NAME: value`. */
const ASSIGNMENT = /[ \t]*(?:export[ \t]+)?([\w.-]+)(?:[ \t]*=|:(?=[ \t]))(?:[ \t]*(?=[^ \t#\r\n]))?/y;

const LINE = /[^\r\n]*(?:\r\n|\r|\n|$)/y;

/** Matches a quoted value, which may span lines. As in dotenv, it counts as quoted only if nothing but a comment follows. */
const quotedBy = (quote: string): RegExp =>
  new RegExp(
    `${quote}([^${quote}\\\\]*(?:\\\\${quote}?[^${quote}\\\\]*)*)${quote}(?=[ \\t]*(?:#[^\\r\\n]*)?(?:[\\r\\n]|$))`,
    'y',
  );

const QUOTED = [quotedBy('"'), quotedBy("'"), quotedBy('`')];

/** Matches an unquoted value: up to the end of the line, or to a comment. */
const BARE = /(?:(?![ \t]+(?:#|[\r\n]|$))[^\r\n])*/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function valueAt(text: string, at: number): Place {
  for (const pattern of QUOTED) {
    const [whole = ''] = matchAt(pattern, text, at) ?? [];
    if (whole !== '') return { from: at + 1, to: at + whole.length - 1 };
  }
  return { from: at, to: at + (matchAt(BARE, text, at)?.[0].length ?? 0) };
}

interface Assignment {
  readonly name: string;
  readonly place: Place;
  /** The whole lines, with the comment and the line end. */
  readonly lines: Place;
}

/** Finds every assignment. Skips lines inside a multi-line value. */
export function assignmentsIn(text: string): Assignment[] {
  const assignments: Assignment[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const assignment = matchAt(ASSIGNMENT, text, at);
    const place = assignment === null ? { from: at, to: at } : valueAt(text, at + assignment[0].length);
    const end = place.to + (matchAt(LINE, text, place.to)?.[0].length ?? 0);
    if (assignment !== null) assignments.push({ name: assignment[1] ?? '', place, lines: { from: at, to: end } });
    at = end;
  }
  return assignments;
}

const placesIn = (text: string): Place[] =>
  assignmentsIn(text).flatMap(({ name, place }) => (name === NAME ? [place] : []));

/** Returns the variables of the file by name. If the file sets one several times, the last value counts. Values are not expanded. */
export const variablesIn = (text: string): ReadonlyMap<string, string> =>
  new Map(assignmentsIn(text).map(({ name, place }) => [name, text.slice(place.from, place.to)]));

/** Matches `$NAME`, and `${NAME}` anywhere in the value. A secret can contain `$` too, also before a digit. */
const REFERENCE = /^\$[A-Za-z_]\w*$|\$\{[A-Za-z_]/;

/** Returns the names whose value refers to another variable. Values in single quotes are literal. */
export function referencesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, place } of assignmentsIn(text)) {
    const isReference = text[place.from - 1] !== "'" && REFERENCE.test(text.slice(place.from, place.to));
    if (isReference) names.add(name);
    else names.delete(name);
  }
  return names;
}

/** Checks whether the variable has a value in the text. */
export function hasKey(text: string): boolean {
  const place = placesIn(text).at(-1);
  return place !== undefined && place.to > place.from;
}

/** Checks whether the key has only the characters of a key (docs/kaltura-facts.md 1.2), which need no quotes in any reader. */
export const fitsEnvFile = (ks: Secret): boolean => /^[\w+/=-]+$/.test(ks.reveal());

export interface EnvFileEdit {
  /** The whole file. It is a `Secret` because it contains the key and perhaps other secrets. */
  readonly text: Secret;
  readonly outcome: 'added' | 'updated' | 'unchanged';
  /** The number of further assignments of the variable, which have no effect. */
  readonly idleLines: number;
}

/**
 * Returns the text of the file with the key after `KALTURA_KS=`. All other characters stay the same: other lines, comments, `export`,
 * quotes, line ends and a byte order mark. If the file sets the variable several times, changes the last assignment, because that one is
 * effective.
 * @param ks a key for which `fitsEnvFile` is true
 */
export function withKey(text: string, ks: Secret): EnvFileEdit {
  const key = ks.reveal();
  const places = placesIn(text);
  const last = places.at(-1);
  if (last === undefined) {
    const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
    const isOpenLine = !/(^\uFEFF?|[\r\n])$/.test(text);
    const added = `${text}${isOpenLine ? lineEnd : ''}${NAME}=${key}${lineEnd}`;
    return { text: new Secret(added), outcome: 'added', idleLines: 0 };
  }
  const idleLines = places.length - 1;
  const isSame = text.slice(last.from, last.to) === key;
  const changed = `${text.slice(0, last.from)}${key}${text.slice(last.to)}`;
  return { text: new Secret(changed), outcome: isSame ? 'unchanged' : 'updated', idleLines };
}

/**
 * What git does with a file: `tracked` is committed with each change, `would-be-committed` with the next `git add .`. `unknown`: there is a
 * repository, but git could not be run.
 */
export type GitStatus = 'ignored' | 'would-be-committed' | 'tracked' | 'no-repository' | 'unknown';

/** Describes an .env file before it is written. */
export interface EnvFileState {
  /** The absolute path of the file, before links are followed. */
  readonly path: string;
  /** The file that is written: the target of the link if the path is a symbolic link, else the path. */
  readonly target: string;
  readonly isLink: boolean;
  /** Whether the link leads out of its own folder. Then the user didn't name the file that is written. */
  readonly leadsAway: boolean;
  readonly exists: boolean;
  /** Whether other users of this computer can read it. */
  readonly isOpenToOthers: boolean;
  /** Whether KALTURA_KS already has a value in it. */
  readonly hasKey: boolean;
  readonly git: GitStatus;
  /** Why the file can't be written, as a part of a sentence; null if it can. */
  readonly problem: string | null;
}

/** The properties of the file that the user saw and confirmed. */
export type ConfirmedEnvFile = Pick<EnvFileState, 'target' | 'git'>;

export type EnvFileWriteResult =
  | {
      readonly ok: true;
      readonly path: string;
      readonly target: string;
      readonly outcome: 'created' | 'added' | 'updated' | 'unchanged';
      /** `closed`: other users had access and it was removed. `exposed`: their access could not be removed. */
      readonly access: 'private' | 'closed' | 'exposed';
      /** The number of further assignments of KALTURA_KS, which have no effect: the last line counts. */
      readonly idleLines: number;
    }
  /** Nothing was written or lost. `why` is a part of a sentence. */
  | { readonly ok: false; readonly path: string; readonly why: string };

/** `why` is a part of a sentence. The file is unchanged then. */
export type SecretRemovalResult =
  | { readonly ok: true; readonly removal: Omit<SecretRemoval, 'text'> }
  | { readonly ok: false; readonly why: string };

/** Reads and writes .env files. A path may be relative, or start with `~/`. No function rejects. */
export interface EnvFiles {
  /** Inspects the file without changing it. Removes temporary files that a killed write left next to it. */
  look(path: string): Promise<EnvFileState>;
  /**
   * Writes the key after `KALTURA_KS=` and keeps every other line. Writes nothing if the path has a new target since the file was
   * inspected, or if git would now commit the file and would not before.
   */
  write(path: string, ks: Secret, seen: ConfirmedEnvFile): Promise<EnvFileWriteResult>;
  /**
   * Removes the lines with the secret of the account and keeps every other byte. Removes nothing if the file has changed since the account
   * was read, except for its KALTURA_KS.
   */
  removeSecret(account: EnvAccount): Promise<SecretRemovalResult>;
}
