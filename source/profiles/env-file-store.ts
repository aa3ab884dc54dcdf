import type { Secret } from '../kaltura/secret.js';

/**
 * What git does with a file: `tracked` is committed with each change, `would-be-committed` by the next `git add .`. `unknown` where there is a
 * repository and git could not be asked.
 */
export type GitStanding = 'ignored' | 'would-be-committed' | 'tracked' | 'no-repository' | 'unknown';

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
  readonly git: GitStanding;
  /** Why it cannot be written, as a part of a sentence; null where nothing speaks against it. */
  readonly problem: string | null;
}

/** What was said of a file before it was agreed that the key goes there. */
export type EnvFileSeen = Pick<EnvFileState, 'target' | 'git'>;

export type EnvFileWriting =
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
  write(path: string, ks: Secret, seen: EnvFileSeen): Promise<EnvFileWriting>;
}
