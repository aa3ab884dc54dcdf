import { Secret } from '../kaltura/secret.js';

// A file of variables, as dotenv, Node, Python, PHP, Ruby and shells read them. Where they differ, what all of them read is written.

const NAME = 'KALTURA_KS';

/** Where the value of a variable stands, without its quotes. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** With the blanks before the value, if there is one. Some readers take `NAME: value`, too. */
const ASSIGNMENT = /[ \t]*(?:export[ \t]+)?([\w.-]+)(?:[ \t]*=|:(?=[ \t]))(?:[ \t]*(?=[^ \t#\r\n]))?/y;

const LINE = /[^\r\n]*(?:\r\n|\r|\n|$)/y;

/** A quoted value may have several lines. It counts as quoted only where nothing but a comment follows: so dotenv has it. */
const quotedBy = (quote: string): RegExp =>
  new RegExp(
    `${quote}([^${quote}\\\\]*(?:\\\\${quote}?[^${quote}\\\\]*)*)${quote}(?=[ \\t]*(?:#[^\\r\\n]*)?(?:[\\r\\n]|$))`,
    'y',
  );

const QUOTED = [quotedBy('"'), quotedBy("'"), quotedBy('`')];

/** Up to the end of the line, or to a comment. */
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

/** Every place in which the file sets the variable; a line inside a value of several lines is none. */
function placesIn(text: string): Place[] {
  const places: Place[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const assignment = matchAt(ASSIGNMENT, text, at);
    if (assignment !== null) {
      const place = valueAt(text, at + assignment[0].length);
      if (assignment[1] === NAME) places.push(place);
      at = place.to;
    }
    at += matchAt(LINE, text, at)?.[0].length ?? 0;
  }
  return places;
}

/** Whether the variable has a value in it. */
export function hasKey(text: string): boolean {
  const place = placesIn(text).at(-1);
  return place !== undefined && place.to > place.from;
}

/** Whether the key is made of what a key is made of (docs/kaltura-facts.md 1.2), and so needs no quotes anywhere. */
export const fitsEnvFile = (ks: Secret): boolean => /^[\w+/=-]+$/.test(ks.reveal());

export interface EnvFileEdit {
  /** The whole file: it holds the key, and what other secrets were in it. */
  readonly text: Secret;
  readonly outcome: 'added' | 'updated' | 'unchanged';
  /** How often the variable is set besides. */
  readonly idleLines: number;
}

/**
 * The text of the file with the key behind `KALTURA_KS=`. Every other character stays: other lines, comments, `export`, quotes, line ends, a byte
 * order mark. Where the file sets it several times, the last line is changed: it is the one that counts for whoever reads such files.
 *
 * @param ks one that `fitsEnvFile`
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
 * What git does with a file: `tracked` is committed with each change, `would-be-committed` by the next `git add .`. `unknown` where there is a
 * repository and git could not be asked.
 */
export type GitStatus = 'ignored' | 'would-be-committed' | 'tracked' | 'no-repository' | 'unknown';

/** A file of variables (.env) as it was found, before anything is written to it. */
export interface EnvFileState {
  /** Absolute, as it was named. */
  readonly path: string;
  /** The file that is written: what the links lead to, if the path is a symbolic link; else the path. */
  readonly target: string;
  readonly isLink: boolean;
  /** Whether that link leads out of the folder it lies in: whoever made it chose a file that nobody named. */
  readonly leadsAway: boolean;
  readonly exists: boolean;
  /** Whether others on this computer may read it. */
  readonly isOpenToOthers: boolean;
  /** Whether KALTURA_KS has a value in it already. */
  readonly hasKey: boolean;
  readonly git: GitStatus;
  /** Why it cannot be written, as a part of a sentence; null where nothing speaks against it. */
  readonly problem: string | null;
}

/** What was said of a file before it was agreed that the key goes there. */
export type ConfirmedEnvFile = Pick<EnvFileState, 'target' | 'git'>;

export type EnvFileWriteResult =
  | {
      readonly ok: true;
      readonly path: string;
      readonly target: string;
      readonly outcome: 'created' | 'added' | 'updated' | 'unchanged';
      /** `closed` where others had rights to it and have none any more; `exposed` where those could not be taken. */
      readonly access: 'private' | 'closed' | 'exposed';
      /** How often the file sets KALTURA_KS besides: the line that counts is the last one. */
      readonly idleLines: number;
    }
  /** Nothing was written, and nothing that was there is lost. Why, as a part of a sentence. */
  | { readonly ok: false; readonly path: string; readonly why: string };

/** Files of variables that the person names. A path may be relative, or begin with `~/`. Neither function rejects. */
export interface EnvFiles {
  /** Looks, and writes nothing. What a write of ours that was killed has left beside the file is removed. */
  look(path: string): Promise<EnvFileState>;
  /**
   * Puts the key behind `KALTURA_KS=`, and leaves every other line as it is. Nothing is written where the path leads elsewhere than it did when
   * it was looked at, or where git would commit the file now and would not then.
   */
  write(path: string, ks: Secret, seen: ConfirmedEnvFile): Promise<EnvFileWriteResult>;
}
