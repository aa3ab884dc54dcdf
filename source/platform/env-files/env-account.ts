import { type EnvAccount, envAccountIn } from '../../profiles/env-account.js';
import { decodeText } from '../../terminal/decode-text.js';
import { readPlainFile } from '../files/plain-file.js';

const PATH = '.env';

/** Bytes; above any `.env` file that people write. */
const LARGEST = 64 * 1024;

/**
 * Reads the account in `.env` of the current folder; null if there is none. A file that can't be read counts as absent, and so does a link,
 * which could lead out of the folder.
 */
export function readEnvAccount(): EnvAccount | null {
  const reading = readPlainFile(PATH, { limit: LARGEST });
  return reading.kind === 'read' ? envAccountIn(decodeText(reading.bytes), PATH) : null;
}
