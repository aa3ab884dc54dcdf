import type { EnvFileState } from '../profiles/env-file-store.js';

/** An .env file that the key is to be written to. */
export interface EnvWriting {
  readonly path: string;
  /** How it was found; null until it was looked at. */
  readonly file: EnvFileState | null;
}

export const NO_ENV_WRITING: EnvWriting = { path: '.env', file: null };
